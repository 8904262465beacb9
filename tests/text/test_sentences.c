/* Where sentences end, and where they do not. */
#include "text/cuts.h"

#define TABLE(rows) assert_cut_table(wt_sentences_cut, rows, sizeof rows / sizeof *rows)

static void ends_and_goes_on(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"", ""},
      {"  One.  Two! ", "One.|Two!"},
      {"No stop at the end", "No stop at the end"},
      {"It rose 3.5 percent to 1,204.75. It fell.", "It rose 3.5 percent to 1,204.75.|It fell."},
      {"He said. \"Go home.\" She went.", "He said.|\"Go home.\"|She went."},
      {"\"Go!\" he cried. (It rained.) They left.", "\"Go!\" he cried.|(It rained.)|They left."},
      {"\xE2\x80\x9CWe won.\xE2\x80\x9D They lost.", "\xE2\x80\x9CWe won.\xE2\x80\x9D|They lost."},
      {"And then... nothing. And then... Nothing.", "And then... nothing.|And then...|Nothing."},
      {"Wait\xE2\x80\xA6 what? Who\xE2\x80\xA6 Me?", "Wait\xE2\x80\xA6 what?|Who\xE2\x80\xA6|Me?"},
      {"See example.com. Then version 2.0 came.", "See example.com.|Then version 2.0 came."},
      {"Really?! Yes!!! Good.", "Really?!|Yes!!!|Good."},
      {"It works. iPhones sell.", "It works.|iPhones sell."},
      {"In 2020. 15 people died.", "In 2020.|15 people died."},
  };
  TABLE(rows);
}

static void abbreviations(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"Mr. Ode met Dr. Ek. They ate.", "Mr. Ode met Dr. Ek.|They ate."},
      {"The U.S. Senate sat. He left the U.S. The Senate sat.",
       "The U.S. Senate sat.|He left the U.S.|The Senate sat."},
      {"At 5 p.m. Tuesday it shut. It shut at 5 p.m. Police came.",
       "At 5 p.m. Tuesday it shut.|It shut at 5 p.m.|Police came."},
      {"J. K. Ode wrote. George W. Ode read.", "J. K. Ode wrote.|George W. Ode read."},
      {"Ode Inc. said so. He joined Ode Inc. The firm grew.", "Ode Inc. said so.|He joined Ode Inc.|The firm grew."},
      {"On Jan. 5 it rained in Troy, Mich. It poured.", "On Jan. 5 it rained in Troy, Mich.|It poured."},
      {"Fruit, e.g. Apples, i.e. food.", "Fruit, e.g. Apples, i.e. food."},
      {"No. 5 won. He said no. The end.", "No. 5 won.|He said no.|The end."},
      {"They take vitamin C. The dose is low.", "They take vitamin C.|The dose is low."},
      {"Gov. Ann Ode and Sen. Bo Ek, R-Ala., met.", "Gov. Ann Ode and Sen. Bo Ek, R-Ala., met."},
      {"1. Boil it. 2. Eat it.", "1. Boil it.|2. Eat it."},
  };
  TABLE(rows);
}

static void other_languages(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"Am 3. Oktober kam Dr. Ek. Er blieb bis 5. Dann ging er.",
       "Am 3. Oktober kam Dr. Ek.|Er blieb bis 5.|Dann ging er."},
      {"\xC2\xAB Oui. \xC2\xBB Il part. M. Ode reste.", "\xC2\xAB Oui. \xC2\xBB|Il part.|M. Ode reste."},
      {"Er kam. \xC2\xBBJa!\xC2\xAB Er ging.", "Er kam.|\xC2\xBBJa!\xC2\xAB|Er ging."},
      {"\xC2\xBFVino? S\xC3\xAD. \xC2\xA1Vino!", "\xC2\xBFVino?|S\xC3\xAD.|\xC2\xA1Vino!"},
      {"他来了。他走了！真的？", "他来了。|他走了！|真的？"},
      {"彼は「行く。」と述べた。終わり。", "彼は「行く。」と述べた。|終わり。"},
      {"規模は７．３だった。終わり．次です．", "規模は７．３だった。|終わり．|次です．"},
      {"他走了。“真的吗？”她问。‘是。’", "他走了。|“真的吗？”|她问。|‘是。’"},
      {"Ο κ. Νίκου και η κα. Πέτρου ήρθαν. Έφυγαν.", "Ο κ. Νίκου και η κα. Πέτρου ήρθαν.|Έφυγαν."},
      {"Он жил на ул. Ленина. Там был проф. Иванов.", "Он жил на ул. Ленина.|Там был проф. Иванов."},
      {"EE. UU. ganó. Las FF. AA. de EE. UU. salieron.", "EE. UU. ganó.|Las FF. AA. de EE. UU. salieron."},
      {"Mevr. Jansen kwam om kl. 12. Dhr. Bos bleef.", "Mevr. Jansen kwam om kl. 12.|Dhr. Bos bleef."},
      {"वह गया। वह आया।", "वह गया।|वह आया।"},
      {"هل جاء؟ نعم. ذهب.", "هل جاء؟|نعم.|ذهب."},
      {"Он пришёл. Она ушла.", "Он пришёл.|Она ушла."},
  };
  TABLE(rows);
}

/* Input that hurts: nothing but stops, one word of dots, nothing but closing marks. Time must stay in proportion. */
static void hostile_text_takes_linear_time(void **state) {
  (void)state;
  static const char *const motifs[] = {".", "A. ", "a.", ". \"", "\xE2\x80\xA6 ", "U.S. ", "! )"};
  for (size_t i = 0; i < sizeof motifs / sizeof *motifs; i++) {
    wt_buf text = {0};
    while (text.len < 1000000) wt_buf_put_text(&text, motifs[i]);
    wt_cuts cuts = {0};
    assert_int_equal(wt_sentences_cut(&cuts, wt_buf_span(&text), NULL), WT_OK);
    assert_true(cuts.count >= 1);
    wt_cuts_release(&cuts);
    wt_buf_release(&text);
  }
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  wt_cuts cuts = {0};
  wt_error err;
  wt_alloc_fail_after(0);
  assert_int_equal(wt_sentences_cut(&cuts, WT_SPAN("One. Two."), &err), WT_ENOMEM);
  wt_alloc_fail_after(-1);
  wt_cuts_release(&cuts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ends_and_goes_on),        cmocka_unit_test(abbreviations),
      cmocka_unit_test(other_languages),         cmocka_unit_test(hostile_text_takes_linear_time),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
