/*
 * xml: a small way into libxml2's tree.
 *
 * Nothing is loaded, and no entity of a document's own is ever known: declarations are read over, so that nothing can flood.
 * Names are compared without their prefix. No call recurses.
 */
#ifndef WT_INGEST_XML_H
#define WT_INGEST_XML_H

#include <libxml/tree.h>

#include "wt/base.h"

/* Parses text, which is UTF-8 whatever the document says. WT_EFORMAT with the byte for what is not well formed; the caller
   frees *out with xmlFreeDoc. */
wt_status wt_xml_parse(xmlDoc **out, wt_span text, wt_error *err);
/* The same for HTML, which is always something. A depth past 512 is WT_ELIMIT. */
wt_status wt_xml_parse_html(xmlDoc **out, wt_span text, wt_error *err);

bool wt_xml_is(const xmlNode *node, const char *name);
/* The first element below `parent` along a path of names: "itemMeta/pubStatus". NULL when there is none, or no parent. */
const xmlNode *wt_xml_find(const xmlNode *parent, const char *path);
/* The next sibling element of the same name, or NULL. */
const xmlNode *wt_xml_again(const xmlNode *node);
/* The next node in the order of the document below top, or NULL; `skip` leaves out what is below `at`. */
const xmlNode *wt_xml_next(const xmlNode *top, const xmlNode *at, bool skip);
/* The first element by that name anywhere below top, or NULL. */
const xmlNode *wt_xml_seek(const xmlNode *top, const char *name);

/* An attribute's value, borrowed from the tree; empty when absent. */
wt_span wt_xml_attribute(const xmlNode *node, const char *name);
/* Appends the character data below node, white space as it is. node may be NULL. */
void wt_xml_text(wt_buf *out, const xmlNode *node);
/* The text of one text node, or what an entity reference of HTML stands for; empty for any other node. */
wt_span wt_xml_node_text(const xmlNode *node, char scratch[8]);

#endif
