/* Which unit is which: what stays, what moved, what was split and merged; and texts that hurt. */
#include "support/check.h"

#include "wt/match.h"

typedef struct run {
  wt_arena arena;
  wt_units old, newer;
  wt_match match;
} run;

static void match_lines(run *r, wt_span old, wt_span new, uint64_t budget) {
  wt_error err = {0};
  wt_match_options options = {.budget = budget};
  *r = (run){0};
  assert_ok(wt_units_of_lines(&r->old, &r->arena, old, &err));
  assert_ok(wt_units_of_lines(&r->newer, &r->arena, new, &err));
  assert_ok(wt_match_units(&r->match, &r->arena, &r->old, &r->newer, &options, &err));
}

/* "0=0 1~2 -3 +1 4>5": equal, alike, gone, new; `>` moved, `2+2` two units. */
static void assert_beads(wt_span old, wt_span new, const char *want) {
  run r;
  wt_buf have = {0};
  match_lines(&r, old, new, 0);
  for (size_t b = 0; b < r.match.count; b++) {
    const wt_bead *bead = &r.match.beads[b];
    if (b) wt_buf_put_char(&have, ' ');
    if (!bead->new_count)
      wt_buf_put_format(&have, "-%u", bead->old);
    else if (!bead->old_count)
      wt_buf_put_format(&have, "+%u", bead->newer);
    else {
      wt_buf_put_format(&have, "%u", bead->old);
      if (bead->old_count > 1) wt_buf_put_format(&have, "(%u)", bead->old_count);
      wt_buf_put_text(&have, bead->moved ? ">" : bead->score == 1000 ? "=" : "~");
      wt_buf_put_format(&have, "%u", bead->newer);
      if (bead->new_count > 1) wt_buf_put_format(&have, "(%u)", bead->new_count);
    }
  }
  assert_buf(have, want);
  wt_buf_release(&have);
  wt_arena_release(&r.arena);
}

#define A "The harbour was closed after the storm on Sunday night.\n"
#define B "Ferries will run again once the wreck has been raised.\n"
#define C "Insurers put the damage at about forty million crowns.\n"
#define D "Nobody on board the freighter was seriously injured.\n"

static void what_stays_is_equal(void **state) {
  (void)state;
  assert_beads(WT_SPAN(A B C), WT_SPAN(A B C), "0=0 1=1 2=2");
  assert_beads(WT_SPAN(""), WT_SPAN(""), "");
  assert_beads(WT_SPAN(A), WT_SPAN(""), "-0");
  assert_beads(WT_SPAN(""), WT_SPAN(A B), "+0 +1");
}

static void one_inserted_sentence_moves_nothing(void **state) {
  (void)state;
  assert_beads(WT_SPAN(A B C), WT_SPAN(D A B C), "+0 0=1 1=2 2=3");
  assert_beads(WT_SPAN(D A B C), WT_SPAN(A B C), "-0 1=0 2=1 3=2");
}

static void the_heaviest_chain_stays(void **state) {
  (void)state;
  assert_beads(WT_SPAN(A B C D), WT_SPAN(B C D A), "1=0 2=1 3=2 0>3");
  assert_beads(WT_SPAN(A B C D), WT_SPAN(D A B C), "3>0 0=1 1=2 2=3");
}

static void an_edited_sentence_is_found_in_place_and_elsewhere(void **state) {
  (void)state;
  assert_beads(WT_SPAN(A B C D), WT_SPAN(A "Ferries will run again when the wreck has gone.\n" C D), "0=0 1~1 2=2 3=3");
  assert_beads(WT_SPAN(A B C D), WT_SPAN(B C D "The harbour was closed after the storm on Saturday night.\n"),
               "1=0 2=1 3=2 0>3");
}

static void splits_and_merges_are_said_as_such(void **state) {
  (void)state;
  wt_span one =
      WT_SPAN(A "The minister resigned after the report was published, and the premier named no successor.\n" C);
  wt_span two = WT_SPAN(A "The minister resigned after the report was published.\nThe premier named no successor.\n" C);
  assert_beads(one, two, "0=0 1~1(2) 2=3");
  assert_beads(two, one, "0=0 1(2)~1 3=2");
}

static void typography_is_equal(void **state) {
  (void)state;
  run r;
  match_lines(&r, WT_SPAN("\xE2\x80\x9CNo,\xE2\x80\x9D he said.\n"), WT_SPAN("\"No,\" he said.\n"), 0);
  assert_int_equal(r.match.count, 1);
  assert_int_equal(r.match.beads[0].score, 1000);
  assert_false(r.match.beads[0].same_key);
  wt_arena_release(&r.arena);
}

