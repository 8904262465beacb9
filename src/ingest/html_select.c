/*
 * html_select: the subtree that holds the story.
 *
 * Each block is worth what its prose weighs, and less than nothing when it is links or chrome; a subtree is worth the sum of
 * its blocks, but one that calls itself comments, related or the like adds nothing to what it lies in. The story is the
 * subtree of the highest worth, the innermost of equals: a maximum-sum subtree, in one pass from the last node to the
 * first. (Boilerpipe's text density, WSDM 2010, and Readability's classes are the ancestors of the weights.)
 */
#include <string.h>

#include "ingest/html_page.h"

#define AGAINST (WT_HINT_NAV | WT_HINT_FOOTER | WT_HINT_SIDE | WT_HINT_COMMENT | WT_HINT_RELATED | WT_HINT_SHARE | \
  WT_HINT_NEWSLETTER | WT_HINT_AD | WT_HINT_COOKIE | WT_HINT_POPUP | WT_HINT_PROMO | WT_HINT_LOGIN)
#define CHROME (WT_IN_NAV | WT_IN_FORM | WT_IN_BUTTON | WT_IN_HIDDEN)

static int32_t value_of(const wt_html_block *block) {
  int32_t weight = (int32_t)block->weight, link = (int32_t)block->link_weight;
  if (block->context & CHROME) return -8;
  if (link * 2 > weight) return -(15 + (weight > 100 ? 100 : weight) / 4);
  if (block->context & (WT_IN_HEADING | WT_IN_CAPTION)) return 0;
  if (block->covered != WT_COVER_UNKNOWN && block->covered >= 700) weight += weight / 2;
  int32_t prose = weight - 2 * link;
  if (prose > 1200) prose = 1200;
  if (weight >= 80) return prose + (block->ends_sentence ? 20 : 0);
  if (weight >= 25 && block->ends_sentence) return prose > 0 ? prose / 2 : 0;
  return -3;
}

static bool speaks_against(const wt_node *node) {
  if (node->tag == WT_TAG_HTML || node->tag == WT_TAG_BODY || node->tag == WT_TAG_MAIN) return false;
  if (node->flags & WT_NODE_ARTICLE_BODY) return false;
  if (node->tag == WT_TAG_ASIDE || node->tag == WT_TAG_NAV || node->tag == WT_TAG_FOOTER || node->tag == WT_TAG_FORM) return true;
  if (node->flags & (WT_NODE_COMPLEMENT | WT_NODE_NAVIGATION)) return true;
  return (node->hints & AGAINST) != 0 && (node->hints & (WT_HINT_BODY)) == 0 && node->tag != WT_TAG_ARTICLE;
}

/* Adds each node's sum to its parent's, last node first: children stand behind their parents. */
static void sum_up(wt_html_page *page) {
  const wt_html_tree *tree = &page->tree;
  int64_t best = 0;
  page->main = WT_NO_NODE;
  for (size_t i = tree->count; i-- > 0;) {
    const wt_node *node = &tree->nodes[i];
    if (node->tag == WT_TAG_TEXT) continue;
    int32_t sum = page->sums[i];
    bool against = speaks_against(node);
    int64_t worth = against ? sum / 4 : sum;
    if (worth > best) {
      best = worth;
      page->main = (uint32_t)i;
    }
    if (against && sum > 0) sum = 0;
    if (node->parent != WT_NO_NODE) page->sums[node->parent] += sum;
  }
}

wt_status wt_html_select(wt_html_page *page, wt_error *err) {
  page->sums = wt_alloc_zero(page->tree.count + 1, sizeof *page->sums);
  if (page->sums == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to weigh it");
  for (size_t i = 0; i < page->block_count; i++) {
    wt_html_block *block = &page->blocks[i];
    block->value = value_of(block);
    page->sums[block->node] += block->value;
  }
  sum_up(page);
  return WT_OK;
}
