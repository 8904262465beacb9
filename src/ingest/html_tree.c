/*
 * html_tree: libxml2's HTML parser, heard through its SAX events, writes the flat tree.
 *
 * Why SAX and not libxml2's own tree: a third of the memory, no depth limit of 256 (libxml2 counts the depth of its own tree
 * only), and the tree is in reading order, so that every later pass is a loop over an array.
 *
 * Closing tags that match nothing make libxml2 look through all open elements, which is quadratic on a hostile page; so
 * the work is counted (charge) and the page refused past a bound that no honest page comes near.
 */
#include "ingest/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "ingest/entities.h"
#include "ingest/web_archive.h"
#include "wt/text.h"

enum { TAG_CACHE = 256, CLASS_CACHE = 1024 };

typedef struct parse {
  wt_html_tree *tree;
  htmlParserCtxtPtr parser;
  uint32_t open;   /* innermost open element */
  uint32_t unseen; /* open elements below one that nobody sees; 0: none */
  bool in_jsonld, in_svg;
  bool failed;  /* out of memory */
  bool refused; /* past the bound of work */
  uint64_t work, work_limit;
  struct {
    const xmlChar *name; /* libxml2 interns names: the pointer is the key */
    wt_tag tag;
  } tag_cache[TAG_CACHE];
  struct {
    uint64_t key, hints;
  } class_cache[CLASS_CACHE];
} parse;

static wt_tag tag_of(parse *p, const xmlChar *name) {
  size_t slot = ((uintptr_t)name >> 3) % TAG_CACHE;
  if (p->tag_cache[slot].name != name) {
    p->tag_cache[slot].name = name;
    p->tag_cache[slot].tag = wt_tag_of((const char *)name);
  }
  return p->tag_cache[slot].tag;
}

static uint64_t hints_of(parse *p, wt_span names, uint64_t key) {
  size_t slot = key % CLASS_CACHE;
  if (p->class_cache[slot].key != key) {
    p->class_cache[slot].key = key;
    p->class_cache[slot].hints = wt_hints_of(names);
  }
  return p->class_cache[slot].hints;
}

static void stop(parse *p) {
  xmlStopParser(p->parser);
}

static wt_node *add_node(parse *p, wt_tag tag) {
  wt_html_tree *tree = p->tree;
  if (tree->count >= WT_NO_NODE - 1 || !wt_grow(&tree->nodes, &tree->capacity, tree->count + 1, sizeof *tree->nodes)) {
    p->failed = true;
    stop(p);
    return NULL;
  }
  wt_node *node = &tree->nodes[tree->count++];
  *node = (wt_node){.parent = p->open, .end = (uint32_t)tree->count, .begin = WT_NO_NODE, .tag = (uint16_t)tag};
  return node;
}

/* ---- attributes ---- */

static const struct {
  const char *name;
  wt_attr_name attr;
} kept[] = {{"id", WT_ATTR_ID},
            {"href", WT_ATTR_HREF},
            {"rel", WT_ATTR_REL},
            {"itemprop", WT_ATTR_ITEMPROP},
            {"itemtype", WT_ATTR_ITEMTYPE},
            {"datetime", WT_ATTR_DATETIME},
            {"content", WT_ATTR_CONTENT},
            {"name", WT_ATTR_NAME},
            {"property", WT_ATTR_PROPERTY},
            {"lang", WT_ATTR_LANG},
            {"type", WT_ATTR_TYPE},
            {"charset", WT_ATTR_CHARSET},
            {"http-equiv", WT_ATTR_HTTP_EQUIV},
            {"value", WT_ATTR_VALUE}};

static void keep_attr(parse *p, wt_node *node, wt_attr_name name, wt_span value) {
  wt_html_tree *tree = p->tree;
  if (!wt_grow(&tree->attrs, &tree->attr_capacity, tree->attr_count + 1, sizeof *tree->attrs)) {
    p->failed = true;
    stop(p);
    return;
  }
  size_t begin = tree->text.len;
  wt_entities_put(&tree->text, value);
  tree->attrs[tree->attr_count] = (wt_html_attr){
      .begin = (uint32_t)begin, .len = (uint32_t)(tree->text.len - begin), .next = node->begin, .name = name};
  node->begin = (uint32_t)tree->attr_count++;
}

