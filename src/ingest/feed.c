/* A feed of one item -> story: RSS, Atom, JSON Feed. */
#include "ingest/feed.h"
#include "ingest/byline.h"
#include "ingest/json_load.h"
#include "ingest/markup.h"
#include "ingest/wire.h"

#include <string.h>

/* ---- values ---- */

/* The trimmed text of the first of several elements that has one. */
static void first_text(wt_buf *out, const xmlNode *item, const char *const *names, size_t count) {
  for (size_t i = 0; i < count && wt_span_trim(wt_buf_span(out)).len == 0; i++) {
    wt_buf_clear(out);
    wt_xml_text(out, wt_xml_find(item, names[i]));
  }
}

typedef wt_status (*taker)(wt_story *story, wt_span text, wt_error *err);

static wt_status take_first(wt_story *story, const xmlNode *item, const char *const *names, size_t count, taker take,
                            wt_error *err) {
  wt_buf text = {0};
  first_text(&text, item, names, count);
  wt_status status = wt_buf_status(&text, "feed", err);
  wt_span value = wt_span_trim(wt_buf_span(&text));
  if (status == WT_OK && value.len > 0) status = take(story, value, err);
  wt_buf_release(&text);
  return status;
}

#define TAKE_FIRST(story, item, names, take, err)                                                                      \
  take_first(story, item, names, sizeof names / sizeof *names, take, err)

static wt_status set_published(wt_story *story, wt_span text, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_PUBLISHED, text, err);
}

static wt_status set_modified(wt_story *story, wt_span text, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_MODIFIED, text, err);
}

static wt_status set_id(wt_story *story, wt_span text, wt_error *err) {
  return wt_story_set(story, WT_FIELD_EMBEDDED_ID, text, err);
}

static wt_status set_language(wt_story *story, wt_span text, wt_error *err) {
  return wt_read_set_language(story, text, err);
}

static bool is_web_url(wt_span url) {
  return wt_span_starts(url, WT_SPAN("http://")) || wt_span_starts(url, WT_SPAN("https://"));
}

static wt_status set_url(wt_story *story, wt_span url, wt_error *err) {
  return is_web_url(url) ? wt_read_set_once(story, WT_FIELD_URL, url, err) : WT_OK;
}

/* A title may hold escaped markup: "Caf&eacute; <b>shut</b>" is read as its text. */
static wt_status set_headline(wt_story *story, wt_span text, wt_error *err) {
  xmlDoc *document = NULL;
  wt_buf plain = {0};
  if (!wt_span_has(text, '<') && !wt_span_has(text, '&')) return wt_read_set_once(story, WT_FIELD_HEADLINE, text, err);
  wt_status status = wt_xml_parse_html(&document, text, err);
  if (status == WT_OK && document != NULL) wt_xml_text(&plain, xmlDocGetRootElement(document));
  if (status == WT_OK) status = wt_buf_status(&plain, "title", err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_HEADLINE, wt_span_trim(wt_buf_span(&plain)), err);
  if (document != NULL) xmlFreeDoc(document);
  wt_buf_release(&plain);
  return status;
}

/* ---- the text ---- */

