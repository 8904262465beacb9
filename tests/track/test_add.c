/* The way of a capture: every reason code, in small histories. */
#include "support/track.h"

#define FERRY "https://wire.example/ferry"
#define HEAD "Ferry runs aground off Skarholm\n\n"
#define P1 "A passenger ferry with 212 people on board ran aground in thick fog off the island early on Monday.\n\n"
#define P1B "A passenger ferry with 221 people on board ran aground in thick fog off the island early on Monday.\n\n"
#define P2 "Lifeboats and two fishing vessels took the passengers ashore, where the village school was opened.\n\n"
#define P3 "The operator said that it was too early to name a cause, and that the captain had long service.\n\n"
#define P4 "The crossing takes fifty minutes and is the only daily link between the island and the mainland.\n\n"
#define P5 "Visibility in the sound was below a hundred metres when the ship left, said the weather service.\n\n"
#define V1 HEAD P1 P2 P3 P4 P5
#define V2 HEAD P1B P2 P3 P4 P5
#define OTHER                                                                                                          \
  "Skaters return to the lakes\n\nThousands of skaters took to the frozen lakes around the capital at the weekend "    \
  "after ten nights of hard frost.\n\n"                                                                                \
  "Clubs measured the ice and marked the open channels with spruce branches, as they have done for a century.\n\n"     \
  "Hospitals reported broken wrists, a few dislocated shoulders and one dog that needed to be thawed with "            \
  "blankets.\n\n"                                                                                                      \
  "Sellers of hot chocolate ran out by noon on Sunday, and the shops had no more blades of any length to offer.\n\n"

static void revisions_and_what_is_none(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_added a = bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  assert_became(a, WT_REASON_NEW_STORY, 1);
  assert_span(a.story, "wire.example/2024/03/04/ferry.txt");
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T07:00:00Z", V1);
  assert_became(a, WT_REASON_UNCHANGED, 1);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", V2);
  assert_became(a, WT_REASON_REVISION, 2);
  assert_true(a.substantive);
  assert_true(a.classes & 1u << WT_CLASS_NUMBER);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T09:00:00Z", V1);
  assert_became(a, WT_REASON_RETURNED_TO, 3);
  assert_int_equal(a.returned_to, 1);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T10:00:00Z",
                HEAD P1 P2 P3 P4
                "Visibility in the sound was below a hundred metres when the ship left,\xC2\xA0said the weather "
                "service.\n\n");
  assert_true(a.reason == WT_REASON_TYPOGRAPHY_ONLY || a.reason == WT_REASON_UNCHANGED);
  bench_close(&b);
}

static void the_same_input_twice(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", V2);
  wt_oid before, after;
  wt_error err;
  assert_ok(wt_archive_tip(&before, wt_track_archive(b.track), &err));
  wt_added a = bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  assert_became(a, WT_REASON_UNCHANGED, 1);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", V2);
  assert_became(a, WT_REASON_UNCHANGED, 2);
  assert_ok(wt_archive_tip(&after, wt_track_archive(b.track), &err));
  assert_memory_equal(&before, &after, sizeof before);
  bench_close(&b);
}

static void late_ones_never_become_current(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  wt_story_row story;
  wt_revision_row row;
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T12:00:00Z", V2);
  wt_added a = bench_add(&b, "wire.example", FERRY, "2024-03-04T09:00:00Z", HEAD P1 P2 P3 P4);
  assert_became(a, WT_REASON_LATE, 3);
  assert_ok(wt_track_story(&story, &b.arena, b.track, wt_span_of(FERRY), &err));
  assert_int_equal(story.current, 2);
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN(FERRY "@2024-03-04T10:00:00Z"), &err));
  assert_int_equal(row.number, 3);
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN(FERRY "@2024-03-04"), &err));
  assert_int_equal(row.number, 2);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T09:30:00Z", HEAD P1 P2 P3 P4);
  assert_became(a, WT_REASON_UNCHANGED, 3);
  bench_close(&b);
}

static void another_story_on_the_same_url(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  wt_added a = bench_add(&b, "wire.example", FERRY, "2024-04-20T06:00:00Z", OTHER);
  assert_became(a, WT_REASON_NEW_STORY, 1);
  a = bench_add(&b, "wire.example", FERRY, "2024-04-21T06:00:00Z",
                OTHER "The lakes are expected to hold until the end of the week.\n");
  assert_became(a, WT_REASON_REVISION, 2);
  bench_close(&b);
}

