/* Plain text -> story, and what wt_ingest adds from outside. */
#include "support/ingest.h"

static void reads_the_manner_of_a_republished_story(void **state) {
  (void)state;
  reading *r = read_text(
      "top of page\n\nHarbour Tunnel Shut After Leak.\n\nHarbour Tunnel Shut After Leak.\n\nBergen, 3 May 2023\n\n"
      "The tunnel under the harbour was closed on Wednesday, the road office said.\n\n(Pic by: Road Office)\n\n"
      "Nobody was hurt.\n\nWhat Comes Next\n\nEngineers will inspect the pumps for a week before it opens again.\n\n"
      "(Written by: The Evening Desk - Transport editors.)\n\n\nbottom of page");
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Harbour Tunnel Shut After Leak.");
  assert_field(r->story, WT_FIELD_DATELINE, "Bergen, 3 May 2023");
  assert_field(r->story, WT_FIELD_PUBLISHED, "");
  assert_int_equal(r->story.lists[WT_LIST_BYLINES].count, 1);
  assert_span(r->story.lists[WT_LIST_BYLINES].items[0], "The Evening Desk - Transport editors");
  assert_int_equal(r->story.lists[WT_LIST_PICTURE_CREDITS].count, 1);
  assert_span(r->story.lists[WT_LIST_PICTURE_CREDITS].items[0], "Road Office");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 3);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_SUBHEAD), 1);
  assert_int_equal(dropped_as(&r->story, "duplicate-headline"), 1);
  assert_int_equal(dropped_as(&r->story, "page-furniture"), 2);
  assert_field(r->story, WT_FIELD_OUTLET, "unknown");
  reading_done(r);
}

static void reads_the_seed(void **state) {
  (void)state;
  if (check_data() == NULL) {
    print_message("no data\n");
    skip();
  }
  reading *r = read_data("seed/north-korea-russia.txt");
  assert_read(r);
  assert_field(r->story, WT_FIELD_DATELINE, "London, 20 June 2024");
  assert_int_equal(r->story.lists[WT_LIST_BYLINES].count, 1);
  assert_int_equal(r->story.lists[WT_LIST_BYLINES].items[0].len, 52);
  assert_int_equal(r->story.lists[WT_LIST_PICTURE_CREDITS].count, 1);
  assert_span(r->story.lists[WT_LIST_PICTURE_CREDITS].items[0], "Wikipedia");
  assert_int_equal(r->story.fields[WT_FIELD_HEADLINE].len, 76);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 9);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_SUBHEAD), 1);
  assert_int_equal(r->story.block_count, 10);
  assert_int_equal(dropped_as(&r->story, "duplicate-headline"), 1);
  assert_int_equal(dropped_as(&r->story, "page-furniture"), 2);
  assert_int_equal(r->story.dropped_count, 3);
  assert_field(r->story, WT_FIELD_PUBLISHED, "");
  reading_done(r);
}

static void reads_wire_copy(void **state) {
  (void)state;
  reading *r = read_text("Ministers agree fishing limits\nCod quota falls by a fifth\n\nBy Ane Dahl and Per Lie\n\n"
                         "TROMSO, March 4 (NNW) - Ministers agreed on Monday to cut\nthe cod quota by 20 percent from "
                         "next year, after a survey\n"
                         "found fewer young fish than in any year since 1990, two\nofficials said.\n\n"
                         "Boats may still land 90,000 tonnes between January and the\nend of April, when the spawning "
                         "ends in the north.\n\n(Corrects paragraph 2 to 90,000 from 80,000)\n\n___\n\n"
                         "(Reporting by Ane Dahl; Editing by Per Lie)\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_DATELINE, "TROMSO, March 4");
  assert_field(r->story, WT_FIELD_CREDIT, "NNW");
  assert_int_equal(r->story.lists[WT_LIST_BYLINES].count, 2);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 2);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_NOTE), 1);
  assert_int_equal(dropped_as(&r->story, "separator"), 1);
  assert_int_equal(dropped_as(&r->story, "sign-off"), 1);
  reading_done(r);
}