static bool has_word(wt_span text, const char *word) {
  return wt_span_find(text, wt_span_of(word)) < text.len;
}

/* display:none and visibility:hidden, with or without spaces. */
static bool style_hides(wt_span style) {
  return has_word(style, "display:none") || has_word(style, "display: none") || has_word(style, "visibility:hidden") ||
         has_word(style, "visibility: hidden");
}

/* Clipped to nothing: out of sight, and read aloud. */
static bool style_clips(wt_span style) {
  return has_word(style, "clip:rect(0") || has_word(style, "clip: rect(0") || has_word(style, "clip:rect(1px") ||
         has_word(style, "clip: rect(1px") || has_word(style, "clip-path:inset(50%") ||
         has_word(style, "clip-path: inset(50%") || has_word(style, "clip-path:inset(100%") ||
         has_word(style, "clip-path: inset(100%");
}

static unsigned role_flags(wt_span role) {
  static const char *const chrome[] = {"button",  "dialog",  "alertdialog", "search", "form",       "menu",
                                       "menubar", "toolbar", "tablist",     "tab",    "contentinfo"};
  if (wt_span_equal(role, WT_SPAN("navigation"))) return WT_NODE_NAVIGATION;
  if (wt_span_equal(role, WT_SPAN("complementary"))) return WT_NODE_COMPLEMENT;
  for (size_t i = 0; i < sizeof chrome / sizeof chrome[0]; i++)
    if (wt_span_equal(role, wt_span_of(chrome[i]))) return WT_NODE_CHROME;
  return 0;
}

static void take_names(parse *p, wt_node *node, wt_span value, bool is_class) {
  uint64_t key = wt_hash64(value);
  node->hints |= hints_of(p, value, key);
  if (is_class) node->shape ^= (uint32_t)(key ^ key >> 32);
}

static bool is_heading(uint16_t tag) {
  return tag >= WT_TAG_H1 && tag <= WT_TAG_H6;
}

static void take_attr(parse *p, wt_node *node, const char *name, wt_span value) {
  if (strcmp(name, "class") == 0) {
    take_names(p, node, value, true);
    return;
  }
  if (strcmp(name, "style") == 0) {
    if (style_hides(value)) node->flags |= WT_NODE_HIDDEN;
    if (style_clips(value)) node->hints |= WT_HINT_UNSEEN;
    return;
  }
  if (strcmp(name, "hidden") == 0)
    node->flags |= WT_NODE_HIDDEN;
  else if (strcmp(name, "layout") == 0 && wt_span_equal(value, WT_SPAN("nodisplay")))
    node->flags |= WT_NODE_HIDDEN;
  else if (strcmp(name, "aria-hidden") == 0 && wt_span_equal(value, WT_SPAN("true")))
    node->flags |= WT_NODE_ARIA_HIDDEN;
  else if (strcmp(name, "role") == 0)
    node->flags |= (uint16_t)role_flags(value);
  else if (strcmp(name, "itemscope") == 0)
    node->flags |= WT_NODE_SCOPE;
  else if (strcmp(name, "data-testid") == 0 || strcmp(name, "data-component") == 0)
    take_names(p, node, value, false);
  for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
    if (strcmp(name, kept[i].name) != 0) continue;
    if (kept[i].attr == WT_ATTR_ID) {
      if (!is_heading(node->tag)) take_names(p, node, value, false); /* a heading's is made of its words */
      if (wt_web_archive_is_banner(value)) node->flags |= WT_NODE_BANNER;
    }
    if (kept[i].attr == WT_ATTR_REL && has_word(value, "author")) node->hints |= WT_HINT_AUTHOR;
    if (kept[i].attr == WT_ATTR_ITEMPROP && has_word(value, "articleBody")) node->flags |= WT_NODE_ARTICLE_BODY;
    keep_attr(p, node, kept[i].attr, value);
    return;
  }
}

