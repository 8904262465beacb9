/*
 * add_ahead: captures read ahead of their turn, by threads of their own.
 *
 * What depends on nothing but the capture is done before its turn: its bytes fetched from where they wait, the story read
 * and its fingerprint taken. And what the last capture of the same URL was (without one: the last that shares a shingle) is
 * most often what it will be compared with, so that comparison is made too, by a second thread; it is used when
 * it turns out to be the one that was wanted, and dropped when not. Nothing
 * that is written depends on what was ready in time, or on there being such threads.
 */
#ifndef WT_TRACK_ADD_AHEAD_H
#define WT_TRACK_ADD_AHEAD_H

#include "track/add_inputs.h"

typedef struct track_ahead track_ahead;

/* Begins with item `begin` of the inputs and goes up to `end`. NULL where it is not worth while: all goes without. The
   inputs' spool is the thread's until the stop. */
track_ahead *track_ahead_start(track_inputs *inputs, track_add *add, size_t begin, size_t end);
void track_ahead_stop(track_ahead *ahead); /* NULL is fine */

/* The next item, in order, each once; to be given back before the one after it is taken. */
track_ready *track_ahead_take(track_ahead *ahead);
/* known: its bytes had been seen, and reading it was in vain. */
void track_ahead_give(track_ahead *ahead, bool known);

#endif
