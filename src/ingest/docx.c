/*
 * DOCX (ECMA-376, WordprocessingML) -> story: the paragraphs of word/document.xml by their styles, and the title, author and
 * times of docProps/core.xml. What tracked changes deleted is no text; what they inserted is.
 */
#include "ingest/wire.h"
#include "ingest/zip.h"

#include <string.h>

#define DOCUMENT_LIMIT ((size_t)64 << 20)

typedef struct docx {
  wt_story *story;
  wt_pieces *pieces;
  wt_buf text; /* of the paragraph that is open */
  bool titled; /* a paragraph is styled as the title */
} docx;

static bool is_hidden(const xmlNode *node) {
  static const char *const names[] = {"del", "delText", "instrText",  "Fallback", "pPr",
                                      "rPr", "sectPr",  "footnotePr", "moveFrom"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (wt_xml_is(node, names[i])) return true;
  return false;
}

static bool style_is(wt_span style, const char *prefix) {
  return wt_span_equal_ascii_case(wt_span_sub(style, 0, strlen(prefix)), wt_span_of(prefix));
}

static wt_block_kind kind_of(const xmlNode *paragraph, wt_span style) {
  if (style_is(style, "heading")) return WT_BLOCK_SUBHEAD;
  if (style_is(style, "quote") || style_is(style, "intensequote") || style_is(style, "blocktext"))
    return WT_BLOCK_QUOTE;
  if (style_is(style, "caption")) return WT_BLOCK_CAPTION;
  bool list = wt_xml_find(paragraph, "pPr/numPr") != NULL || style_is(style, "list");
  return list ? WT_BLOCK_ITEM : WT_BLOCK_PARAGRAPH;
}

static wt_status end_paragraph(docx *d, const xmlNode *paragraph, wt_error *err) {
  wt_span style = wt_xml_attribute(wt_xml_find(paragraph, "pPr/pStyle"), "val");
  wt_span text = wt_span_trim(wt_buf_span(&d->text));
  wt_status status = wt_buf_status(&d->text, "docx", err);
  if (status == WT_OK && text.len > 0 && style_is(style, "title") && d->story->fields[WT_FIELD_HEADLINE].len == 0) {
    status = wt_story_set(d->story, WT_FIELD_HEADLINE, text, err);
    d->titled = true;
  } else if (status == WT_OK && text.len > 0 && style_is(style, "subtitle")) {
    status = wt_wire_set_deck(d->story, text, err);
  } else if (status == WT_OK) {
    status = wt_pieces_add(d->pieces, kind_of(paragraph, style), text, err);
  }
  wt_buf_clear(&d->text);
  return status;
}

static void put_run(docx *d, const xmlNode *at) {
  if (wt_xml_is(at, "t"))
    wt_xml_text(&d->text, at);
  else if (wt_xml_is(at, "tab") || wt_xml_is(at, "br") || wt_xml_is(at, "cr") || wt_xml_is(at, "tc"))
    wt_buf_put_char(&d->text, ' ');
  else if (wt_xml_is(at, "noBreakHyphen"))
    wt_buf_put_char(&d->text, '-');
}

/* A paragraph ends where the next begins: one inside of another (a text box) cuts it. */
static wt_status read_body(docx *d, const xmlNode *body, wt_error *err) {
  const xmlNode *open = NULL;
  wt_status status = WT_OK;
  for (const xmlNode *at = body; at != NULL && status == WT_OK;) {
    bool hidden = is_hidden(at);
    if (!hidden && wt_xml_is(at, "p")) {
      status = open != NULL ? end_paragraph(d, open, err) : WT_OK;
      open = at;
    }
    if (!hidden) put_run(d, at);
    at = wt_xml_next(body, at, hidden || wt_xml_is(at, "t"));
  }
  return status == WT_OK && open != NULL ? end_paragraph(d, open, err) : status;
}

static wt_status with_text(wt_story *story, const xmlNode *node, wt_status (*take)(wt_story *, wt_span, wt_error *),
                           wt_error *err) {
  wt_buf text = {0};
  wt_xml_text(&text, node);
  wt_status status = wt_buf_status(&text, "docx", err);
  if (status == WT_OK && wt_span_trim(wt_buf_span(&text)).len > 0)
    status = take(story, wt_span_trim(wt_buf_span(&text)), err);
  wt_buf_release(&text);
  return status;
}

static wt_status take_modified(wt_story *story, wt_span text, wt_error *err) {
  return wt_wire_set_time(story, WT_FIELD_MODIFIED, text, err);
}

static wt_status take_language(wt_story *story, wt_span text, wt_error *err) {
  return wt_read_set_language(story, text, err);
}

/* Who made the file and when is no byline and no publication; the last change is the text's. */
static wt_status read_properties(wt_story *story, wt_span zip, wt_error *err) {
  wt_buf xml = {0};
  xmlDoc *document = NULL;
  wt_status status = WT_OK;
  if (wt_zip_read(&xml, zip, "docProps/core.xml", (size_t)1 << 20, NULL) == WT_OK &&
      wt_xml_parse(&document, wt_buf_span(&xml), NULL) == WT_OK) {
    const xmlNode *root = xmlDocGetRootElement(document);
    status = with_text(story, wt_xml_find(root, "modified"), take_modified, err);
    if (status == WT_OK) status = with_text(story, wt_xml_find(root, "language"), take_language, err);
  }
  if (document != NULL) xmlFreeDoc(document);
  wt_buf_release(&xml);
  return status;
}

wt_status wt_docx_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_pieces pieces = {.items = NULL};
  docx d = {.story = story, .pieces = &pieces};
  wt_buf xml = {0};
  xmlDoc *document = NULL;
  (void)source;
  wt_status status = wt_zip_read(&xml, bytes, "word/document.xml", DOCUMENT_LIMIT, err);
  if (status == WT_OK) status = wt_xml_parse(&document, wt_buf_span(&xml), err);
  if (status == WT_OK) status = read_body(&d, xmlDocGetRootElement(document), err);
  if (status == WT_OK) status = read_properties(story, bytes, err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, d.titled ? WT_COPY_WIRE : WT_COPY_PLAIN, err);
  if (status == WT_OK) status = wt_wire_finish(story, err);
  if (document != NULL) xmlFreeDoc(document);
  wt_buf_release(&d.text);
  wt_buf_release(&xml);
  wt_pieces_release(&pieces);
  return status;
}
