/* The canonical form: print, parse, print, and every refusal with its byte. */
#include "support/check.h"
#include "wt/story.h"

static void fill(wt_story *story, wt_arena *arena) {
  wt_error err;
  wt_story_init(story, arena);
  assert_ok(wt_story_set(story, WT_FIELD_HEADLINE, WT_SPAN("  Quay \\ harbour:\n a  plan "), &err));
  assert_ok(wt_story_set(story, WT_FIELD_PUBLISHED, WT_SPAN("2024-06-20"), &err));
  assert_ok(wt_story_add(story, WT_LIST_BYLINES, WT_SPAN("Tuva Lind"), &err));
  assert_ok(wt_story_add(story, WT_LIST_BYLINES, WT_SPAN("Jon Aske"), &err));
  assert_ok(wt_story_add(story, WT_LIST_NOTES, WT_SPAN("Corrects graf 3"), &err));
  assert_ok(wt_story_add_block(story, WT_BLOCK_PARAGRAPH, WT_SPAN("[Sic] it began. Then it ended. C:\\dir\\"), &err));
  assert_ok(wt_story_add_block(story, WT_BLOCK_SUBHEAD, WT_SPAN("What next?"), &err));
  assert_ok(wt_story_add_block(story, WT_BLOCK_QUOTE, WT_SPAN("\"We go on,\" she said."), &err));
  assert_ok(
      wt_story_add_block(story, WT_BLOCK_PARAGRAPH, WT_SPAN("\xe4\xb8\x80\xe3\x80\x82\xe4\xba\x8c\xe3\x80\x82"), &err));
  assert_ok(wt_story_add_block(story, WT_BLOCK_CAPTION, WT_SPAN("  "), &err));
  assert_ok(wt_story_add_block(story, WT_BLOCK_PARAGRAPH, WT_SPAN("An entry."), &err));
  story->blocks[story->block_count - 1].id = WT_SPAN("live 7%]");
  story->blocks[story->block_count - 1].time = WT_SPAN("2024-06-20T14:03Z");
  assert_ok(wt_story_drop(story, WT_SPAN("Read more"), "related-links", &err));
  story->status = WT_STATUS_CORRECTED;
  story->revision = 3;
  assert_ok(wt_story_seal(story, &err));
}

static const char printed[] = "writethru: 1\n"
                              "headline: Quay \\\\ harbour: a plan\n"
                              "published: 2024-06-20\n"
                              "byline: Tuva Lind\n"
                              "byline: Jon Aske\n"
                              "note: Corrects graf 3\n"
                              "status: corrected\n"
                              "revision: 3\n"
                              "\n"
                              "\\[Sic] it began.\n"
                              "Then it ended.\n"
                              "C:\\\\dir\\\\\n"
                              "\n"
                              "[subhead]\n"
                              "What next?\n"
                              "\n"
                              "[quote]\n"
                              "\"We go on,\" she said.\n"
                              "\n"
                              "\xe4\xb8\x80\xe3\x80\x82\\\n"
                              "\xe4\xba\x8c\xe3\x80\x82\n"
                              "\n"
                              "[paragraph id=live%207%25%5D time=2024-06-20T14:03Z]\n"
                              "An entry.\n"
                              "\n"
                              "[dropped related-links]\n"
                              "Read more\n";

