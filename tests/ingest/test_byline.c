/* Names out of bylines. */
#include "support/check.h"

#include "ingest/byline.h"

/* want: the names with a bar between them. */
static void expect(const char *text, const char *want, const char *credit) {
  wt_arena arena = {0};
  wt_story story;
  wt_error err;
  wt_buf out = {0};
  wt_story_init(&story, &arena);
  assert_ok(wt_byline_add(&story, wt_span_of(text), &err));
  for (size_t i = 0; i < story.lists[WT_LIST_BYLINES].count; i++) {
    if (i > 0) wt_buf_put_char(&out, '|');
    wt_buf_put_span(&out, story.lists[WT_LIST_BYLINES].items[i]);
  }
  wt_buf_put_text(&out, "");
  if (out.len == 0)
    assert_int_equal(strlen(want), 0);
  else
    assert_buf(out, want);
  assert_span(story.fields[WT_FIELD_CREDIT], credit);
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

static void names_are_cut_and_cleaned(void **state) {
  (void)state;
  expect("By Ann Lee", "Ann Lee", "");
  expect("by Ann Lee and Bo Ek", "Ann Lee|Bo Ek", "");
  expect("Ann Lee, Bo Ek & Cy Dahl", "Ann Lee|Bo Ek|Cy Dahl", "");
  expect("Von Anna Kern und Jörg Busch", "Anna Kern|Jörg Busch", "");
  expect("Por María Ruiz y Juan Gil", "María Ruiz|Juan Gil", "");
  expect("Elena Ober (obe)", "Elena Ober", "");
  expect("Ann Lee, chief political correspondent", "Ann Lee", "");
  expect("Ann Lee; ann@post.example", "Ann Lee", "");
  expect("srf/abc;dek", "srf/abc|dek", "");
  expect("105092", "", "");
  expect("Ann Lee, Ann Lee", "Ann Lee", "");
  expect("岡田太郎、山田花子", "岡田太郎|山田花子", "");
  expect("By Ann Lee, London", "Ann Lee", "");
  expect("Staff and agencies", "Staff and agencies", "");
  expect("By Ann Lee Senior Staff Writer", "Ann Lee", "");
  expect("By Ann Lee, staff writer and Bo Ek, river reporter", "Ann Lee|Bo Ek", "");
  expect("By Ann Lee - Staff Writer", "Ann Lee", "");
  expect("By Ann Lee Special to the Post", "Ann Lee", "");
  expect("Opinion by Ann Lee for the Harbour Post", "Ann Lee", "");
  expect("By Ann Lee @annlee", "Ann Lee", "");
  expect("By Ann Lee ann@post.example", "Ann Lee", "");
  expect("Ann Lee, PhD", "Ann Lee", "");
  expect("Jean-Luc Moreau – Anna Kern", "Jean-Luc Moreau – Anna Kern", "");
}

static void names_in_other_languages(void **state) {
  (void)state;
  expect("Автор: Иван Полевой и Анна Светлова", "Иван Полевой|Анна Светлова", "");
  expect("Γράφει ο Τάσος Αρβανίτης", "Τάσος Αρβανίτης", "");
  expect("Νόρα Καμπούρη και Τάσος Αρβανίτης", "Νόρα Καμπούρη|Τάσος Αρβανίτης", "");
  expect("بقلم: نورا الحقلي وطارق العرقوبي", "نورا الحقلي|طارق العرقوبي", "");
  expect("מאת נורה שדה ותום ארזי", "נורה שדה|תום ארזי", "");
  expect("नीरा खेत और मोहन वन", "नीरा खेत|मोहन वन", "");
  expect("โดย นภา ทุ่งทอง", "นภา ทุ่งทอง", "");
  expect("나들녘 기자 nadeul@post.example", "나들녘", "");
  expect("记者 田野", "田野", "");
  expect("Nora Fält och Tor Arvidsson", "Nora Fält|Tor Arvidsson", "");
  expect("Anna Nová a Petr Starý", "Anna Nová|Petr Starý", "");
  expect("Đồng Thị Na và Lê Văn Tư", "Đồng Thị Na|Lê Văn Tư", "");
  expect("Ann Lee, professor of law and history at the university", "Ann Lee", "");
  expect("By Ann Lee, in London", "Ann Lee", "");
}

static void what_says_that_it_is_a_byline(void **state) {
  (void)state;
  assert_true(wt_byline_starts(WT_SPAN("Автор: Иван Полевой")));
  assert_true(wt_byline_starts(WT_SPAN("나들녘 기자")));
  assert_false(wt_byline_starts(WT_SPAN("Par jour de pluie")));
  assert_false(wt_byline_starts(WT_SPAN("기자")));
  assert_true(wt_byline_is_names(WT_SPAN("Ann Lee and Bo van der Ek")));
  assert_true(wt_byline_is_names(WT_SPAN("Łucja Polna")));
  assert_false(wt_byline_is_names(WT_SPAN("Ann Lee on June")));
  assert_false(wt_byline_is_names(WT_SPAN("Crime and Justice")));
  assert_false(wt_byline_is_names(WT_SPAN("Ann Lee,")));
  assert_false(wt_byline_is_names(WT_SPAN("المزيد من الأخبار")));
}

static void agencies_are_told(void **state) {
  (void)state;
  expect("By Ann Lee and Bo Ek, Reuters", "Ann Lee|Bo Ek", "Reuters");
  expect("By ANN LEE, Associated Press", "ANN LEE", "Associated Press");
  expect("Reuters, dpa", "Reuters|dpa", "Reuters");
  expect("dpa", "dpa", "dpa");
  expect("By Ann Lee, Harbour Wire", "Ann Lee", "Harbour Wire");
  expect("Ann Lee, Bo Press", "Ann Lee|Bo Press", "");
  assert_true(wt_byline_is_agency(WT_SPAN("Agence France-Presse")));
  assert_false(wt_byline_is_agency(WT_SPAN("Ann Lee")));
}

static void what_is_no_name(void **state) {
  (void)state;
  expect("", "", "");
  expect("https://post.example/authors", "", "");
  expect("By ", "", "");
  expect("View Author Page", "", "");
  expect("admin", "", "");
  expect(",,, ;", "", "");
}

static void lines_that_begin_as_bylines_do(void **state) {
  (void)state;
  assert_true(wt_byline_starts(WT_SPAN("By Ann Lee")));
  assert_true(wt_byline_starts(WT_SPAN("VON ANNA KERN")));
  assert_false(wt_byline_starts(WT_SPAN("Bystanders said so.")));
  assert_false(wt_byline_starts(WT_SPAN("")));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_cut_and_cleaned),
                                     cmocka_unit_test(names_in_other_languages),
                                     cmocka_unit_test(what_says_that_it_is_a_byline),
                                     cmocka_unit_test(agencies_are_told),
                                     cmocka_unit_test(what_is_no_name),
                                     cmocka_unit_test(lines_that_begin_as_bylines_do)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
