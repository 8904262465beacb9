/*
 * ninjs 1 to 3 -> story.
 *
 * The versions differ in their names: 1 and 2 write `versioncreated`, `body_html`, `headline`; 3 writes `versionCreated` and
 * arrays of `bodies` and `headlines`, each with a role. Both are looked for, whatever version the file says it is.
 */
#include "ingest/ninjs.h"
#include "ingest/byline.h"
#include "ingest/json_load.h"
#include "ingest/markup.h"
#include "ingest/wire.h"

#include <string.h>

static bool is_own(const json_t *item) {
  return wt_span_equal(wt_json_at(item, "profile"), WT_SPAN(WT_NINJS_PROFILE));
}

/* ---- parts ---- */

/* The value of the entry with the role, or of one without a role when it is "main". */
static wt_span by_role(const json_t *array, const char *role) {
  for (size_t i = 0; i < json_array_size(array); i++) {
    const json_t *entry = json_array_get(array, i);
    wt_span said = wt_json_at(entry, "role");
    if (wt_span_equal(said, wt_span_of(role)) || (said.len == 0 && strcmp(role, "main") == 0))
      return wt_json_at(entry, "value");
  }
  return (wt_span){"", 0};
}

static wt_status read_headlines(wt_story *story, const json_t *item, wt_error *err) {
  const json_t *array = json_object_get(item, "headlines");
  wt_span main = wt_json_at(item, "headline");
  if (main.len == 0) main = by_role(array, "main");
  if (main.len == 0) main = wt_json_at(json_array_get(array, 0), "value");
  wt_status status = wt_read_set_once(story, WT_FIELD_HEADLINE, main, err);
  wt_span below = by_role(array, "subheadline");
  if (status == WT_OK && below.len > 0) status = wt_wire_set_deck(story, below, err);
  return status;
}

/* The deck of a text, the caption of a picture. */
static wt_status read_description(wt_story *story, wt_pieces *pieces, const json_t *item, bool picture, wt_error *err) {
  const json_t *array = json_object_get(item, "descriptions");
  wt_span text = wt_json_at(item, "description_text");
  wt_status status = WT_OK;
  for (size_t i = 0; i < json_array_size(array) && status == WT_OK; i++) {
    const json_t *entry = json_array_get(array, i);
    wt_span role = wt_json_at(entry, "role"), own = WT_SPAN(WT_NINJS_ROLE);
    if (wt_span_starts(role, own))
      status = wt_wire_set_named(story, wt_span_sub(role, own.len, role.len), wt_json_at(entry, "value"), err);
    else if (text.len == 0)
      text = wt_json_at(entry, "value");
  }
  if (status != WT_OK || text.len == 0) return status;
  return picture ? wt_pieces_add(pieces, WT_BLOCK_CAPTION, text, err) : wt_wire_set_deck(story, text, err);
}

static bool is_markup_type(wt_span type) {
  return wt_span_find(type, WT_SPAN("html")) < type.len;
}

/* Markup before plain text, which has lost its paragraphs more often than not. */
static wt_status read_body(wt_story *story, wt_pieces *pieces, const json_t *item, wt_error *err) {
  const json_t *bodies = json_object_get(item, "bodies");
  wt_span html = wt_json_either(item, "body_html", "body_xhtml"), text = wt_json_at(item, "body_text");
  for (size_t i = 0; i < json_array_size(bodies); i++) {
    const json_t *body = json_array_get(bodies, i);
    wt_span *into = is_markup_type(wt_json_at(body, "contentType")) || is_markup_type(wt_json_at(body, "contenttype"))
                        ? &html
                        : &text;
    if (into->len == 0) *into = wt_json_at(body, "value");
  }
  if (html.len > 0)
    return wt_markup_read_html(pieces, story, html, is_own(item) ? WT_MARKUP_HTML : WT_MARKUP_WIRE, err);
  return wt_pieces_add_text(pieces, text, err);
}

/* A picture that goes with the story: its caption, and whom it is from. */
static wt_status read_association(wt_story *story, wt_pieces *pieces, const json_t *object, wt_error *err) {
  wt_span type = wt_json_at(object, "type");
  wt_span by = wt_json_either(object, "byline", "by"), caption = wt_json_at(object, "description_text");
  if (!wt_span_equal(type, WT_SPAN("picture")) && !wt_span_equal(type, WT_SPAN("graphic")) &&
      !wt_span_equal(type, WT_SPAN("video")))
    return WT_OK;
  if (caption.len == 0) caption = wt_json_at(json_array_get(json_object_get(object, "descriptions"), 0), "value");
  wt_status status = wt_pieces_add(pieces, WT_BLOCK_CAPTION, caption, err);
  return status == WT_OK && by.len > 0 ? wt_picture_credit_add(story, by, err) : status;
}

/* An object in ninjs 1, an array in some of its users and in 2 and 3. */
static wt_status read_associations(wt_story *story, wt_pieces *pieces, json_t *associations, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < json_array_size(associations) && status == WT_OK; i++)
    status = read_association(story, pieces, json_array_get(associations, i), err);
  for (void *at = json_object_iter(associations); at != NULL && status == WT_OK;
       at = json_object_iter_next(associations, at))
    status = read_association(story, pieces, json_object_iter_value(at), err);
  return status;
}

