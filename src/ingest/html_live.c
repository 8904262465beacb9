/*
 * html_live: entries of a live blog, told by their shape: three elements or more in one row, each with an id and a time.
 */
#include <string.h>

#include "ingest/html_page.h"

enum { ENTRIES_MIN = 3, LEVELS = 10 };

static wt_span id_of(const wt_html_page *page, uint32_t at) {
  return wt_html_attr_of(&page->tree, at, WT_ATTR_ID);
}

/* The nearest element with an id above a time, below main. */
static uint32_t entry_above(const wt_html_page *page, uint32_t at) {
  const wt_node *nodes = page->tree.nodes;
  for (int level = 0; level < LEVELS && at != WT_NO_NODE && at != page->main; level++, at = nodes[at].parent) {
    uint16_t tag = nodes[at].tag;
    bool block = tag == WT_TAG_ARTICLE || tag == WT_TAG_LI || tag == WT_TAG_DIV || tag == WT_TAG_SECTION;
    if (block && id_of(page, at).len > 0) return at;
  }
  return WT_NO_NODE;
}

static wt_span time_of(const wt_html_page *page, uint32_t at) {
  wt_time time;
  wt_span when = wt_html_attr_of(&page->tree, at, WT_ATTR_DATETIME);
  return wt_time_parse(&time, when) ? when : (wt_span){NULL, 0};
}

/* Marks the entries of the row that has most of them; returns how many there are. */
static size_t mark(wt_html_page *page, uint32_t row, bool count_only) {
  const wt_html_tree *tree = &page->tree;
  uint32_t last = WT_NO_NODE;
  size_t count = 0;
  for (uint32_t at = page->main; at < tree->nodes[page->main].end; at++) {
    if (tree->nodes[at].tag != WT_TAG_TIME || time_of(page, at).len == 0) continue;
    uint32_t entry = entry_above(page, at);
    if (entry == WT_NO_NODE || entry == last || tree->nodes[entry].parent != row) continue;
    last = entry;
    count++;
    if (count_only) continue;
    page->entries[page->entry_count++] = (wt_html_entry){.node = entry, .time = at};
  }
  return count;
}

static uint32_t first_row(const wt_html_page *page, uint32_t from, uint32_t *next) {
  const wt_html_tree *tree = &page->tree;
  for (uint32_t at = from; at < tree->nodes[page->main].end; at++) {
    if (tree->nodes[at].tag != WT_TAG_TIME || time_of(page, at).len == 0) continue;
    uint32_t entry = entry_above(page, at);
    if (entry == WT_NO_NODE) continue;
    *next = at + 1;
    return tree->nodes[entry].parent;
  }
  return WT_NO_NODE;
}

wt_status wt_html_live(wt_html_page *page, wt_error *err) {
  if (page->main == WT_NO_NODE) return WT_OK;
  uint32_t next = page->main, row = WT_NO_NODE;
  for (int tries = 0; tries < 8; tries++) {
    row = first_row(page, next, &next);
    if (row == WT_NO_NODE) return WT_OK;
    size_t count = mark(page, row, true);
    if (count < ENTRIES_MIN) continue;
    page->entries = wt_alloc_zero(count, sizeof *page->entries);
    if (page->entries == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory for its entries");
    (void)mark(page, row, false);
    return WT_OK;
  }
  return WT_OK;
}

const wt_html_entry *wt_html_entry_of(const wt_html_page *page, uint32_t node) {
  size_t low = 0, high = page->entry_count; /* entries stand in the order of the page */
  while (low < high) {
    size_t middle = (low + high) / 2;
    const wt_html_entry *entry = &page->entries[middle];
    if (node < entry->node)
      high = middle;
    else if (node >= page->tree.nodes[entry->node].end)
      low = middle + 1;
    else
      return entry;
  }
  return NULL;
}
