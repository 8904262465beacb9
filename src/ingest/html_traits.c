/* html_traits: what any pass may ask of one block, and the leaving out of it. */
#include "ingest/html_sort.h"

void wt_sort_drop(wt_html_block *block, const char *reason) {
  block->role = WT_ROLE_DROPPED;
  block->reason = reason;
}

uint64_t wt_sort_hints(const wt_html_page *page, uint32_t at, int levels) {
  uint64_t hints = 0;
  for (; at != WT_NO_NODE && at != page->main && levels-- > 0; at = page->tree.nodes[at].parent)
    hints |= page->tree.nodes[at].hints;
  return hints;
}

bool wt_sort_is_variant(wt_html_page *page, const wt_html_block *block) {
  if (!(block->context & WT_IN_HEADING) || block->len > 600) return false;
  wt_span folded = wt_html_fold(page, wt_html_block_text(page, block));
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_html_likeness(folded, page->folded[i]) >= 600 && wt_html_likeness(page->folded[i], folded) >= 500)
      return true;
  return page->tree.nodes[block->node].tag == WT_TAG_H1;
}

bool wt_sort_is_covered(const wt_html_block *block) {
  return block->covered != WT_COVER_UNKNOWN && block->covered >= 700;
}

bool wt_sort_is_linked(const wt_html_block *block) {
  return block->link_weight * 2 > block->weight;
}
