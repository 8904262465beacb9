/*
 * record: a line of the journal, a flat JSON object of strings, whole numbers and booleans.
 *
 *   {"kind":"seen","at":T,"state":S,"story":PATH,"revision":N,"input":HASH,"text":HASH, and when there is one
 *    "assumed":true,"url":U,"file":F,"capture":ID,"headline":H,"published":P}; of one that was erased "state" is "erased",
 *    and "at", "story", "revision" and "input" are all that stays
 *   {"kind":"decided","capture":RECORD,"decision":"accepted|rejected"}
 *   {"kind":"named","name":NAME,"outlet":O,"story":PATH}
 *   {"kind":"regroup","from":PATH,"number":N,"into":PATH,"became":M}
 *   {"kind":"watch",...}, see record_watch.c
 *   {"kind":"copy",...}, see record_copy.c
 *
 * A record of another type is passed over, so that later versions may write more.
 */
#ifndef WT_TRACK_RECORD_H
#define WT_TRACK_RECORD_H

#include "track/track.h"

enum { RECORD_MEMBERS = 24 };

/* The members of an object; values are unescaped and lie in the arena, numbers and booleans as their text. */
typedef struct record {
  struct {
    wt_span name, value;
  } members[RECORD_MEMBERS];
  size_t count;
} record;

/* ---- reading ---- */

/* WT_EFORMAT with the byte for what is no flat object. */
wt_status record_parse(record *out, wt_arena *arena, wt_span line, wt_error *err);
wt_span record_get(const record *in, const char *name);     /* empty when absent */
uint64_t record_number(const record *in, const char *name); /* 0 when absent or no number */
wt_instant record_time(const record *in, const char *name); /* WT_INSTANT_NONE when absent or no time */

/* ---- printing ---- */

/* Opens the object and says its kind; wt_json_object_end ends it. */
void record_begin(wt_json *json, wt_buf *out, const char *kind);
void record_put_time(wt_json *json, const char *name, wt_instant at); /* nothing for WT_INSTANT_NONE */

void record_put_seen(wt_buf *out, const wt_sighting_row *row);
/* What stays of a sighting whose text was erased: its time, its story and its input. */
void record_put_erased(wt_buf *out, const record *seen);
void record_put_decided(wt_buf *out, uint64_t capture, const char *decision);
void record_put_named(wt_buf *out, wt_span name, wt_span outlet, wt_span story);
void record_put_regroup(wt_buf *out, wt_span from, uint32_t number, wt_span into, uint32_t became);
/* final: where the answer came from, when that is another URL; else empty. */
void record_put_watch(wt_buf *out, const wt_watch_row *row, wt_span final); /* record_watch.c */
void record_put_copy(wt_buf *out, const wt_imported_row *row);              /* record_copy.c */

/* ---- applying: record_apply.c ---- */

/* Does to the index what a record says. `number` is the record's in the journal. */
wt_status record_apply(wt_track *track, uint64_t number, wt_span line, wt_error *err);
wt_status record_apply_watch(wt_track *track, const record *in, wt_error *err); /* record_watch.c */
wt_status record_apply_copy(wt_track *track, const record *in, wt_error *err);  /* record_copy.c */

#endif
