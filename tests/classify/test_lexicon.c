/* The lexicons: every line is read, and each language is told by its small words. */
#include "support/check.h"

#include "classify/lexicon.h"

static void open_for(wt_lexicon *out, wt_arena *arena, const char *text, const char *hint) {
  wt_error err;
  wt_units units, none = {0};
  assert_ok(wt_units_of_lines(&units, arena, wt_span_of(text), &err));
  assert_ok(wt_lexicon_open(out, &none, &units, wt_span_of(hint), &err));
}

static void test_languages_by_their_small_words(void **state) {
  (void)state;
  static const struct {
    const char *text, *hint, *language;
  } cases[] = {
      {"The mayor of the town said that it was not for him to say and that he would have to go.", "", "en"},
      {"Le maire de la ville a dit que ce n'est pas \u00E0 lui de le dire et qu'il est dans son bureau avec les "
       "autres.",
       "", "fr"},
      {"Der B\u00FCrgermeister der Stadt sagte, dass es nicht an ihm sei und dass er mit den anderen auf die "
       "Stra\u00DFe geht.",
       "", "de"},
      {"El alcalde de la ciudad dijo que no es para \u00E9l y que los otros se van con las manos en el aire por la "
       "tarde.",
       "", "es"},
      {"O prefeito da cidade disse que n\u00E3o \u00E9 para ele e que os outros v\u00E3o com as m\u00E3os no ar, mas "
       "foi uma tarde.",
       "", "pt"},
      {"Il sindaco della citt\u00E0 ha detto che non \u00E8 per lui e che gli altri sono con le mani nel sacco, come "
       "una volta.",
       "", "it"},
      {"Kurz gesagt.", "de-AT", "de"},
      {"Short.", "", "en"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_arena arena = {0};
    wt_lexicon lexicon;
    open_for(&lexicon, &arena, cases[i].text, cases[i].hint);
    assert_string_equal(lexicon.language, cases[i].language);
    wt_arena_release(&arena);
  }
}

static void test_forms_of_one_and_of_several_words(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_lexicon lexicon;
  unsigned longest = 0;
  open_for(&lexicon, &arena, "", "en");
  assert_non_null(wt_lex_tagged(wt_lexicon_find(&lexicon, WT_SPAN("claimed"), NULL), LEX_SAY));
  assert_span(wt_lex_tagged(wt_lexicon_find(&lexicon, WT_SPAN("claimed"), NULL), LEX_SAY)->value, "claim");
  assert_non_null(wt_lex_tagged(wt_lexicon_find(&lexicon, WT_SPAN("no fewer than"), NULL), LEX_BOUND));
  wt_lexicon_find(&lexicon, WT_SPAN("no"), &longest);
  assert_int_equal(longest, 3);
  assert_null(wt_lexicon_find(&lexicon, WT_SPAN("xyzzy"), &longest));
  assert_int_equal(longest, 0);
  assert_null(wt_lexicon_find(&lexicon, WT_SPAN("behauptete"), NULL)); /* of another language */
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_languages_by_their_small_words),
      cmocka_unit_test(test_forms_of_one_and_of_several_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
