/*
 * html_tree: a page as a flat array of nodes in document order, without what nobody sees (scripts, styles, comments).
 *
 * A node's subtree is [node, node.end); walking it is a loop, never a recursion. Text of all nodes lies in one buffer.
 */
#ifndef WT_INGEST_HTML_TREE_H
#define WT_INGEST_HTML_TREE_H

#include "wt/base.h"
#include "ingest/html_tag.h"

#define WT_NO_NODE UINT32_MAX

/* What an attribute said, as far as the reader asks for it. */
typedef enum wt_attr_name {
  WT_ATTR_ID,
  WT_ATTR_HREF,
  WT_ATTR_REL,
  WT_ATTR_ITEMPROP,
  WT_ATTR_ITEMTYPE,
  WT_ATTR_DATETIME,
  WT_ATTR_CONTENT,
  WT_ATTR_NAME,
  WT_ATTR_PROPERTY,
  WT_ATTR_LANG,
  WT_ATTR_TYPE,
  WT_ATTR_CHARSET,
  WT_ATTR_HTTP_EQUIV,
  WT_ATTR_SRC,
  WT_ATTR_CLASS,
  WT_ATTR_VALUE,
  WT_ATTR_ALT,
  WT_ATTRS
} wt_attr_name;

typedef struct wt_html_attr {
  uint32_t begin, len; /* in tree.text */
  uint32_t next;       /* of the same element; WT_NO_NODE at the end */
  wt_attr_name name;
} wt_html_attr;

enum {
  WT_NODE_HIDDEN = 1, /* hidden, display:none */
  WT_NODE_ARIA_HIDDEN = 2,
  WT_NODE_NAVIGATION = 4,    /* by its role */
  WT_NODE_SCOPE = 8,         /* itemscope */
  WT_NODE_ARTICLE_BODY = 16, /* itemprop says so */
  WT_NODE_CHROME = 32,       /* a role that is no text: button, dialog, search, form ... */
  WT_NODE_BANNER = 64,       /* of a web archive, not of the page */
  WT_NODE_COMPLEMENT = 128,  /* role=complementary, aside and the like */
  WT_NODE_TEASER = 256,      /* one of a row of links to other stories, by html_select */
  WT_NODE_REPLIED = 1024,    /* somebody's words that others can reply to, by html_select */
  WT_NODE_LISTED = 512       /* one of a row with linked headings that the story itself goes through, by html_select */
};

/* What an element lies in, or is. */
enum {
  WT_IN_LINK = 1 << 0,
  WT_IN_BOLD = 1 << 1,
  WT_IN_HIDDEN = 1 << 2,
  WT_IN_NAV = 1 << 3,
  WT_IN_FOOTER = 1 << 4,
  WT_IN_HEADER = 1 << 5,
  WT_IN_ASIDE = 1 << 6,
  WT_IN_FORM = 1 << 7,
  WT_IN_BUTTON = 1 << 8,
  WT_IN_ITEM = 1 << 9,
  WT_IN_QUOTE = 1 << 10,
  WT_IN_FIGURE = 1 << 11,
  WT_IN_CAPTION = 1 << 12,
  WT_IN_TABLE = 1 << 13,
  WT_IN_HEADING = 1 << 14,
  WT_IN_P = 1 << 15,
  WT_IN_ARTICLE = 1 << 16,
  WT_IN_PRE = 1 << 17,
  WT_IN_HEAD = 1 << 18,
  WT_IN_CREDIT = 1 << 19,
  WT_IN_LIST = 1 << 20,
  WT_IN_TIME = 1 << 21,
  WT_IN_TITLE = 1 << 22,
  WT_IN_ADDRESS = 1 << 23,
  WT_IN_UNSEEN = 1 << 24
};

typedef struct wt_node {
  uint32_t parent, end;
  uint32_t begin, len; /* text: in tree.text. Element: begin is its first attribute */
  uint32_t shape;      /* hash of tag and class */
  uint32_t path;       /* hash of the shapes from the root down */
  uint32_t context;    /* what it lies in: WT_IN_, with its own tag */
  uint16_t tag;        /* wt_tag */
  uint16_t flags;
  uint64_t hints; /* what its class and id suggest: WT_HINT_ */
} wt_node;

typedef struct wt_html_tree {
  wt_node *nodes;
  size_t count, capacity;
  wt_html_attr *attrs;
  size_t attr_count, attr_capacity;
  wt_buf text;
  wt_buf jsonld;  /* every application/ld+json script, a 0 byte after each */
  uint32_t title; /* node of the first title outside a picture */
} wt_html_tree;

/* Parses UTF-8. tree needs no init before; release it also after a failure. */
wt_status wt_html_tree_parse(wt_html_tree *tree, wt_span utf8, wt_error *err);
void wt_html_tree_release(wt_html_tree *tree);

/* The value of an element's attribute; empty when it has none. */
wt_span wt_html_attr_of(const wt_html_tree *tree, uint32_t node, wt_attr_name name);
/* Text of a text node; any other has none. */
wt_span wt_html_node_text(const wt_html_tree *tree, uint32_t node);
/* All text below a node, appended and squeezed, words of different blocks kept apart. */
void wt_html_text_below(wt_buf *out, const wt_html_tree *tree, uint32_t node);

#endif
