/* Notices against edits, and changes that nothing announces. */
#include "classify/pair.h"

static void make(wt_story *out, wt_arena *arena, const char *body, const char *note) {
  wt_error err;
  wt_span rest = wt_span_of(body), line;
  wt_story_init(out, arena);
  while (wt_span_line(&line, &rest)) assert_ok(wt_story_add_block(out, WT_BLOCK_PARAGRAPH, line, &err));
  if (note) assert_ok(wt_story_add(out, WT_LIST_NOTES, wt_span_of(note), &err));
  assert_ok(wt_story_seal(out, &err));
}

typedef struct change {
  wt_arena arena;
  wt_story old, newer;
  wt_diff diff;
  wt_classified found;
} change;

static void change_open(change *c, const char *old, const char *new, const char *note) {
  wt_error err;
  *c = (change){0};
  make(&c->old, &c->arena, old, NULL);
  make(&c->newer, &c->arena, new, note);
  assert_ok(wt_diff_stories(&c->diff, &c->arena, &c->old, &c->newer, NULL, &err));
  assert_ok(wt_classify(&c->found, &c->arena, &c->diff, &c->old, &c->newer, &err));
}

static const char old_text[] =
    "The ferry ran aground off the cape at dawn.\nIts captain, Jan Lund, called for help.\nIt "
    "carried 212 people.";
static const char new_count[] =
    "The ferry ran aground off the cape at dawn.\nIts captain, Jan Lund, called for help.\nIt "
    "carried 221 people.";

static void test_a_change_of_fact_without_a_notice(void **state) {
  (void)state;
  change c;
  change_open(&c, old_text, new_count, NULL);
  assert_true(c.found.findings.unannounced);
  wt_arena_release(&c.arena);
}

static void test_a_notice_announces(void **state) {
  (void)state;
  change c;
  change_open(&c, old_text, new_count, "Corrects number of people in 3rd graf");
  assert_false(c.found.findings.unannounced);
  assert_true(c.found.findings.notice_came);
  assert_int_equal(c.found.findings.unmatched_count, 0);
  assert_true(c.found.classes & 1u << WT_CLASS_CORRECTION);
  wt_arena_release(&c.arena);
}

static void test_a_notice_that_claims_another_edit(void **state) {
  (void)state;
  change c;
  change_open(&c, old_text, new_count, "Corrects day to Monday in graf 1");
  assert_int_equal(c.found.findings.unmatched_count, 1);
  assert_span(c.found.findings.unmatched_notices[0], "Corrects day to Monday in graf 1 (no edit of date seen)");
  wt_arena_release(&c.arena);
}

static const char new_two[] =
    "The ferry ran aground off the cape at dusk.\nIts captain, Jan Lund, called for help.\nIt carried 221 people.";

static void test_an_edit_that_the_notice_does_not_speak_of(void **state) {
  (void)state;
  change c;
  change_open(&c, old_text, new_two, "Corrects number of people in 3rd graf");
  assert_false(c.found.findings.unannounced);
  assert_int_equal(c.found.findings.unmatched_count, 0);
  assert_true(c.found.edits[0].unmentioned);
  assert_false(c.found.edits[2].unmentioned);
  wt_arena_release(&c.arena);
}

/* What the findings tell, joined by " | ". */
static void assert_told(const char *old, const char *new, const char *note, const char *want) {
  static const char *const kinds[] = {"unannounced", "developing", "unmentioned"};
  wt_buf told = {0};
  change c;
  change_open(&c, old, new, note);
  const wt_findings *f = &c.found.findings;
  for (size_t i = 0; i < f->fact_count; i++)
    wt_buf_put_format(&told, "%s%s %.*s", i ? " | " : "", kinds[f->facts[i].kind], (int)f->facts[i].what.len,
                      f->facts[i].what.data);
  assert_span(wt_buf_span(&told), want);
  wt_buf_release(&told);
  wt_arena_release(&c.arena);
}

#define SPELT "An earlier version of this story misspelled the captain's name."

