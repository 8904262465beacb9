/* The lines that open wire copy whose control bytes are lost. */
#include "support/ingest.h"

#define TEXT                                                                                                           \
  "NORTHEND, March 2 (HW) - The road bridge over the Arne was closed on Monday after an inspector found a crack in a " \
  "main girder.\n\nThe police turned back lorries from six in the morning, and the queue reached the ring road.\n"
#define HEADLINE "Bridge over the Arne closed after crack is found"

static void assert_head(const char *head, const char *slug, const char *take, const char *priority,
                        const char *byline) {
  char text[2000];
  snprintf(text, sizeof text, "%s\n%s", head, TEXT);
  reading *r = read_text(text);
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, HEADLINE);
  assert_field(r->story, WT_FIELD_SLUG, slug);
  assert_field(r->story, WT_FIELD_TAKE, take);
  assert_field(r->story, WT_FIELD_PRIORITY, priority);
  assert_field(r->story, WT_FIELD_DATELINE, "NORTHEND, March 2");
  assert_int_equal(r->story.lists[WT_LIST_BYLINES].count, byline[0] != 0);
  if (byline[0] != 0) assert_span(r->story.lists[WT_LIST_BYLINES].items[0], byline);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 2);
  reading_done(r);
}

/* ANPA 1312 without the ^ of its American agencies: the head is that of plain copy. */
static void reads_the_head_inside_anpa(void **state) {
  (void)state;
  reading *r =
      read_text("\x16\x16\x01i6789\x1f-----\r\nu i\x13\x11 BC-Bridge-Closed 1stLd-Writethru  03-02 0230\r\n\x02"
                "BC-Bridge Closed,1st Ld-Writethru,0230\r\nEds: UPDATES with the ``queue'' in graf 2.\r\n" HEADLINE
                "\r\nBy ANN LEE\r\nHarbour Wire Writer\r\n" TEXT "\x03\r\n03-02-24 0910GMT\x04");
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, HEADLINE);
  assert_field(r->story, WT_FIELD_SLUG, "BC-Bridge Closed");
  assert_field(r->story, WT_FIELD_TAKE, "1st Ld-Writethru");
  assert_field(r->story, WT_FIELD_PRIORITY, "u");
  assert_field(r->story, WT_FIELD_CREDIT, "HW");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_NOTE), 1);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 2);
  reading_done(r);
}

static void reads_slug_take_and_priority(void **state) {
  (void)state;
  assert_head("URGENT\nBC-Bridge, 1st Ld-Writethru\n" HEADLINE "\nBy ANN LEE\nHarbour Wire Writer\n", "BC-Bridge",
              "1st Ld-Writethru", "u", "ANN LEE");
  assert_head("BC-Bridge Closed,2nd Ld-Writethru,0230\n" HEADLINE "\nBy Ann Lee, Wire Writer\n", "BC-Bridge Closed",
              "2nd Ld-Writethru", "", "Ann Lee");
  assert_head("u a BC-Bridge-Closed 03-02 0230\n^" HEADLINE "<\n^By ANN LEE=\n^Associated Writer=\n",
              "BC-Bridge-Closed", "", "u", "ANN LEE");
  assert_head("Bulletin\n\nBRIDGE-CLOSED (UPDATE 1)\n\nBridge over the Arne\nclosed after crack is found\n",
              "BRIDGE-CLOSED", "UPDATE 1", "b", "");
  assert_head("Bridge-Closed, 3rd Ld\n" HEADLINE "\nAnn Lee, Associated Writer\n", "Bridge-Closed", "3rd Ld", "",
              "Ann Lee");
  assert_head("AM-Bridge,0180\n\n" HEADLINE "\n", "AM-Bridge", "", "", "");
  assert_head("URGENT: BRIDGE-CLOSED/TOWN\n" HEADLINE "\n", "BRIDGE-CLOSED/TOWN", "", "u", "");
  assert_head("Bulletin -- " HEADLINE "\nBy Ann Lee\n", "", "", "b", "Ann Lee");
  assert_head("Slug: BRIDGE-CLOSED\nHeadline: " HEADLINE "\nBy Ann Lee, Harbour Wire\n", "BRIDGE-CLOSED", "", "",
              "Ann Lee");
  assert_head("HEADLINE: " HEADLINE "\nSlugline: Bridge-Closed\nPriority: Urgent\nTake: 2\nByline: Ann Lee\n",
              "Bridge-Closed", "2", "u", "Ann Lee");
}

static void keeps_notes_and_what_it_took(void **state) {
  (void)state;
  reading *r = read_text("FLASH\nBC-Bridge,2nd Ld-Writethru,0230\nEds: Updates with quotes.\n" HEADLINE
                         "\nBy ANN LEE\nHarbour Wire Writer\n\n" TEXT);
  assert_read(r);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_NOTE), 1);
  assert_int_equal(dropped_as(&r->story, "wire-header"), 2);
  assert_int_equal(dropped_as(&r->story, "byline-title"), 1);
  reading_done(r);
}

static void reads_kills_and_corrections(void **state) {
  (void)state;
  reading *r = read_text("BULLETIN KILL\nBC-Bridge\nKill the story on the bridge. The crack was paint.\n");
  assert_read(r);
  assert_int_equal(r->story.status, WT_STATUS_CANCELED);
  assert_field(r->story, WT_FIELD_SLUG, "BC-Bridge");
  reading_done(r);
  r = read_text("BRIDGE-CLOSED (CORRECTED)\n" HEADLINE "\n\n" TEXT);
  assert_read(r);
  assert_int_equal(r->story.status, WT_STATUS_CORRECTED);
  reading_done(r);
}

/* A flash is one line, headline and text at once. */
static void reads_a_flash(void **state) {
  (void)state;
  reading *r = read_text("FLASH\n\nBridge over the Arne collapses\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_PRIORITY, "f");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 1);
  reading_done(r);
}

static void leaves_other_headlines_alone(void **state) {
  static const char *const headlines[] = {"BC-Alberta pipeline deal reached after night of talks",
                                          "Flash flood shuts the road to the coast",
                                          "Urgent care centre to open in March",
                                          "Lee takes silver, Ek third in the 2nd add-on race",
                                          "AM radio to fall silent, minister says",
                                          "Team of 1st Lead Battalion comes home"};
  (void)state;
  for (size_t i = 0; i < sizeof headlines / sizeof headlines[0]; i++) {
    char text[2000];
    snprintf(text, sizeof text, "%s\n\n%s", headlines[i], TEXT);
    reading *r = read_text(text);
    assert_read(r);
    assert_field(r->story, WT_FIELD_HEADLINE, headlines[i]);
    assert_field(r->story, WT_FIELD_SLUG, "");
    reading_done(r);
  }
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_slug_take_and_priority),
      cmocka_unit_test(reads_the_head_inside_anpa),
      cmocka_unit_test(keeps_notes_and_what_it_took),
      cmocka_unit_test(reads_kills_and_corrections),
      cmocka_unit_test(reads_a_flash),
      cmocka_unit_test(leaves_other_headlines_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
