/*
 * Wire files -> story. The table says what each file of the wire data must give, or the reason for which it is refused; it was
 * written by reading the files, and its counts of paragraphs agree with a count of their marks. A headline is told by the first
 * half of its folded key, for the data is other people's text. The rest are our own files, in fixtures/fuzz.
 */
#include "support/ingest.h"

typedef struct expected {
  const char *file, *format;
  const char *headline, *slug, *take, *version; /* NULL: none */
  wt_story_status status;
  wt_capture_state state;
  size_t body, subheads, captions, note_blocks, bylines, notes;
  wt_status refused;
  const char *why;
} expected;

static const expected table[] = {
    {.file = "IPTC7901.txt",
     .format = "iptc-7901",
     .headline = "c3388b9d5265349b",
     .slug = "Germany-politics",
     .body = 5},
    {.file = "LISTING 1 A NewsML-G2 News Item.xml",
     .format = "newsml-g2",
     .headline = "b63ccbc7063fe2fb",
     .slug = "US-Finance-Fed",
     .version = "9",
     .state = WT_CAPTURE_CUT,
     .bylines = 1,
     .notes = 1},
    {.file = "aap-1.xml", .format = "nitf", .headline = "9d6e11a387ea8f8b", .slug = "F1 Test", .body = 1, .bylines = 1},
    {.file = "aap-finance-lite.xml", .format = "nitf", .refused = WT_EFORMAT, .why = "neither a headline nor a text "},
    {.file = "aap-finance1.xml",
     .format = "nitf",
     .headline = "84a44e5248191dd5",
     .slug = "Highlights Finance",
     .take = "(ATTN EDITORS)",
     .body = 17,
     .subheads = 1},
    {.file = "aap.xml",
     .format = "nitf",
     .headline = "deb24a78d31b988c",
     .slug = "Monitor 1900 ABC News",
     .body = 12,
     .bylines = 1},
    {.file = "afp20.xml",
     .format = "newsml-1",
     .headline = "f142cccd0529d4df",
     .slug = "procès-santé-secours",
     .version = "1",
     .body = 2},
    {.file = "anpa-1.tst",
     .format = "anpa-1312",
     .headline = "e944e1804781d1fc",
     .slug = "BC-LT--Argentina-Cancer Beauty",
     .body = 14,
     .bylines = 2,
     .notes = 1},
    {.file = "anpa-2.tst",
     .format = "anpa-1312",
     .headline = "aa6ffd29b5ddeccc",
     .slug = "BC-US--Ethanol-Losing Grassland",
     .take = "1st Ld-Writethru",
     .body = 33,
     .note_blocks = 1,
     .bylines = 2,
     .notes = 1},
    {.file = "anpa-3.tst", .format = "anpa-1312", .slug = "BC-WEA--Global Weather-Fahrenheit", .body = 115},
    {.file = "anpa-4.tst",
     .format = "anpa-1312",
     .headline = "af1dd51dba30bca3",
     .slug = "AP-Top-Entertainment-Headlines",
     .body = 10},
    {.file = "ansa-newsmlg2-text.xml",
     .format = "newsml-g2",
     .headline = "c2c1a1590e543831",
     .version = "1",
     .body = 4},
    {.file = "ap-nitf.xml", .format = "nitf", .headline = "f0fa84d05aea94dc", .body = 27, .bylines = 1, .notes = 1},
    {.file = "ap_anpa-1.tst",
     .format = "anpa-1312",
     .headline = "b2b3187ee6050b7c",
     .slug = "BC-BKN--Heat-Hawks",
     .take = "1st Ld-Writethru",
     .body = 18,
     .subheads = 2,
     .bylines = 1,
     .notes = 1},
    {.file = "ap_anpa-2.tst",
     .format = "anpa-1312",
     .headline = "49184f5dca583b23",
     .slug = "BC-BBO--Baseball Expanded Glance",
     .body = 95,
     .subheads = 19,
     .bylines = 1},
    {.file = "ap_anpa-3.tst",
     .format = "anpa-1312",
     .headline = "8f590fafa9473717",
     .slug = "BC-US--Giant Lobster Death",
     .take = "1st Ld-Writethru",
     .body = 1,
     .notes = 1},
    {.file = "ap_anpa-4.tst",
     .format = "anpa-1312",
     .headline = "23d8ed439b5e75b2",
     .slug = "BC-AS--China-Daring Escape-ABRIDGED",
     .take = "3rd Ld-Writethru",
     .body = 25,
     .bylines = 1,
     .notes = 1},
    {.file = "ap_anpa-5.tst", .format = "anpa-1312", .slug = "BC-US--APNewsAlert", .body = 1},
    {.file = "ap_anpa-7.tst",
     .format = "anpa-1312",
     .headline = "154925ce0eea7666",
     .slug = "BC-10 Things to Know-Today",
     .body = 21,
     .subheads = 10,
     .bylines = 1,
     .notes = 1},
    {.file = "ap_media_item.json",
     .format = "ap-json",
     .headline = "e17f6d1a928d25ab",
     .slug = "slugline",
     .version = "0",
     .captions = 1,
     .notes = 1},
    {.file = "ap_media_text_item.json",
     .format = "ap-json",
     .headline = "e39b5a57946e14b4",
     .slug = "BC-BBN--Top Ten",
     .version = "0",
     .state = WT_CAPTURE_CUT},
    {.file = "bbc-ninjs-comp-test.json",
     .format = "ninjs",
     .headline = "389197a55db2b2e4",
     .body = 1,
     .captions = 1,
     .bylines = 1},
    {.file = "dpa.xml", .format = "newsml-g2", .headline = "d340439c5df82af6", .version = "1", .body = 3, .notes = 3},
    {.file = "dpa_four_line.txt",
     .format = "iptc-7901",
     .headline = "54020ce3bc0f967e",
     .slug = "Switzerland/migration/UN",
     .take = "REFILE 1ST LEAD",
     .body = 15,
     .bylines = 1,
     .notes = 1},
    {.file = "dpa_two_line.txt",
     .format = "iptc-7901",
     .headline = "ac7ce42d73ce4090",
     .slug = "Yemen/conflict",
     .take = "EXTRA",
     .body = 4},
    {.file = "handle_invalid_fields.xml",
     .format = "nitf",
     .headline = "5f6a16efb151369a",
     .slug = "Rideau-Hall-Police",
     .body = 27,
     .bylines = 2,
     .notes = 1},
    {.file = "ninjs1.json",
     .format = "ninjs",
     .headline = "e17f6d1a928d25ab",
     .slug = "slugline",
     .version = "2",
     .body = 1,
     .bylines = 2,
     .notes = 1},
    {.file = "ninjs2.json",
     .format = "ninjs",
     .headline = "39dfd4e0fd812d6c",
     .slug = "GLOBAL-OIL",
     .version = "4",
     .body = 8,
     .captions = 1,
     .bylines = 1},
    {.file = "ninjs3.json",
     .format = "ninjs",
     .headline = "7a02b5907bcad2ac",
     .slug = "German Air Force Museum",
     .version = "3",
     .captions = 1},
    {.file = "ninjs4.json",
     .format = "ninjs",
     .headline = "34e30c6b533cacaf",
     .slug = "china-behauptet-einen-polizeihund-geklont-zu-haben",
     .version = "1",
     .body = 8,
     .subheads = 2,
     .captions = 2,
     .bylines = 1},
    {.file = "ninjs4_mock.json", .format = "unknown", .refused = WT_EREFUSED, .why = "JSON, and of no news format kn"},
    {.file = "ninjs6.json",
     .format = "ninjs",
     .headline = "7a02b5907bcad2ac",
     .slug = "German Air Force Museum",
     .version = "3",
     .captions = 1},
    {.file = "ninjsExSimpleText1.json", .format = "ninjs", .headline = "312791ba635ff9f6", .body = 4, .bylines = 2},
    {.file = "nitf-fishing.xml",
     .format = "nitf",
     .headline = "28366ceeb34da28d",
     .slug = "ongoing-winter-tide-updates",
     .version = "1",
     .status = WT_STATUS_CANCELED,
     .body = 11,
     .subheads = 2,
     .captions = 1,
     .note_blocks = 1,
     .bylines = 1,
     .notes = 3},
    {.file = "pa1.xml",
     .format = "nitf",
     .headline = "10d25e86b3afb8e7",
     .slug = "PA-SSS-SPORT-Trivia(Oct14)",
     .body = 42,
     .subheads = 4},
    {.file = "pa3.xml",
     .format = "nitf",
     .headline = "955ee43d5ca278ee",
     .slug = "PA-HHH-POLITICS-UnitedKingdom",
     .body = 1,
     .bylines = 1,
     .notes = 1},
    {.file = "pa5.xml",
     .format = "nitf",
     .headline = "3126df9ed135733d",
     .slug = "PA-HHH-POLITICS-Brexit",
     .body = 18,
     .bylines = 1},
    {.file = "ritzau_news.xml", .format = "unknown", .refused = WT_EREFUSED, .why = "XML, and of no news format kno"},
    {.file = "scoop.xml",
     .format = "newsml-g2",
     .headline = "f96b714dd0ab6382",
     .version = "3",
     .body = 7,
     .bylines = 2},
    {.file = "stt_archive_newsml_created_date_test.xml",
     .format = "newsml-g2",
     .headline = "50e8ab3f03f4a177",
     .version = "1",
     .body = 27},
    {.file = "stt_newsml_abstract_test.xml", .format = "newsml-g2", .version = "1", .body = 1},
    {.file = "stt_newsml_location_rich.xml",
     .format = "newsml-g2",
     .headline = "16774526e3d72754",
     .version = "1",
     .body = 2},
    {.file = "stt_newsml_no_truncated_text_test.xml",
     .format = "newsml-g2",
     .headline = "9eb1c3333411b708",
     .version = "7",
     .body = 52,
     .subheads = 8,
     .bylines = 2,
     .notes = 1},
    {.file = "stt_newsml_subject_test.xml", .format = "newsml-g2", .version = "1", .body = 9},
    {.file = "stt_newsml_test_no_hl.xml",
     .format = "newsml-g2",
     .headline = "26dc7a22daa581a5",
     .version = "4",
     .body = 39,
     .subheads = 1,
     .notes = 1},
    {.file = "tag_reuters.com,0000_newsml_L4N1FL0N0_1132689232",
     .format = "newsml-g2",
     .headline = "f6a234b9bbedd104",
     .slug = "GLOBAL-PRECIOUS",
     .take = "UPDATE 1",
     .version = "1132689232",
     .body = 15,
     .note_blocks = 1,
     .bylines = 1},
    {.file = "tag_reuters.com_0000_newsml_GM1EA7M13RP01_version_484616934",
     .format = "newsml-g2",
     .headline = "d57d179122403f5e",
     .slug = "USA-ENTERTAINMENT",
     .version = "484616934",
     .captions = 1},
    {.file = "tag_reuters.com_2014_newsml_KBN0FL0NM_version_10",
     .format = "newsml-g2",
     .refused = WT_EREFUSED,
     .why = "a package that only names othe"},
    {.file = "tag_reuters.com_2014_newsml_KBN0FL0NN_version_5",
     .format = "newsml-g2",
     .headline = "4b22c7870b286837",
     .slug = "US-SYRIA-CRISIS-ASSAD",
     .version = "5",
     .body = 24,
     .subheads = 1,
     .bylines = 1,
     .notes = 1},
    {.file = "tag_reuters.com_2014_newsml_LYNXMPEA6F0MS_version_2",
     .format = "newsml-g2",
     .headline = "13d4c0772151e4f5",
     .slug = "SYRIA-CRISIS-ASSAD",
     .version = "2",
     .captions = 1},
    {.file = "tag_reuters.com_2014_newsml_LYNXMPEA6F13M_version_1",
     .format = "newsml-g2",
     .headline = "969a4dbc7241c87c",
     .slug = "SYRIA-CRISIS-ASSAD",
     .version = "1",
     .captions = 1},
    {.file = "tag_reuters.com_2016_newsml_L1N14N0FF_version_1542761538",
     .format = "newsml-g2",
     .headline = "53e3f9a896736ebf",
     .slug = "USA-WEATHER",
     .take = "UPDATE 1, PIX, CORRECTED",
     .version = "1542761538",
     .status = WT_STATUS_CANCELED},
    {.file = "tag_reuters.com_2016_newsml_L1N14N0FF_version_978556838",
     .format = "newsml-g2",
     .headline = "53e3f9a896736ebf",
     .slug = "USA-WEATHER",
     .take = "UPDATE 1, PIX, CORRECTED",
     .version = "978556838",
     .status = WT_STATUS_CORRECTED,
     .body = 15,
     .note_blocks = 1,
     .bylines = 3},
    {.file = "upload_from_url_mock.json",
     .format = "unknown",
     .refused = WT_EREFUSED,
     .why = "JSON, and of no news format kn"},
};

