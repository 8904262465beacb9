/* A story with something in every place, and the check that a written form reads back to the same story. */
#ifndef WT_TESTS_ROUNDTRIP_H
#define WT_TESTS_ROUNDTRIP_H

#include "support/ingest.h"

typedef wt_status (*story_writer)(wt_buf *out, const wt_story *story, wt_error *err);

static inline void full_story(wt_story *story, wt_arena *arena) {
  static const char *const lists[WT_LISTS][3] = {
      {"Ann Lee and Sons", "Bo Ek", NULL}, {"Road Office", "B & C", NULL}, {"First note. <b>", "Second: note", NULL}};
  static const char *const texts[WT_BLOCK_KINDS] = {"By Monday \"all\" <b>& sundry</b> had left.",
                                                    "What Comes Next",
                                                    "\xe2\x80\x9cWe left,\xe2\x80\x9d she said.",
                                                    "- one item",
                                                    "A boat in the harbour.",
                                                    "Correction: the boat left on Monday."};
  wt_error err;
  wt_story_init(story, arena);
  for (int f = 0; f < WT_FIELDS; f++) {
    char value[80];
    snprintf(value, sizeof value, "%s value \\ \"%d\"", wt_story_field_name((wt_story_field)f), f);
    assert_ok(wt_story_set(story, (wt_story_field)f, wt_span_of(value), &err));
  }
  assert_ok(wt_story_set(story, WT_FIELD_PUBLISHED, WT_SPAN("2024-06-20"), &err));
  assert_ok(wt_story_set(story, WT_FIELD_MODIFIED, WT_SPAN("2024-06-20T14:03:05+01:00"), &err));
  assert_ok(wt_story_set(story, WT_FIELD_URGENCY, WT_SPAN("3"), &err));
  assert_ok(wt_story_set(story, WT_FIELD_OUTLET, WT_SPAN("fjord.example"), &err));
  for (int l = 0; l < WT_LISTS; l++)
    for (int i = 0; lists[l][i] != NULL; i++)
      assert_ok(wt_story_add(story, (wt_story_list)l, wt_span_of(lists[l][i]), &err));
  for (int round = 0; round < 2; round++)
    for (int k = 0; k < WT_BLOCK_KINDS; k++)
      assert_ok(wt_story_add_block(story, (wt_block_kind)k, wt_span_of(texts[k]), &err));
  story->blocks[0].id = WT_SPAN("entry-1");
  story->blocks[0].time = WT_SPAN("2024-06-20T14:03Z");
  story->status = WT_STATUS_CORRECTED;
  story->state = WT_CAPTURE_CUT;
  assert_ok(wt_story_seal(story, &err));
}

static inline void check_roundtrip(const wt_story *story, story_writer writer) {
  wt_buf first = {0}, second = {0}, have = {0}, want = {0};
  wt_error err;
  assert_ok(writer(&first, story, &err));
  wt_source source = {.captured = WT_INSTANT_NONE};
  reading *r = read_bytes(wt_buf_span(&first), &source);
  assert_read(r);
  if (!wt_story_equal(story, &r->story)) {
    assert_ok(wt_story_print(&want, story, &err));
    assert_ok(wt_story_print(&have, &r->story, &err));
    print_error("want:\n%s\nhave:\n%s\n", want.data, have.data);
  }
  assert_true(wt_story_equal(story, &r->story));
  assert_ok(writer(&second, &r->story, &err));
  assert_string_equal(first.data, second.data);
  reading_done(r);
  wt_buf_release(&first);
  wt_buf_release(&second);
  wt_buf_release(&have);
  wt_buf_release(&want);
}

static inline void check_roundtrip_full(story_writer writer) {
  wt_arena arena = {0};
  wt_story story;
  full_story(&story, &arena);
  check_roundtrip(&story, writer);
  wt_arena_release(&arena);
}

/* Every story of the wire data, which has all that agencies send. */
static inline void check_roundtrip_wire(story_writer writer) {
  static const char *const files[] = {"ap_anpa-1.tst",
                                      "dpa.xml",
                                      "nitf-fishing.xml",
                                      "ninjs4.json",
                                      "pa3.xml",
                                      "afp20.xml",
                                      "tag_reuters.com_2016_newsml_L1N14N0FF_version_1542761538",
                                      "dpa_four_line.txt"};
  if (check_data() == NULL) {
    print_message("no data\n");
    skip();
  }
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char path[200];
    snprintf(path, sizeof path, "wire/%s", files[i]);
    reading *r = read_data(path);
    assert_read(r);
    check_roundtrip(&r->story, writer);
    reading_done(r);
  }
}

#endif