/* Many feeds give no more than the first lines, and say so by how they end. */
static void note_cut(wt_story *story, wt_span text) {
  static const char *const ends[] = {"...",        "\xe2\x80\xa6", "[...]",           "[\xe2\x80\xa6]",
                                     "[&hellip;]", "Read more",    "Continue reading"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (wt_span_ends(text, wt_span_of(ends[i]))) story->state = WT_CAPTURE_CUT;
}

static wt_status add_text(wt_story *story, wt_pieces *pieces, wt_span text, wt_error *err) {
  bool markup = wt_span_has(text, '<') || wt_span_has(text, '&');
  return markup ? wt_markup_read_html(pieces, story, text, WT_MARKUP_HTML, err) : wt_pieces_add_text(pieces, text, err);
}

/* With the text in full a description is a deck; alone it is what there is of the text. */
static wt_status read_text(wt_story *story, wt_pieces *pieces, wt_span full, wt_span summary, wt_error *err) {
  wt_status status = WT_OK;
  if (full.len > 0 && summary.len > 0 && !wt_span_has(summary, '<')) status = wt_wire_set_deck(story, summary, err);
  wt_span text = full.len > 0 ? full : summary;
  if (status == WT_OK && text.len > 0) status = add_text(story, pieces, text, err);
  if (pieces->count > 0) note_cut(story, pieces->items[pieces->count - 1].text);
  return status;
}

/* ---- XML ---- */

/* Atom's content in XHTML is markup as it stands; all else is text that may be markup. */
static wt_status read_content(wt_story *story, wt_pieces *pieces, const xmlNode *item, wt_error *err) {
  static const char *const fulls[] = {"encoded", "content"}, *const summaries[] = {"description", "summary"};
  const xmlNode *content = wt_xml_find(item, "content");
  if (wt_span_equal(wt_xml_attribute(content, "type"), WT_SPAN("xhtml")))
    return wt_markup_read(pieces, story, content, WT_MARKUP_HTML, err);
  wt_buf full = {0}, summary = {0};
  first_text(&full, item, fulls, 2);
  first_text(&summary, item, summaries, 2);
  wt_status status = wt_buf_status(&full, "feed", err);
  if (status == WT_OK) status = wt_buf_status(&summary, "feed", err);
  if (status == WT_OK)
    status = read_text(story, pieces, wt_span_trim(wt_buf_span(&full)), wt_span_trim(wt_buf_span(&summary)), err);
  wt_buf_release(&full);
  wt_buf_release(&summary);
  return status;
}

/* Atom's <link rel="alternate" href>, RSS' <link>text</link>. */
static wt_status read_links(wt_story *story, const xmlNode *item, wt_error *err) {
  static const char *const links[] = {"origLink", "link"};
  wt_status status = WT_OK;
  for (const xmlNode *n = wt_xml_find(item, "link"); n != NULL && status == WT_OK; n = wt_xml_again(n)) {
    wt_span rel = wt_xml_attribute(n, "rel");
    if (rel.len == 0 || wt_span_equal(rel, WT_SPAN("alternate")))
      status = set_url(story, wt_xml_attribute(n, "href"), err);
  }
  return status == WT_OK ? TAKE_FIRST(story, item, links, set_url, err) : status;
}

static wt_status read_authors(wt_story *story, const xmlNode *item, wt_error *err) {
  static const char *const names[] = {"creator", "author"};
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    for (const xmlNode *n = wt_xml_find(item, names[i]); n != NULL && status == WT_OK; n = wt_xml_again(n)) {
      const xmlNode *name = wt_xml_find(n, "name");
      wt_buf text = {0};
      wt_xml_text(&text, name != NULL ? name : n);
      status = wt_buf_status(&text, "author", err);
      if (status == WT_OK) status = wt_byline_add(story, wt_buf_span(&text), err);
      wt_buf_release(&text);
    }
  return status;
}

/* Media RSS: a picture's credit. */
static wt_status read_media(wt_story *story, const xmlNode *item, wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, wt_xml_seek(item, "credit"));
  wt_status status = wt_buf_status(&text, "credit", err);
  if (status == WT_OK) status = wt_picture_credit_add(story, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static wt_status read_xml_item(wt_story *story, wt_pieces *pieces, const xmlNode *root, const xmlNode *item,
                               wt_error *err) {
  static const char *const titles[] = {"title"}, *const ids[] = {"guid", "id"};
  static const char *const dates[] = {"pubDate", "published", "issued", "date"}, *const updates[] = {"updated",
                                                                                                     "modified"};
  static const char *const languages[] = {"channel/language", "language"};
  wt_status status = TAKE_FIRST(story, item, titles, set_headline, err);
  if (status == WT_OK) status = TAKE_FIRST(story, item, ids, set_id, err);
  if (status == WT_OK) status = read_links(story, item, err);
  if (status == WT_OK) status = TAKE_FIRST(story, item, dates, set_published, err);
  if (status == WT_OK) status = TAKE_FIRST(story, item, updates, set_modified, err);
  if (status == WT_OK) status = set_language(story, wt_xml_attribute(item, "lang"), err);
  if (status == WT_OK) status = set_language(story, wt_xml_attribute(root, "lang"), err);
  if (status == WT_OK) status = TAKE_FIRST(story, root, languages, set_language, err);
  if (status == WT_OK) status = read_authors(story, item, err);
  if (status == WT_OK) status = read_media(story, item, err);
  return status == WT_OK ? read_content(story, pieces, item, err) : status;
}

/* The one item; *many when there are more. */
static const xmlNode *only_item(const xmlNode *root, bool *many) {
  static const char *const paths[] = {"channel/item", "item", "entry"};
  const xmlNode *item = wt_xml_is(root, "entry") ? root : NULL;
  for (size_t i = 0; i < sizeof paths / sizeof *paths && item == NULL; i++) item = wt_xml_find(root, paths[i]);
  *many = item != NULL && item != root && wt_xml_again(item) != NULL;
  return item;
}

static wt_status read_xml(wt_story *story, wt_pieces *pieces, const xmlNode *root, wt_error *err) {
  bool many;
  const xmlNode *item = only_item(root, &many);
  if (item == NULL) return wt_fail(err, WT_EFORMAT, NULL, 0, "a feed without items");
  if (many) return wt_fail(err, WT_EREFUSED, NULL, 0, "a feed of many stories, not one");
  return read_xml_item(story, pieces, root, item, err);
}

/* ---- JSON Feed ---- */

static wt_status read_json_authors(wt_story *story, const json_t *item, const json_t *feed, wt_error *err) {
  const json_t *authors = json_object_get(item, "authors");
  wt_status status = WT_OK;
  if (json_array_size(authors) == 0) authors = json_object_get(feed, "authors");
  for (size_t i = 0; i < json_array_size(authors) && status == WT_OK; i++)
    status = wt_byline_add(story, wt_json_at(json_array_get(authors, i), "name"), err);
  return status == WT_OK ? wt_byline_add(story, wt_json_at(json_object_get(item, "author"), "name"), err) : status;
}

static wt_status read_json_item(wt_story *story, wt_pieces *pieces, const json_t *feed, const json_t *item,
                                wt_error *err) {
  wt_span html = wt_json_at(item, "content_html"), full = html.len > 0 ? html : wt_json_at(item, "content_text");
  wt_span url = wt_json_at(item, "external_url");
  wt_status status = set_headline(story, wt_json_at(item, "title"), err);
  if (status == WT_OK) status = wt_json_set(story, WT_FIELD_EMBEDDED_ID, json_object_get(item, "id"), err);
  if (status == WT_OK) status = set_url(story, wt_json_at(item, "url"), err);
  if (status == WT_OK) status = set_url(story, url, err);
  if (status == WT_OK) status = set_published(story, wt_json_at(item, "date_published"), err);
  if (status == WT_OK) status = set_modified(story, wt_json_at(item, "date_modified"), err);
  if (status == WT_OK) status = set_language(story, wt_json_at(item, "language"), err);
  if (status == WT_OK) status = set_language(story, wt_json_at(feed, "language"), err);
  if (status == WT_OK) status = read_json_authors(story, item, feed, err);
  return status == WT_OK ? read_text(story, pieces, full, wt_json_at(item, "summary"), err) : status;
}

static wt_status read_json(wt_story *story, wt_span text, wt_error *err) {
  wt_pieces pieces = {.items = NULL};
  json_t *feed = NULL;
  wt_status status = wt_json_load(&feed, text, err);
  const json_t *items = json_object_get(feed, "items");
  if (status == WT_OK && json_array_size(items) != 1)
    status = wt_fail(err, WT_EREFUSED, NULL, 0, "a feed of %zu stories, not one", json_array_size(items));
  if (status == WT_OK) status = read_json_item(story, &pieces, feed, json_array_get(items, 0), err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_WIRE, err);
  if (status == WT_OK) status = wt_wire_finish(story, err);
  json_decref(feed);
  wt_pieces_release(&pieces);
  return status;
}

wt_status wt_feed_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_buf text = {0};
  if (wt_span_trim(bytes).data[0] == '<' || bytes.data[0] == '\xef')
    return wt_wire_read_xml(story, bytes, source, read_xml, err);
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  if (status == WT_OK) status = read_json(story, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}
