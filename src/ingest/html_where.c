/*
 * html_where: the blocks at home in the story's subtree are told by the place that its prose shares (the same parent, or
 * parents of the same path of shapes); what lies elsewhere in it is an insert: a box, a bar, a form. Names of elements above a
 * block speak against it too.
 */
#include "ingest/html_sort.h"

#include <string.h>

bool wt_sort_is_inside(const wt_html_page *page, uint32_t node) {
  if (page->main == WT_NO_NODE) return false;
  if (node >= page->main) return node < page->tree.nodes[page->main].end;
  for (unsigned i = 0; i < page->lede_count; i++)
    if (page->ledes[i] == node) return true;
  return false;
}

static bool is_wrapper(uint16_t tag) {
  switch (tag) {
  case WT_TAG_UL:
  case WT_TAG_OL:
  case WT_TAG_DL:
  case WT_TAG_LI:
  case WT_TAG_DD:
  case WT_TAG_DT:
  case WT_TAG_BLOCKQUOTE:
  case WT_TAG_TABLE:
  case WT_TAG_TBODY:
  case WT_TAG_TR:
  case WT_TAG_TD:
  case WT_TAG_TH:
  case WT_TAG_CENTER:
  case WT_TAG_P: return true;
  default: return false;
  }
}

/* The element that holds a block as one of a row of blocks: its parent, past lists and quotations. */
static uint32_t holder_of(const wt_html_page *page, const wt_html_block *block) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t at = block->node;
  for (int levels = 0; levels < 32; levels++) {
    if (at == page->main || nodes[at].parent == WT_NO_NODE) return at;
    at = nodes[at].parent;
    if (at == page->main || !is_wrapper(nodes[at].tag)) return at;
  }
  return at;
}

static uint64_t key_of_holder(uint32_t holder) {
  return ((uint64_t)holder + 1) * 0x9E3779B97F4A7C15ull | 1;
}

static uint64_t key_of_path(const wt_html_page *page, uint32_t holder) {
  return ((uint64_t)page->tree.nodes[holder].path + 1) * 0xD6E8FEB86659FD93ull | 1;
}

static wt_html_place *find(const wt_html_sorting *s, uint64_t key) {
  size_t slot = (size_t)(key >> 20) & s->mask;
  while (s->places[slot].key != 0 && s->places[slot].key != key) slot = (slot + 1) & s->mask;
  return &s->places[slot];
}

static void add_place(wt_html_sorting *s, uint64_t key, int32_t value) {
  wt_html_place *to = find(s, key);
  to->key = key;
  to->value += value;
}

bool wt_sort_is_at_home(const wt_html_sorting *s, const wt_html_block *block) {
  if (block->node < s->page->main && wt_sort_is_inside(s->page, block->node)) return true;
  uint32_t holder = holder_of(s->page, block);
  int64_t here = find(s, key_of_holder(holder))->value, alike = find(s, key_of_path(s->page, holder))->value;
  return here * 8 >= s->total || alike * 5 >= s->total || (int64_t)s->page->prose[holder] * 2 >= s->total;
}

static void weigh_home(wt_html_sorting *s) {
  for (size_t i = 0; i < s->page->block_count; i++) {
    const wt_html_block *block = &s->page->blocks[i];
    if (block->value > 0 && wt_sort_is_inside(s->page, block->node) && wt_sort_is_at_home(s, block))
      s->home += block->value;
  }
}

wt_status wt_sort_find_places(wt_html_sorting *s, wt_error *err) {
  wt_html_page *page = s->page;
  size_t size = 64;
  while (size < page->block_count * 4) size *= 2;
  s->places = wt_alloc_zero(size, sizeof *s->places);
  s->mask = size - 1;
  if (s->places == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to sort its blocks");
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->value <= 0 || !wt_sort_is_inside(page, block->node)) continue;
    uint32_t holder = holder_of(page, block);
    add_place(s, key_of_holder(holder), block->value);
    add_place(s, key_of_path(page, holder), block->value);
    s->total += block->value;
  }
  weigh_home(s);
  return WT_OK;
}