static void prints_the_form_of_the_header(void **state) {
  (void)state;
  wt_error err;
  wt_arena arena = {0};
  wt_story story;
  wt_buf out = {0};
  fill(&story, &arena);
  assert_ok(wt_story_print(&out, &story, &err));
  assert_buf(out, printed);
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

static void parses_back_to_the_same_story_and_bytes(void **state) {
  (void)state;
  wt_error err;
  wt_arena arena = {0};
  wt_story story, again;
  wt_buf out = {0};
  fill(&story, &arena);
  assert_ok(wt_story_parse(&again, &arena, WT_SPAN(printed), &err));
  assert_true(wt_story_equal(&story, &again));
  assert_true(wt_hash_equal(story.key, again.key));
  assert_true(wt_hash_equal(story.folded, again.folded));
  assert_int_equal(again.revision, 3);
  assert_int_equal(again.dropped_count, 1);
  assert_span(again.blocks[4].id, "live 7%]");
  assert_ok(wt_story_print(&out, &again, &err));
  assert_buf(out, printed);
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

static void lines_are_layout(void **state) {
  (void)state;
  wt_error err;
  wt_arena arena = {0};
  wt_story story;
  assert_ok(wt_story_parse(&story, &arena,
                           WT_SPAN("writethru: 1\n\nOne sen\\\ntence\n broken \nby hand.\r\n\n\n\nAnother."), &err));
  assert_int_equal(story.block_count, 2);
  assert_span(story.blocks[0].text, "One sentence broken by hand.");
  assert_span(story.blocks[1].text, "Another.");
  wt_arena_release(&arena);
}

static void refuses_with_the_byte(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    int64_t byte;
  } cases[] = {
      {"", 0},
      {"headline: x\n", 0},
      {"writethru: 2\n", 0},
      {"writethru: 1\nnothing\n", 13},
      {"writethru: 1\nmood: good\n", 13},
      {"writethru: 1\nslug: a\nslug: b\n", 21},
      {"writethru: 1\nslug: a\\b\n", 20},
      {"writethru: 1\nstatus: fine\n", 21},
      {"writethru: 1\nrevision: 99999999999\n", 23},
      {"writethru: 1\n\n[verse]\nx\n", 14},
      {"writethru: 1\n\n[quote\nx\n", 14},
      {"writethru: 1\n\n[]\n", 14},
      {"writethru: 1\n\n[dropped]\nx\n", 14},
      {"writethru: 1\n\n[dropped a b]\nx\n", 25},
      {"writethru: 1\n\n[quote id=%4]\nx\n", 24},
      {"writethru: 1\n\na \\x b\n", 16},
      {"writethru: 1\n\nbad \xff byte\n", 18},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_error err = {0};
    wt_arena arena = {0};
    wt_story story;
    assert_int_equal(wt_story_parse(&story, &arena, wt_span_of(cases[i].bytes), &err), WT_EFORMAT);
    if (err.byte != cases[i].byte) print_error("case %zu: %s\n", i, err.what);
    assert_int_equal(err.byte, cases[i].byte);
    wt_arena_release(&arena);
  }
}

/* Any bytes: a story that prints and parses again, or a refusal. Bytes are drawn from what the syntax uses. */
static void survives_random_bytes(void **state) {
  (void)state;
  static const char alphabet[] = "writethru: 1\n\n[quote]\\%5D= ab.\n\xc3\xa9\xe3\x80\x82";
  uint64_t seed = 1;
  for (int round = 0; round < 3000; round++) {
    wt_buf bytes = {0}, once = {0}, twice = {0};
    wt_arena arena = {0};
    wt_story story, again;
    wt_error err;
    wt_buf_put_text(&bytes, "writethru: 1\nheadline: x\n\n");
    for (int i = 0; i < 60; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      wt_buf_put_char(&bytes, alphabet[(seed >> 33) % (sizeof alphabet - 1)]);
    }
    if (wt_story_parse(&story, &arena, wt_buf_span(&bytes), &err) == WT_OK) {
      assert_ok(wt_story_print(&once, &story, &err));
      assert_ok(wt_story_parse(&again, &arena, wt_buf_span(&once), &err));
      assert_true(wt_story_equal(&story, &again));
      assert_ok(wt_story_print(&twice, &again, &err));
      assert_true(wt_span_equal(wt_buf_span(&once), wt_buf_span(&twice)));
    }
    wt_buf_release(&bytes);
    wt_buf_release(&once);
    wt_buf_release(&twice);
    wt_arena_release(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(prints_the_form_of_the_header),
      cmocka_unit_test(parses_back_to_the_same_story_and_bytes),
      cmocka_unit_test(lines_are_layout),
      cmocka_unit_test(refuses_with_the_byte),
      cmocka_unit_test(survives_random_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