static void check_text(const char *file, const char *what, wt_span have, const char *want) {
  if (wt_span_equal(have, wt_span_of(want != NULL ? want : ""))) return;
  print_error("%s: %s is \"%.*s\", not \"%s\"\n", file, what, (int)have.len, have.data, want != NULL ? want : "");
  fail();
}

static void check_number(const char *file, const char *what, size_t have, size_t want) {
  if (have == want) return;
  print_error("%s: %s is %zu, not %zu\n", file, what, have, want);
  fail();
}

static void check_headline(const expected *e, wt_span headline) {
  wt_buf folded = {0};
  wt_error err;
  char hex[33] = "";
  if (headline.len > 0) {
    assert_ok(wt_fold(&folded, headline, &err));
    wt_hash_hex(hex, wt_hash_bytes(wt_buf_span(&folded)));
    hex[16] = '\0';
  }
  check_text(e->file, "the headline's key", wt_span_of(hex), e->headline);
  wt_buf_release(&folded);
}

static void check_story(const expected *e, const wt_story *story) {
  check_headline(e, story->fields[WT_FIELD_HEADLINE]);
  check_text(e->file, "slug", story->fields[WT_FIELD_SLUG], e->slug);
  check_text(e->file, "take", story->fields[WT_FIELD_TAKE], e->take);
  check_text(e->file, "version", story->fields[WT_FIELD_VERSION], e->version);
  check_number(e->file, "status", story->status, e->status);
  check_number(e->file, "state", story->state, e->state);
  check_number(e->file, "body blocks", body_blocks(story), e->body);
  check_number(e->file, "subheads", blocks_of(story, WT_BLOCK_SUBHEAD), e->subheads);
  check_number(e->file, "captions", blocks_of(story, WT_BLOCK_CAPTION), e->captions);
  check_number(e->file, "notes in the text", blocks_of(story, WT_BLOCK_NOTE), e->note_blocks);
  check_number(e->file, "bylines", story->lists[WT_LIST_BYLINES].count, e->bylines);
  check_number(e->file, "editors' notes", story->lists[WT_LIST_NOTES].count, e->notes);
}

