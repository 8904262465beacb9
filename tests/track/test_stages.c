/*
 * The two stages of the index: the catalogue is there at once, the words follow behind it. Whoever comes in between, and
 * whatever is done in between, it comes to the same as an index that never was behind; that is what verify compares.
 */
#include "support/program.h"
#include "support/track.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#define QUAY "https://port.example/quay"
#define HEAD "Harbour quay to close for repairs\n\n"
#define P1 "The old quay will be closed for four months from May while divers mend its piles, the port said.\n\n"
#define P1B "The old quay will be closed for six months from May while divers mend its piles, the port said.\n\n"
#define P2 "Ferries will leave from the northern mole, where a shed with seats and a kiosk has been put up.\n\n"
#define P3 "Fishermen fear that the market, which lies beside the quay, will lose most of its summer trade.\n\n"
#define V1 HEAD P1 P2 P3
#define V2 HEAD P1B P2 P3
#define V3 "Harbour quay closed for repairs\n\n" P1B P2 P3
#define OTHER                                                                                                          \
  "Choir sings in the empty cistern\n\nA choir of forty sang below the castle on Sunday, in a cistern that was "       \
  "emptied for the first time in ninety years.\n\n"                                                                    \
  "The echo lasts for twenty seconds, so that each singer hears what the others sang a while ago, said its "           \
  "leader.\n\n"

/* ---- an archive, and an index that stays behind ---- */

/* Six revisions of three stories; one is late. */
static void fill(bench *b) {
  bench_add(b, "port.example", QUAY, "2024-03-04T06:00:00Z", V1);
  bench_add(b, "port.example", QUAY, "2024-03-04T07:00:00Z", HEAD P1);
  bench_add(b, "port.example", QUAY, "2024-03-04T08:00:00Z", V2);
  bench_add(b, "port.example", QUAY, "2024-03-04T07:30:00Z", V1 "It rained.\n\n");
  bench_add(b, "town.example", "https://town.example/choir", "2024-03-05T08:00:00Z", OTHER);
  bench_add(b, "town.example", "https://town.example/quay", "2024-03-05T09:00:00Z", V2);
}

static void shell(const bench *b, const char *command) {
  wt_buf line = {0}, out = {0};
  wt_buf_put_format(&line, "cd '%s' && %s", b->dir, command);
  assert_int_equal(program_run(&out, line.data), 0);
  wt_buf_release(&line);
  wt_buf_release(&out);
}

static void close_track(bench *b) {
  wt_track_close(b->track);
  b->track = NULL;
}

/* The index as it is now lies aside; put back, it is one that a pull has left behind. */
static void keep_index(bench *b) {
  close_track(b);
  shell(b, "rm -rf kept && mkdir kept && cp archive.git/writethru/index.db* kept/");
  bench_reopen(b);
}

static void open_behind(bench *b, bool kept) {
  if (b->track) close_track(b);
  shell(b, "rm -f archive.git/writethru/index.db*");
  if (kept) shell(b, "cp kept/* archive.git/writethru/");
  wt_track_options options = {.words_later = true};
  wt_error err;
  assert_ok(wt_track_open(&b->track, b->archive, &options, &err));
}

static void assert_places(bench *b, uint64_t last, uint64_t read) {
  uint64_t is_last, is_read;
  wt_error err;
  assert_ok(wt_index_places(&is_last, &is_read, wt_track_index(b->track), &err));
  assert_int_equal(is_last, last);
  assert_int_equal(is_read, read);
}

static void print_fault(void *context, const wt_error *fault) {
  (void)context;
  print_error("%s: %s\n", fault->where, fault->what);
}

/* Verify compares the index with one that is made anew; and once more after a reindex. */
static void assert_sound(bench *b) {
  wt_error err;
  uint64_t faults, revisions;
  wt_track_options options = {.as_it_is = true, .calls = {.warning = print_fault}};
  close_track(b);
  assert_ok(wt_track_open(&b->track, b->archive, &options, &err));
  assert_ok(wt_track_verify(&faults, &revisions, b->track, &err));
  assert_int_equal(faults, 0);
}

