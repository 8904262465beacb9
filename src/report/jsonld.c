/*
 * A story as a schema.org NewsArticle in JSON-LD.
 *
 * `articleBody` is the text for readers at large; `hasPart` has the blocks with their kinds. What schema.org has no property
 * for stands among the identifiers, as PropertyValue whose propertyID begins with "writethru:".
 */
#include "report/interchange.h"
#include "story/schema_org.h"
#include "wt/report.h"

static void put_pair(wt_json *json, const char *name, wt_span value) {
  wt_buf id = {0};
  wt_buf_put_text(&id, WT_INTERCHANGE_PREFIX);
  wt_buf_put_text(&id, name);
  wt_json_object(json);
  wt_json_member(json, "@type", WT_SPAN("PropertyValue"));
  wt_json_member(json, "propertyID", wt_buf_span(&id));
  wt_json_member(json, "value", value);
  wt_json_object_end(json);
  wt_buf_release_part(&id, json->out);
}

/* The form says that hasPart is the whole story, block by block. */
static void put_identifiers(wt_json *json, const wt_story *story, uint64_t placed) {
  wt_json_key(json, "identifier");
  wt_json_array(json);
  put_pair(json, "form", WT_SPAN("1"));
  wt_interchange_rest(json, story, placed, false, put_pair);
  wt_json_array_end(json);
}

static uint64_t put_fields(wt_json *json, const wt_story *story) {
  uint64_t placed = 0;
  for (size_t i = 0; i < SCHEMA_ORG_FIELDS; i++)
    if (story->fields[schema_org[i].field].len > 0) {
      wt_json_member(json, schema_org[i].name, story->fields[schema_org[i].field]);
      placed |= WT_PLACED(schema_org[i].field);
    }
  return placed;
}

static void put_authors(wt_json *json, const wt_story *story) {
  const wt_list *bylines = &story->lists[WT_LIST_BYLINES];
  if (bylines->count == 0) return;
  wt_json_key(json, "author");
  wt_json_array(json);
  for (size_t i = 0; i < bylines->count; i++) {
    wt_json_object(json);
    wt_json_member(json, "@type", WT_SPAN("Person"));
    wt_json_member(json, "name", bylines->items[i]);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

/* Does a note say that the text was put right? In the languages whose notices the reader knows. */
static bool tells_of_correction(wt_span note) {
  static const char *const words[] = {"correct", "clarif", "amended", "korrig",  "korrektur",      "berichtig",
                                      "rectif",  "corrig", "erratum", "rettels", "r\xC3\xA4ttels", "corretto"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    wt_span word = wt_span_of(words[i]);
    for (size_t at = 0; at + word.len <= note.len; at++)
      if (wt_span_equal_ascii_case(wt_span_sub(note, at, at + word.len), word)) return true;
  }
  return false;
}

static void put_correction(wt_json *json, wt_span text, bool *open) {
  if (!*open) {
    wt_json_key(json, "correction");
    wt_json_array(json);
    *open = true;
  }
  wt_json_object(json);
  wt_json_member(json, "@type", WT_SPAN("CorrectionComment"));
  wt_json_member(json, "text", text);
  wt_json_object_end(json);
}

/* The notices in the story that something was corrected; all of them, and its editors' notes, when its status says so. */
static void put_corrections(wt_json *json, const wt_story *story) {
  bool corrected = story->status == WT_STATUS_CORRECTED, open = false;
  const wt_list *notes = &story->lists[WT_LIST_NOTES];
  for (size_t i = 0; i < story->block_count; i++)
    if (story->blocks[i].kind == WT_BLOCK_NOTE && (corrected || tells_of_correction(story->blocks[i].text)))
      put_correction(json, story->blocks[i].text, &open);
  for (size_t i = 0; corrected && i < notes->count; i++) put_correction(json, notes->items[i], &open);
  if (open) wt_json_array_end(json);
}

static wt_status put_body(wt_json *json, const wt_story *story, wt_error *err) {
  wt_buf body = {0};
  size_t words = 0;
  wt_status status = wt_story_word_count(&words, story, err);
  for (size_t i = 0; i < story->block_count; i++) {
    if (!wt_block_is_body(story->blocks[i].kind)) continue;
    wt_buf_put_text(&body, body.len > 0 ? "\n\n" : "");
    wt_buf_put_span(&body, story->blocks[i].text);
  }
  if (status == WT_OK) status = wt_buf_status(&body, "JSON-LD", err);
  if (status == WT_OK) {
    wt_json_member_int(json, "wordCount", (int64_t)words);
    wt_json_member(json, "articleBody", wt_buf_span(&body));
  }
  wt_buf_release(&body);
  return status;
}

static void put_parts(wt_json *json, const wt_story *story) {
  wt_json_key(json, "hasPart");
  wt_json_array(json);
  for (size_t i = 0; i < story->block_count; i++) {
    const wt_block *block = &story->blocks[i];
    wt_json_object(json);
    wt_json_member(json, "@type", WT_SPAN("WebPageElement"));
    wt_json_member(json, "name", wt_span_of(wt_block_kind_name(block->kind)));
    if (block->id.len > 0) wt_json_member(json, "identifier", block->id);
    if (block->time.len > 0) wt_json_member(json, "datePublished", block->time);
    wt_json_member(json, "text", block->text);
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

wt_status wt_report_jsonld(wt_buf *out, const wt_story *story, wt_error *err) {
  wt_json json;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member(&json, "@context", WT_SPAN("https://schema.org"));
  wt_json_member(&json, "@type", WT_SPAN("NewsArticle"));
  uint64_t placed = put_fields(&json, story);
  wt_json_member(&json, "creativeWorkStatus", wt_span_of(wt_story_status_name(story->status)));
  put_authors(&json, story);
  put_corrections(&json, story);
  put_identifiers(&json, story, placed);
  wt_status status = put_body(&json, story, err);
  put_parts(&json, story);
  wt_json_object_end(&json);
  return status == WT_OK ? wt_buf_status(out, "JSON-LD", err) : status;
}
