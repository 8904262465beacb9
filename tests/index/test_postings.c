/* Postings: what is put is found, what is committed survives, what is not does not; runs, merges, broken files. */
#include "support/check.h"

#include "index/postings_handle.h"
#include "wt/index/postings.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t key(uint64_t n) {
  return wt_hash64((wt_span){(const char *)&n, sizeof n}) >> 3;
}

static void put(wt_postings *p, uint32_t number, const uint64_t *keys, size_t count) {
  wt_postings_name name = {{(unsigned char)number, (unsigned char)(number >> 8), (unsigned char)(number >> 16)}};
  uint32_t document;
  assert_int_equal(wt_postings_put(&document, p, name, keys, count, NULL), WT_OK);
  assert_int_equal(document, number);
}

typedef struct found_list {
  uint32_t documents[64];
  size_t count;
} found_list;

static bool keep(void *context, size_t key_number, uint32_t document) {
  found_list *found = context;
  (void)key_number;
  found->documents[found->count++] = document;
  return found->count < 64;
}

static found_list find(wt_postings *p, uint64_t k) {
  found_list found = {0};
  wt_postings_find(p, &k, 1, 64, keep, &found);
  return found;
}

static wt_postings *open_at(const char *dir) {
  wt_postings *p;
  wt_error err;
  assert_ok(wt_postings_open(&p, dir, false, &err));
  return p;
}

static void what_is_put_is_found(void **state) {
  (void)state;
  wt_postings *p = open_at(NULL);
  uint64_t a[] = {key(1), key(2)}, b[] = {key(2), key(3)};
  put(p, 0, a, 2);
  put(p, 1, b, 2);
  assert_int_equal(find(p, key(1)).count, 1);
  found_list both = find(p, key(2));
  assert_true(both.count == 2 && both.documents[0] == 1 && both.documents[1] == 0);
  assert_int_equal(find(p, key(4)).count, 0);
  wt_postings_close(p);
}

static void what_is_committed_stays(void **state) {
  (void)state;
  char dir[4096];
  check_temp_dir(dir, sizeof dir);
  uint64_t keys[] = {key(7)};
  wt_postings *p = open_at(dir);
  put(p, 0, keys, 1);
  assert_int_equal(wt_postings_commit(p, WT_SPAN("one"), NULL), WT_OK);
  put(p, 1, keys, 1); /* and this is forgotten */
  wt_postings_close(p);
  p = open_at(dir);
  wt_postings_name name;
  assert_int_equal(wt_postings_count(p), 1);
  assert_span(wt_postings_stamp(p), "one");
  assert_int_equal(find(p, key(7)).count, 1);
  assert_int_equal(wt_postings_name_of(&name, p, 0, NULL), WT_OK);
  assert_int_equal(wt_postings_name_of(&name, p, 1, NULL), WT_ECORRUPT);
  wt_postings *second;
  assert_int_equal(wt_postings_open(&second, dir, false, NULL), WT_EBUSY);
  assert_int_equal(wt_postings_open(&second, dir, true, NULL), WT_OK);
  assert_int_equal(wt_postings_count(second), 1);
  wt_postings_close(second);
  wt_postings_close(p);
  check_remove_dir(dir);
}

/* Fills until runs were merged; every document has a key of its own and one that a thousand share. */
static void runs_are_made_and_merged(void **state) {
  (void)state;
  enum { DOCUMENTS = 72000, KEYS = 64 };
  char dir[4096];
  check_temp_dir(dir, sizeof dir);
  wt_postings *p = open_at(dir);
  for (uint32_t i = 0; i < DOCUMENTS; i++) {
    uint64_t keys[KEYS];
    for (uint32_t k = 0; k < KEYS; k++) keys[k] = key((uint64_t)i * KEYS + k);
    keys[0] = key(UINT64_MAX - i % 9000);
    put(p, i, keys, KEYS);
    if (i % 512 == 511) assert_int_equal(wt_postings_commit(p, WT_SPAN("x"), NULL), WT_OK);
  }
  assert_int_equal(wt_postings_commit(p, WT_SPAN("end"), NULL), WT_OK);
  for (int again = 0; again < 2; again++) {
    assert_true(p->run_count >= 1 && p->run_count < 4);
    assert_true(p->runs[0].count > 3000000);
    for (uint32_t i = 0; i < DOCUMENTS; i += 997) {
      found_list own = find(p, key((uint64_t)i * KEYS + 5)), shared = find(p, key(UINT64_MAX - i % 9000));
      assert_true(own.count == 1 && own.documents[0] == i);
      assert_int_equal(shared.count, 8);
      wt_postings_name name;
      assert_int_equal(wt_postings_name_of(&name, p, i, NULL), WT_OK);
      assert_int_equal(name.bytes[1], (unsigned char)(i >> 8));
    }
    wt_postings_close(p);
    p = open_at(dir);
    assert_span(wt_postings_stamp(p), "end");
  }
  wt_postings_close(p);
  check_remove_dir(dir);
}

