/*
 * A JSON-LD file -> story. What schema.org says in general is jsonld.c's; here is what our own writer adds (report/jsonld.c):
 * identifiers that begin with "writethru:", and the blocks in hasPart.
 */
#include "ingest/json_load.h"
#include "ingest/jsonld.h"
#include "ingest/wire.h"
#include "story/schema_org.h"

static const json_t *own_pair(const json_t *identifiers, size_t i, wt_span *name) {
  static const char prefix[] = "writethru:";
  const json_t *entry = json_array_get(identifiers, i);
  wt_span id = wt_json_at(entry, "propertyID");
  if (!wt_span_starts(id, wt_span_of(prefix))) return NULL;
  *name = wt_span_sub(id, sizeof prefix - 1, id.len);
  return entry;
}

static bool is_own(const json_t *article) {
  const json_t *identifiers = json_object_get(article, "identifier");
  wt_span name;
  for (size_t i = 0; i < json_array_size(identifiers); i++)
    if (own_pair(identifiers, i, &name) != NULL && wt_span_equal(name, WT_SPAN("form"))) return true;
  return false;
}

static wt_status read_pairs(wt_story *story, const json_t *article, wt_error *err) {
  const json_t *identifiers = json_object_get(article, "identifier");
  wt_status status = WT_OK;
  wt_span name;
  for (size_t i = 0; i < json_array_size(identifiers) && status == WT_OK; i++) {
    const json_t *pair = own_pair(identifiers, i, &name);
    if (pair != NULL) status = wt_wire_set_named(story, name, wt_json_at(pair, "value"), err);
  }
  return status;
}

static wt_status read_fields(wt_story *story, const json_t *article, wt_error *err) {
  const json_t *authors = json_object_get(article, "author");
  wt_status status = WT_OK;
  for (size_t i = 0; i < SCHEMA_ORG_FIELDS && status == WT_OK; i++)
    status = wt_story_set(story, schema_org[i].field, wt_json_at(article, schema_org[i].name), err);
  for (size_t i = 0; i < json_array_size(authors) && status == WT_OK; i++)
    status = wt_story_add(story, WT_LIST_BYLINES, wt_json_at(json_array_get(authors, i), "name"), err);
  return status;
}

static wt_block_kind kind_by_name(wt_span name) {
  for (int k = 0; k < WT_BLOCK_KINDS; k++)
    if (wt_span_equal(name, wt_span_of(wt_block_kind_name((wt_block_kind)k)))) return (wt_block_kind)k;
  return WT_BLOCK_PARAGRAPH;
}

static wt_status read_parts(wt_story *story, const json_t *article, wt_error *err) {
  const json_t *parts = json_object_get(article, "hasPart");
  wt_pieces pieces = {.items = NULL};
  wt_status status = WT_OK;
  for (size_t i = 0; i < json_array_size(parts) && status == WT_OK; i++) {
    const json_t *part = json_array_get(parts, i);
    wt_span text = wt_json_at(part, "text");
    if (text.len == 0) continue;
    status = wt_pieces_add(&pieces, kind_by_name(wt_json_at(part, "name")), text, err);
    if (status == WT_OK)
      status = wt_pieces_mark(&pieces, wt_json_at(part, "identifier"), wt_json_at(part, "datePublished"), err);
  }
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_EXACT, err);
  wt_pieces_release(&pieces);
  return status;
}

static wt_status read_own(wt_story *story, const json_t *article, wt_error *err) {
  wt_status status = read_fields(story, article, err);
  if (status == WT_OK) status = read_pairs(story, article, err);
  return status == WT_OK ? read_parts(story, article, err) : status;
}

static wt_status read_other(wt_story *story, wt_span text, wt_error *err) {
  wt_jsonld article;
  wt_jsonld_init(&article);
  wt_status status = wt_jsonld_read(&article, story->arena, text, err);
  if (status == WT_OK && !article.found) status = wt_fail(err, WT_EREFUSED, NULL, 0, "JSON-LD without an article");
  if (status == WT_OK) status = wt_jsonld_story(story, &article, err);
  return status == WT_OK ? wt_wire_finish(story, err) : status;
}

wt_status wt_jsonld_file_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_buf text = {0};
  json_t *root = NULL;
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  if (status == WT_OK) status = wt_json_load(&root, wt_buf_span(&text), err);
  if (status == WT_OK) status = is_own(root) ? read_own(story, root, err) : read_other(story, wt_buf_span(&text), err);
  json_decref(root);
  wt_buf_release(&text);
  return status;
}
