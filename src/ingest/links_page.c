/* The links of a section page that look like stories: of the same host, outside the navigation, with words for a text. */
#include "ingest/links.h"

#include <string.h>

#include <libxml/HTMLparser.h>

enum { LEAST_WORDS = 4 };

static bool named(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name);
}

/* nav, footer and what says by its role that it is no content. */
static bool is_chrome(const xmlNode *node) {
  if (named(node, "nav") || named(node, "footer") || named(node, "script") || named(node, "style")) return true;
  if (node->type != XML_ELEMENT_NODE) return false;
  for (const xmlAttr *a = node->properties; a; a = a->next) {
    if (strcmp((const char *)a->name, "role") || !a->children || !a->children->content) continue;
    const char *role = (const char *)a->children->content;
    return !strcmp(role, "navigation") || !strcmp(role, "contentinfo") || !strcmp(role, "search");
  }
  return false;
}

/* The next node in document order below `root`; `skip` passes the children over. No recursion: pages nest as they like. */
static xmlNode *next_node(xmlNode *root, xmlNode *node, bool skip) {
  if (!skip && node->children) return node->children;
  while (node != root && !node->next) node = node->parent;
  return node == root ? NULL : node->next;
}

static size_t text_of(wt_buf *out, xmlNode *link) {
  size_t words = 0;
  wt_buf_clear(out);
  for (xmlNode *n = link; n; n = next_node(link, n, n->type != XML_ELEMENT_NODE)) {
    if (n->type != XML_TEXT_NODE || !n->content || out->len > 2000) continue;
    wt_buf_put_char(out, ' ');
    wt_buf_put_text(out, (const char *)n->content);
  }
  wt_words cut = {0};
  if (wt_words_cut(&cut, wt_buf_span(out), NULL) == WT_OK)
    for (size_t i = 0; i < cut.count; i++)
      words += cut.items[i].kind == WT_WORD_LETTERS || cut.items[i].kind == WT_WORD_NUMBER;
  wt_words_release(&cut);
  return words;
}

static wt_span host_of(wt_span url) {
  wt_span rest = wt_span_sub(url, wt_span_find(url, WT_SPAN("//")) + 2, url.len);
  size_t len = 0;
  while (len < rest.len && !strchr("/?#", rest.data[len])) len++;
  wt_span host = wt_span_sub(rest, 0, len);
  return wt_span_starts(host, WT_SPAN("www.")) ? wt_span_sub(host, 4, host.len) : host;
}

static bool same_host(wt_span href, wt_span base) {
  size_t scheme = wt_span_find(href, WT_SPAN("://"));
  /* one further on is part of a path or a query */
  bool absolute = (scheme < href.len && scheme < 12) || wt_span_starts(href, WT_SPAN("//"));
  return !absolute || wt_span_equal_ascii_case(host_of(href), host_of(base));
}

static bool put_link(wt_links_out *out, wt_buf *title, xmlNode *link) {
  xmlChar *href = xmlGetProp(link, (const xmlChar *)"href");
  wt_span target = wt_span_trim(wt_span_of((const char *)href));
  bool go_on = true;
  if (target.len && target.data[0] != '#' && same_host(target, out->base) && text_of(title, link) >= LEAST_WORDS)
    go_on = wt_links_put(out, target, wt_buf_span(title), (wt_time){0}, false);
  xmlFree(href);
  return go_on;
}

void wt_links_page(wt_links_out *out, wt_span bytes) {
  const int options = HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING;
  wt_buf decoded = {0}, title = {0};
  wt_decoded how;
  out->status = wt_decode(&decoded, &how, bytes, NULL, out->err);
  if (out->status == WT_OK) {
    int len = decoded.len > INT32_MAX ? INT32_MAX : (int)decoded.len;
    htmlDocPtr page = htmlReadMemory(decoded.data ? decoded.data : "", len, NULL, "UTF-8", options);
    xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
    for (xmlNode *n = root; n; n = next_node(root, n, is_chrome(n)))
      if (named(n, "a") && !put_link(out, &title, n)) break;
    xmlFreeDoc(page);
  }
  wt_buf_release(&decoded);
  wt_buf_release(&title);
}