/* ---- reasons ---- */

static const struct {
  uint64_t hint;
  const char *reason;
} reasons[] = {
    {WT_HINT_GALLERY, "gallery"},
    {WT_HINT_COMMENT, "comments"},
    {WT_HINT_NEWSLETTER, "newsletter"},
    {WT_HINT_AD, "advertisement"},
    {WT_HINT_COOKIE, "cookie-notice"},
    {WT_HINT_SHARE, "share-bar"},
    {WT_HINT_RELATED, "related-links"},
    {WT_HINT_CRUMBS, "navigation"},
    {WT_HINT_NAV, "navigation"},
    {WT_HINT_FOOTER, "page-footer"},
    {WT_HINT_LOGIN, "subscription-offer"},
    {WT_HINT_POPUP, "popup"},
    {WT_HINT_PROMO, "promotion"},
    {WT_HINT_TAGS, "topics"},
    {WT_HINT_SIDE, "sidebar"},
    {WT_HINT_BIO, "author-note"},
    {WT_HINT_TOOLS, "tools"},
    {WT_HINT_UNSEEN, "for-screen-readers"},
    {WT_HINT_EMBED, "embed"},
    {WT_HINT_VIDEO, "player"},
    {WT_HINT_COLLAPSED, "insert"},
};

static const char *reason_of_node(const wt_node *node) {
  if (node->flags & WT_NODE_BANNER) return "web-archive-banner";
  if (node->flags & WT_NODE_HIDDEN) return "hidden";
  if (node->tag == WT_TAG_NAV || (node->flags & WT_NODE_NAVIGATION)) return "navigation";
  if (node->tag == WT_TAG_FOOTER) return "page-footer";
  if (node->tag == WT_TAG_ASIDE || (node->flags & WT_NODE_COMPLEMENT)) return "sidebar";
  if (node->tag == WT_TAG_FORM || node->tag == WT_TAG_FIELDSET || node->tag == WT_TAG_SELECT) return "form";
  bool opens = (node->context & WT_IN_HEADING) != 0; /* a heading that opens what it heads */
  if ((node->tag == WT_TAG_BUTTON || (node->flags & WT_NODE_CHROME)) && !opens) return "button";
  if (node->flags & WT_NODE_TEASER) return "related-links";
  if (node->flags & WT_NODE_REPLIED) return "comments";
  if (node->flags & WT_NODE_ARTICLE_BODY) return NULL;
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
    if (node->hints & reasons[i].hint) return reasons[i].reason;
  return NULL;
}

/* An article within the story that is little text and a link is a teaser for another. */
static bool is_teaser(const wt_html_sorting *s, uint32_t at) {
  enum { NODES = 200 };
  const wt_html_page *page = s->page;
  const wt_node *nodes = page->tree.nodes;
  if (nodes[at].tag != WT_TAG_ARTICLE || at == page->main || !wt_sort_is_inside(page, at) || page->entry_count > 0)
    return false;
  if ((int64_t)page->prose[at] * 10 >= s->total) return false;
  for (uint32_t i = at; i < nodes[at].end && i < at + NODES; i++)
    if (nodes[i].tag == WT_TAG_A) return true;
  return false;
}

/* Does the story go on behind an element, having begun before it? */
static bool is_amid(wt_html_sorting *s, uint32_t at) {
  enum { LOOKS = 16, SOME = 200 };
  const wt_html_page *page = s->page;
  int64_t before = 0, behind = 0;
  if (++s->looks > LOOKS) return false;
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->value <= 0 || !wt_sort_is_inside(page, block->node)) continue;
    if (block->node < at)
      before += block->value;
    else if (block->node >= page->tree.nodes[at].end)
      behind += block->value;
  }
  return before >= SOME && behind >= SOME;
}