/* ---- events ---- */

static bool is_jsonld(const xmlChar **atts) {
  for (size_t i = 0; atts != NULL && atts[i] != NULL; i += 2)
    if (atts[i + 1] != NULL && strcmp((const char *)atts[i], "type") == 0)
      return wt_span_find(wt_span_of((const char *)atts[i + 1]), WT_SPAN("ld+json")) <
             strlen((const char *)atts[i + 1]);
  return false;
}

static bool starts_unseen(const parse *p, wt_tag tag) {
  return (wt_tag_traits(tag) & WT_TAG_IS_UNSEEN) != 0 && tag != WT_TAG_HEAD &&
         !(tag == WT_TAG_TITLE && p->tree->title == WT_NO_NODE);
}

static uint32_t context_of_tag(wt_tag tag) {
  switch (tag) {
  case WT_TAG_A: return WT_IN_LINK;
  case WT_TAG_B:
  case WT_TAG_STRONG: return WT_IN_BOLD;
  case WT_TAG_NAV: return WT_IN_NAV;
  case WT_TAG_FOOTER: return WT_IN_FOOTER;
  case WT_TAG_HEADER: return WT_IN_HEADER;
  case WT_TAG_ASIDE: return WT_IN_ASIDE;
  case WT_TAG_FORM:
  case WT_TAG_FIELDSET:
  case WT_TAG_SELECT: return WT_IN_FORM;
  case WT_TAG_BUTTON: return WT_IN_BUTTON;
  case WT_TAG_LI:
  case WT_TAG_DT:
  case WT_TAG_DD: return WT_IN_ITEM;
  case WT_TAG_UL:
  case WT_TAG_OL:
  case WT_TAG_DL: return WT_IN_LIST;
  case WT_TAG_BLOCKQUOTE: return WT_IN_QUOTE;
  case WT_TAG_FIGURE:
  case WT_TAG_PICTURE: return WT_IN_FIGURE;
  case WT_TAG_FIGCAPTION: return WT_IN_FIGURE | WT_IN_CAPTION;
  case WT_TAG_TABLE: return WT_IN_TABLE;
  case WT_TAG_H1:
  case WT_TAG_H2:
  case WT_TAG_H3:
  case WT_TAG_H4:
  case WT_TAG_H5:
  case WT_TAG_H6: return WT_IN_HEADING;
  case WT_TAG_P: return WT_IN_P;
  case WT_TAG_ARTICLE: return WT_IN_ARTICLE;
  case WT_TAG_PRE: return WT_IN_PRE;
  case WT_TAG_HEAD: return WT_IN_HEAD;
  case WT_TAG_TIME: return WT_IN_TIME;
  case WT_TAG_TITLE: return WT_IN_TITLE;
  case WT_TAG_ADDRESS: return WT_IN_ADDRESS;
  default: return 0;
  }
}

/* A place to jump to, or in a heading a jump within the page: no link to read elsewhere. */
static bool is_anchor(const parse *p, const wt_node *node, uint32_t context) {
  bool href = false, name = false, jump = false;
  for (uint32_t at = node->begin; at != WT_NO_NODE; at = p->tree->attrs[at].next) {
    const wt_html_attr *attr = &p->tree->attrs[at];
    href = href || attr->name == WT_ATTR_HREF;
    name = name || attr->name == WT_ATTR_NAME || attr->name == WT_ATTR_ID;
    if (attr->name == WT_ATTR_HREF) jump = attr->len > 1 && p->tree->text.data[attr->begin] == '#';
  }
  return (name && !href) || (jump && (context & WT_IN_HEADING) != 0);
}

