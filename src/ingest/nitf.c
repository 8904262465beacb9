/* NITF (IPTC News Industry Text Format, 3.0 to 3.6) -> story. */
#include "ingest/byline.h"
#include "ingest/markup.h"
#include "ingest/wire.h"

#include <string.h>

/* ---- head ---- */

/* <meta name="anpa-keyword" content="..."/> and its like, which agencies put ANPA's header into. */
static wt_status read_meta(wt_story *story, const xmlNode *head, wt_error *err) {
  static const struct {
    const char *name;
    wt_story_field field;
  } metas[] = {{"anpa-keyword", WT_FIELD_SLUG}, {"anpa-takekey", WT_FIELD_TAKE}, {"anpa-version", WT_FIELD_VERSION}};
  wt_status status = WT_OK;
  for (const xmlNode *m = wt_xml_find(head, "meta"); m != NULL && status == WT_OK; m = wt_xml_again(m))
    for (size_t i = 0; i < sizeof metas / sizeof *metas && status == WT_OK; i++)
      if (wt_span_equal(wt_xml_attribute(m, "name"), wt_span_of(metas[i].name)))
        status = wt_read_set_once(story, metas[i].field, wt_span_trim(wt_xml_attribute(m, "content")), err);
  return status;
}

/* A release that lies after the issue is an embargo. */
static wt_status read_dates(wt_story *story, const xmlNode *docdata, wt_error *err) {
  wt_span issue = wt_xml_attribute(wt_xml_find(docdata, "date.issue"), "norm");
  wt_span release = wt_xml_attribute(wt_xml_find(docdata, "date.release"), "norm");
  wt_time issued, released;
  wt_status status = wt_wire_set_time(story, WT_FIELD_PUBLISHED, issue, err);
  if (status == WT_OK && wt_time_parse(&released, release) && wt_time_parse(&issued, issue) &&
      released.instant > issued.instant)
    status = wt_wire_set_time(story, WT_FIELD_EMBARGO, release, err);
  return status;
}

static wt_status read_notes(wt_story *story, const xmlNode *head, const xmlNode *docdata, wt_error *err) {
  wt_status status = WT_OK;
  for (const xmlNode *m = wt_xml_find(docdata, "ed-msg"); m != NULL && status == WT_OK; m = wt_xml_again(m))
    status = wt_wire_add_note(story, wt_xml_attribute(m, "info"), err);
  for (const xmlNode *m = wt_xml_find(head, "revision-history"); m != NULL && status == WT_OK; m = wt_xml_again(m))
    status = wt_wire_add_note(story, wt_xml_attribute(m, "comment"), err);
  return status;
}