/* A child fills and is killed; what it said it had committed is there, whole, and the next writer goes on. */
static void a_killed_writer_loses_nothing_committed(void **state) {
  (void)state;
  char dir[4096];
  check_temp_dir(dir, sizeof dir);
  uint32_t last = 0;
  for (int round = 0; round < 12; round++) {
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      wt_postings *p;
      if (wt_postings_open(&p, dir, false, NULL) != WT_OK) _exit(1);
      for (uint32_t i = wt_postings_count(p);; i++) {
        uint64_t keys[400];
        uint32_t document;
        for (uint32_t k = 0; k < 400; k++) keys[k] = key((uint64_t)i * 400 + k);
        wt_postings_name name = {{(unsigned char)i}};
        if (wt_postings_put(&document, p, name, keys, 400, NULL) != WT_OK) _exit(1);
        if (i % 64 == 63 &&
            (wt_postings_commit(p, WT_SPAN("s"), NULL) != WT_OK || write(told[1], &i, sizeof i) != sizeof i))
          _exit(1);
      }
    }
    close(told[1]);
    uint32_t number;
    if (read(told[0], &number, sizeof number) == sizeof number) /* at least one commit, however slow the machine */
      last = number;
    usleep(20000 + 17000 * (unsigned)round);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (read(told[0], &number, sizeof number) == sizeof number) last = number;
    close(told[0]);
    wt_postings *p = open_at(dir);
    assert_true(wt_postings_count(p) > last || last == 0);
    for (uint32_t i = 0; i < wt_postings_count(p); i += 61) {
      found_list own = find(p, key((uint64_t)i * 400 + 399));
      assert_true(own.count == 1 && own.documents[0] == i);
    }
    wt_postings_close(p);
  }
  assert_true(last > 0);
  check_remove_dir(dir);
}

/* The disk is full in the middle of a commit, and has room again: the commit is made once, and those after it are read. */
static void a_commit_that_failed_is_made_again(void **state) {
  (void)state;
  char dir[4096];
  uint64_t keys[] = {key(1), key(2), key(3)};
  struct rlimit before, small;
  check_temp_dir(dir, sizeof dir);
  wt_postings *p = open_at(dir);
  put(p, 0, keys, 3);
  assert_int_equal(wt_postings_commit(p, WT_SPAN("one"), NULL), WT_OK);
  put(p, 1, keys, 3);
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  small = (struct rlimit){.rlim_cur = wt_postings_bytes(p) + 20, .rlim_max = before.rlim_max};
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  wt_status full = wt_postings_commit(p, WT_SPAN("two"), NULL);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  assert_int_equal(full, WT_EIO);
  assert_int_equal(wt_postings_commit(p, WT_SPAN("two"), NULL), WT_OK);
  put(p, 2, keys, 3);
  assert_int_equal(wt_postings_commit(p, WT_SPAN("three"), NULL), WT_OK);
  wt_postings_close(p);
  p = open_at(dir);
  assert_int_equal(wt_postings_count(p), 3);
  assert_span(wt_postings_stamp(p), "three");
  assert_int_equal(find(p, key(2)).count, 3);
  wt_postings_close(p);
  check_remove_dir(dir);
}