static uint32_t context_of(const parse *p, const wt_node *node) {
  uint32_t context = node->parent == WT_NO_NODE ? 0 : p->tree->nodes[node->parent].context;
  if (node->tag != WT_TAG_A || !is_anchor(p, node, context)) context |= context_of_tag((wt_tag)node->tag);
  if (node->flags & WT_NODE_HIDDEN) context |= WT_IN_HIDDEN;
  if (node->hints & WT_HINT_UNSEEN) context |= WT_IN_UNSEEN;
  if (node->flags & WT_NODE_NAVIGATION) context |= WT_IN_NAV;
  if (node->flags & WT_NODE_CHROME) context |= WT_IN_BUTTON;
  if (node->flags & WT_NODE_COMPLEMENT) context |= WT_IN_ASIDE;
  if (node->tag == WT_TAG_BODY || node->tag == WT_TAG_HTML) context &= ~(uint32_t)WT_IN_HIDDEN;
  return context;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **atts) {
  parse *p = context;
  wt_tag tag = tag_of(p, name);
  bool custom = tag == WT_TAG_OTHER && strchr((const char *)name, '-') != NULL;
  if (custom) tag = WT_TAG_CUSTOM;
  if (p->unseen > 0 || starts_unseen(p, tag)) {
    p->unseen++;
    p->in_jsonld = tag == WT_TAG_SCRIPT && is_jsonld(atts);
    return;
  }
  wt_node *node = add_node(p, tag);
  if (node == NULL) return;
  uint32_t at = (uint32_t)p->tree->count - 1;
  node->shape = (uint32_t)tag * 2654435761u;
  if (custom) take_names(p, node, wt_span_of((const char *)name), true);
  for (size_t i = 0; atts != NULL && atts[i] != NULL; i += 2)
    take_attr(p, node, (const char *)atts[i], wt_span_of((const char *)atts[i + 1]));
  if (node->hints & WT_HINT_HIDDEN) node->flags |= WT_NODE_HIDDEN;
  node->context = context_of(p, node);
  node->path = node->shape;
  if (node->parent != WT_NO_NODE) node->path ^= p->tree->nodes[node->parent].path * 0x85EBCA6Bu + 0x9E3779B9u;
  if (tag == WT_TAG_TITLE && p->tree->title == WT_NO_NODE) p->tree->title = at;
  p->open = at;
}

static void on_end(void *context, const xmlChar *name) {
  parse *p = context;
  (void)name;
  if (p->unseen > 0) {
    p->unseen--;
    if (p->in_jsonld) {
      wt_buf_put_char(&p->tree->jsonld, 0);
      p->in_jsonld = false;
    }
    return;
  }
  if (p->open == WT_NO_NODE) return;
  p->tree->nodes[p->open].end = (uint32_t)p->tree->count;
  p->open = p->tree->nodes[p->open].parent;
}

static void on_text(void *context, const xmlChar *text, int len) {
  parse *p = context;
  wt_html_tree *tree = p->tree;
  if (len <= 0) return;
  if (p->unseen > 0) {
    if (p->in_jsonld) wt_buf_put(&tree->jsonld, text, (size_t)len);
    return;
  }
  wt_node *last = tree->count > 0 ? &tree->nodes[tree->count - 1] : NULL;
  if (last == NULL || last->tag != WT_TAG_TEXT || last->parent != p->open ||
      (size_t)last->begin + last->len != tree->text.len) {
    last = add_node(p, WT_TAG_TEXT);
    if (last == NULL) return;
    last->begin = (uint32_t)tree->text.len;
    last->context = p->open == WT_NO_NODE ? 0 : tree->nodes[p->open].context;
  }
  size_t before = tree->text.len;
  wt_entities_put(&tree->text, (wt_span){(const char *)text, (size_t)len});
  last->len += (uint32_t)(tree->text.len - before);
}

/* Called, among others, for each closing tag that libxml2 looked up among the open ones in vain. */
static void on_error(void *context, xmlErrorPtr error) {
  parse *p = context;
  p->work += 16 + (error->code == XML_ERR_TAG_NAME_MISMATCH ? (uint64_t)p->parser->nameNr : 0);
  if (p->work <= p->work_limit || p->refused) return;
  p->refused = true;
  stop(p);
}

/* ---- the call ---- */