static void the_same_text_without_an_address(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  bench_add(&b, "wire.example", "", "2024-03-04T06:00:00Z", V1);
  wt_added a = bench_add(&b, "wire.example", "", "2024-03-05T06:00:00Z", V2);
  assert_became(a, WT_REASON_REVISION, 2);
  a = bench_add(&b, "wire.example", "https://wire.example/renamed", "2024-03-05T07:00:00Z",
                V2 "And the sea fell calm.\n");
  assert_became(a, WT_REASON_REVISION, 3);
  a = bench_add(&b, "wire.example", "", "2024-06-05T06:00:00Z", V1);
  assert_became(a, WT_REASON_NEW_STORY, 1);
  bench_close(&b);
}

static void another_outlet_is_a_copy(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  wt_added a = bench_add(&b, "post.example", "https://post.example/ferry", "2024-03-04T07:00:00Z", V1);
  assert_became(a, WT_REASON_NEW_STORY, 1);
  assert_span(a.story, "post.example/2024/03/04/ferry.txt");
  bench_close(&b);
}

static void what_shrank_waits_and_is_let_out(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  wt_story_row story;
  wt_added a;
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T07:00:00Z", HEAD P1);
  assert_became(a, WT_REASON_SHRUNK, 0);
  assert_ok(wt_track_story(&story, &b.arena, b.track, wt_span_of(FERRY), &err));
  assert_int_equal(story.quarantined, 1);
  assert_int_equal(story.revisions, 1);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T07:20:00Z", HEAD P1); /* too soon to be believed */
  assert_became(a, WT_REASON_SHRUNK, 0);
  a = bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", HEAD P1); /* an hour later */
  assert_became(a, WT_REASON_REVISION, 2);
  bench_close(&b);
}

static void decisions(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  wt_added a;
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  uint64_t first = bench_add(&b, "wire.example", FERRY, "2024-03-04T07:00:00Z", HEAD P1).capture;
  uint64_t second = bench_add(&b, "wire.example", FERRY, "2024-03-04T07:10:00Z", HEAD P2).capture;
  assert_int_equal(wt_track_accept(&a, b.track, wt_span_of(FERRY), 0, &err), WT_EAMBIGUOUS);
  assert_ok(wt_track_reject(b.track, wt_span_of(FERRY), first, &err));
  assert_int_equal(wt_track_reject(b.track, wt_span_of(FERRY), first, &err), WT_EINVAL);
  assert_ok(wt_track_accept(&a, b.track, wt_span_of(FERRY), second, &err));
  assert_became(a, WT_REASON_REVISION, 2);
  assert_int_equal(wt_track_accept(&a, b.track, wt_span_of(FERRY), 0, &err), WT_ENOTFOUND);
  bench_close(&b);
}

/* ---- the index from git alone ---- */

typedef struct lines {
  wt_buf text;
} lines;

static bool put_revision(void *context, const wt_revision_row *r) {
  lines *l = context;
  wt_buf_put_format(&l->text, "%.*s@%u %lld %.*s %.*s %x %x %u %.*s|", (int)r->path.len, r->path.data,
                    (unsigned)r->number, (long long)r->captured, (int)r->reason.len, r->reason.data,
                    (int)r->headline.len, r->headline.data, (unsigned)r->classes, (unsigned)r->flags,
                    (unsigned)r->words, (int)r->subject.len, r->subject.data);
  return true;
}

static bool put_story(void *context, const wt_story_row *s) {
  lines *l = context;
  wt_buf_put_format(&l->text, "%.*s %lld %lld %lld %u %u %u %.*s|", (int)s->path.len, s->path.data, (long long)s->first,
                    (long long)s->last, (long long)s->seen, (unsigned)s->revisions, (unsigned)s->current,
                    (unsigned)s->quarantined, (int)s->moved_to.len, s->moved_to.data);
  return true;
}

static bool put_sighting(void *context, const wt_sighting_row *g) {
  lines *l = context;
  wt_buf_put_format(&l->text, "%llu %.*s %lld %.*s %u %.*s|", (unsigned long long)g->record, (int)g->path.len,
                    g->path.data, (long long)g->at, (int)g->state.len, g->state.data, (unsigned)g->revision,
                    (int)g->decision.len, g->decision.data);
  return true;
}

static void snapshot(lines *out, bench *b) {
  wt_error err;
  wt_index *index = wt_track_index(b->track);
  wt_revision_filter revisions = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_story_filter stories = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .moved = true};
  wt_sighting_filter sightings = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  assert_ok(wt_index_revisions(index, &revisions, put_revision, out, &err));
  assert_ok(wt_index_stories(index, &stories, put_story, out, &err));
  assert_ok(wt_index_sightings(index, &sightings, put_sighting, out, &err));
}

