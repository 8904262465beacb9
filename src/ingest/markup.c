/* A body in HTML or NITF -> pieces of copy. */
#include "ingest/markup.h"

#include <string.h>

#define INDENT 3 /* columns that make an indent */

typedef struct walker {
  wt_pieces *pieces;
  wt_story *story;
  const xmlNode *top;
  wt_markup_how how;
  wt_buf text; /* of the block that is open */
} walker;

/* ---- what an element is ---- */

static bool is_one_of(const xmlNode *node, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (wt_xml_is(node, names[i])) return true;
  return false;
}

#define IS_ONE_OF(node, names) is_one_of(node, names, sizeof names / sizeof *names)

static bool is_invisible(const xmlNode *node) {
  static const char *const names[] = {"script", "style",           "head",           "template",    "noscript", "svg",
                                      "iframe", "media-reference", "media-metadata", "media-object"};
  return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || IS_ONE_OF(node, names);
}

static bool is_heading(const xmlNode *node) {
  static const char *const names[] = {"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"};
  return IS_ONE_OF(node, names);
}

static bool is_block(const xmlNode *node) {
  static const char *const names[] = {"p",
                                      "div",
                                      "section",
                                      "article",
                                      "main",
                                      "header",
                                      "footer",
                                      "nav",
                                      "aside",
                                      "ul",
                                      "ol",
                                      "li",
                                      "dl",
                                      "dt",
                                      "dd",
                                      "blockquote",
                                      "bq",
                                      "block",
                                      "figure",
                                      "figcaption",
                                      "media",
                                      "media-caption",
                                      "media-producer",
                                      "table",
                                      "caption",
                                      "tr",
                                      "pre",
                                      "hr",
                                      "note",
                                      "body",
                                      "body.content",
                                      "body.end",
                                      "tagline",
                                      "html",
                                      "address",
                                      "fn",
                                      "nitf-table",
                                      "center",
                                      "title",
                                      "DataContent"};
  return is_heading(node) || IS_ONE_OF(node, names);
}

static bool has_class(const xmlNode *node, const char *name) {
  return wt_span_equal(wt_xml_attribute(node, "class"), wt_span_of(name));
}

static bool is_furniture(const xmlNode *node) {
  static const char *const names[] = {"header", "footer", "nav"};
  return IS_ONE_OF(node, names);
}

/* The kind that one element says, or WT_BLOCK_PARAGRAPH. */
static wt_block_kind own_kind(const xmlNode *at) {
  static const char *const captions[] = {"figcaption", "media-caption", "caption", "figure", "media"};
  static const char *const quotes[] = {"blockquote", "bq"};
  if (is_heading(at)) return WT_BLOCK_SUBHEAD;
  if (IS_ONE_OF(at, captions)) return WT_BLOCK_CAPTION;
  if (wt_xml_is(at, "li")) return WT_BLOCK_ITEM;
  if (IS_ONE_OF(at, quotes)) return WT_BLOCK_QUOTE;
  return wt_xml_is(at, "note") || has_class(at, "wt-note") ? WT_BLOCK_NOTE : WT_BLOCK_PARAGRAPH;
}

/* The kind that the nearest element says; *reason when any says to leave out, *producer for whom a picture is from. */
static wt_block_kind kind_of(const walker *w, const xmlNode *owner, const char **reason, bool *producer) {
  wt_block_kind kind = WT_BLOCK_PARAGRAPH;
  for (const xmlNode *at = owner; at != NULL && at->type == XML_ELEMENT_NODE; at = at->parent) {
    *producer = *producer || wt_xml_is(at, "media-producer");
    if (is_furniture(at))
      *reason = "page-furniture";
    else if (wt_xml_is(at, "tagline"))
      *reason = "sign-off";
    else if (kind == WT_BLOCK_PARAGRAPH)
      kind = own_kind(at);
    if (at == w->top) break;
  }
  return kind;
}

/* ---- text of a block ---- */

static size_t indent_of(wt_span line) {
  size_t columns = 0;
  while (columns < line.len && (line.data[columns] == ' ' || line.data[columns] == '\t')) columns++;
  return columns;
}

/* Do indents part paragraphs here? Only where some lines after the first have one and others have none. */
static bool indents_matter(wt_span text) {
  wt_span line;
  bool first = true, with = false, without = false;
  while (wt_span_line(&line, &text)) {
    bool blank = wt_span_trim(line).len == 0;
    if (!blank && !first) {
      with = with || indent_of(line) >= INDENT;
      without = without || indent_of(line) == 0;
    }
    first = first && blank;
  }
  return with && without;
}