/* ---- rows, read and unread ---- */

static void put_hash(wt_buf *out, wt_hash hash) {
  char hex[33];
  wt_hash_hex(hex, hash);
  wt_buf_put_format(out, " %s", hex);
}

static bool put_revision(void *context, const wt_revision_row *row) {
  wt_buf *out = context;
  wt_buf_put_format(out, "%u %u %u %d", (unsigned)row->place, (unsigned)row->number, (unsigned)row->words,
                    (int)row->status);
  const wt_span spans[] = {row->path, row->subject, row->url, row->headline, row->moved_to};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    wt_buf_put_char(out, '|');
    wt_buf_put_span(out, spans[i]);
  }
  put_hash(out, row->key);
  put_hash(out, row->folded);
  wt_buf_put_char(out, '\n');
  return true;
}

static bool put_story(void *context, const wt_story_row *row) {
  wt_buf *out = context;
  wt_buf_put_format(out, "%u %u %u %d", (unsigned)row->revisions, (unsigned)row->current, (unsigned)row->words,
                    (int)row->status);
  const wt_span spans[] = {row->path, row->headline, row->url, row->canonical, row->language, row->moved_to};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    wt_buf_put_char(out, '|');
    wt_buf_put_span(out, spans[i]);
  }
  wt_buf_put_char(out, '\n');
  return true;
}

static void snapshot(wt_buf *out, bench *b) {
  wt_error err;
  wt_story_filter stories = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .moved = true};
  wt_revision_filter revisions = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_buf_clear(out);
  assert_ok(wt_index_stories(wt_track_index(b->track), &stories, put_story, out, &err));
  assert_ok(wt_index_revisions(wt_track_index(b->track), &revisions, put_revision, out, &err));
}

static void unread_rows_are_whole(void **state) {
  (void)state;
  bench b;
  wt_buf before = {0}, behind = {0};
  wt_error err;
  uint64_t texts;
  bench_open(&b);
  fill(&b);
  snapshot(&before, &b);
  open_behind(&b, false);
  assert_places(&b, 6, 0);
  snapshot(&behind, &b);
  assert_string_equal(behind.data, before.data);
  assert_places(&b, 6, 0);
  assert_ok(wt_track_words(&texts, b.track, &err));
  assert_int_equal(texts, 6);
  assert_places(&b, 6, 6);
  snapshot(&behind, &b);
  assert_string_equal(behind.data, before.data);
  assert_sound(&b);
  wt_buf_release(&before);
  wt_buf_release(&behind);
  bench_close(&b);
}

/* ---- names ---- */

/* A headline that steers the direction of writing, or begins with a mark, stands in git with that written out. */
static void a_subject_is_as_git_says(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  bench_add(&b, "port.example", QUAY, "2024-03-04T06:00:00Z", "\xE2\x80\x8FQuay to \xE2\x80\xAE close\n\n" P1 P2);
  bench_add(&b, "port.example", QUAY, "2024-03-04T07:00:00Z", "Quay to\xE2\x80\x8F stay shut\n\n" P1 P2);
  assert_sound(&b);
  bench_close(&b);
}

static void assert_story(bench *b, const char *name, const char *path) {
  wt_error err;
  wt_story_row row;
  assert_ok(wt_track_story(&row, &b->arena, b->track, wt_span_of(name), &err));
  assert_span(row.path, path);
}