static void repeated_lines(wt_buf *out, unsigned lines, unsigned seed) {
  static const char *const few[] = {"Yes.\n", "No.\n", "He said so again.\n", "alpha beta gamma\n"};
  for (unsigned l = 0; l < lines; l++) wt_buf_put_text(out, few[(l * 7 + l / 3 + seed) % 4]);
}

/* The budget holds whatever comes, and a small one still gives every unit once. */
static void the_budget_is_never_passed(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0};
  const uint64_t budgets[] = {1, 100, 5000, 0};
  repeated_lines(&old, 3000, 0);
  repeated_lines(&new, 3100, 1);
  for (unsigned w = 0; w < 40000; w++)
    wt_buf_put_text(&new, w % 5 ? "alpha " : "gamma "); /* one line that is like all */
  for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
    run r;
    match_lines(&r, wt_buf_span(&old), wt_buf_span(&new), budgets[i]);
    uint64_t most = budgets[i] ? budgets[i] : wt_match_budget(&r.old, &r.newer), olds = 0, news = 0;
    assert_true(r.match.steps <= most);
    for (size_t b = 0; b < r.match.count; b++) olds += r.match.beads[b].old_count, news += r.match.beads[b].new_count;
    assert_int_equal(olds, r.old.count);
    assert_int_equal(news, r.newer.count);
    wt_arena_release(&r.arena);
  }
  wt_buf_release(&old);
  wt_buf_release(&new);
}

static void want_of_memory_is_told(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_units old, new;
  wt_match match;
  wt_error err = {0};
  assert_ok(wt_units_of_lines(&old, &arena, WT_SPAN(A B C D "A new line of words here.\n"), &err));
  assert_ok(wt_units_of_lines(&new, &arena, WT_SPAN(B "The harbour was open after the storm on Sunday.\n" D), &err));
  bool done = false;
  for (int64_t n = 1; n < 400 && !done; n++) {
    wt_arena out = {0};
    wt_alloc_fail_after(n);
    wt_status status = wt_match_units(&match, &out, &old, &new, NULL, &err);
    wt_alloc_fail_after(-1);
    assert_true(status == WT_OK || status == WT_ENOMEM);
    done = status == WT_OK;
    wt_arena_release(&out);
  }
  assert_true(done);
  wt_arena_release(&arena);
}

/* A sentence that stands there often, in a list behind another that nothing pairs with: its twins already taken must not be
   walked past again for each new one. */
static void repeated_units_are_linear(void **state) {
  (void)state;
  enum { MANY = 300000, SLOTS = 1 << 21 }; /* as many as 2 * MANY units get */
  char first[32];
  uint64_t slot = wt_hash_bytes(WT_SPAN("again and again")).low % SLOTS;
  for (unsigned i = 0;; i++) {
    snprintf(first, sizeof first, "only once %u", i);
    if (wt_hash_bytes(wt_span_of(first)).low % SLOTS == slot) break;
  }
  wt_buf old = {0}, new = {0};
  wt_buf_put_format(&old, "%s\n", first);
  for (unsigned i = 0; i < MANY; i++) {
    wt_buf_put_format(&old, "again and again\nold%u\n", i);
    wt_buf_put_format(&new, "again and again\nnew%u\n", i);
  }
  run r;
  match_lines(&r, wt_buf_span(&old), wt_buf_span(&new), 0);
  size_t equal = 0;
  for (size_t b = 0; b < r.match.count; b++) equal += r.match.beads[b].score == 1000;
  assert_int_equal(equal, MANY);
  wt_arena_release(&r.arena);
  wt_buf_release(&old);
  wt_buf_release(&new);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_stays_is_equal),
                                     cmocka_unit_test(one_inserted_sentence_moves_nothing),
                                     cmocka_unit_test(the_heaviest_chain_stays),
                                     cmocka_unit_test(an_edited_sentence_is_found_in_place_and_elsewhere),
                                     cmocka_unit_test(splits_and_merges_are_said_as_such),
                                     cmocka_unit_test(typography_is_equal),
                                     cmocka_unit_test(the_budget_is_never_passed),
                                     cmocka_unit_test(repeated_units_are_linear),
                                     cmocka_unit_test(want_of_memory_is_told)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
