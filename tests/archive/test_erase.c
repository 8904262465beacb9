/* Erasing: the text is gone from every file of the repository, the tombstone stays, everything else stands. */
#include "made.h"

#include "archive/archive.h"

typedef struct place {
  char dir[256];
  wt_archive *archive;
  unsigned changed, held;
} place;

static void put_secret(wt_archive *archive) {
  wt_archive_batch *batch;
  wt_buf path = {0};
  wt_revision_ids ids = {{{0}}, {{0}}, {{0}}};
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  MADE_OK(
      wt_archive_batch_name(&path, batch, WT_SPAN("example.org"), MADE_DAY, WT_SPAN("the-case"), (wt_hash){1, 2}, ERR));
  for (unsigned n = 1; n <= 3; n++) {
    char text[400], raw[500], key[33];
    snprintf(text, sizeof text,
             "writethru: 1\nheadline: The case\noutlet: example.org\nrevision: %u\n\nThe court sat.\n%s\n", n,
             n == 2 ? "XSECRETX was named by mistake." : "No name was given.");
    snprintf(raw, sizeof raw, "<html>%s</html>", text);
    made_key(key, wt_span_of(text));
    wt_revision_in in = {.path = wt_buf_span(&path),
                         .number = n,
                         .text = wt_span_of(text),
                         .raw = wt_span_of(raw),
                         .raw_url = WT_SPAN("u"),
                         .captured = MADE_DAY + 100 * n,
                         .key = wt_span_of(key),
                         .subject = n == 3   ? WT_SPAN("- \"XSECRETX was named\"")
                                    : n == 2 ? WT_SPAN("+ XSECRETX")
                                             : WT_SPAN("new"),
                         .previous = ids.commit,
                         .previous_blob = ids.blob};
    MADE_OK(wt_archive_batch_put(&ids, batch, &in, ERR));
    MADE_OK(wt_archive_batch_record(batch, n == 2 ? WT_SPAN("{\"text\":\"XSECRETX\"}") : WT_SPAN("{\"n\":1}"), ERR));
  }
  wt_oid capture;
  MADE_OK(wt_archive_batch_capture(&capture, batch, wt_buf_span(&path), (wt_span){0}, MADE_DAY + 250,
                                   WT_SPAN("<p>XSECRETX again</p>"), ERR));
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  wt_archive_batch_close(batch);
  wt_buf_release(&path);
}

static int setup(void **state) {
  place *p = calloc(1, sizeof *p);
  made_folder(p->dir);
  wt_archive_options options = {.create = true};
  MADE_OK(wt_archive_open(&p->archive, p->dir, &options, ERR));
  made_fill(p->archive, 10, 3, 100, true);
  put_secret(p->archive);
  made_fill(p->archive, 20, 5, 100, true); /* two rungs lie above */
  *state = p;
  return 0;
}

static int teardown(void **state) {
  place *p = *state;
  wt_archive_close(p->archive);
  made_remove(p->dir);
  free(p);
  return 0;
}

static bool on_changed(void *context, wt_oid old, wt_oid new) {
  place *p = context;
  assert_memory_not_equal(&old, &new, sizeof old);
  p->changed++;
  return true;
}

static bool on_held(void *context, const char *ref) {
  place *p = context;
  assert_string_equal(ref, "refs/tags/old");
  p->held++;
  return true;
}

static bool keep_record(void *context, wt_buf *instead, uint64_t number, wt_span record) {
  (void)context;
  (void)instead;
  (void)number;
  return wt_span_find(record, WT_SPAN("XSECRETX")) == record.len;
}

static bool tell(void *context, const wt_error *fault) {
  (void)context;
  print_error("%s: %s\n", fault->where, fault->what);
  return true;
}

/* How many objects of any kind, reachable or not, hold the word; and files, as they lie. */
static int count_secret(place *p) {
  wt_buf out = {0};
  made_run(&out,
           "cd %s && { git cat-file --batch --batch-all-objects --unordered; cat *.txt example.org/*/*/*/*.txt; cat "
           ".git/logs/HEAD; } "
           "2>/dev/null | grep -ac XSECRETX",
           p->dir);
  int count = atoi(out.data);
  wt_buf_release(&out);
  return count;
}

static wt_archive_erased erase(place *p, uint32_t number) {
  wt_archive_erased out;
  wt_archive_erase_in in = {.path = WT_SPAN("example.org/2024/06/20/the-case.txt"),
                            .number = number,
                            .reason = WT_SPAN("court order 17/24"),
                            .changed = on_changed,
                            .held_by = on_held,
                            .keep_record = keep_record,
                            .context = p};
  MADE_OK(wt_archive_erase(&out, p->archive, &in, ERR));
  return out;
}

