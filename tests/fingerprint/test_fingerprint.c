/* Fingerprints of stories and of bare text. */
#include "support/check.h"

#include "wt/fingerprint.h"

static const char *const lines[] = {
    "The harbour of the old town was shut on Monday after a crane fell into the water.",
    "Nobody was hurt, the port said; it will take a week to lift the crane, which weighs some forty tonnes.",
    ("\xE2\x80\x9CWe heard a noise like thunder,\xE2\x80\x9D said a fisherman who had been mending his nets on the "
     "quay."),
};

static size_t shared(const wt_fingerprint *a, const wt_fingerprint *b) {
  size_t count = 0;
  for (size_t i = 0; i < a->shingle_count; i++)
    for (size_t k = 0; k < b->shingle_count; k++) count += a->shingles[i] == b->shingles[k];
  return count;
}

static void of_text(wt_fingerprint *out, const char *text) {
  wt_fingerprint_options every = {.sample = 1};
  assert_int_equal(wt_fingerprint_text(out, WT_SPAN("Crane falls"), wt_span_of(text), &every, NULL), WT_OK);
}

static void story_and_text_agree(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_buf text = {0};
  wt_fingerprint a = {0}, b = {0};
  wt_story_init(&story, &arena);
  wt_story_set(&story, WT_FIELD_HEADLINE, WT_SPAN("Crane falls into harbour"), NULL);
  for (size_t i = 0; i < 3; i++) {
    wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, wt_span_of(lines[i]), NULL);
    wt_buf_put_format(&text, "%s\n", lines[i]);
  }
  wt_story_add_block(&story, WT_BLOCK_CAPTION, WT_SPAN("The crane, on Monday"), NULL);
  assert_int_equal(wt_story_seal(&story, NULL), WT_OK);
  assert_int_equal(wt_fingerprint_story(&a, &story, NULL, NULL), WT_OK);
  assert_int_equal(wt_fingerprint_text(&b, WT_SPAN("Crane falls into harbour"), wt_buf_span(&text), NULL, NULL), WT_OK);
  assert_int_equal(a.paragraph_count, 3);
  assert_int_equal(b.paragraph_count, 3);
  assert_int_equal(a.headline_count, 4);
  for (size_t i = 0; i < 3; i++)
    assert_true(a.paragraphs[i] == b.paragraphs[i] && a.paragraphs[i] == story.blocks[i].folded.low);
  assert_int_equal(a.shingle_count, b.shingle_count);
  assert_memory_equal(a.shingles, b.shingles, a.shingle_count * sizeof *a.shingles);
  assert_int_equal(a.words, a.paragraph_words[0] + a.paragraph_words[1] + a.paragraph_words[2]);
  wt_fingerprint_release(&a);
  wt_fingerprint_release(&b);
  wt_buf_release(&text);
  wt_arena_release(&arena);
}

static void typography_and_paragraphs_do_not_count(void **state) {
  (void)state;
  wt_fingerprint a = {0}, b = {0};
  of_text(&a, "He said \"we won\x27t go\" and the others, all of them, stayed at home.");
  of_text(
      &b,
      "He said \xE2\x80\x9CWe won\xE2\x80\x99t\xC2\xA0go\xE2\x80\x9D\nand the others, all of them, stayed at home.");
  assert_int_equal(a.shingle_count, b.shingle_count);
  assert_int_equal(shared(&a, &b), a.shingle_count);
  wt_fingerprint_release(&a);
  wt_fingerprint_release(&b);
}

/* A passage inside other text is found again in scripts without spaces too. */
static void passages_are_found_in_any_script(void **state) {
  (void)state;
  static const char *const pairs[][3] = {
      {"港湾当局周一表示，一台起重机坠入水中，老城港口因此关闭。",
       "据报道，港湾当局周一表示，一台起重机坠入水中，没有人受伤。",
       "天气预报说明天有雨，请市民注意出行安全并带好雨伞。"},
      {"月曜日にクレーンが海に落ち、旧市街の港は閉鎖された。",
       "当局によると月曜日にクレーンが海に落ち、けが人はいなかった。",
       "明日は全国的に雨が降り、気温が下がる見込みだ。"},
      {"ท่าเรือของเมืองเก่าปิดเมื่อวั"
       "นจันทร์หลังจากเครนตกลงไปในน้ำ",
       "เมื่อวานนี้ ท่าเรือของเมืองเก่"
       "าปิดเมื่อวันจันทร์หลังจากมีเหตุ",
       "พรุ่งนี้จะมีฝนตกทั่วประเท"
       "ศและอากาศจะเย็นลงเล็กน้อย"},
      {"월요일 크레인이 바다에 떨어져 구시가지 항구가 폐쇄됐다고 밝혔다.",
       "당국은 월요일 크레인이 바다에 떨어져 구시가지 항구가 통제됐다고 했다.",
       "내일은 전국에 비가 내리고 기온이 내려갈 전망이라고 한다."},
  };
  wt_fingerprint a = {0}, b = {0}, c = {0};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    of_text(&a, pairs[i][0]);
    of_text(&b, pairs[i][1]);
    of_text(&c, pairs[i][2]);
    assert_true(shared(&a, &b) >= 2);
    assert_int_equal(shared(&a, &c), 0);
  }
  wt_fingerprint_release(&a);
  wt_fingerprint_release(&b);
  wt_fingerprint_release(&c);
}

static void empty_text_has_none(void **state) {
  (void)state;
  wt_fingerprint print = {0};
  assert_int_equal(wt_fingerprint_text(&print, WT_SPAN(""), WT_SPAN(" \n\xC2\xAD\n"), NULL, NULL), WT_OK);
  assert_true(print.words == 0 && print.paragraph_count == 0 && print.shingle_count == 0 && print.headline_count == 0);
  wt_fingerprint_release(&print);
}

static void a_short_text_keeps_every_shingle(void **state) {
  (void)state;
  wt_fingerprint_options how = {.sample = 1000, .dense = 8};
  wt_fingerprint print = {0};
  assert_int_equal(wt_fingerprint_text(&print, WT_SPAN(""), WT_SPAN("one two three four five six seven"), &how, NULL),
                   WT_OK);
  assert_int_equal(print.shingle_count, 3);
  assert_int_equal(
      wt_fingerprint_text(&print, WT_SPAN(""), WT_SPAN("one two three four five six seven eight"), &how, NULL), WT_OK);
  assert_in_range(print.shingle_count, 0, 1);
  wt_fingerprint_release(&print);
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  for (int64_t n = 0; n < 6; n++) {
    wt_fingerprint print = {0};
    wt_alloc_fail_after(n);
    assert_int_equal(wt_fingerprint_text(&print, WT_SPAN("A b"), wt_span_of(lines[0]), NULL, NULL), WT_ENOMEM);
    wt_alloc_fail_after(-1);
    wt_fingerprint_release(&print);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(story_and_text_agree),
      cmocka_unit_test(typography_and_paragraphs_do_not_count),
      cmocka_unit_test(passages_are_found_in_any_script),
      cmocka_unit_test(empty_text_has_none),
      cmocka_unit_test(a_short_text_keeps_every_shingle),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
