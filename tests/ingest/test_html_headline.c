/* The headline, as several places on a page say it: with the site's name, cut off, glued to a label, escaped once too often. */
#include "support/ingest.h"

#define LONG                                                                                                           \
  "Town council of Norwick halts the sale of its old ferry landing after hours of talk from residents who object"
#define SALE "Town council halts sale of ferry landing"
#define TITLE(text) "<title>" text "</title>"
#define OG(text) "<meta property=\"og:title\" content=\"" text "\">"
#define LD(text) "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"" text "\"}</script>"
#define H1(text) "<h1>" text "</h1>"

static const struct {
  const char *head, *above, *headline;
} rows[] = {
    {TITLE(SALE " | Norwick Courier"), "", SALE},
    {TITLE("Norwick Courier | " SALE), "", SALE},
    {TITLE("Norwick Courier: " SALE) OG("Norwick Courier: " SALE), H1(SALE), SALE},
    {TITLE(SALE " : Norwick Courier") OG(SALE " : Norwick Courier"), H1(SALE), SALE},
    {TITLE(SALE " | Town | Norwick Courier"), H1(SALE), SALE},
    {TITLE("Norwick Courier &raquo; Blog Archive &raquo; " SALE), "<h2>" SALE "</h2>", SALE},
    {TITLE("What Norwick - and its river - will pay - Norwick Courier"), "", "What Norwick - and its river - will pay"},
    {TITLE(SALE " | Norwick Courier") OG("Norwick Courier"), H1(SALE), SALE},
    {TITLE(SALE " | Norwick Courier") OG("Local news | Norwick Courier"), H1(SALE), SALE},
    {TITLE(SALE " | Norwick Courier"), H1("<span>Exclusive</span>" SALE), SALE},
    {TITLE(SALE " | Norwick Courier"), H1(SALE "<span>By Marta Quill</span>"), SALE},
    {TITLE(SALE " | Norwick Courier") OG("Town council halts sale of…"), H1(SALE), SALE},
    {TITLE(SALE " | Norwick Courier") OG("Town council halts sale of ..."), "", SALE},
    {TITLE(LONG) OG(LONG)
         LD("Town council of Norwick halts the sale of its old ferry landing after hours of talk from res"),
     H1(LONG), LONG},
    {TITLE(LONG) OG(LONG) LD("Town council of Norwick halts the sale of its old ferry landing"), H1(LONG),
     "Town council of Norwick halts the sale of its old ferry landing"}, /* somebody wrote the short one */
    {TITLE("Ferry landing sale halted | Norwick Courier") OG(SALE) LD("Ferry landing sale halted"), H1(SALE), SALE},
    {TITLE("Adeyemi&amp;#039;s no | Norwick Courier") OG("Adeyemi&amp;#039;s no"), "", "Adeyemi's no"},
    {TITLE("ปิดสะพานท่าเรือเก่าหลังพบรอยร้าว | ข่าวท่าเรือ") OG("ปิดสะพานท่าเรือเก่าหลังพบรอยร้าว | ข่าวท่าเรือ"),
     H1("ข่าวท่าเรือ") H1("ปิดสะพานท่าเรือเก่าหลังพบรอยร้าว"), "ปิดสะพานท่าเรือเก่าหลังพบรอยร้าว"},
    {TITLE("Norwick: council halts sale | Norwick Courier"), "", "Norwick: council halts sale"},
};

static void headlines_of_many_manners(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char page[2048];
    snprintf(
        page, sizeof page,
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">%s</head><body><header><a href=\"/\">Norwick "
        "Courier</a></header><article>%s<p>The town council voted on Monday night to halt the sale of the landing, "
        "after five hours of talk.</p><p>The vote was 7 to 4, and it leaves the town without a buyer for the "
        "site.</p></article><footer>&copy; 2026 Norwick Courier</footer></body></html>",
        rows[i].head, rows[i].above);
    reading *r = read_text(page);
    assert_read(r);
    if (!wt_span_equal(r->story.fields[WT_FIELD_HEADLINE], wt_span_of(rows[i].headline)))
      print_error("row %zu: %.*s\n", i, (int)r->story.fields[WT_FIELD_HEADLINE].len,
                  r->story.fields[WT_FIELD_HEADLINE].data);
    assert_span(r->story.fields[WT_FIELD_HEADLINE], rows[i].headline);
    assert_int_equal(r->story.block_count, 2);
    reading_done(r);
  }
}

/* Thousands of links home and lines of copyright cost no more than a few. */
static void names_without_end(void **state) {
  (void)state;
  wt_buf page = {0};
  wt_buf_put_text(&page, "<title>a - b - c - d - e</title>");
  for (size_t i = 0; i < 30000; i++) wt_buf_put_text(&page, "<p>\xC2\xA9 b<p><a href=\"/\">c</a>");
  wt_source source = {.name = WT_SPAN("page.html"), .captured = WT_INSTANT_NONE};
  reading *r = read_bytes(wt_buf_span(&page), &source);
  assert_read(r);
  reading_done(r);
  wt_buf_release(&page);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(headlines_of_many_manners), cmocka_unit_test(names_without_end)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