static void expect_sound(place *p, uint64_t erased) {
  wt_archive_verified seen;
  MADE_OK(wt_archive_verify(&seen, p->archive, tell, NULL, ERR));
  assert_int_equal(seen.faults, 0);
  assert_int_equal(seen.erased, erased);
  assert_int_equal(seen.revisions, 133);
  assert_int_equal(seen.rungs, 2);
  made_fsck(p->dir);
}

static void one_revision_is_gone_for_good(void **state) {
  place *p = *state;
  assert_true(count_secret(p) > 4);
  wt_archive_erased out = erase(p, 2);
  assert_int_equal(out.revisions, 1);
  assert_int_equal(out.captures, 2); /* its own, and one that was seen while it stood */
  assert_int_equal(out.records, 1);
  assert_int_equal(out.commits, 102);
  assert_int_equal(p->changed, 102);
  assert_int_equal(p->held, 0);
  assert_int_equal(count_secret(p), 0);
  expect_sound(p, 1);
  assert_int_equal(made_run(NULL,
                            "cd %s && test -z \"$(git status --porcelain)\" && git log --format=%%B -- "
                            "example.org/2024/06/20/the-case.txt | "
                            "grep -q 'Erased: court order 17/24'",
                            p->dir),
                   0);
  made_fill(p->archive, 1, 1, 1, true); /* and it goes on */
  made_fsck(p->dir);
}

static void a_whole_story_is_gone_and_its_name_stays(void **state) {
  place *p = *state;
  wt_archive_erased out = erase(p, 0);
  assert_int_equal(out.revisions, 3);
  assert_int_equal(out.captures, 4);
  assert_int_equal(count_secret(p), 0);
  expect_sound(p, 3);
  assert_int_equal(made_run(NULL, "grep -q 'court order' %s/example.org/2024/06/20/the-case.txt", p->dir), 0);
  wt_error err;
  wt_archive_erase_in again = {.path = WT_SPAN("example.org/2024/06/20/the-case.txt")};
  assert_int_equal(wt_archive_erase(&out, p->archive, &again, &err), WT_ENOTFOUND);
}

static void a_tag_that_holds_it_is_named(void **state) {
  place *p = *state;
  assert_int_equal(made_run(NULL, "git -C %s tag old main", p->dir), 0);
  erase(p, 2);
  assert_int_equal(p->held, 1);
  assert_true(count_secret(p) > 0);
  expect_sound(p, 1);
}

static void what_was_made_by_hand_is_replayed(void **state) {
  place *p = *state;
  assert_int_equal(
      made_run(
          NULL,
          "cd %s && echo '# note' >> writethru.conf && echo x > tool.sh && chmod +x tool.sh && ln -s tool.sh link && "
          "git add . && git -c user.name=A -c user.email=a@b commit -qm 'By hand'",
          p->dir),
      0);
  made_fill(p->archive, 2, 1, 100, true);
  erase(p, 2);
  assert_int_equal(count_secret(p), 0);
  made_fsck(p->dir);
  wt_buf out = {0};
  assert_int_equal(made_run(&out,
                            "cd %s && git status --porcelain && git ls-tree main link tool.sh | cut -c1-6 && "
                            "git log --author=A --format='%%an %%s'",
                            p->dir),
                   0);
  assert_string_equal(out.data, "120000\n100755\nA By hand\n");
  wt_buf_release(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static int no_word_of_the_tip(void *context, const wt_io_event *event) {
  (void)context;
  wt_span to = wt_span_of(event->to ? event->to : "");
  return event->op == WT_IO_RENAME && wt_span_ends(to, WT_SPAN("/writethru/main")) ? 5 : 0;
}

/* A crash right after main was rewritten: what was seen last of the old one must not bar the next writer. */
static void the_next_writer_is_not_barred(void **state) {
  place *p = *state;
  wt_archive_batch *batch;
  wt_archive_erased done;
  wt_archive_erase_in in = {
      .path = WT_SPAN("example.org/2024/06/20/the-case.txt"), .number = 2, .reason = WT_SPAN("x")};
  p->archive->io.hook = no_word_of_the_tip;
  MADE_OK(wt_archive_erase(&done, p->archive, &in, ERR));
  p->archive->io.hook = NULL;
  MADE_OK(wt_archive_batch_open(&batch, p->archive, ERR));
  wt_archive_batch_close(batch);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(one_revision_is_gone_for_good), CASE(a_whole_story_is_gone_and_its_name_stays),
      CASE(a_tag_that_holds_it_is_named),  CASE(what_was_made_by_hand_is_replayed),
      CASE(the_next_writer_is_not_barred),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
