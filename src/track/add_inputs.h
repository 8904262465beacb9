/* add_inputs: files, folders and manifests -> captures in order of time. */
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
  bool spooled;         /* else it is the file's only capture, and is read again */
  uint64_t offset, len; /* in the spool */
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
  size_t trouble_count, trouble_capacity;
} track_inputs;

/* Finds out what captures there are and when they were taken. What cannot be read becomes a trouble. */
wt_status track_inputs_gather(track_inputs *inputs, const char *const *paths, size_t count, wt_error *err);
/* Hands all to `add`, troubles first, then captures by time. */
wt_status track_inputs_run(track_inputs *inputs, track_add *add, wt_error *err);
void track_inputs_release(track_inputs *inputs);

#endif
