/* RSS, Atom and sitemaps, read as a stream: a feed of any length takes the memory of one entry. */
#include "ingest/links.h"

#include <string.h>

#include <libxml/xmlreader.h>

/* One <item>, <entry>, <url> or <sitemap>. */
typedef struct entry {
  wt_buf href, title, guid, date;
  bool guid_is_link, is_index;
} entry;

static void clear(entry *e) {
  wt_buf *parts[] = {&e->href, &e->title, &e->guid, &e->date};
  for (size_t i = 0; i < 4; i++) wt_buf_clear(parts[i]);
  e->guid_is_link = true;
  e->is_index = false;
}

static void release(entry *e) {
  wt_buf *parts[] = {&e->href, &e->title, &e->guid, &e->date};
  for (size_t i = 0; i < 4; i++) wt_buf_release(parts[i]);
}

static bool is_entry(const char *name) {
  return !strcmp(name, "item") || !strcmp(name, "entry") || !strcmp(name, "url") || !strcmp(name, "sitemap");
}

static bool is_date(const char *name) {
  static const char *const names[] = {"pubDate", "published", "publication_date", "date", "updated", "lastmod"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (!strcmp(name, names[i])) return true;
  return false;
}

/* Atom's <link href rel>: the story itself is rel="alternate" or none. */
static void take_atom_link(entry *e, xmlTextReaderPtr reader) {
  xmlChar *href = xmlTextReaderGetAttribute(reader, (const xmlChar *)"href");
  xmlChar *rel = xmlTextReaderGetAttribute(reader, (const xmlChar *)"rel");
  if (href && e->href.len == 0 && (!rel || !strcmp((const char *)rel, "alternate")))
    wt_buf_put_text(&e->href, (const char *)href);
  xmlFree(href);
  xmlFree(rel);
}

static void take_guid(entry *e, xmlTextReaderPtr reader) {
  xmlChar *permanent = xmlTextReaderGetAttribute(reader, (const xmlChar *)"isPermaLink");
  e->guid_is_link = !permanent || strcmp((const char *)permanent, "false") != 0;
  xmlFree(permanent);
}

/* Which part of the entry the text inside an element of this name belongs to; NULL: none. */
static wt_buf *part_of(entry *e, const char *name) {
  wt_buf *part = NULL;
  if (!strcmp(name, "link") || !strcmp(name, "loc"))
    part = &e->href;
  else if (!strcmp(name, "title"))
    part = &e->title;
  else if (!strcmp(name, "guid") || !strcmp(name, "id"))
    part = &e->guid;
  else if (is_date(name))
    part = &e->date;
  return part && part->len == 0 ? part : NULL;
}

static bool put_entry(wt_links_out *out, const entry *e) {
  wt_time published = {0};
  wt_span href = wt_buf_span(&e->href);
  if (href.len == 0 && e->guid_is_link) href = wt_buf_span(&e->guid);
  if (!wt_time_parse(&published, wt_buf_span(&e->date))) published = (wt_time){0};
  return wt_links_put(out, href, wt_buf_span(&e->title), published, e->is_index);
}

/* State of the walk: the entry that is open, and where the text that comes belongs. */
typedef struct walk {
  entry entry;
  int entry_depth; /* -1: outside */
  wt_buf *part;
} walk;

static void on_start(walk *w, xmlTextReaderPtr reader, const char *name) {
  int depth = xmlTextReaderDepth(reader);
  if (w->entry_depth < 0 && is_entry(name)) {
    clear(&w->entry);
    w->entry.is_index = !strcmp(name, "sitemap");
    w->entry_depth = depth;
    return;
  }
  if (w->entry_depth < 0) return;
  bool child = depth == w->entry_depth + 1, news = depth == w->entry_depth + 2;
  w->part = child || (news && (is_date(name) || !strcmp(name, "title"))) ? part_of(&w->entry, name) : NULL;
  if (!strcmp(name, "link") && child) take_atom_link(&w->entry, reader);
  if (!strcmp(name, "guid") && child) take_guid(&w->entry, reader);
}

static bool on_end(walk *w, wt_links_out *out, int depth) {
  w->part = NULL;
  if (depth != w->entry_depth) return true;
  w->entry_depth = -1;
  return put_entry(out, &w->entry);
}

static bool on_node(walk *w, wt_links_out *out, xmlTextReaderPtr reader) {
  switch (xmlTextReaderNodeType(reader)) {
  case XML_READER_TYPE_ELEMENT:
    on_start(w, reader, (const char *)xmlTextReaderConstLocalName(reader));
    return !xmlTextReaderIsEmptyElement(reader) || on_end(w, out, xmlTextReaderDepth(reader));
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
    if (w->part && w->part->len < 8192) wt_buf_put_text(w->part, (const char *)xmlTextReaderConstValue(reader));
    return true;
  case XML_READER_TYPE_END_ELEMENT: return on_end(w, out, xmlTextReaderDepth(reader));
  default: return true;
  }
}

static void quiet(void *context, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr at) {
  (void)context, (void)message, (void)severity, (void)at;
}

void wt_links_xml(wt_links_out *out, wt_span bytes) {
  const int options = XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  if (bytes.len > INT32_MAX) bytes.len = INT32_MAX;
  xmlTextReaderPtr reader = xmlReaderForMemory(bytes.data, (int)bytes.len, NULL, NULL, options);
  walk w = {.entry_depth = -1};
  if (!reader) {
    out->status = wt_fail(out->err, WT_ENOMEM, "links", -1, "out of memory");
    return;
  }
  xmlTextReaderSetErrorHandler(reader, quiet, NULL);
  while (xmlTextReaderRead(reader) == 1 && on_node(&w, out, reader)) {
  }
  release(&w.entry);
  xmlFreeTextReader(reader);
}