static void reads_each_file_of_the_data(void **state) {
  (void)state;
  if (check_data() == NULL) {
    print_message("no data\n");
    skip();
  }
  assert_int_equal(sizeof table / sizeof *table, 54);
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    char path[300], full[4096];
    wt_buf bytes = {0};
    wt_error err;
    snprintf(path, sizeof path, "wire/%s", table[i].file);
    snprintf(full, sizeof full, "%s/%s", check_data(), path);
    assert_ok(wt_file_read(&bytes, full, (size_t)1 << 20, &err));
    assert_string_equal(wt_format_name(wt_sniff(wt_buf_span(&bytes), NULL)), table[i].format);
    wt_buf_release(&bytes);
    reading *r = read_data(path);
    check_number(table[i].file, "the outcome", r->status, table[i].refused);
    if (table[i].refused != WT_OK)
      assert_non_null(strstr(r->err.what, table[i].why));
    else
      check_story(&table[i], &r->story);
    reading_done(r);
  }
}

/* ---- our own files ---- */

static reading *read_fixture(const char *path) {
  char full[300];
  wt_buf bytes = {0};
  wt_error err;
  snprintf(full, sizeof full, "fixtures/fuzz/%s", path);
  assert_ok(wt_file_read(&bytes, full, (size_t)1 << 20, &err));
  reading *r = read_bytes(wt_buf_span(&bytes), NULL);
  wt_buf_release(&bytes);
  assert_read(r);
  return r;
}