static wt_status add_piece(walker *w, const xmlNode *owner, wt_span text, wt_error *err) {
  const char *reason = NULL;
  bool producer = false;
  wt_block_kind kind = kind_of(w, owner, &reason, &producer);
  if (producer) return wt_picture_credit_add(w->story, text, err);
  if (reason != NULL) return wt_pieces_drop(w->pieces, text, reason, err);
  wt_status status = wt_pieces_add(w->pieces, kind, text, err);
  if (status == WT_OK && wt_span_trim(text).len > 0)
    status = wt_pieces_mark(w->pieces, wt_xml_attribute(owner, "id"), wt_xml_attribute(owner, "data-time"), err);
  return status;
}

/* Ends the block that is open: its text becomes one piece, or several where it parts paragraphs by itself. */
static wt_status flush(walker *w, const xmlNode *owner, wt_error *err) {
  wt_status status = wt_buf_status(&w->text, "markup", err);
  wt_span rest = wt_buf_span(&w->text), line;
  bool indents = w->how == WT_MARKUP_WIRE && indents_matter(rest);
  const char *begin = rest.data;
  size_t length = 0; /* of the paragraph that is open */
  while (status == WT_OK && wt_span_line(&line, &rest)) {
    bool blank = wt_span_trim(line).len == 0;
    if (length > 0 && (blank || (indents && indent_of(line) >= INDENT))) {
      status = add_piece(w, owner, (wt_span){begin, length}, err);
      length = 0;
    }
    if (blank) continue;
    if (length == 0) begin = line.data;
    length = (size_t)(line.data + line.len - begin);
  }
  if (status == WT_OK && length > 0) status = add_piece(w, owner, (wt_span){begin, length}, err);
  wt_buf_clear(&w->text);
  return status;
}

/* In HTML only <br> breaks a line. */
static void put_text(walker *w, wt_span text, bool verbatim) {
  if (verbatim) {
    wt_buf_put_span(&w->text, text);
    return;
  }
  for (size_t i = 0; i < text.len; i++)
    wt_buf_put_char(&w->text, text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i]);
}

/* ---- the walk ---- */

static wt_status enter(walker *w, const xmlNode *at, wt_error *err) {
  static const char *const cells[] = {"td", "th"};
  char scratch[8];
  if (at->type != XML_ELEMENT_NODE) {
    bool verbatim = w->how == WT_MARKUP_WIRE || wt_xml_is(at->parent, "pre");
    put_text(w, wt_xml_node_text(at, scratch), verbatim);
    return WT_OK;
  }
  if (is_block(at)) return flush(w, at == w->top ? at : at->parent, err);
  if (wt_xml_is(at, "br"))
    wt_buf_put_char(&w->text, '\n');
  else if (IS_ONE_OF(at, cells))
    wt_buf_put_char(&w->text, ' ');
  return WT_OK;
}

static wt_status leave(walker *w, const xmlNode *at, wt_error *err) {
  return at == w->top || is_block(at) ? flush(w, at, err) : WT_OK;
}

wt_status wt_markup_read(wt_pieces *pieces, wt_story *story, const xmlNode *top, wt_markup_how how, wt_error *err) {
  walker w = {pieces, story, top, how, {0}};
  const xmlNode *at = top;
  wt_status status = WT_OK;
  while (status == WT_OK && at != NULL) {
    bool hidden = is_invisible(at);
    if (!hidden) status = enter(&w, at, err);
    if (!hidden && at->type == XML_ELEMENT_NODE && at->children != NULL) {
      at = at->children;
      continue;
    }
    for (;;) {
      if (status == WT_OK && at->type == XML_ELEMENT_NODE) status = leave(&w, at, err);
      if (at == top || at->next != NULL) break;
      at = at->parent;
    }
    at = at == top ? NULL : at->next;
  }
  wt_buf_release(&w.text);
  return status;
}

wt_status wt_markup_read_html(wt_pieces *pieces, wt_story *story, wt_span html, wt_markup_how how, wt_error *err) {
  xmlDoc *document = NULL;
  if (wt_span_trim(html).len == 0) return WT_OK;
  wt_status status = wt_xml_parse_html(&document, html, err);
  const xmlNode *root = status == WT_OK ? xmlDocGetRootElement(document) : NULL;
  if (root != NULL) status = wt_markup_read(pieces, story, root, how, err);
  if (document != NULL) xmlFreeDoc(document);
  return status;
}
