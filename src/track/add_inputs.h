/*
 * add_inputs: files, folders and lists -> captures in order of time.
 *
 *   add_spool.c      where captures of a file of many wait
 *   add_inputs.c     what there is
 *   add_elsewhere.c  captures whose bytes are another's, or lie in a web archive
 */
#ifndef WT_TRACK_ADD_INPUTS_H
#define WT_TRACK_ADD_INPUTS_H

#include "track/add.h"

#include <stdio.h>

/* Where a capture is until its turn comes. */
typedef struct track_input {
  wt_instant at;
  uint64_t order; /* as met: ties keep it */
  wt_span file;
  uint64_t record;
  wt_source source; /* spans in the arena */
  wt_format format;
  bool assumed;
  bool dated;   /* the time is the capture's own: ties go by the file's name, so that the files' order is nothing */
  bool spooled; /* else it is the file's only capture, and is read again */
  uint64_t offset, len; /* in the spool */
  wt_span digest;       /* of its bytes, as its container says; may be empty */
  bool elsewhere;       /* its bytes are not here yet: another's with this digest, or what `fetch` answers */
  wt_span fetch;
  bool held;     /* it is in the archive already: held_path, held_revision, held_record */
  bool lost;     /* its bytes could not be had; that has been noted as a trouble */
  uint8_t tries; /* of asking for it */
  wt_span held_path;
  uint32_t held_revision;
  uint64_t held_record;
} track_input;

typedef struct track_inputs {
  wt_track *track;
  const wt_add_options *options;
  wt_arena arena;
  track_input *items;
  size_t count, capacity;
  wt_buf memory; /* the spool while it is small */
  FILE *spool;   /* then a file without a name */
  uint64_t spooled;
  struct {
    wt_span file;
    wt_error error;
  } * troubles;
  size_t trouble_count, trouble_capacity, trouble_told;
  size_t next;       /* of the items: those before were handed on */
  size_t *by_digest; /* add_elsewhere.c: items with bytes, by the hash of their digest; item + 1, 0: free */
  size_t digest_slots;
  bool any_elsewhere;
} track_inputs;

/* Finds out what captures there are and when they were taken. What cannot be read becomes a trouble. */
wt_status track_inputs_gather(track_inputs *inputs, const char *const *paths, size_t count, wt_error *err);
/* Gets the bytes of the next captures that lie elsewhere, some tens at a time. Nothing to do when none does. */
wt_status track_inputs_fetch(track_inputs *inputs, wt_error *err);

/* Splits one file into its captures. `bytes`, to be empty, holds what they point to. */
wt_status track_inputs_read(const track_inputs *inputs, wt_span file, wt_buf *bytes, wt_capture_each each,
                            wt_capture_trouble trouble, void *context, wt_error *err);
/* The bytes of ready->input, for its turn. Not `loaded`: there is something to tell, and the turn will tell it. */
wt_status track_inputs_load(track_ready *ready, track_inputs *inputs, wt_error *err);
/* Notes one, to be told before the captures. False when memory is out. */
bool track_inputs_trouble(track_inputs *inputs, wt_span file, const wt_error *trouble);
wt_status track_spool_put(track_inputs *inputs, track_input *input, wt_span bytes, wt_error *err);
wt_status track_spool_get(wt_buf *out, track_inputs *inputs, const track_input *input, wt_error *err);
void track_inputs_release(track_inputs *inputs);

#endif