static void reads_a_writethru_in_anpa(void **state) {
  (void)state;
  reading *r = read_fixture("anpa/writethru.anpa");
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close after 90 years");
  assert_field(r->story, WT_FIELD_SLUG, "BC-NO--Ferry Line");
  assert_field(r->story, WT_FIELD_TAKE, "2nd Ld-Writethru");
  assert_field(r->story, WT_FIELD_PRIORITY, "r");
  assert_field(r->story, WT_FIELD_MODIFIED, "2024-06-20T14:03Z");
  assert_field(r->story, WT_FIELD_PUBLISHED, "");
  assert_field(r->story, WT_FIELD_DATELINE, "BERGEN");
  assert_field(r->story, WT_FIELD_CREDIT, "NNW");
  assert_span(r->story.lists[WT_LIST_NOTES].items[0], "Updates with mayor. With photos.");
  assert_span(r->story.blocks[1].text,
              "\xe2\x80\x9cWe will miss it,\xe2\x80\x9d the mayor said. It cost 3\xc2\xbd crowns.");
  assert_int_equal(r->story.blocks[2].kind, WT_BLOCK_SUBHEAD);
  assert_span(r->story.blocks[3].text, "The county will meet on Monday, and vote.");
  assert_int_equal(dropped_as(&r->story, "picture-list"), 1);
  reading_done(r);
}

static void reads_a_kill(void **state) {
  (void)state;
  static const char *const files[] = {"anpa/kill.anpa", "newsmlg2/kill.xml", "nitf/canceled.xml",
                                      "newsml1/canceled.xml"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    reading *r = read_fixture(files[i]);
    assert_int_equal(r->story.status, WT_STATUS_CANCELED);
    assert_int_equal(r->story.state, WT_CAPTURE_WHOLE);
    assert_int_equal(r->story.block_count, 0);
    reading_done(r);
  }
}

