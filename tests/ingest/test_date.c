/* Dates as people write them. */
#include "support/check.h"

#include "ingest/date.h"

static void expect_with(const char *text, bool day_first, const char *want) {
  wt_time time;
  wt_buf out = {0};
  if (wt_date_find(&time, wt_span_of(text), day_first))
    wt_time_put(&out, time);
  else
    wt_buf_put_text(&out, "none");
  if (!wt_span_equal(wt_buf_span(&out), wt_span_of(want))) print_error("%s\n", text);
  assert_buf(out, want);
  wt_buf_release(&out);
}

static void expect(const char *text, const char *want) {
  expect_with(text, false, want);
}

static void days_in_many_languages(void **state) {
  (void)state;
  expect("20 June 2024", "2024-06-20");
  expect("Published on June 20, 2024 by the desk", "2024-06-20");
  expect("20th of June 2024", "2024-06-20");
  expect("Thursday, June 20th, 2024", "2024-06-20");
  expect("20. Juni 2024", "2024-06-20");
  expect("3. März 2021", "2021-03-03");
  expect("le 1er août 2023", "2023-08-01");
  expect("20 de junio de 2024", "2024-06-20");
  expect("5 de março de 2022", "2022-03-05");
  expect("12 settembre 2020", "2020-09-12");
  expect("9. oktober 2019", "2019-10-09");
  expect("20 июня 2024", "2024-06-20");
  expect("20 Haziran 2024", "2024-06-20");
  expect("2024年6月20日", "2024-06-20");
  expect("2024년 6월 20일", "2024-06-20");
  expect("20.06.2024", "2024-06-20");
  expect("24.04.24 | 14:07 Uhr", "2024-04-24T14:07");
  expect("2024-06-20", "2024-06-20");
  expect("2024/06/20", "2024-06-20");
  expect("20/06/2024", "2024-06-20");
  expect("6/20/2024", "2024-06-20");
  expect("06/20/24, 9:14 AM", "2024-06-20T09:14");
  expect("6/2/2024", "none"); /* of June or of February */
  expect("Thu Jun 20 09:14:00 EDT 2024", "2024-06-20");
}

static void days_in_other_scripts(void **state) {
  (void)state;
  expect("3 فبراير 2026", "2026-02-03");
  expect("٣ فبراير/شباط ٢٠٢٦", "2026-02-03");
  expect("15 كانون الثاني 2026", "2026-01-15");
  expect("15 كانون الأول 2026", "2026-12-15");
  expect("3 בפברואר 2026", "2026-02-03");
  expect("۳ فوریه ۲۰۲۶", "2026-02-03");
  expect("۱۴ بهمن ۱۴۰۴", "none"); /* another calendar */
  expect("3 फ़रवरी 2026", "2026-02-03");
  expect("३ अक्टूबर २०२६", "2026-10-03");
  expect("৩ ফেব্রুয়ারি ২০২৬", "2026-02-03");
  expect("3 กุมภาพันธ์ 2569", "2026-02-03");
  expect("3 ก.พ. 2569 14:05 น.", "2026-02-03T14:05");
  expect("3 March 2569", "none");
  expect("3 Φεβρουαρίου 2026", "2026-02-03");
  expect("3 Μαΐου 2026", "2026-05-03");
  expect("3 февр. 2026 г., 14:05", "2026-02-03T14:05");
  expect("2026. február 3. 14:05", "2026-02-03T14:05");
  expect("2026 m. vasario 3 d.", "2026-02-03");
  expect("2026. gada 3. februāris", "2026-02-03");
  expect("3. veebruar 2026", "2026-02-03");
  expect("3 februarie 2026", "2026-02-03");
  expect("3. ožujka 2026.", "2026-03-03");
  expect("3. februara 2026.", "2026-02-03");
  expect("3 lutego 2026", "2026-02-03");
  expect("3. desember 2025", "2025-12-03");
  expect("ngày 3 tháng 2 năm 2026", "2026-02-03");
}

/* 3/2/2026 is read where the language tells which is which. */
static void day_and_month(void **state) {
  (void)state;
  expect("3/2/2026", "none");
  expect_with("3/2/2026", true, "2026-02-03");
  expect_with("Thứ ba, 3/2/2026, 14:05 (GMT+7)", true, "2026-02-03T14:05");
  expect_with("03-02-2026", true, "2026-02-03");
  expect("13-02-2026", "2026-02-13");
}

static void times_of_day(void **state) {
  (void)state;
  expect("20 June 2024, 14:15", "2024-06-20T14:15");
  expect("20 June 2024 at 2.15pm", "2024-06-20T14:15");
  expect("June 20, 2024 12:05 a.m.", "2024-06-20T00:05");
  expect("20. Juni 2024, 14:15 Uhr", "2024-06-20T14:15");
  expect("20 juin 2024 à 14h15", "2024-06-20T14:15");
  expect("20 June 2024 with 16 pictures", "2024-06-20");
  expect("20 de junio de 2024, 2:15 p. m.", "2024-06-20T14:15");
  expect("2026年2月3日 14時05分", "2026-02-03T14:05");
  expect("2026年2月3日 下午2:05", "2026-02-03T14:05");
  expect("2026.02.03. 오후 2시 5분", "2026-02-03T14:05");
  expect("2026.02.03. 오전 2:05", "2026-02-03T02:05");
  expect("3 Φεβρουαρίου 2026, 2:05 μ.μ.", "2026-02-03T14:05");
  expect("3 فبراير 2026 - 2:05 مساء", "2026-02-03T14:05");
}

static void what_is_no_date(void **state) {
  (void)state;
  expect("2024-02-30", "none"); /* days that their month does not have */
  expect("30 February 2024, 10:00", "none");
  expect("February 29, 2023", "none");
  expect("29 February 2024", "2024-02-29");
  expect("31.04.2024", "none");
  expect("2023-02-29, updated 2024-02-29", "2024-02-29");
  expect("", "none");
  expect("May 2024 be better", "none");
  expect("06/07/2024", "none"); /* June or July */
  expect("The 20 boys of 2024", "none");
  expect("45 June 2024", "none");
  expect("version 1.2.3", "none");
  expect("12 wolves, 30 days, 2024 ways", "none");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(days_in_many_languages), cmocka_unit_test(days_in_other_scripts),
                                     cmocka_unit_test(day_and_month), cmocka_unit_test(times_of_day),
                                     cmocka_unit_test(what_is_no_date)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