static void names_wait_only_for_what_texts_say(void **state) {
  (void)state;
  bench b;
  wt_error err;
  wt_story_row row;
  bench_open(&b);
  fill(&b);
  open_behind(&b, false);
  assert_story(&b, "port.example/2024/03/04/quay", "port.example/2024/03/04/quay.txt");
  assert_story(&b, "http://www.port.example/quay/", "port.example/2024/03/04/quay.txt");
  assert_story(&b, "port.example/2024", "port.example/2024/03/04/quay.txt");
  assert_int_equal(wt_track_story(&row, &b.arena, b.track, WT_SPAN("quay"), &err), WT_EAMBIGUOUS);
  assert_places(&b, 6, 0);
  assert_story(&b, "empty cistern", "town.example/2024/03/05/choir.txt");
  assert_places(&b, 6, 6);
  open_behind(&b, false);
  assert_int_equal(wt_track_story(&row, &b.arena, b.track, WT_SPAN("no such thing"), &err), WT_ENOTFOUND);
  bench_close(&b);
}

/* ---- searching ---- */

static bool found_one(void *context, const wt_found *found) {
  (void)found;
  ++*(int *)context;
  return true;
}

static int count_found(bench *b, const char *words) {
  wt_error err;
  int count = 0;
  assert_ok(wt_track_search(b->track, wt_span_of(words), (wt_span){0}, 0, found_one, &count, &err));
  return count;
}

/* ---- what is done while the words are behind ---- */

static void regroup(bench *b, const char *name, const char *into) {
  wt_error err;
  wt_span made;
  uint32_t count;
  assert_ok(wt_track_regroup(&made, &count, &b->arena, b->track, wt_span_of(name), wt_span_of(into), &err));
}

/* An add compares with texts: it reads those first, and finds the story whose address changed by its text alone. */
static void add_while_behind(void **state) {
  (void)state;
  for (int kept = 0; kept < 2; kept++) {
    bench b;
    bench_open(&b);
    bench_add(&b, "town.example", "https://town.example/choir", "2024-03-03T08:00:00Z", OTHER);
    keep_index(&b);
    fill(&b);
    open_behind(&b, kept);
    wt_added a = bench_add(&b, "port.example", "https://port.example/quay-shut", "2024-03-06T06:00:00Z", V3);
    assert_became(a, WT_REASON_HEADLINE_VARIANT, 5);
    assert_span(a.story, "port.example/2024/03/04/quay.txt");
    a = bench_add(&b, "port.example", QUAY, "2024-03-06T07:00:00Z", V2);
    assert_became(a, WT_REASON_RETURNED_TO, 6);
    assert_places(&b, 8, 8);
    assert_sound(&b);
    bench_close(&b);
  }
}

static void regroup_while_behind(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  fill(&b);
  keep_index(&b);
  bench_add(&b, "port.example", QUAY, "2024-03-06T06:00:00Z", V3);
  open_behind(&b, true);
  regroup(&b, "port.example/2024/03/04/quay@4", "new");
  assert_sound(&b);
  open_behind(&b, false);
  regroup(&b, "town.example/2024/03/05/quay", "port.example/2024/03/04/quay");
  assert_sound(&b);
  bench_close(&b);
}

/* The journal says that a story went into another one before the texts of either were read. */
static void texts_of_what_was_regrouped(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  fill(&b);
  keep_index(&b);
  bench_add(&b, "port.example", QUAY, "2024-03-06T06:00:00Z", V3);
  regroup(&b, "port.example/2024/03/04/quay@4", "new");                        /* one revision */
  regroup(&b, "town.example/2024/03/05/quay", "new");                          /* all of a story */
  regroup(&b, "town.example/2024/03/05/quay", "port.example/2024/03/04/quay"); /* and on, by its old name */
  assert_sound(&b);
  for (int kept = 0; kept < 2; kept++) {
    open_behind(&b, kept);
    assert_int_equal(count_found(&b, "divers"), 2);
    assert_sound(&b);
  }
  bench_close(&b);
}

static void erase(bench *b, const char *name) {
  wt_error err;
  wt_archive_erased erased;
  wt_track_erase_in in = {.reason = WT_SPAN("by order of a court")};
  assert_ok(wt_track_erase(&erased, b->track, wt_span_of(name), &in, &err));
}

