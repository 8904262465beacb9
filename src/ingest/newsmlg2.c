/*
 * NewsML-G2 (IPTC, 2.x) -> story: the first newsItem, by itself or in a newsMessage.
 *
 * A picture's description is a caption, and who took it a picture credit. A package only names other items: it is refused.
 */
#include "ingest/byline.h"
#include "ingest/markup.h"
#include "ingest/wire.h"

#include <string.h>

/* Calls take with the trimmed text of an element, when there is any. */
static wt_status with_text(wt_story *story, const xmlNode *node, wt_status (*take)(wt_story *, wt_span, wt_error *),
                           wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, node);
  wt_status status = wt_buf_status(&text, "text", err);
  wt_span value = wt_span_trim(wt_buf_span(&text));
  if (status == WT_OK && value.len > 0) status = take(story, value, err);
  wt_buf_release(&text);
  return status;
}

static wt_status set_published(wt_story *story, wt_span text, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_PUBLISHED, text, err);
}

static wt_status set_modified(wt_story *story, wt_span text, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_MODIFIED, text, err);
}

static wt_status set_embargo(wt_story *story, wt_span text, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_EMBARGO, text, err);
}

/* ---- about the item ---- */

/* Signals: the IPTC's own words, and Reuters' letter for what became of the story (C corrected, D deleted). */
static void read_signals(wt_story *story, const xmlNode *meta) {
  for (const xmlNode *n = wt_xml_find(meta, "signal"); n != NULL; n = wt_xml_again(n)) {
    wt_span code = wt_xml_attribute(n, "qcode");
    if (story->status != WT_STATUS_USABLE) return;
    if (wt_span_equal(code, WT_SPAN("sig:correction")) || wt_span_equal(code, WT_SPAN("edStat:C")))
      story->status = WT_STATUS_CORRECTED;
  }
}

/* Contacts and routing are for the desk, not for the reader, and no note on the story. */
static bool is_note(const xmlNode *note) {
  static const char *const others[] = {"closingline", "dpacontacts", "notepad", "picture"};
  wt_span role = wt_xml_attribute(note, "role");
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (wt_span_ends(role, wt_span_of(others[i]))) return false;
  return true;
}

static wt_status drop_note(wt_story *story, wt_span text, wt_error *err) {
  return wt_story_drop(story, text, "not-for-publication", err);
}

static wt_status read_notes(wt_story *story, const xmlNode *meta, wt_error *err) {
  static const char *const names[] = {"edNote", "ednote"};
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    for (const xmlNode *n = wt_xml_find(meta, names[i]); n != NULL && status == WT_OK; n = wt_xml_again(n))
      status = with_text(story, n, is_note(n) ? wt_wire_add_note : drop_note, err);
  return status;
}