static wt_status read_docdata(wt_story *story, const xmlNode *docdata, wt_error *err) {
  const xmlNode *key = wt_xml_find(docdata, "du-key");
  wt_status status =
      wt_read_set_once(story, WT_FIELD_EMBEDDED_ID, wt_xml_attribute(wt_xml_find(docdata, "doc-id"), "id-string"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_SLUG, wt_xml_attribute(key, "key"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_VERSION, wt_xml_attribute(key, "version"), err);
  if (status == WT_OK) status = read_dates(story, docdata, err);
  wt_wire_set_status(story, wt_xml_attribute(docdata, "management-status"));
  if (wt_span_equal(wt_xml_attribute(docdata, "management-status"), WT_SPAN("embargoed")) &&
      story->fields[WT_FIELD_EMBARGO].len == 0)
    story->status = WT_STATUS_WITHHELD; /* until when, it does not say */
  return status;
}

static wt_status read_head(wt_story *story, const xmlNode *head, wt_error *err) {
  const xmlNode *docdata = wt_xml_find(head, "docdata");
  wt_status status = head == NULL ? WT_OK : read_meta(story, head, err);
  if (status == WT_OK && docdata != NULL) status = read_docdata(story, docdata, err);
  if (status == WT_OK && head != NULL)
    status = wt_read_set_once(story, WT_FIELD_URGENCY, wt_xml_attribute(wt_xml_seek(head, "urgency"), "ed-urg"), err);
  return status == WT_OK ? read_notes(story, head, docdata, err) : status;
}

/* ---- head of the body ---- */

/* The text of a byline without its title: "By BERNARD CONDON<byttl>AP Business Writer</byttl>". */
static wt_status read_byline(wt_story *story, const xmlNode *byline, wt_error *err) {
  wt_buf names = {0}, title = {0};
  char scratch[8];
  for (const xmlNode *at = byline; at != NULL;) {
    bool is_title = wt_xml_is(at, "byttl");
    if (is_title) wt_xml_text(&title, at);
    wt_buf_put_span(&names, wt_xml_node_text(at, scratch));
    if (wt_xml_is(at, "person")) wt_buf_put_text(&names, names.len > 4 ? ", " : " ");
    at = wt_xml_next(byline, at, is_title);
  }
  wt_status status = wt_buf_status(&names, "byline", err);
  wt_span written = wt_span_trim(wt_buf_span(&title));
  if (status == WT_OK) status = wt_byline_add(story, wt_buf_span(&names), err);
  if (status == WT_OK && wt_byline_is_agency(written))
    status = wt_read_set_once(story, WT_FIELD_CREDIT, written, err);
  else if (status == WT_OK && written.len > 0)
    status = wt_story_drop(story, written, "byline-title", err);
  wt_buf_release(&names);
  wt_buf_release(&title);
  return status;
}

/* Parts of a place, each in an element of its own, with or without commas between them. */
static wt_status read_dateline(wt_story *story, const xmlNode *dateline, wt_error *err) {
  wt_buf place = {0};
  char scratch[8];
  for (const xmlNode *at = dateline; at != NULL; at = wt_xml_next(dateline, at, false)) {
    wt_span part = wt_span_trim(wt_xml_node_text(at, scratch));
    while (part.len > 0 && part.data[part.len - 1] == ',') part.len--;
    if (part.len == 0 || part.data[0] == ',') continue;
    wt_buf_put_text(&place, place.len > 0 ? ", " : "");
    wt_buf_put_span(&place, part);
  }
  wt_status status = wt_buf_status(&place, "dateline", err);
  if (status == WT_OK) status = wt_wire_set_dateline(story, wt_buf_span(&place), err);
  wt_buf_release(&place);
  return status;
}

static wt_status read_deck(wt_story *story, const xmlNode *node, const char *otherwise, wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, node);
  wt_span deck = wt_span_trim(wt_buf_span(&text));
  wt_status status = wt_buf_status(&text, "deck", err);
  if (status == WT_OK && deck.len > 0 && story->fields[WT_FIELD_DECK].len > 0)
    status = wt_story_drop(story, deck, otherwise, err);
  else if (status == WT_OK && deck.len > 0)
    status = wt_wire_set_deck(story, deck, err);
  wt_buf_release(&text);
  return status;
}

static wt_status read_body_head(wt_story *story, wt_pieces *pieces, const xmlNode *head, wt_error *err) {
  wt_status status = wt_wire_set_text(story, WT_FIELD_HEADLINE, wt_xml_find(head, "hedline/hl1"), err);
  for (const xmlNode *n = wt_xml_find(head, "hedline/hl2"); n != NULL && status == WT_OK; n = wt_xml_again(n))
    status = read_deck(story, n, "second-deck", err);
  for (const xmlNode *n = wt_xml_find(head, "note"); n != NULL && status == WT_OK; n = wt_xml_again(n))
    status = wt_markup_read(pieces, story, n, WT_MARKUP_HTML, err);
  for (const xmlNode *n = wt_xml_find(head, "byline"); n != NULL && status == WT_OK; n = wt_xml_again(n))
    status = read_byline(story, n, err);
  if (status == WT_OK) status = wt_wire_set_text(story, WT_FIELD_CREDIT, wt_xml_find(head, "distributor"), err);
  if (status == WT_OK) status = read_dateline(story, wt_xml_find(head, "dateline"), err);
  if (status == WT_OK) status = read_deck(story, wt_xml_find(head, "abstract"), "summary", err);
  return status;
}

/* A title that is not the headline is the file's name for the story: its slug, where nothing else is. */
static wt_status read_title(wt_story *story, const xmlNode *title, wt_error *err) {
  bool same = false;
  wt_buf text = {0};
  wt_xml_text(&text, title);
  wt_status status = wt_buf_status(&text, "title", err);
  wt_span words = wt_span_trim(wt_buf_span(&text));
  if (status == WT_OK && story->fields[WT_FIELD_HEADLINE].len == 0)
    status = wt_read_set_once(story, WT_FIELD_HEADLINE, words, err);
  else if (status == WT_OK)
    status = wt_read_same(&same, words, story->fields[WT_FIELD_HEADLINE], err);
  if (status == WT_OK && !same && story->fields[WT_FIELD_HEADLINE].len > 0 &&
      !wt_span_equal(words, story->fields[WT_FIELD_HEADLINE]))
    status = wt_read_set_once(story, WT_FIELD_SLUG, words, err);
  wt_buf_release(&text);
  return status;
}

wt_status wt_nitf_element(wt_story *story, wt_pieces *pieces, const xmlNode *nitf, wt_error *err) {
  const xmlNode *body = wt_xml_find(nitf, "body"), *content = wt_xml_find(body, "body.content");
  const xmlNode *end = wt_xml_find(body, "body.end");
  wt_status status = read_head(story, wt_xml_find(nitf, "head"), err);
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_xml_attribute(nitf, "lang"), err);
  if (status == WT_OK) status = read_body_head(story, pieces, wt_xml_find(body, "body.head"), err);
  if (status == WT_OK) status = read_title(story, wt_xml_find(nitf, "head/title"), err);
  if (status == WT_OK && content != NULL) status = wt_markup_read(pieces, story, content, WT_MARKUP_WIRE, err);
  if (status == WT_OK && end != NULL) status = wt_markup_read(pieces, story, end, WT_MARKUP_WIRE, err);
  return status;
}

wt_status wt_nitf_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  return wt_wire_read_xml(story, bytes, source, wt_nitf_element, err);
}