/* main is another one then: nothing of the old words may stay. */
static void erase_while_behind(void **state) {
  (void)state;
  for (int kept = 0; kept < 2; kept++) {
    bench b;
    bench_open(&b);
    fill(&b);
    keep_index(&b);
    bench_add(&b, "port.example", QUAY, "2024-03-06T06:00:00Z", V3);
    open_behind(&b, kept);
    erase(&b, "town.example/2024/03/05/choir");
    assert_int_equal(count_found(&b, "cistern"), 0);
    assert_int_equal(count_found(&b, "divers"), 2);
    assert_sound(&b);
    open_behind(&b, false);
    assert_places(&b, 7, 0);
    assert_int_equal(count_found(&b, "cistern"), 0);
    assert_places(&b, 7, 7);
    assert_sound(&b);
    bench_close(&b);
  }
}

/* ---- interrupted, and several at once ---- */

static bool stop_at_once(void *context) {
  (void)context;
  return true;
}

static void a_stop_leaves_a_sound_index(void **state) {
  (void)state;
  bench b;
  wt_error err;
  uint64_t texts;
  bench_open(&b);
  fill(&b);
  open_behind(&b, false);
  close_track(&b);
  wt_track_options options = {.words_later = true, .calls = {.stop = stop_at_once}};
  assert_ok(wt_track_open(&b.track, b.archive, &options, &err));
  assert_int_equal(wt_track_words(&texts, b.track, &err), WT_ECANCELED);
  assert_places(&b, 6, 0);
  assert_sound(&b);
  bench_close(&b);
}

/* Somebody writes the index: who only reads does not wait, though texts are unread. */
static void readers_do_not_wait(void **state) {
  (void)state;
  bench b;
  wt_error err;
  wt_buf out = {0}, line = {0};
  bench_open(&b);
  fill(&b);
  open_behind(&b, false);
  wt_index *index = wt_track_index(b.track);
  assert_ok(wt_index_begin(index, &err));
  assert_ok(wt_index_clear(index, &err)); /* as a reindex under way */
  wt_buf_put_format(&line, "cd '%s' && timeout 10 $W -C archive.git log %s --json && timeout 10 $W -C archive.git list",
                    b.dir, QUAY);
  assert_int_equal(program_run(&out, line.data), 0);
  assert_non_null(strstr(out.data, "\"headline\":\"Harbour quay to close for repairs\""));
  wt_index_rollback(index);
  assert_sound(&b);
  wt_buf_release(&out);
  wt_buf_release(&line);
  bench_close(&b);
}

static void set_refs(const bench *b, const char *name) {
  wt_buf line = {0};
  wt_buf_put_format(&line, "while read id ref; do git -C archive.git update-ref $ref $id || exit 1; done <%s", name);
  shell(b, line.data);
  wt_buf_release(&line);
}

/* main goes on while a reader waits to bring the index there: it is stamped with what it has seen. */
static void main_moves_while_one_waits(void **state) {
  (void)state;
  bench b;
  wt_error err;
  bench_open(&b);
  fill(&b);
  keep_index(&b);
  bench_add(&b, "port.example", QUAY, "2024-03-06T06:00:00Z", V3);
  shell(&b, "git -C archive.git for-each-ref --format='%(objectname) %(refname)' >first");
  bench_add(&b, "port.example", QUAY, "2024-03-06T07:00:00Z", V1);
  shell(&b, "git -C archive.git for-each-ref --format='%(objectname) %(refname)' >second");
  close_track(&b);
  shell(&b, "rm archive.git/writethru/index.db* && cp kept/* archive.git/writethru/");
  set_refs(&b, "first");
  wt_track_options as_it_is = {.as_it_is = true};
  assert_ok(wt_track_open(&b.track, b.archive, &as_it_is, &err));
  assert_ok(wt_index_begin(wt_track_index(b.track), &err));
  shell(&b, "($W -C archive.git log --json >told; echo $? >code) >/dev/null 2>&1 & sleep 0.7");
  set_refs(&b, "second");
  wt_index_rollback(wt_track_index(b.track));
  shell(&b, "for i in `seq 100`; do test -s code && break; sleep 0.1; done; grep -qx 0 code");
  close_track(&b);
  b.track = open_track(b.archive);
  assert_sound(&b);
  bench_close(&b);
}

