/* AP's content API: {"data": {"item": ...}} -> story. The text itself is another file, which the item names. */
#include "ingest/byline.h"
#include "ingest/json_load.h"
#include "ingest/wire.h"

static wt_status read_bylines(wt_story *story, const json_t *item, wt_error *err) {
  const json_t *bylines = json_object_get(item, "bylines");
  wt_status status = WT_OK;
  for (size_t i = 0; i < json_array_size(bylines) && status == WT_OK; i++)
    status = wt_byline_add(story, wt_json_either(json_array_get(bylines, i), "by", "name"), err);
  return status;
}

static wt_status read_picture(wt_story *story, wt_pieces *pieces, const json_t *item, wt_error *err) {
  wt_span by = wt_json_at(json_object_get(item, "photographer"), "name");
  if (by.len == 0) by = wt_json_at(item, "description_creditline");
  wt_status status = wt_pieces_add(pieces, WT_BLOCK_CAPTION, wt_json_at(item, "description_caption"), err);
  return status == WT_OK && by.len > 0 ? wt_picture_credit_add(story, by, err) : status;
}

static wt_status read_times(wt_story *story, const json_t *item, wt_error *err) {
  wt_status status = wt_wire_set_time(story, WT_FIELD_PUBLISHED, wt_json_at(item, "firstcreated"), err);
  if (status == WT_OK) status = wt_wire_set_time(story, WT_FIELD_MODIFIED, wt_json_at(item, "versioncreated"), err);
  return status == WT_OK ? wt_wire_set_time(story, WT_FIELD_EMBARGO, wt_json_at(item, "embargoed"), err) : status;
}

static wt_status read_identity(wt_story *story, const json_t *item, wt_error *err) {
  wt_status status =
      wt_read_set_once(story, WT_FIELD_EMBEDDED_ID, wt_json_at(json_object_get(item, "altids"), "itemid"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_EMBEDDED_ID, wt_json_at(item, "uri"), err);
  if (status == WT_OK) status = wt_json_set(story, WT_FIELD_VERSION, json_object_get(item, "version"), err);
  if (status == WT_OK) status = wt_json_set(story, WT_FIELD_URGENCY, json_object_get(item, "urgency"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_PRIORITY, wt_json_at(item, "editorialpriority"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_json_at(item, "language"), err);
  if (status == WT_OK) status = wt_wire_set_slug(story, wt_json_either(item, "slugline", "title"), err);
  return status == WT_OK ? wt_read_set_once(story, WT_FIELD_HEADLINE, wt_json_either(item, "headline", "title"), err)
                         : status;
}

static wt_status read_item(wt_story *story, wt_pieces *pieces, const json_t *item, wt_error *err) {
  wt_wire_set_status(story, wt_json_at(item, "pubstatus"));
  wt_status status = read_identity(story, item, err);
  if (status == WT_OK)
    status = wt_wire_set_dateline(story, wt_json_at(json_object_get(item, "datelinelocation"), "city"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_CREDIT, wt_json_at(item, "provider"), err);
  if (status == WT_OK) status = read_bylines(story, item, err);
  if (status == WT_OK) status = read_times(story, item, err);
  if (status == WT_OK) status = wt_wire_add_note(story, wt_json_at(item, "ednote"), err);
  if (status == WT_OK) status = wt_wire_set_deck(story, wt_json_at(item, "headline_extended"), err);
  return status == WT_OK ? read_picture(story, pieces, item, err) : status;
}

wt_status wt_ap_json_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_buf text = {0};
  wt_pieces pieces = {.items = NULL};
  json_t *root = NULL;
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  if (status == WT_OK) status = wt_json_load(&root, wt_buf_span(&text), err);
  if (status == WT_OK) status = read_item(story, &pieces, json_object_get(json_object_get(root, "data"), "item"), err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_WIRE, err);
  if (status == WT_OK) status = wt_wire_finish(story, err);
  json_decref(root);
  wt_pieces_release(&pieces);
  wt_buf_release(&text);
  return status;
}