static void close_all(parse *p) {
  for (uint32_t at = p->open; at != WT_NO_NODE; at = p->tree->nodes[at].parent)
    p->tree->nodes[at].end = (uint32_t)p->tree->count;
}

static wt_status run(parse *p, wt_span utf8, wt_error *err) {
  xmlSAXHandler sax = {.startElement = on_start,
                       .endElement = on_end,
                       .characters = on_text,
                       .ignorableWhitespace = on_text,
                       .cdataBlock = on_text,
                       .serror = on_error,
                       .initialized = XML_SAX2_MAGIC};
  if (utf8.len == 0) return WT_OK;
  p->parser = htmlCreateMemoryParserCtxt(utf8.data, (int)utf8.len);
  if (p->parser == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to parse it");
  htmlCtxtUseOptions(p->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
  *p->parser->sax = sax;
  p->parser->userData = p;
  p->parser->charset = XML_CHAR_ENCODING_UTF8;
  htmlParseDocument(p->parser);
  if (p->parser->myDoc != NULL) xmlFreeDoc(p->parser->myDoc);
  htmlFreeParserCtxt(p->parser);
  return WT_OK;
}

wt_status wt_html_tree_parse(wt_html_tree *tree, wt_span utf8, wt_error *err) {
  *tree = (wt_html_tree){.title = WT_NO_NODE};
  if (utf8.len >= INT32_MAX / 2) return wt_fail(err, WT_ELIMIT, "page", 0, "longer than 1 GiB");
  parse *p = wt_alloc_zero(1, sizeof *p);
  if (p == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to parse it");
  p->tree = tree;
  p->open = WT_NO_NODE;
  p->work_limit = 300000000 + 64 * (uint64_t)utf8.len;
  wt_status status = run(p, utf8, err);
  close_all(p);
  if (status == WT_OK && p->refused)
    status = wt_fail(err, WT_ELIMIT, "page", 0, "its tags are nested so wrongly that reading it would take too long");
  if (status == WT_OK && (p->failed || tree->text.failed || tree->jsonld.failed))
    status = wt_fail(err, WT_ENOMEM, "page", -1, "no memory for its text");
  wt_free(p);
  return status;
}

void wt_html_tree_release(wt_html_tree *tree) {
  wt_free(tree->nodes);
  wt_free(tree->attrs);
  wt_buf_release(&tree->text);
  wt_buf_release(&tree->jsonld);
  *tree = (wt_html_tree){.title = WT_NO_NODE};
}

wt_span wt_html_attr_of(const wt_html_tree *tree, uint32_t node, wt_attr_name name) {
  if (node >= tree->count || tree->nodes[node].tag == WT_TAG_TEXT) return (wt_span){NULL, 0};
  for (uint32_t at = tree->nodes[node].begin; at != WT_NO_NODE; at = tree->attrs[at].next)
    if (tree->attrs[at].name == name) return (wt_span){tree->text.data + tree->attrs[at].begin, tree->attrs[at].len};
  return (wt_span){NULL, 0};
}

wt_span wt_html_node_text(const wt_html_tree *tree, uint32_t node) {
  if (tree->nodes[node].tag != WT_TAG_TEXT) return (wt_span){NULL, 0};
  return (wt_span){tree->text.data + tree->nodes[node].begin, tree->nodes[node].len};
}

void wt_html_text_below(wt_buf *out, const wt_html_tree *tree, uint32_t node) {
  wt_buf raw = {0};
  for (uint32_t at = node; at < tree->nodes[node].end; at++) {
    if (tree->nodes[at].tag == WT_TAG_TEXT)
      wt_buf_put_span(&raw, wt_html_node_text(tree, at));
    else if (tree->nodes[at].tag == WT_TAG_BR || (wt_tag_traits((wt_tag)tree->nodes[at].tag) & WT_TAG_IS_BLOCK) != 0)
      wt_buf_put_char(&raw, ' ');
  }
  if (raw.failed)
    out->failed = true;
  else
    wt_squeeze(out, wt_buf_span(&raw));
  wt_buf_release(&raw);
}
