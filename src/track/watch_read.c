/* The answers of a batch are read by two threads, each a page at a time: reading knows nothing of the archive, and is more than
   half of the work. What follows goes one by one, in the order of the answers. */
#include "track/watch.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct ahead {
  const track_add *add;
  track_answer *answers;
  size_t count;
  _Atomic size_t next;
} ahead;

static void read_one(const ahead *a, track_answer *answer) {
  track_ready *ready = &answer->ready;
  if (answer->state != WT_FETCH_OK || answer->row.is_source) return;
  wt_capture capture = track_answer_capture(a->add, answer);
  track_work work = {.capture = &capture};
  ready->status = track_add_read_story(&work, a->add, &ready->err);
  ready->read = true;
  ready->unread = work.unread;
  ready->entry = work.entry;
}

static void *run(void *context) {
  ahead *a = context;
  for (size_t i; (i = atomic_fetch_add(&a->next, 1)) < a->count;) read_one(a, &a->answers[i]);
  return NULL;
}

void track_answers_read(const track_add *add, track_answer *answers, size_t count) {
  ahead a = {.add = add, .answers = answers, .count = count};
  pthread_t second;
  bool helped = count > 1 && pthread_create(&second, NULL, run, &a) == 0;
  run(&a);
  if (helped) pthread_join(second, NULL);
}