static wt_status read_byline(wt_story *story, const json_t *item, bool picture, wt_error *err) {
  wt_span by = wt_json_either(item, "byline", "by");
  const json_t *authors = json_object_get(item, "authors");
  wt_status status = WT_OK;
  if (is_own(item)) return WT_OK;
  if (picture) return by.len > 0 ? wt_picture_credit_add(story, by, err) : WT_OK;
  if (by.len > 0) return wt_byline_add(story, by, err);
  for (size_t i = 0; i < json_array_size(authors) && status == WT_OK; i++)
    status = wt_byline_add(story, wt_json_at(json_array_get(authors, i), "name"), err);
  return status;
}

static wt_status read_credit(wt_story *story, const json_t *item, wt_error *err) {
  const json_t *sources = json_object_get(item, "infosources");
  if (!json_is_array(sources)) sources = json_object_get(item, "infosource");
  wt_span credit = wt_json_either(item, "creditline", "source");
  if (credit.len == 0) credit = wt_json_at(json_array_get(sources, 0), "name");
  return is_own(item) ? WT_OK : wt_read_set_once(story, WT_FIELD_CREDIT, credit, err);
}

static wt_status read_times(wt_story *story, const json_t *item, wt_error *err) {
  static const struct {
    const char *names[4];
    wt_story_field field;
  } times[] = {{{"firstcreated", "firstCreated", "contentcreated", "contentCreated"}, WT_FIELD_PUBLISHED},
               {{"versioncreated", "versionCreated", NULL, NULL}, WT_FIELD_MODIFIED},
               {{"embargoed", NULL, NULL, NULL}, WT_FIELD_EMBARGO}};
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof times / sizeof *times; i++)
    for (size_t n = 0; n < 4 && times[i].names[n] != NULL && status == WT_OK; n++)
      if (story->fields[times[i].field].len == 0)
        status = wt_wire_set_time(story, times[i].field, wt_json_at(item, times[i].names[n]), err);
  return status;
}

static wt_status read_identity(wt_story *story, const json_t *item, wt_error *err) {
  wt_status status =
      is_own(item) ? WT_OK : wt_read_set_once(story, WT_FIELD_EMBEDDED_ID, wt_json_either(item, "uri", "guid"), err);
  if (status == WT_OK) status = wt_json_set(story, WT_FIELD_VERSION, json_object_get(item, "version"), err);
  if (status == WT_OK) status = wt_json_set(story, WT_FIELD_URGENCY, json_object_get(item, "urgency"), err);
  if (status == WT_OK) status = wt_json_set(story, WT_FIELD_PRIORITY, json_object_get(item, "priority"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_json_at(item, "language"), err);
  if (status == WT_OK && wt_json_at(item, "slugline").len > 0)
    status = is_own(item) ? wt_story_set(story, WT_FIELD_SLUG, wt_json_at(item, "slugline"), err)
                          : wt_wire_set_slug(story, wt_json_at(item, "slugline"), err);
  if (status == WT_OK && !is_own(item)) status = wt_wire_set_dateline(story, wt_json_at(item, "located"), err);
  if (status == WT_OK && !is_own(item)) status = wt_wire_add_note(story, wt_json_either(item, "ednote", "edNote"), err);
  return status;
}

static wt_status read_item(wt_story *story, wt_pieces *pieces, const json_t *item, wt_error *err) {
  wt_span type = wt_json_at(item, "type");
  bool picture = wt_span_equal(type, WT_SPAN("picture")) || wt_span_equal(type, WT_SPAN("graphic")) ||
                 wt_span_equal(type, WT_SPAN("video")) || wt_span_equal(type, WT_SPAN("audio"));
  wt_wire_set_status(story, wt_json_either(item, "pubstatus", "pubStatus"));
  wt_status status = read_identity(story, item, err);
  if (status == WT_OK) status = read_headlines(story, item, err);
  if (status == WT_OK) status = read_description(story, pieces, item, picture, err);
  if (status == WT_OK) status = read_byline(story, item, picture, err);
  if (status == WT_OK) status = read_credit(story, item, err);
  if (status == WT_OK) status = read_times(story, item, err);
  if (status == WT_OK) status = read_body(story, pieces, item, err);
  return status == WT_OK ? read_associations(story, pieces, json_object_get(item, "associations"), err) : status;
}

/* Answers of a search carry their items in a list. */
static const json_t *first_item(const json_t *root) {
  static const char *const lists[] = {"item", "items", "_items"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    const json_t *list = json_object_get(root, lists[i]);
    if (json_is_array(list) && json_array_size(list) > 0 && json_object_get(root, "uri") == NULL)
      return json_array_get(list, 0);
  }
  return root;
}

static wt_status read_root(wt_story *story, const json_t *root, wt_error *err) {
  wt_pieces pieces = {.items = NULL};
  const json_t *item = first_item(root);
  wt_status status = read_item(story, &pieces, item, err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, is_own(item) ? WT_COPY_EXACT : WT_COPY_WIRE, err);
  if (status == WT_OK && !is_own(item)) status = wt_wire_finish(story, err);
  wt_pieces_release(&pieces);
  return status;
}

wt_status wt_ninjs_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_buf text = {0};
  json_t *root = NULL;
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  if (status == WT_OK) status = wt_json_load(&root, wt_buf_span(&text), err);
  if (status == WT_OK) status = read_root(story, root, err);
  json_decref(root);
  wt_buf_release(&text);
  return status;
}