static void test_each_change_in_a_sentence_needs_its_notice(void **state) {
  (void)state;
  assert_told("The captain, Jan Lund, said that the ferry will not sail.",
              "The captain, Jan Lunde, said that the ferry may never sail.", SPELT, "unmentioned hedge: +may");
  assert_told("The captain, Jan Lund, said that the ferry will not sail.",
              "The captain, Jan Lunde, said that the ferry will not sail for 9 days.", SPELT,
              "unmentioned number: +9 days");
  assert_told("The captain, Jan Lund, said that the ferry will not sail.",
              "The captain, Jan Lunde, said that the ferry will not sail.", SPELT, "");
  assert_told("\"We owe it to Jan Lund,\" Mayor Liv Moe said, \"and it will sail.\"",
              "\"We owe it to Jan Lunde,\" Mayor Liv Moe said, \"and it may sail.\"", SPELT,
              "unmentioned quote altered: Mayor Liv Moe: will -> may | unmentioned hedge: +may");
  assert_told("\"It will take 12 days,\" Liv Moe said.", "\"It will take 15 days,\" Liv Moe said.",
              "Corrects number of days in 1st graf", "");
  assert_told("\"It will sail,\" Liv Moe said.", "\"It may sail,\" Liv Moe said.", "Corrects quote in 1st graf", "");
  assert_told("\"It will take 12 boats,\" Liv Moe said on Monday.",
              "\"It may take 15 boats,\" Liv Moe said on Tuesday.", "Corrects quote in 1st graf",
              "unmentioned date: Monday -> Tuesday");
  assert_told("\"It will sail,\" Liv Moe said, and it cost 12 crowns.",
              "\"It may sail,\" Liv Moe said, and it may cost 15 crowns.", "Corrects quote in 1st graf",
              "unmentioned number: 12 -> 15 crowns | unmentioned hedge: +may");
}

static void test_the_most_telling_line_comes_first(void **state) {
  (void)state;
  assert_told("\"It will sail,\" Liv Moe said.", "\"It may sail,\" Liv Moe said.", NULL,
              "unannounced quote altered: Liv Moe: will -> may");
  assert_told("It will sail.", "It may sail.", NULL, "unannounced hedge: +may");
}

/* Notes of the kind that wires send, and whether they are borne out by the edit of old_text to new_count. */
static void test_what_notes_claim(void **state) {
  (void)state;
  static const struct {
    const char *note;
    bool came, unmatched;
  } notes[] = {
      {"With AP Photos.", false, false},
      {"For global distribution", false, false},
      {"STRICTLY EMBARGOED. Not for public release until noon.", false, false},
      {"APNewsNow. Changes short headline. New approach.", true, true},
      {"Restores reference in 3rd paragraph to years when the ferry was new. With AP Photos.", true, false},
      {"Adds military statement", true, false},
      {"Adds comments in grafs 2-4", true, false},
      {"(In Jan. 3 story, corrects last paragraph to reflect that the figure is people on board, not a day)", true,
       false},
      {"Corrects last graf to show a full name", true, true},
      {"Corrects spelling of captain's name, graf 2.", true, true},
      {"Corrects number of people in grafs 2-4.", true, false},
      {"Corrects number of people in 1st graf.", true, true},
      {"Minor edits. A longer version of this story is available.", true, false},
      {"An earlier version of this story misstated the number of people.", true, false},
      {"An earlier version of this story misspelled the captain's name.", true, true},
  };
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
    change c;
    change_open(&c, old_text, new_count, notes[i].note);
    if (c.found.findings.notice_came != notes[i].came || (c.found.findings.unmatched_count > 0) != notes[i].unmatched)
      fail_msg("%s: came %d, unmatched %zu", notes[i].note, c.found.findings.notice_came,
               c.found.findings.unmatched_count);
    wt_arena_release(&c.arena);
  }
}

static void test_a_notice_in_the_text(void **state) {
  (void)state;
  change c;
  change_open(&c, old_text,
              "The ferry ran aground off the cape at dawn.\nIts captain, Jan Lund, called for help.\nIt carried 221 "
              "people.\nCorrection: An earlier version of this story gave a wrong number of people.",
              NULL);
  assert_true(c.found.findings.notice_came);
  assert_false(c.found.findings.unannounced);
  wt_arena_release(&c.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_change_of_fact_without_a_notice),
      cmocka_unit_test(test_a_notice_announces),
      cmocka_unit_test(test_a_notice_that_claims_another_edit),
      cmocka_unit_test(test_an_edit_that_the_notice_does_not_speak_of),
      cmocka_unit_test(test_each_change_in_a_sentence_needs_its_notice),
      cmocka_unit_test(test_the_most_telling_line_comes_first),
      cmocka_unit_test(test_what_notes_claim),
      cmocka_unit_test(test_a_notice_in_the_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
