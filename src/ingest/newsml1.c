/* NewsML 1.0 to 1.2 -> story: the first NewsItem, its lines, and its first text. */
#include "ingest/byline.h"
#include "ingest/markup.h"
#include "ingest/wire.h"

/* Status, Urgency and the like say their word in an attribute. */
static wt_span formal_name(const xmlNode *parent, const char *path) {
  return wt_xml_attribute(wt_xml_find(parent, path), "FormalName");
}

static wt_status read_identification(wt_story *story, const xmlNode *item, wt_error *err) {
  const xmlNode *id = wt_xml_find(item, "Identification/NewsIdentifier");
  wt_buf guid = {0};
  wt_status status;
  /* the public identifier ends in the revision: the story is what stands before it */
  wt_buf_put_text(&guid, "urn:newsml:");
  wt_xml_text(&guid, wt_xml_find(id, "ProviderId"));
  wt_buf_put_char(&guid, ':');
  wt_xml_text(&guid, wt_xml_find(id, "DateId"));
  wt_buf_put_char(&guid, ':');
  wt_xml_text(&guid, wt_xml_find(id, "NewsItemId"));
  status = wt_buf_status(&guid, "NewsIdentifier", err);
  if (status == WT_OK && wt_xml_find(id, "NewsItemId") != NULL)
    status = wt_story_set(story, WT_FIELD_EMBEDDED_ID, wt_buf_span(&guid), err);
  wt_buf_release(&guid);
  return status == WT_OK ? wt_wire_set_text(story, WT_FIELD_VERSION, wt_xml_find(id, "RevisionId"), err) : status;
}

static wt_status set_time_of(wt_story *story, wt_story_field field, const xmlNode *node, wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, node);
  wt_status status = wt_buf_status(&text, "time", err);
  if (status == WT_OK) status = wt_wire_set_time(story, field, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static wt_status read_management(wt_story *story, const xmlNode *item, wt_error *err) {
  const xmlNode *management = wt_xml_find(item, "NewsManagement");
  wt_status status = set_time_of(story, WT_FIELD_PUBLISHED, wt_xml_find(management, "FirstCreated"), err);
  if (status == WT_OK)
    status = set_time_of(story, WT_FIELD_MODIFIED, wt_xml_find(management, "ThisRevisionCreated"), err);
  wt_wire_set_status(story, formal_name(management, "Status"));
  if (wt_span_equal_ascii_case(formal_name(management, "Status"), WT_SPAN("Embargoed")))
    status = status == WT_OK
                 ? set_time_of(story, WT_FIELD_EMBARGO, wt_xml_find(management, "StatusWillChange/DateAndTime"), err)
                 : status;
  if (status == WT_OK) status = wt_read_set_once(story, WT_FIELD_URGENCY, formal_name(management, "Urgency"), err);
  return status;
}

static wt_status read_note_lines(wt_story *story, const xmlNode *lines, const char *name, wt_error *err) {
  wt_status status = WT_OK;
  for (const xmlNode *n = wt_xml_find(lines, name); n != NULL && status == WT_OK; n = wt_xml_again(n)) {
    wt_buf text = {0};
    wt_xml_text(&text, n);
    status = wt_buf_status(&text, "note", err);
    if (status == WT_OK) status = wt_wire_add_note(story, wt_buf_span(&text), err);
    wt_buf_release(&text);
  }
  return status;
}

static wt_status read_line(wt_story *story, const xmlNode *node, wt_status (*take)(wt_story *, wt_span, wt_error *),
                           wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, node);
  wt_status status = wt_buf_status(&text, "NewsLines", err);
  wt_span line = wt_span_trim(wt_buf_span(&text));
  if (status == WT_OK && line.len > 0) status = take(story, line, err);
  wt_buf_release(&text);
  return status;
}

static wt_status read_lines(wt_story *story, const xmlNode *lines, wt_error *err) {
  wt_status status = wt_wire_set_text(story, WT_FIELD_HEADLINE, wt_xml_find(lines, "HeadLine"), err);
  if (status == WT_OK) status = read_line(story, wt_xml_find(lines, "SubHeadLine"), wt_wire_set_deck, err);
  for (const xmlNode *n = wt_xml_find(lines, "ByLine"); n != NULL && status == WT_OK; n = wt_xml_again(n))
    status = read_line(story, n, wt_byline_add, err);
  if (status == WT_OK) status = read_line(story, wt_xml_find(lines, "DateLine"), wt_wire_set_dateline, err);
  if (status == WT_OK) status = wt_wire_set_text(story, WT_FIELD_CREDIT, wt_xml_find(lines, "CreditLine"), err);
  if (status == WT_OK) status = read_line(story, wt_xml_find(lines, "SlugLine"), wt_wire_set_slug, err);
  if (status == WT_OK) status = wt_wire_set_text(story, WT_FIELD_SLUG, wt_xml_find(lines, "KeywordLine"), err);
  return status == WT_OK ? read_note_lines(story, lines, "NewsLine/NewsLineText", err) : status;
}

/* A text in its DataContent: NITF, XHTML, or plain. */
static wt_status read_content(wt_story *story, wt_pieces *pieces, const xmlNode *content, wt_error *err) {
  const xmlNode *nitf = wt_xml_find(content, "nitf");
  if (nitf != NULL) return wt_nitf_element(story, pieces, nitf, err);
  return wt_markup_read(pieces, story, content, WT_MARKUP_WIRE, err);
}

/* The first content item that holds text; a picture's text is a caption. */
static wt_status read_contents(wt_story *story, wt_pieces *pieces, const xmlNode *component, wt_error *err) {
  bool texted = false;
  wt_status status = WT_OK;
  for (const xmlNode *at = component; at != NULL && status == WT_OK; at = wt_xml_next(component, at, false)) {
    const xmlNode *content = wt_xml_is(at, "ContentItem") ? wt_xml_find(at, "DataContent") : NULL;
    wt_span media = formal_name(at, "MediaType");
    if (content == NULL || texted ||
        (media.len > 0 && !wt_span_equal_ascii_case(media, WT_SPAN("Text")) &&
         !wt_span_equal_ascii_case(media, WT_SPAN("ComplexData"))))
      continue;
    status = read_content(story, pieces, content, err);
    texted = true;
  }
  return status;
}

static wt_status read_root(wt_story *story, wt_pieces *pieces, const xmlNode *root, wt_error *err) {
  const xmlNode *item = wt_xml_is(root, "NewsItem") ? root : wt_xml_find(root, "NewsItem");
  if (item == NULL) return wt_fail(err, WT_EFORMAT, NULL, 0, "NewsML without a NewsItem");
  wt_status status = read_identification(story, item, err);
  if (status == WT_OK) status = read_management(story, item, err);
  if (status == WT_OK) status = read_lines(story, wt_xml_seek(item, "NewsLines"), err);
  if (status == WT_OK)
    status = wt_read_set_once(story, WT_FIELD_CREDIT,
                              formal_name(item, "NewsComponent/AdministrativeMetadata/Provider/Party"), err);
  if (status == WT_OK)
    status =
        wt_read_set_once(story, WT_FIELD_LANGUAGE, wt_xml_attribute(wt_xml_seek(item, "Language"), "FormalName"), err);
  if (status == WT_OK)
    status = wt_wire_set_text(story, WT_FIELD_SLUG, wt_xml_find(item, "Identification/NameLabel"), err);
  return status == WT_OK ? read_contents(story, pieces, item, err) : status;
}

wt_status wt_newsml1_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  return wt_wire_read_xml(story, bytes, source, read_root, err);
}
