/* DOCX -> story; and the ZIP reader under it. */
#include "ingest/zip.h"
#include "support/ingest.h"

static wt_buf load(const char *path) {
  wt_buf bytes = {0};
  wt_error err;
  assert_ok(wt_file_read(&bytes, path, (size_t)1 << 20, &err));
  return bytes;
}

static void reads_styles_and_changes(void **state) {
  (void)state;
  wt_buf bytes = load("fixtures/fuzz/docx/story.docx");
  reading *r = read_bytes(wt_buf_span(&bytes), NULL);
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, "Ferry line to close");
  assert_field(r->story, WT_FIELD_MODIFIED, "2024-06-20T10:00:00Z");
  assert_span(r->story.lists[WT_LIST_BYLINES].items[0], "Ane Dahl");
  assert_int_equal(r->story.block_count, 4);
  assert_int_equal(r->story.blocks[1].kind, WT_BLOCK_SUBHEAD);
  assert_int_equal(r->story.blocks[2].kind, WT_BLOCK_ITEM);
  assert_span(r->story.blocks[3].text, "It has run for ninety years.");
  reading_done(r);
  wt_buf_release(&bytes);
}

static void reads_members(void **state) {
  (void)state;
  wt_buf bytes = load("fixtures/fuzz/docx/stored.docx"), out = {0};
  wt_error err;
  assert_ok(wt_zip_read(&out, wt_buf_span(&bytes), "word/document.xml", 1000, &err));
  assert_non_null(strstr(out.data, "Stored"));
  assert_int_equal(wt_zip_read(&out, wt_buf_span(&bytes), "none.xml", 1000, &err), WT_ENOTFOUND);
  assert_int_equal(wt_zip_read(&out, wt_buf_span(&bytes), "word/document.xml", 10, &err), WT_ELIMIT);
  assert_int_equal(wt_zip_read(&out, wt_span_sub(wt_buf_span(&bytes), 0, 40), "word/document.xml", 1000, &err),
                   WT_EFORMAT);
  wt_buf_release(&bytes);
  wt_buf_release(&out);
}

/* No offset in the file is believed: every byte of the directory is set to its worst. */
static void bears_a_lying_directory(void **state) {
  (void)state;
  wt_buf bytes = load("fixtures/fuzz/docx/story.docx"), out = {0};
  for (size_t i = 0; i < bytes.len; i++) {
    char kept = bytes.data[i];
    bytes.data[i] = (char)0xff;
    wt_buf_clear(&out);
    wt_zip_read(&out, wt_buf_span(&bytes), "word/document.xml", 100000, NULL);
    assert_true(out.len <= 200000);
    bytes.data[i] = kept;
  }
  wt_buf_release(&bytes);
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_styles_and_changes),
      cmocka_unit_test(reads_members),
      cmocka_unit_test(bears_a_lying_directory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
