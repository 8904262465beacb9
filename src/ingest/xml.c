/* A small way into libxml2's tree: parse without loading, walk without recursion. */
#include "ingest/xml.h"

#include "ingest/entities.h"

#include <limits.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#define HTML_DEPTH 512

/* ---- parsing ---- */

static void forget_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content) {
  (void)context, (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
}

static xmlParserInputPtr load_nothing(void *context, const xmlChar *public_id, const xmlChar *system_id) {
  (void)context, (void)public_id, (void)system_id;
  return NULL;
}

/* Keeps the first fault that is more than an entity nobody declared, or a prefix nobody bound. */
static void note_fault(void *context, xmlErrorPtr error) {
  const xmlParserCtxt *parser = context;
  wt_error *first = parser->_private;
  if (error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE || error->code == XML_ERR_UNDECLARED_ENTITY ||
      error->code == XML_WAR_UNDECLARED_ENTITY || first->status != WT_OK)
    return;
  char what[300];
  const char *message = error->message != NULL ? error->message : "";
  size_t length = strcspn(message, "\n");
  if (length >= sizeof what) length = sizeof what - 1;
  memcpy(what, message, length);
  what[length] = '\0';
  wt_fail(first, WT_EFORMAT, NULL, (int64_t)xmlByteConsumed((xmlParserCtxtPtr)context),
          "no well-formed XML, line %d: %s", error->line, what);
}

/* Through SAX2 alone: the global handlers of libxml2 are not touched. */
static void prepare_parser(xmlParserCtxt *parser, wt_error *first) {
  parser->sax->entityDecl = forget_entity;
  parser->sax->unparsedEntityDecl = NULL;
  parser->sax->resolveEntity = load_nothing;
  parser->sax->serror = note_fault;
  parser->sax->error = NULL;
  parser->sax->warning = NULL;
  parser->sax->fatalError = NULL;
  parser->_private = first;
}

wt_status wt_xml_parse(xmlDoc **out, wt_span text, wt_error *err) {
  wt_error first = {.status = WT_OK};
  *out = NULL;
  if (text.len > INT_MAX) return wt_fail(err, WT_ELIMIT, NULL, -1, "%zu bytes of XML", text.len);
  xmlParserCtxt *parser = xmlNewParserCtxt();
  if (parser == NULL) return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for an XML parser");
  prepare_parser(parser, &first);
  xmlDoc *document = xmlCtxtReadMemory(parser, text.data, (int)text.len, NULL, "UTF-8",
                                       XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
  xmlFreeParserCtxt(parser);
  if (first.status == WT_OK && document != NULL && xmlDocGetRootElement(document) != NULL) {
    *out = document;
    return WT_OK;
  }
  if (document != NULL) xmlFreeDoc(document);
  if (first.status == WT_OK) return wt_fail(err, WT_EFORMAT, NULL, 0, "no XML element");
  return wt_fail(err, first.status, NULL, first.byte, "%s", first.what);
}

static bool is_too_deep(const xmlDoc *document) {
  size_t depth = 0;
  const xmlNode *node = xmlDocGetRootElement((xmlDoc *)(uintptr_t)document);
  while (node != NULL) {
    if (depth > HTML_DEPTH) return true;
    if (node->children != NULL && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      depth++;
      continue;
    }
    while (node != NULL && node->next == NULL && depth > 0) {
      node = node->parent;
      depth--;
    }
    node = node != NULL && depth > 0 ? node->next : NULL;
  }
  return false;
}

wt_status wt_xml_parse_html(xmlDoc **out, wt_span text, wt_error *err) {
  wt_error first = {.status = WT_EFORMAT}; /* HTML has no faults that are worth a word */
  *out = NULL;
  if (text.len > INT_MAX) return wt_fail(err, WT_ELIMIT, NULL, -1, "%zu bytes of HTML", text.len);
  htmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (parser == NULL) return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for an HTML parser");
  prepare_parser(parser, &first);
  parser->options |= XML_PARSE_HUGE; /* without it what is deeper than 256 would go without a word */
  *out = htmlCtxtReadMemory(parser, text.data, (int)text.len, NULL, "UTF-8",
                            HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER |
                                XML_PARSE_HUGE);
  htmlFreeParserCtxt(parser);
  if (*out != NULL && is_too_deep(*out)) {
    xmlFreeDoc(*out);
    *out = NULL;
    return wt_fail(err, WT_ELIMIT, NULL, -1, "elements nest deeper than %d", HTML_DEPTH);
  }
  return *out != NULL ? WT_OK : wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for an HTML document");
}

/* ---- walking ---- */

bool wt_xml_is(const xmlNode *node, const char *name) {
  if (node == NULL || node->type != XML_ELEMENT_NODE || node->name == NULL) return false;
  const char *colon = strchr((const char *)node->name, ':'); /* an unbound prefix stays in the name */
  return strcmp(colon != NULL ? colon + 1 : (const char *)node->name, name) == 0;
}

const xmlNode *wt_xml_find(const xmlNode *parent, const char *path) {
  char name[64];
  while (parent != NULL && *path != '\0') {
    size_t length = strcspn(path, "/");
    if (length >= sizeof name) return NULL;
    memcpy(name, path, length);
    name[length] = '\0';
    path += length + (path[length] == '/');
    const xmlNode *child = parent->children;
    while (child != NULL && !wt_xml_is(child, name)) child = child->next;
    parent = child;
  }
  return parent;
}

const xmlNode *wt_xml_again(const xmlNode *node) {
  const xmlNode *next = node->next;
  while (next != NULL &&
         !(next->type == XML_ELEMENT_NODE && strcmp((const char *)next->name, (const char *)node->name) == 0))
    next = next->next;
  return next;
}

const xmlNode *wt_xml_next(const xmlNode *top, const xmlNode *at, bool skip) {
  if (!skip && at->type == XML_ELEMENT_NODE && at->children != NULL) return at->children;
  while (at != top && at->next == NULL) at = at->parent;
  return at == top ? NULL : at->next;
}

const xmlNode *wt_xml_seek(const xmlNode *top, const char *name) {
  const xmlNode *at = top;
  while (at != NULL && !(at != top && wt_xml_is(at, name))) at = wt_xml_next(top, at, false);
  return at;
}

/* ---- reading ---- */

wt_span wt_xml_attribute(const xmlNode *node, const char *name) {
  for (const xmlAttr *a = node != NULL && node->type == XML_ELEMENT_NODE ? node->properties : NULL; a != NULL;
       a = a->next)
    if (strcmp((const char *)a->name, name) == 0 && a->children != NULL && a->children->type == XML_TEXT_NODE)
      return wt_span_of((const char *)a->children->content);
  return (wt_span){"", 0};
}

static wt_span entity_text(const xmlNode *node, char scratch[8]) {
  const htmlEntityDesc *entity = htmlEntityLookup(node->name);
  if (entity == NULL) return WT_SPAN("\xef\xbf\xbd");
  wt_buf text = {0};
  wt_buf_put_code_point(&text, entity->value);
  size_t length = text.len < 8 ? text.len : 0;
  if (length > 0) memcpy(scratch, text.data, length);
  wt_buf_release(&text);
  return (wt_span){scratch, length};
}

wt_span wt_xml_node_text(const xmlNode *node, char scratch[8]) {
  if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL)
    return wt_span_of((const char *)node->content);
  if (node->type == XML_ENTITY_REF_NODE) return entity_text(node, scratch);
  return (wt_span){"", 0};
}

void wt_xml_text(wt_buf *out, const xmlNode *node) {
  char scratch[8];
  for (const xmlNode *at = node; at != NULL; at = wt_xml_next(node, at, false))
    wt_entities_put(out, wt_xml_node_text(at, scratch));
}