static wt_status read_item_meta(wt_story *story, const xmlNode *item, wt_error *err) {
  const xmlNode *meta = wt_xml_find(item, "itemMeta");
  wt_status status = wt_read_set_once(story, WT_FIELD_EMBEDDED_ID, wt_xml_attribute(item, "guid"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_VERSION, wt_xml_attribute(item, "version"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_xml_attribute(item, "lang"), err);
  if (status == WT_OK) status = with_text(story, wt_xml_find(meta, "firstCreated"), set_published, err);
  if (status == WT_OK) status = with_text(story, wt_xml_find(meta, "versionCreated"), set_modified, err);
  /* a first version need not say when it was first created */
  if (status == WT_OK && wt_span_equal(story->fields[WT_FIELD_VERSION], WT_SPAN("1")))
    status = wt_read_set_once(story, WT_FIELD_PUBLISHED, story->fields[WT_FIELD_MODIFIED], err);
  if (status == WT_OK) status = with_text(story, wt_xml_find(meta, "embargoed"), set_embargo, err);
  wt_wire_set_status(story, wt_xml_attribute(wt_xml_find(meta, "pubStatus"), "qcode"));
  read_signals(story, meta);
  return status == WT_OK ? read_notes(story, meta, err) : status;
}

/* ---- about the content ---- */

static wt_status read_headlines(wt_story *story, const xmlNode *meta, wt_error *err) {
  wt_status status = WT_OK;
  for (const xmlNode *n = wt_xml_find(meta, "headline"); n != NULL && status == WT_OK; n = wt_xml_again(n)) {
    wt_span role = wt_xml_attribute(n, "role");
    bool below = wt_span_ends(role, WT_SPAN("subHeadline")) || wt_span_ends(role, WT_SPAN("subheadline"));
    status = below || story->fields[WT_FIELD_HEADLINE].len > 0 ? with_text(story, n, wt_wire_set_deck, err)
                                                               : wt_wire_set_text(story, WT_FIELD_HEADLINE, n, err);
  }
  return status;
}

/* <by> is the line as it is to be printed. A <creator> is one only without it, and only when it has a person's full name. */
static wt_status read_by(wt_story *story, const xmlNode *meta, bool picture, wt_error *err) {
  const xmlNode *by = wt_xml_find(meta, "by");
  wt_status status = WT_OK;
  if (picture) {
    wt_buf name = {0};
    wt_xml_text(&name, by);
    status = wt_buf_status(&name, "by", err);
    if (status == WT_OK && wt_span_trim(wt_buf_span(&name)).len > 0)
      status = wt_picture_credit_add(story, wt_buf_span(&name), err);
    wt_buf_release(&name);
    return status;
  }
  if (by != NULL) return with_text(story, by, wt_byline_add, err);
  for (const xmlNode *n = wt_xml_find(meta, "creator"); n != NULL && status == WT_OK; n = wt_xml_again(n)) {
    wt_buf name = {0};
    wt_xml_text(&name, wt_xml_find(n, "name"));
    status = wt_buf_status(&name, "creator", err);
    if (status == WT_OK && wt_line_words(wt_buf_span(&name)) >= 2)
      status = wt_byline_add(story, wt_buf_span(&name), err);
    wt_buf_release(&name);
  }
  return status;
}

/* "STT-" without who comes after the dash. */
static wt_status set_credit(wt_story *story, wt_span text, wt_error *err) {
  if (wt_span_ends(text, WT_SPAN("\xe2\x80\x93"))) text.len -= 3;
  while (text.len > 0 && text.data[text.len - 1] == '-') text.len--;
  return wt_read_set_once(story, WT_FIELD_CREDIT, text, err);
}

/* A description is a picture's caption or a text's summary; a text's "caption" repeats slug and headline. */
static wt_status read_descriptions(wt_story *story, wt_pieces *pieces, const xmlNode *meta, bool picture,
                                   wt_error *err) {
  wt_status status = WT_OK;
  for (const xmlNode *n = wt_xml_find(meta, "description"); n != NULL && status == WT_OK; n = wt_xml_again(n)) {
    wt_buf text = {0};
    wt_xml_text(&text, n);
    status = wt_buf_status(&text, "description", err);
    bool caption = wt_span_ends(wt_xml_attribute(n, "role"), WT_SPAN("caption"));
    if (status == WT_OK && picture)
      status = wt_pieces_add(pieces, WT_BLOCK_CAPTION, wt_buf_span(&text), err);
    else if (status == WT_OK && caption)
      status = wt_pieces_drop(pieces, wt_buf_span(&text), "duplicate-headline", err);
    else if (status == WT_OK)
      status = wt_wire_set_deck(story, wt_span_trim(wt_buf_span(&text)), err);
    wt_buf_release(&text);
  }
  return status;
}

static wt_status read_content_meta(wt_story *story, wt_pieces *pieces, const xmlNode *item, bool picture,
                                   wt_error *err) {
  const xmlNode *meta = wt_xml_find(item, "contentMeta");
  wt_status status = read_headlines(story, meta, err);
  if (status == WT_OK) status = with_text(story, wt_xml_find(meta, "slugline"), wt_wire_set_slug, err);
  if (status == WT_OK) status = read_by(story, meta, picture, err);
  if (status == WT_OK) status = with_text(story, wt_xml_find(meta, "dateline"), wt_wire_set_dateline, err);
  if (status == WT_OK) status = with_text(story, wt_xml_find(meta, "creditline"), set_credit, err);
  if (status == WT_OK) status = wt_wire_set_text(story, WT_FIELD_URGENCY, wt_xml_find(meta, "urgency"), err);
  if (status == WT_OK && wt_xml_find(meta, "language") != NULL)
    status = wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_xml_attribute(wt_xml_find(meta, "language"), "tag"), err);
  return status == WT_OK ? read_descriptions(story, pieces, meta, picture, err) : status;
}

/* ---- the content ---- */

/* Character data that may be markup in disguise. */
static wt_status read_data(wt_story *story, wt_pieces *pieces, const xmlNode *data, wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, data);
  wt_status status = wt_buf_status(&text, "inlineData", err);
  wt_span span = wt_span_trim(wt_buf_span(&text));
  bool markup = wt_span_starts(span, WT_SPAN("<")) && wt_span_ends(span, WT_SPAN(">"));
  if (status == WT_OK)
    status =
        markup ? wt_markup_read_html(pieces, story, span, WT_MARKUP_WIRE, err) : wt_pieces_add_text(pieces, span, err);
  wt_buf_release(&text);
  return status;
}

