/*
 * Files of many items -> one capture for each: feeds, and NewsML with several items.
 *
 * An item becomes a document of its own: the root and, for RSS, the channel, with the small things that the feed says of all
 * its items (title, link, language), then the item. It is written out again, for the bytes of a capture must stand alone.
 */
#include "ingest/feed.h"
#include "ingest/json_load.h"
#include "ingest/xml.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlsave.h>

#define SHARED_BYTES 1024 /* of one thing that the feed says of all its items */

typedef struct split {
  wt_sink *sink;
  wt_format format;
  const xmlNode *root, *channel; /* channel: the parent of the items, or root */
  const char *name;              /* of an item */
} split;

/* ---- XML ---- */

/* Says the feed this of all its items, and shortly? */
static bool is_shared(const xmlNode *node) {
  static const char *const names[] = {"title", "link", "language", "header"};
  wt_buf text = {0};
  bool shared = false;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) shared = shared || wt_xml_is(node, names[i]);
  if (shared) wt_xml_text(&text, node);
  shared = shared && text.len <= SHARED_BYTES;
  wt_buf_release(&text);
  return shared;
}

/* A copy of node without its children, below parent; parent NULL makes it the root. */
static xmlNode *copy_shell(xmlDoc *into, xmlNode *parent, const xmlNode *node) {
  xmlNode *copy = xmlDocCopyNode((xmlNode *)(uintptr_t)node, into, 2);
  if (copy == NULL) return NULL;
  if (parent != NULL) return xmlAddChild(parent, copy);
  xmlDocSetRootElement(into, copy);
  return copy;
}

static bool copy_whole(xmlDoc *into, xmlNode *parent, const xmlNode *node) {
  xmlNode *copy = xmlDocCopyNode((xmlNode *)(uintptr_t)node, into, 1);
  return copy != NULL && xmlAddChild(parent, copy) != NULL;
}

/* The document of one item, or NULL for want of memory. */
static xmlDoc *document_of(const split *s, const xmlNode *item) {
  xmlDoc *into = xmlNewDoc(BAD_CAST "1.0");
  xmlNode *root = into != NULL ? copy_shell(into, NULL, s->root) : NULL;
  xmlNode *parent = root;
  bool whole = root != NULL;
  for (const xmlNode *n = s->root->children; n != NULL && whole; n = n->next) {
    if (n == s->channel)
      parent = copy_shell(into, root, n);
    else if (is_shared(n))
      whole = copy_whole(into, root, n);
    whole = whole && parent != NULL;
  }
  for (const xmlNode *n = s->channel->children; n != NULL && whole && s->channel != s->root; n = n->next)
    if (is_shared(n)) whole = copy_whole(into, parent, n);
  whole = whole && copy_whole(into, parent, item);
  if (!whole && into != NULL) {
    xmlFreeDoc(into);
    into = NULL;
  }
  if (into != NULL) xmlReconciliateNs(into, xmlDocGetRootElement(into));
  return into;
}

static wt_status give_item(const split *s, const xmlNode *item, size_t number, wt_error *err) {
  xmlDoc *document = document_of(s, item);
  xmlChar *bytes = NULL;
  int length = 0;
  if (document != NULL) xmlDocDumpMemoryEnc(document, &bytes, &length, "UTF-8");
  if (document != NULL) xmlFreeDoc(document);
  if (bytes == NULL || length <= 0) return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for item %zu", number);
  wt_capture capture = {
      .source = *s->sink->source, .bytes = {(const char *)bytes, (size_t)length}, .format = s->format, .at = number};
  capture.source.url = (wt_span){"", 0};          /* the feed's own; the item has one */
  capture.source.content_type = (wt_span){"", 0}; /* UTF-8 now, and it says so itself */
  wt_status status = wt_capture_give(s->sink, &capture, err);
  xmlFree(bytes);
  return status;
}

static wt_status give_items(const split *s, wt_error *err) {
  size_t number = 0;
  wt_status status = WT_OK;
  for (const xmlNode *n = s->channel->children; n != NULL && status == WT_OK; n = n->next)
    if (wt_xml_is(n, s->name)) status = give_item(s, n, ++number, err);
  return status == WT_OK && number == 0 ? wt_fail(err, WT_EFORMAT, NULL, 0, "a feed without items") : status;
}

static size_t count_items(const split *s) {
  size_t count = 0;
  for (const xmlNode *n = s->channel->children; n != NULL; n = n->next) count += wt_xml_is(n, s->name);
  return count;
}