/* Opening without memory fails; it does not take what was committed for the torn end of the log. */
static void opening_without_memory_loses_nothing(void **state) {
  (void)state;
  char dir[4096];
  uint64_t keys[500];
  check_temp_dir(dir, sizeof dir);
  for (uint64_t k = 0; k < 500; k++) keys[k] = key(k);
  wt_postings *p = open_at(dir);
  for (uint32_t i = 0; i < 3; i++) {
    put(p, i, keys, 500);
    assert_int_equal(wt_postings_commit(p, WT_SPAN("x"), NULL), WT_OK);
  }
  wt_postings_close(p);
  wt_status status = WT_ENOMEM;
  for (int64_t n = 0; n < 200 && status != WT_OK; n++) {
    wt_alloc_fail_after(n);
    status = wt_postings_open(&p, dir, false, NULL);
    wt_alloc_fail_after(-1);
    if (status == WT_OK) wt_postings_close(p);
    p = open_at(dir);
    assert_int_equal(wt_postings_count(p), 3);
    wt_postings_close(p);
  }
  assert_int_equal(status, WT_OK);
  check_remove_dir(dir);
}

static void broken_files_are_told(void **state) {
  (void)state;
  char dir[4096], path[4200];
  wt_postings *p;
  check_temp_dir(dir, sizeof dir);
  uint64_t keys[] = {key(7)};
  p = open_at(dir);
  put(p, 0, keys, 1);
  assert_int_equal(wt_postings_commit(p, WT_SPAN("one"), NULL), WT_OK);
  put(p, 1, keys, 1);
  assert_int_equal(wt_postings_commit(p, WT_SPAN("two"), NULL), WT_OK);
  wt_postings_close(p);
  snprintf(path, sizeof path, "%s/log-0", dir);
  struct stat info;
  assert_int_equal(stat(path, &info), 0);
  for (off_t cut = info.st_size - 1; cut > 0; cut -= 7) { /* a torn tail is no damage: its commit never returned */
    assert_int_equal(truncate(path, cut), 0);
    p = open_at(dir);
    assert_true(wt_postings_count(p) <= 1);
    wt_postings_close(p);
  }
  snprintf(path, sizeof path, "%s/manifest", dir);
  assert_int_equal(wt_file_write(path, WT_SPAN("wtpostings 1\nnonsense\n"), NULL), WT_OK);
  assert_int_equal(wt_postings_open(&p, dir, false, NULL), WT_ECORRUPT);
  wt_span names_a_run = WT_SPAN("wtpostings 1\ngeneration 0\nnext 2\ndocuments 0\nstamp \nrun 1\n");
  assert_int_equal(wt_file_write(path, names_a_run, NULL), WT_OK);
  snprintf(path, sizeof path, "%s/run-1", dir);
  char bytes[400000] = "wtrun001";
  bytes[16] = 16;
  assert_int_equal(wt_file_write(path, (wt_span){bytes, sizeof bytes}, NULL), WT_OK);
  assert_int_equal(wt_postings_open(&p, dir, false, NULL), WT_ECORRUPT);
  check_remove_dir(dir);
}

static void what_no_run_can_hold_is_not_merged(void **state) {
  (void)state;
  const uint64_t small = (uint64_t)1 << 20, tier = small * 2 * 729, huge = UINT32_MAX;
  wt_run few[] = {{.count = small}, {.count = small}, {.count = small}};
  assert_int_equal(postings_to_merge(few, 3), 3);
  wt_run many[] = {{.count = tier}, {.count = tier}, {.count = tier * 2 / 3}, {.count = small}};
  assert_true(tier * 3 > huge);
  assert_int_equal(postings_to_merge(many, 2), 0);
  wt_run full[] = {{.count = huge - small}, {.count = small}, {.count = small}, {.count = small}};
  assert_int_equal(postings_to_merge(full, 4), 3);
  wt_run grown[] = {{.count = tier}, {.count = tier}, {.count = tier / 3}, {.count = tier / 3}, {.count = tier / 3}};
  size_t count = postings_to_merge(grown, 5);
  uint64_t pairs = 0;
  for (size_t i = 5 - count; i < 5; i++) pairs += grown[i].count;
  assert_true(count < 5 && pairs <= huge);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_put_is_found),
      cmocka_unit_test(what_is_committed_stays),
      cmocka_unit_test(runs_are_made_and_merged),
      cmocka_unit_test(a_killed_writer_loses_nothing_committed),
      cmocka_unit_test(a_commit_that_failed_is_made_again),
      cmocka_unit_test(opening_without_memory_loses_nothing),
      cmocka_unit_test(broken_files_are_told),
      cmocka_unit_test(what_no_run_can_hold_is_not_merged),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