static wt_status read_content(wt_story *story, wt_pieces *pieces, const xmlNode *item, wt_error *err) {
  const xmlNode *set = wt_xml_find(item, "contentSet");
  const xmlNode *xml = wt_xml_find(set, "inlineXML");
  const xmlNode *data = wt_xml_find(set, "inlineData");
  const xmlNode *nitf = wt_xml_find(xml, "nitf"), *html = wt_xml_find(xml, "html");
  if (nitf != NULL) return wt_nitf_element(story, pieces, nitf, err);
  if (html != NULL || xml != NULL) return wt_markup_read(pieces, story, html != NULL ? html : xml, WT_MARKUP_WIRE, err);
  return data != NULL ? read_data(story, pieces, data, err) : WT_OK;
}

static bool is_picture(const xmlNode *item) {
  wt_span class = wt_xml_attribute(wt_xml_find(item, "itemMeta/itemClass"), "qcode");
  return wt_span_ends(class, WT_SPAN(":picture")) || wt_span_ends(class, WT_SPAN(":graphic")) ||
         wt_span_ends(class, WT_SPAN(":video")) || wt_span_ends(class, WT_SPAN(":audio"));
}

static wt_status read_root(wt_story *story, wt_pieces *pieces, const xmlNode *root, wt_error *err) {
  const xmlNode *item = wt_xml_is(root, "newsItem") ? root : wt_xml_find(root, "itemSet/newsItem");
  if (item == NULL && (wt_xml_is(root, "packageItem") || wt_xml_find(root, "itemSet/packageItem") != NULL))
    return wt_fail(err, WT_EREFUSED, NULL, 0, "a package that only names other items, and holds no story of its own");
  if (item == NULL) return wt_fail(err, WT_EFORMAT, NULL, 0, "NewsML-G2 without a newsItem");
  bool picture = is_picture(item);
  wt_status status = read_item_meta(story, item, err);
  if (status == WT_OK) status = read_content_meta(story, pieces, item, picture, err);
  if (status == WT_OK) status = wt_wire_set_text(story, WT_FIELD_PRIORITY, wt_xml_find(root, "header/priority"), err);
  return status == WT_OK ? read_content(story, pieces, item, err) : status;
}

wt_status wt_newsmlg2_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  return wt_wire_read_xml(story, bytes, source, read_root, err);
}