static void reindex_gives_the_same(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  lines before = {{0}}, after = {{0}}, opened = {{0}};
  uint64_t revisions, faults;
  wt_span made;
  uint32_t count;
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T07:00:00Z", HEAD P1);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", V2);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T07:30:00Z", HEAD P1 P2 P3 P4);
  bench_add(&b, "wire.example", FERRY, "2024-03-05T08:00:00Z", V2);
  bench_add(&b, "post.example", "https://post.example/skaters", "2024-03-05T08:00:00Z", OTHER);
  assert_ok(wt_track_regroup(&made, &count, &b.arena, b.track, WT_SPAN(FERRY "@3"), WT_SPAN("new"), &err));
  assert_int_equal(count, 1);
  snapshot(&before, &b);
  assert_ok(wt_track_reindex(&revisions, b.track, &err));
  snapshot(&after, &b);
  assert_span(wt_buf_span(&after.text), before.text.data);
  char path[400];
  snprintf(path, sizeof path, "%s/writethru/index.db", b.archive);
  wt_track_close(b.track);
  b.track = NULL;
  assert_int_equal(remove(path), 0);
  bench_reopen(&b);
  snapshot(&opened, &b);
  assert_span(wt_buf_span(&opened.text), before.text.data);
  assert_ok(wt_track_verify(&faults, &revisions, b.track, &err));
  assert_int_equal(faults, 0);
  wt_buf_release(&before.text);
  wt_buf_release(&after.text);
  wt_buf_release(&opened.text);
  bench_close(&b);
}

static void regrouped_names_lead_on(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  wt_span made;
  uint32_t count;
  wt_story_row story;
  wt_revision_row row;
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", V2);
  bench_add(&b, "wire.example", "https://wire.example/skaters", "2024-03-04T09:00:00Z", OTHER);
  assert_ok(wt_track_regroup(&made, &count, &b.arena, b.track, WT_SPAN("wire.example/2024/03/04/skaters.txt"),
                             wt_span_of(FERRY), &err));
  assert_int_equal(count, 1);
  assert_span(made, "wire.example/2024/03/04/ferry.txt");
  assert_ok(wt_track_story(&story, &b.arena, b.track, WT_SPAN("wire.example/2024/03/04/skaters"), &err));
  assert_span(story.path, "wire.example/2024/03/04/ferry.txt");
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("wire.example/2024/03/04/skaters.txt@1"), &err));
  assert_span(row.path, "wire.example/2024/03/04/ferry.txt");
  assert_int_equal(row.number, 3);
  bench_close(&b);
}

/* ---- searching ---- */

typedef struct finds {
  uint32_t count, first, last;
  wt_instant until;
} finds;

static bool on_found(void *context, const wt_found *found) {
  finds *f = context;
  f->count++;
  f->first = found->first;
  f->last = found->last;
  f->until = found->until;
  return true;
}

static void search_knows_when_words_went(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  finds f = {0};
  bench_add(&b, "wire.example", FERRY, "2024-03-04T06:00:00Z", V1);
  bench_add(&b, "wire.example", FERRY, "2024-03-04T08:00:00Z", V2);
  bench_add(&b, "wire.example", "https://wire.example/skaters", "2024-03-04T09:00:00Z", OTHER);
  assert_ok(wt_track_search(b.track, WT_SPAN("\"212 people\" LIFEBOATS"), WT_SPAN(""), 0, on_found, &f, &err));
  assert_int_equal(f.count, 1);
  assert_int_equal(f.first, 1);
  assert_int_equal(f.last, 1);
  assert_int_equal(f.until, at_time("2024-03-04T08:00:00Z"));
  f = (finds){0};
  assert_ok(wt_track_search(b.track, WT_SPAN("\"people 212\""), WT_SPAN(""), 0, on_found, &f, &err));
  assert_int_equal(f.count, 0);
  assert_int_equal(wt_track_search(b.track, WT_SPAN("?!"), WT_SPAN(""), 0, on_found, &f, &err), WT_EINVAL);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(revisions_and_what_is_none),       cmocka_unit_test(the_same_input_twice),
      cmocka_unit_test(late_ones_never_become_current),   cmocka_unit_test(another_story_on_the_same_url),
      cmocka_unit_test(the_same_text_without_an_address), cmocka_unit_test(another_outlet_is_a_copy),
      cmocka_unit_test(what_shrank_waits_and_is_let_out), cmocka_unit_test(decisions),
      cmocka_unit_test(reindex_gives_the_same),           cmocka_unit_test(regrouped_names_lead_on),
      cmocka_unit_test(search_knows_when_words_went)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
