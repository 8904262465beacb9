/* Paragraphs of plain text in its usual layouts. */
#include "text/cuts.h"

#define TABLE(rows) assert_cut_table(wt_paragraphs_cut, rows, sizeof rows / sizeof *rows)

static void a_line_a_paragraph(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"", ""},
      {"\n \n\t\n", ""},
      {"One.\nTwo.\r\nThree.\rFour.", "One.|Two.|Three.|Four."},
      {"Head\n\nFirst text.\n\nSecond text.\n", "Head|First text.|Second text."},
      {"  One. \f Two.", "One.|Two."},
  };
  TABLE(rows);
}

static void hard_wraps_are_joined(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"The harbour of the old town was shut on Monday after a crane fell\n"
       "into the water.\n\nNobody was hurt.\n",
       "The harbour of the old town was shut on Monday after a crane fell\n"
       "into the water.|Nobody was hurt."},
      {"The harbour of the old town was shut on Monday after\n"
       "a crane fell into the water and broke the only quay\n"
       "that the ferries use in winter.\n\n"
       "Nobody was hurt, the port said. It will take a week\n"
       "to lift the crane, which weighs some forty tonnes.\n",
       "The harbour of the old town was shut on Monday after\n"
       "a crane fell into the water and broke the only quay\n"
       "that the ferries use in winter.|"
       "Nobody was hurt, the port said. It will take a week\n"
       "to lift the crane, which weighs some forty tonnes."},
      {"   The harbour of the old town was shut on Monday after\n"
       "a crane fell into the water and broke the only quay now\n"
       "in use.\n"
       "   Nobody was hurt, the port said. It will take a week\n"
       "to lift the crane, which weighs some forty tonnes.\n",
       "The harbour of the old town was shut on Monday after\n"
       "a crane fell into the water and broke the only quay now\n"
       "in use.|"
       "Nobody was hurt, the port said. It will take a week\n"
       "to lift the crane, which weighs some forty tonnes."},
  };
  TABLE(rows);
}

static void long_lines_are_paragraphs(void **state) {
  (void)state;
  wt_buf text = {0}, expected = {0};
  for (int i = 0; i < 3; i++) {
    for (int k = 0; k < 30; k++) {
      wt_buf_put_text(&text, k == 0 ? "Word" : " word");
      wt_buf_put_text(&expected, k == 0 ? "Word" : " word");
    }
    wt_buf_put_text(&text, ".\n");
    wt_buf_put_text(&expected, i < 2 ? ".|" : ".");
  }
  assert_cuts(wt_paragraphs_cut, text.data, expected.data);
  wt_buf_release(&text);
  wt_buf_release(&expected);
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  wt_cuts cuts = {0};
  wt_alloc_fail_after(0);
  assert_int_equal(wt_paragraphs_cut(&cuts, WT_SPAN("One."), NULL), WT_ENOMEM);
  wt_alloc_fail_after(-1);
  wt_cuts_release(&cuts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_a_paragraph),
      cmocka_unit_test(hard_wraps_are_joined),
      cmocka_unit_test(long_lines_are_paragraphs),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