static void reads_dates_and_what_stands_around_a_page(void **state) {
  (void)state;
  reading *r = read_text("Ferry line to close\nPublished: 20 June 2024\nUpdated: 21 June 2024 14:03\n*By Ane Dahl*\n\n"
                         "The last boat sails on Friday, the company said.\n\n\"We will miss it,\" she said.\n\n"
                         "Source: Reuters\n\n\xc2\xa9 2024 Fjord News. All rights reserved.\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_PUBLISHED, "2024-06-20");
  assert_field(r->story, WT_FIELD_MODIFIED, "2024-06-21T14:03");
  assert_field(r->story, WT_FIELD_CREDIT, "Reuters");
  assert_span(r->story.lists[WT_LIST_BYLINES].items[0], "Ane Dahl");
  assert_int_equal(r->story.block_count, 2);
  assert_int_equal(dropped_as(&r->story, "copyright"), 1);
  reading_done(r);
}

static void leaves_sentences_alone(void **state) {
  (void)state;
  reading *r = read_text(
      "The first sentence is no headline.\n\nThe second is none either.\n\nBy Monday the river had fallen.\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 3);
  reading_done(r);
}

static void leaves_out_mail_around_a_story(void **state) {
  (void)state;
  reading *r =
      read_text("Ferry line to close\n\nThe last boat sails on Friday, the company said.\n\nOn Tue, 4 Mar, Ane wrote:\n"
                "> can you send it?\n> thanks\n\nIt has run for 90 years.\n\n-- \nAne Dahl\nNews desk\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 2);
  assert_int_equal(dropped_as(&r->story, "quoted-mail"), 1);
  assert_int_equal(dropped_as(&r->story, "signature"), 1);
  reading_done(r);
}

static void reads_a_story_quoted_whole(void **state) {
  (void)state;
  reading *r = read_text(
      "> Ferry line to close\n>\n> The last boat sails on Friday, the company said.\n>\n> It has run for 90 years.\n");
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 2);
  reading_done(r);
}

static void takes_what_is_known_from_outside(void **state) {
  (void)state;
  wt_source source = {.url = WT_SPAN("https://WWW.Example.org:8080/a?b"),
                      .captured = WT_INSTANT_NONE,
                      .headline = WT_SPAN("Ferry line to close"),
                      .published = WT_SPAN("2024-03-04")};
  reading *r = read_bytes(WT_SPAN("Ferry line to close\n\nThe last boat sails on Friday.\n"), &source);
  assert_read(r);
  assert_field(r->story, WT_FIELD_OUTLET, "example.org");
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close");
  assert_field(r->story, WT_FIELD_PUBLISHED, "2024-03-04");
  assert_int_equal(r->story.block_count, 1);
  assert_int_equal(dropped_as(&r->story, "duplicate-headline"), 1);
  reading_done(r);
}

static void decodes(void **state) {
  (void)state;
  reading *r = read_bytes(
      WT_SPAN(
          "Br\xf8nd sm\xf8rret\n\n\xc5 g\xe5 til \xf8ya tok en time, sa f\xf8reren p\xe5 b\xe5ten i g\xe5r kveld.\n"),
      NULL);
  assert_read(r);
  assert_true(r->story.fields[WT_FIELD_CHARSET].len > 0);
  assert_field(r->story, WT_FIELD_HEADLINE, "Br\xc3\xb8nd sm\xc3\xb8rret");
  reading_done(r);
  r = read_bytes(WT_SPAN("\xff\xfe"
                         "F\0e\0r\0r\0y\0 \0s\0h\0u\0t\0\n\0\n\0I\0t\0 \0s\0a\0i\0l\0s\0 \0n\0o\0 \0m\0o\0r\0e\0.\0"),
                 NULL);
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry shut");
  reading_done(r);
}

static void refuses_what_is_no_story(void **state) {
  (void)state;
  const struct {
    wt_span bytes;
    wt_status status;
  } cases[] = {{WT_SPAN(""), WT_EFORMAT},
               {WT_SPAN(" \n\t\n"), WT_EFORMAT},
               {WT_SPAN("%PDF-1.7\n"), WT_EREFUSED},
               {WT_SPAN("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), WT_EREFUSED},
               {WT_SPAN("{\"a\": 1}"), WT_EREFUSED},
               {WT_SPAN("<?xml version='1.0'?><bill><row/></bill>"), WT_EREFUSED},
               {WT_SPAN("a\0\1\2\3\4\5\6\0\0\0b\x0e\x0f"), WT_EREFUSED}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_source source = {.name = WT_SPAN("some/file"), .captured = WT_INSTANT_NONE};
    reading *r = read_bytes(cases[i].bytes, &source);
    assert_int_equal(r->status, cases[i].status);
    assert_string_equal(r->err.where, "some/file");
    assert_true(strlen(r->err.what) > 5);
    assert_null(strchr(r->err.what, '\n'));
    reading_done(r);
  }
}

static void refuses_one_endless_line(void **state) {
  (void)state;
  wt_buf bytes = {0};
  for (size_t i = 0; i < 9 << 20; i += 16) wt_buf_put_text(&bytes, "word after word ");
  reading *r = read_bytes(wt_buf_span(&bytes), NULL);
  assert_int_equal(r->status, WT_ELIMIT);
  reading_done(r);
  wt_buf_release(&bytes);
}

static void bounds_what_gzip_gives(void **state) {
  (void)state;
  wt_buf plain = {0}, packed = {0};
  wt_error err;
  wt_ingest_options options = {.max_bytes = 1000};
  wt_arena arena = {0};
  wt_story story;
  for (int i = 0; i < 200; i++) wt_buf_put_text(&plain, "A bomb of words.\n");
  assert_ok(wt_gzip(&packed, wt_buf_span(&plain), &err));
  assert_int_equal(wt_ingest(&story, &arena, wt_buf_span(&packed), NULL, &options, &err), WT_ELIMIT);
  options.max_bytes = 0;
  assert_ok(wt_ingest(&story, &arena, wt_buf_span(&packed), NULL, &options, &err));
  wt_arena_release(&arena);
  wt_buf_release(&plain);
  wt_buf_release(&packed);
}

/* Whatever the shape, the work grows with the input and not with its square. */
static void stays_linear(void **state) {
  (void)state;
  static const char *const shapes[] = {"> > > >\n",  "* * *\n\n", "By A\n\n", "-- \n",
                                       "A wrote:\n", "Word\n\n",  "\n",       "(Pic by: A)\n\n"};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    wt_buf bytes = {0};
    wt_buf_put_text(&bytes, "Headline\n\n");
    while (bytes.len < 300000) wt_buf_put_text(&bytes, shapes[s]);
    reading *r = read_bytes(wt_buf_span(&bytes), NULL);
    assert_read(r);
    reading_done(r);
    wt_buf_release(&bytes);
  }
}

static void reads_the_words_of_a_link_and_keeps_its_target_aside(void **state) {
  (void)state;
  reading *r =
      read_text("Ferry Runs Again\n\n"
                "The [ferry line](https://fjord.example/line_(old)) runs [at noon](/times \"Times\").\n\n"
                "See [1](a note), [ ], ![map](https://fjord.example/map.png) and [open](https://fjord.example/x\n\n"
                "It sails in all weathers, the company said.");
  assert_read(r);
  assert_span(r->story.blocks[0].text, "The ferry line runs at noon.");
  assert_span(r->story.blocks[1].text,
              "See [1](a note), [ ], ![map](https://fjord.example/map.png) and [open](https://fjord.example/x");
  assert_int_equal(dropped_as(&r->story, "link-target"), 2);
  reading_done(r);
}

/* A headline may stand twice; a sentence that goes on repeating is the text. */
static void keeps_a_paragraph_that_repeats(void **state) {
  (void)state;
  wt_buf text = {0};
  for (size_t n = 0; n < 20000; n++)
    wt_buf_put_text(&text, "The ferry left on Monday, and nobody knows when it is back.\n\n");
  reading *r = read_text(text.data);
  assert_read(r);
  assert_int_equal(r->story.block_count, 20000);
  reading_done(r);
  wt_buf_release(&text);
}

static void brackets_without_end_cost_little(void **state) {
  (void)state;
  static const char *const parts[] = {"[", "[a](", "[a]((", "[ab ](/", "\\["};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    wt_buf text = {0};
    for (size_t n = 0; n < 100000; n++) wt_buf_put_text(&text, parts[i]);
    reading *r = read_text(text.data);
    assert_read(r);
    reading_done(r);
    wt_buf_release(&text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_the_words_of_a_link_and_keeps_its_target_aside),
      cmocka_unit_test(keeps_a_paragraph_that_repeats),
      cmocka_unit_test(brackets_without_end_cost_little),
      cmocka_unit_test(reads_the_manner_of_a_republished_story),
      cmocka_unit_test(reads_the_seed),
      cmocka_unit_test(reads_wire_copy),
      cmocka_unit_test(reads_dates_and_what_stands_around_a_page),
      cmocka_unit_test(leaves_sentences_alone),
      cmocka_unit_test(leaves_out_mail_around_a_story),
      cmocka_unit_test(reads_a_story_quoted_whole),
      cmocka_unit_test(takes_what_is_known_from_outside),
      cmocka_unit_test(decodes),
      cmocka_unit_test(refuses_what_is_no_story),
      cmocka_unit_test(refuses_one_endless_line),
      cmocka_unit_test(bounds_what_gzip_gives),
      cmocka_unit_test(stays_linear),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
