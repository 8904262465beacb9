/* Who opens an index first makes it, and who comes at the same time waits. */
#include "support/check.h"
#include "wt/index.h"

#include <pthread.h>
#include <unistd.h>

enum { OPENERS = 8, ROUNDS = 300 };

typedef struct opener {
  pthread_t thread;
  pthread_barrier_t *all;
  const char *path;
  wt_status status;
  wt_error err;
} opener;

static void *open_once(void *of) {
  opener *o = of;
  wt_index *index = NULL;
  pthread_barrier_wait(o->all);
  o->status = wt_index_open(&index, o->path, false, &o->err);
  if (o->status == WT_OK) wt_index_close(index);
  return NULL;
}

static void many_open_what_is_not_there_yet(void **state) {
  (void)state;
  /* In memory they meet far oftener than on a disk. */
  char folder[32], path[64];
  strcpy(folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/wt-index-XXXXXX" : "/tmp/wt-index-XXXXXX");
  static const char *const files[] = {"", "-wal", "-shm"};
  assert_non_null(mkdtemp(folder));
  for (int round = 0; round < ROUNDS; round++) {
    pthread_barrier_t all;
    opener openers[OPENERS] = {0};
    snprintf(path, sizeof path, "%s/index.db", folder);
    assert_int_equal(pthread_barrier_init(&all, NULL, OPENERS), 0);
    for (int i = 0; i < OPENERS; i++) {
      openers[i].all = &all;
      openers[i].path = path;
      assert_int_equal(pthread_create(&openers[i].thread, NULL, open_once, &openers[i]), 0);
    }
    for (int i = 0; i < OPENERS; i++) assert_int_equal(pthread_join(openers[i].thread, NULL), 0);
    for (int i = 0; i < OPENERS; i++)
      if (openers[i].status) fail_msg("round %d: %s", round, openers[i].err.what);
    pthread_barrier_destroy(&all);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
      snprintf(path, sizeof path, "%s/index.db%s", folder, files[i]);
      unlink(path);
    }
  }
  rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(many_open_what_is_not_there_yet)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
