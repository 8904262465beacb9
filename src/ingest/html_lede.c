/*
 * html_lede: what the story begins with when that stands apart from the rest.
 *
 * Templates set the deck, or the first paragraphs before a picture, a player or a wall, beside the element that holds the
 * others, and the subtree of the highest worth lacks them. Sentences and captions between the headline and that subtree, in
 * nothing that its name speaks against, are the story's: html_sort takes them as if they stood in the subtree.
 */
#include "ingest/date.h"
#include "ingest/html_sort.h"

/* "On air: 26 August, 6 pm." and the like: a short line with a date. */
static bool is_dated(wt_span text) {
  enum { SHORT = 100 };
  wt_time time;
  return text.len < SHORT && wt_date_find(&time, text, true);
}

static bool is_sentence(const wt_html_page *page, const wt_html_block *block) {
  enum { MOST = 1500 };
  uint32_t never = WT_IN_NAV | WT_IN_ASIDE | WT_IN_FOOTER | WT_IN_FORM | WT_IN_BUTTON | WT_IN_CAPTION | WT_IN_FIGURE |
                   WT_IN_HEADING | WT_IN_HIDDEN | WT_IN_UNSEEN | WT_IN_TABLE | WT_IN_TIME | WT_IN_ADDRESS;
  if (block->value <= 0 || block->weight > MOST || !block->ends_sentence || (block->context & never) != 0) return false;
  if (is_dated(wt_html_block_text(page, block))) return false;
  if (wt_sort_hints(page, block->node, 2) & WT_HINT_CAPTION) return false;
  return block->link_weight * 4 < block->weight && page->tree.nodes[block->node].end <= page->main;
}

static bool is_caption(const wt_html_page *page, const wt_html_block *block) {
  return (block->context & WT_IN_CAPTION) != 0 && (block->context & (WT_IN_ASIDE | WT_IN_NAV | WT_IN_HIDDEN)) == 0 &&
         page->tree.nodes[block->node].end <= page->main;
}

/* Do the names from a block up to what holds the story too say nothing against it? */
static bool is_unnamed(const wt_html_page *page, uint32_t at) {
  const wt_node *nodes = page->tree.nodes;
  for (; at != WT_NO_NODE && nodes[at].end <= page->main; at = nodes[at].parent)
    if (wt_html_share_of(&nodes[at]) < 16 || (nodes[at].hints & (WT_HINT_BIO | WT_HINT_GALLERY)) != 0) return false;
  return true;
}

static bool heads(wt_html_page *page, const wt_html_block *block) {
  return (block->context & (WT_IN_NAV | WT_IN_ASIDE | WT_IN_FOOTER | WT_IN_HIDDEN)) == 0 &&
         (wt_html_is_headline(page, block) || wt_sort_is_variant(page, block));
}

static void add(wt_html_page *page, uint32_t node) {
  if (page->lede_count > 0 && page->ledes[page->lede_count - 1] == node) return;
  page->ledes[page->lede_count++] = node;
}

/* Index behind the last heading before main that has the headline, or else behind the first in main's own article. */
static size_t find_head(wt_html_page *page) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t article = page->main;
  while (article != WT_NO_NODE && nodes[article].tag != WT_TAG_ARTICLE) article = nodes[article].parent;
  size_t behind = 0, first = 0;
  for (size_t i = 0; i < page->block_count && page->blocks[i].node < page->main; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (heads(page, block)) behind = i + 1;
    if (first == 0 && block->node > article && (block->context & WT_IN_HEADING) != 0) first = i + 1;
  }
  return behind > 0 ? behind : first;
}

void wt_html_lede(wt_html_page *page) {
  if (page->main == WT_NO_NODE) return;
  size_t behind = find_head(page);
  for (size_t i = behind; behind > 0 && i < page->block_count && page->lede_count < WT_LEDES; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->node >= page->main) return;
    if ((is_sentence(page, block) || is_caption(page, block)) && is_unnamed(page, block->node)) add(page, block->node);
  }
}