/* May what is so called be longer than the rest of the story? A picture story lies in its gallery. */
static bool may_outweigh(wt_html_sorting *s, uint32_t at, const char *reason, int64_t rest) {
  if (strcmp(reason, "gallery") == 0) return is_amid(s, at);
  if (strcmp(reason, "comments") != 0 && strcmp(reason, "related-links") != 0) return false;
  return rest >= 300 || rest * 8 >= s->total;
}

/* Holds the element so much of the story's prose that its name cannot mean what it says? A third for a box or a bar. */
static bool is_misnamed(wt_html_sorting *s, uint32_t at, const char *reason) {
  int64_t held = s->page->prose[at], total = s->total;
  if (held <= 0) return false;
  if (strcmp(reason, "web-archive-banner") == 0) return false;
  if (strcmp(reason, "hidden") == 0) return held * 3 >= total * 2;
  uint16_t tag = s->page->tree.nodes[at].tag; /* an element says more than a name */
  if ((tag == WT_TAG_ASIDE || tag == WT_TAG_FOOTER || tag == WT_TAG_NAV) && held * 2 < total) return false;
  return held * 3 >= total && !may_outweigh(s, at, reason, total - held);
}

/* Do boxes that are shut until they are opened hold a third of the prose between them? The story lies in them then. */
static bool lies_in_boxes(const wt_html_sorting *s) {
  const wt_html_page *page = s->page;
  int64_t held = 0;
  if (page->main == WT_NO_NODE) return false;
  for (uint32_t at = page->main + 1; at < page->tree.nodes[page->main].end;) {
    bool box = (page->tree.nodes[at].hints & WT_HINT_COLLAPSED) != 0 && page->prose[at] > 0;
    if (box) held += page->prose[at];
    at = box ? page->tree.nodes[at].end : at + 1;
  }
  return held * 3 >= s->total;
}

/* The nearest element from a node up that speaks against its text, within the story's subtree or outside it. */
wt_status wt_sort_find_reasons(wt_html_sorting *s, wt_error *err) {
  const wt_html_page *page = s->page;
  const wt_html_tree *tree = &page->tree;
  s->why = wt_alloc_zero(tree->count + 1, sizeof *s->why);
  if (s->why == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to sort its blocks");
  bool is_gallery = page->main != WT_NO_NODE && (tree->nodes[page->main].hints & WT_HINT_GALLERY) != 0;
  uint32_t pictures = is_gallery ? tree->nodes[page->main].end
                                 : 0; /* end of a picture story: names of its parts say nothing that its own does not */
  bool boxes = lies_in_boxes(s);
  for (uint32_t at = 0; at < tree->count; at++) {
    const wt_node *node = &tree->nodes[at];
    const char *above = node->parent == WT_NO_NODE || at == page->main ? NULL : s->why[node->parent];
    bool root = node->tag == WT_TAG_BODY || node->tag == WT_TAG_HTML || node->tag == WT_TAG_MAIN;
    /* what holds the whole story is named after it: a newsletter's own page */
    bool holds_all = page->main != WT_NO_NODE && at <= page->main && node->end >= tree->nodes[page->main].end;
    const char *own = node->tag == WT_TAG_TEXT || root || holds_all ? NULL : reason_of_node(node);
    if (own == NULL && is_teaser(s, at)) own = "related-links";
    if (own != NULL && boxes && strcmp(own, "insert") == 0) own = NULL;
    if (own != NULL && at < pictures && strcmp(own, "gallery") == 0) own = NULL;
    if (own != NULL && wt_sort_is_inside(page, at) && is_misnamed(s, at, own)) {
      if (strcmp(own, "gallery") == 0) pictures = node->end;
      own = NULL;
    }
    s->why[at] = own != NULL ? own : above;
  }
  return WT_OK;
}