static void reads_a_correction_in_iptc_7901(void **state) {
  (void)state;
  reading *r = read_fixture("iptc7901/lead.txt");
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close after ninety years");
  assert_field(r->story, WT_FIELD_TAKE, "CORRECTION 2ND LEAD");
  assert_field(r->story, WT_FIELD_SLUG, "Norway/transport");
  assert_field(r->story, WT_FIELD_PRIORITY, "3");
  assert_field(r->story, WT_FIELD_MODIFIED, "2024-06-20T14:03Z");
  assert_int_equal(r->story.status, WT_STATUS_CORRECTED);
  assert_span(r->story.lists[WT_LIST_NOTES].items[0], "adds mayor in graf 2");
  assert_int_equal(r->story.block_count, 2);
  assert_int_equal(dropped_as(&r->story, "not-for-publication"), 1);
  reading_done(r);
}

static void reads_nitf(void **state) {
  (void)state;
  reading *r = read_fixture("nitf/story.xml");
  assert_field(r->story, WT_FIELD_EMBARGO, "2024-06-21T00:00:00+01:00");
  assert_field(r->story, WT_FIELD_TAKE, "1st Ld");
  assert_field(r->story, WT_FIELD_VERSION, "2");
  assert_field(r->story, WT_FIELD_DATELINE, "Bergen, Norway");
  assert_field(r->story, WT_FIELD_DECK, "Ninety years end on Friday");
  assert_span(r->story.lists[WT_LIST_PICTURE_CREDITS].items[0], "Per Lie");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_ITEM), 2);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_QUOTE), 1);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_CAPTION), 1);
  assert_int_equal(dropped_as(&r->story, "end-mark"), 1);
  assert_span(r->story.blocks[2].text, "BERGEN \xe2\x80\x94 The last boat sails \xef\xbf\xbd on Friday. It is full.");
  reading_done(r);
}

static void parts_old_copy_in_one_paragraph(void **state) {
  (void)state;
  reading *r = read_fixture("newsmlg2/correction.xml");
  assert_int_equal(r->story.status, WT_STATUS_CORRECTED);
  assert_field(r->story, WT_FIELD_SLUG, "FERRY-LINE");
  assert_field(r->story, WT_FIELD_TAKE, "UPDATE 2");
  assert_field(r->story, WT_FIELD_PRIORITY, "3");
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_NOTE), 1);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_ITEM), 1);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_PARAGRAPH), 2);
  assert_int_equal(dropped_as(&r->story, "sign-off"), 1);
  assert_int_equal(dropped_as(&r->story, "duplicate-headline"), 1);
  assert_int_equal(dropped_as(&r->story, "page-furniture"), 1);
  reading_done(r);
}

/* Entities of the document's own are not known, so that they can neither flood nor fetch. */
static void knows_no_entities(void **state) {
  (void)state;
  wt_buf bomb = {0};
  wt_buf_put_text(&bomb, "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a0 \"aaaaaaaaaa\">"
                         "<!ENTITY x SYSTEM \"file:///etc/passwd\">");
  for (int i = 1; i < 12; i++) {
    wt_buf_put_format(&bomb, "<!ENTITY a%d \"", i);
    for (int k = 0; k < 10; k++) wt_buf_put_format(&bomb, "&a%d;", i - 1);
    wt_buf_put_text(&bomb, "\">");
  }
  wt_buf_put_text(
      &bomb, "]><nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><p>a &a11; &x; b</p>"
             "</body.content></body></nitf>");
  reading *r = read_bytes(wt_buf_span(&bomb), NULL);
  assert_read(r);
  assert_int_equal(r->story.block_count, 1);
  assert_true(r->story.blocks[0].text.len < 20);
  reading_done(r);
  wt_buf_release(&bomb);
}

static void says_where_xml_is_broken(void **state) {
  (void)state;
  reading *r = read_text("<?xml version=\"1.0\"?><nitf><body><p>x</body></nitf>");
  assert_int_equal(r->status, WT_EFORMAT);
  assert_true(r->err.byte > 20);
  assert_non_null(strstr(r->err.what, "well-formed"));
  reading_done(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_each_file_of_the_data),
      cmocka_unit_test(reads_a_writethru_in_anpa),
      cmocka_unit_test(reads_a_kill),
      cmocka_unit_test(reads_a_correction_in_iptc_7901),
      cmocka_unit_test(reads_nitf),
      cmocka_unit_test(parts_old_copy_in_one_paragraph),
      cmocka_unit_test(knows_no_entities),
      cmocka_unit_test(says_where_xml_is_broken),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