/* Many revisions, so that there is something to interrupt. */
static void fill_much(const bench *b) {
  shell(b, "awk 'BEGIN {for (r = 1; r < 4; r++) for (i = 0; i < 1500; i++) printf "
           "\"{\\\"url\\\":\\\"https://o%d.example/s%d\\\",\\\"captured\\\":\\\"2024-01-%02dT00:00:00Z\\\","
           "\\\"headline\\\":\\\"Story %d\\\",\\\"text\\\":\\\"Of town %d there is word %d of %d boats, as they "
           "say.\\\"}\\n\", "
           "i % 7, i, r, i, i, r, i * r}' >many.jsonl && $W -C archive.git add -q many.jsonl >/dev/null");
}

static void kill_after(long microseconds, char *const argv[]) {
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    FILE *none = freopen("/dev/null", "w", stdout);
    (void)none;
    execv(program_path(), argv);
    _exit(127);
  }
  struct timespec pause = {.tv_nsec = microseconds * 1000};
  nanosleep(&pause, NULL);
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, NULL, 0), child);
}

/* Killed anywhere in either stage and between them: the next one goes on, or begins again. */
static void killed_anywhere(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  close_track(&b);
  fill_much(&b);
  char *const reindex[] = {"writethru", "-C", b.archive, "reindex", NULL};
  char *const search[] = {"writethru", "-C", b.archive, "search", "boats", NULL};
  for (int i = 0; i < 12; i++) {
    kill_after(8000L + 30000L * i, i % 3 == 2 ? search : reindex);
    wt_buf out = {0}, line = {0};
    wt_buf_put_format(&line, "$W -C '%s' log --reverse --limit 1 --json", b.archive);
    assert_int_equal(program_run(&out, line.data), 0);
    assert_non_null(strstr(out.data, "\"subject\""));
    wt_buf_release(&out);
    wt_buf_release(&line);
  }
  b.track = open_track(b.archive);
  assert_sound(&b);
  bench_close(&b);
}

/* On a fresh clone all come at once: each answers, and together they read each text once. */
static void several_at_once(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  close_track(&b);
  fill_much(&b);
  shell(&b,
        "rm -f archive.git/writethru/index.db*; for i in 1 2 3; do $W -C archive.git search 'town 7' --json >s$i & "
        "$W -C archive.git log https://o0.example/s7 --json >l$i & done; $W -C archive.git reindex >/dev/null; wait; "
        "cmp s1 s2 && cmp s2 s3 && cmp l1 l2 && cmp l2 l3 && test `wc -l <s1` = 1 && test `wc -l <l1` = 3");
  b.track = open_track(b.archive);
  assert_places(&b, 4500, 4500);
  assert_sound(&b);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_subject_is_as_git_says),
                                     cmocka_unit_test(unread_rows_are_whole),
                                     cmocka_unit_test(names_wait_only_for_what_texts_say),
                                     cmocka_unit_test(add_while_behind),
                                     cmocka_unit_test(regroup_while_behind),
                                     cmocka_unit_test(texts_of_what_was_regrouped),
                                     cmocka_unit_test(erase_while_behind),
                                     cmocka_unit_test(a_stop_leaves_a_sound_index),
                                     cmocka_unit_test(readers_do_not_wait),
                                     cmocka_unit_test(main_moves_while_one_waits),
                                     cmocka_unit_test(killed_anywhere),
                                     cmocka_unit_test(several_at_once)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