static wt_status decode(wt_buf *text, const wt_sink *sink, wt_span bytes, wt_error *err) {
  wt_decoded how;
  wt_decode_hints hints = {.http = wt_header_parameter(sink->source->content_type, "charset"),
                           .markup = wt_xml_declared_charset(bytes)};
  memset(&how, 0, sizeof how);
  return wt_decode(text, &how, bytes, &hints, err);
}

/* Where the items of a feed stand, and their name. */
static void find_items(split *s) {
  const xmlNode *channel = wt_xml_find(s->root, "channel");
  s->channel = s->root;
  s->name = wt_xml_find(s->root, "entry") != NULL ? "entry" : "item";
  if (wt_xml_find(channel, "item") != NULL) s->channel = channel;
}

static wt_status give_as_it_is(wt_sink *sink, wt_span bytes, wt_format format, wt_error *err) {
  wt_capture capture = {.source = *sink->source, .bytes = bytes, .format = format};
  return wt_capture_give(sink, &capture, err);
}

wt_status wt_newsml_split(wt_sink *sink, wt_span bytes, wt_format format, wt_error *err) {
  wt_buf text = {0};
  xmlDoc *document = NULL;
  split s = {.sink = sink, .format = format, .name = format == WT_FORMAT_NEWSML1 ? "NewsItem" : "newsItem"};
  wt_status status = decode(&text, sink, bytes, err);
  if (status == WT_OK) status = wt_xml_parse(&document, wt_buf_span(&text), err);
  if (status == WT_OK) {
    s.root = xmlDocGetRootElement(document);
    const xmlNode *set = wt_xml_find(s.root, "itemSet");
    s.channel = set != NULL ? set : s.root;
    status = count_items(&s) > 1 ? give_items(&s, err) : give_as_it_is(sink, bytes, format, err);
  }
  if (document != NULL) xmlFreeDoc(document);
  wt_buf_release(&text);
  return status;
}

/* ---- JSON Feed ---- */

static wt_status give_json_item(wt_sink *sink, const json_t *feed, json_t *item, size_t number, wt_error *err) {
  static const char *const shared[] = {"version", "title", "language", "authors"};
  json_t *single = json_object();
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
    if (json_object_get(feed, shared[i]) != NULL) json_object_set(single, shared[i], json_object_get(feed, shared[i]));
  json_object_set_new(single, "items", json_pack("[O]", item));
  char *bytes = json_dumps(single, JSON_COMPACT | JSON_ENSURE_ASCII);
  json_decref(single);
  if (bytes == NULL) return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for item %zu", number);
  wt_capture capture = {.source = *sink->source, .bytes = wt_span_of(bytes), .format = WT_FORMAT_FEED, .at = number};
  capture.source.url = (wt_span){"", 0};
  capture.source.content_type = (wt_span){"", 0};
  status = wt_capture_give(sink, &capture, err);
  free(bytes); /* of jansson */
  return status;
}

static wt_status split_json(wt_sink *sink, wt_span text, wt_error *err) {
  json_t *feed = NULL;
  wt_status status = wt_json_load(&feed, text, err);
  json_t *items = json_object_get(feed, "items");
  if (status == WT_OK && json_array_size(items) == 0)
    status = wt_fail(err, WT_EFORMAT, NULL, 0, "a feed without items");
  for (size_t i = 0; i < json_array_size(items) && status == WT_OK; i++)
    status = give_json_item(sink, feed, json_array_get(items, i), i + 1, err);
  json_decref(feed);
  return status;
}

wt_status wt_feed_split(wt_sink *sink, wt_span bytes, wt_error *err) {
  wt_buf text = {0};
  xmlDoc *document = NULL;
  split s = {.sink = sink, .format = WT_FORMAT_FEED};
  wt_status status = decode(&text, sink, bytes, err);
  if (status == WT_OK && wt_span_starts(wt_span_trim(wt_buf_span(&text)), WT_SPAN("{"))) {
    status = split_json(sink, wt_buf_span(&text), err);
    goto done;
  }
  if (status == WT_OK) status = wt_xml_parse(&document, wt_buf_span(&text), err);
  if (status != WT_OK) goto done;
  s.root = xmlDocGetRootElement(document);
  find_items(&s);
  status = wt_xml_is(s.root, "entry") ? give_as_it_is(sink, bytes, WT_FORMAT_FEED, err) : give_items(&s, err);
done:
  if (document != NULL) xmlFreeDoc(document);
  wt_buf_release(&text);
  return status;
}
