/* Walking: byte order, loops said and skipped, what is git's passed over, a stop obeyed. */
#include "support/check.h"

#include <unistd.h>

typedef struct seen {
  wt_buf paths, troubles;
  size_t root, stop_after, count;
} seen;

static bool each(void *context, const char *path) {
  seen *s = context;
  wt_buf_put_text(&s->paths, path + s->root);
  wt_buf_put_char(&s->paths, '\n');
  return ++s->count != s->stop_after;
}

static bool trouble(void *context, const wt_error *err) {
  seen *s = context;
  wt_buf_put_format(&s->troubles, "%s: %s\n", err->where + s->root, err->what);
  return true;
}

static void put_file(const char *dir, const char *name) {
  wt_error err;
  char path[400];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  assert_ok(wt_file_write(path, WT_SPAN("x"), &err));
}

static void walks_in_byte_order_and_names_a_loop(void **state) {
  (void)state;
  wt_error err;
  char dir[256], path[400];
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/sub", dir);
  assert_ok(wt_dir_make(path, &err));
  put_file(dir, "b.txt");
  put_file(dir, "B.txt");
  put_file(dir, "sub/a.txt");
  snprintf(path, sizeof path, "%s/sub/up", dir);
  assert_int_equal(symlink("..", path), 0);
  snprintf(path, sizeof path, "%s/gone", dir);
  assert_int_equal(symlink("nowhere", path), 0);
  snprintf(path, sizeof path, "%s/self", dir);
  assert_int_equal(symlink("self", path), 0);
  seen s = {.root = strlen(dir) + 1};
  assert_ok(wt_dir_walk(dir, each, trouble, &s, &err));
  assert_buf(s.paths, "B.txt\nb.txt\nsub/a.txt\n");
  assert_buf(s.troubles, "gone: No such file or directory\nself: is a link to itself; skipped\n"
                         "sub/up: is a folder inside itself; skipped\n");
  wt_buf_clear(&s.paths);
  s.count = 0;
  s.stop_after = 1;
  assert_int_equal(wt_dir_walk(dir, each, trouble, &s, &err), WT_ECANCELED);
  assert_buf(s.paths, "B.txt\n");
  wt_buf_release(&s.paths);
  wt_buf_release(&s.troubles);
  check_remove_dir(dir);
}

/* Two links a folder to the next, thirty folders deep: a thousand million ways to one file, of which a few are gone. */
static void links_do_not_multiply(void **state) {
  (void)state;
  enum { DEEP = 30 };
  wt_error err;
  char dir[256], path[400], to[64];
  check_temp_dir(dir, sizeof dir);
  for (int i = 0; i < DEEP; i++) {
    snprintf(path, sizeof path, "%s/%02d", dir, i);
    assert_ok(wt_dir_make(path, &err));
    snprintf(to, sizeof to, "../%02d", i + 1);
    for (const char *name = "xy"; *name && i + 1 < DEEP; name++) {
      snprintf(path, sizeof path, "%s/%02d/%c", dir, i, *name);
      assert_int_equal(symlink(to, path), 0);
    }
  }
  put_file(dir, "29/story.txt");
  seen s = {.root = strlen(dir) + 1};
  assert_ok(wt_dir_walk(dir, each, trouble, &s, &err));
  assert_int_equal(s.count, 2); /* by the first way, and where it lies */
  assert_int_equal(s.troubles.len, 0);
  wt_buf_release(&s.paths);
  wt_buf_release(&s.troubles);
  check_remove_dir(dir);
}

static void put_below(const char *dir, const char *folder, const char *name) {
  wt_error err;
  char path[400];
  snprintf(path, sizeof path, "%s/%s", dir, folder);
  assert_ok(wt_dir_make(path, &err));
  put_file(path, name);
}

static void passes_over_what_is_hidden_or_held(void **state) {
  (void)state;
  wt_error err;
  char dir[256], path[400];
  check_temp_dir(dir, sizeof dir);
  put_file(dir, "HEAD");
  put_file(dir, ".swp");
  put_below(dir, ".git", "config");
  put_below(dir, ".cache/deep", "page.html");
  put_below(dir, "bare", "HEAD");
  put_below(dir, "bare/objects", "ab");
  put_below(dir, "bare/refs", "main");
  put_below(dir, "half/objects", "not-git.html");
  put_below(dir, "tree", "writethru.conf");
  put_below(dir, "tree", "story.txt");
  put_below(dir, "conf", "writethru.conf");
  put_below(dir, "module", ".git");
  put_below(dir, "module", "page.html");
  snprintf(path, sizeof path, "%s/tree", dir);
  put_file(path, ".git");
  seen s = {.root = strlen(dir) + 1};
  assert_ok(wt_dir_walk(dir, each, trouble, &s, &err));
  assert_buf(s.paths, "HEAD\nconf/writethru.conf\nhalf/objects/not-git.html\nmodule/page.html\n");
  assert_int_equal(s.troubles.len, 0);
  assert_ok(wt_dir_walk(path, each, trouble, &s, &err));
  assert_buf(s.troubles, "tree: is an archive or a git repository; skipped\n");
  wt_buf_release(&s.paths);
  wt_buf_release(&s.troubles);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(walks_in_byte_order_and_names_a_loop),
                                     cmocka_unit_test(links_do_not_multiply),
                                     cmocka_unit_test(passes_over_what_is_hidden_or_held)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
