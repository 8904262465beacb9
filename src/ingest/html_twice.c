/* html_twice: what stands on the page twice, and in the story once. */
#include "ingest/html_sort.h"

static bool may_be_pulled(const wt_html_sorting *s, const wt_html_block *block) {
  if (block->role != WT_ROLE_BLOCK || block->weight < 20 || block->weight > 400) return false;
  return block->kind == WT_BLOCK_QUOTE || (block->context & WT_IN_ASIDE) != 0 ||
         (wt_sort_hints(s->page, block->node, 3) & WT_HINT_PULLQUOTE) != 0;
}

/* Takes one mark off each end of text; false when there is none. */
static bool take_marks(wt_span *text) {
  static const char *const marks[] = {"\"",     "'",      "\u201C", "\u201D", "\u201E", "\u2018",
                                      "\u2019", "\u00AB", "\u00BB", " ",      "."};
  size_t before = text->len;
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    wt_span mark = wt_span_of(marks[i]);
    if (text->len > mark.len && wt_span_starts(*text, mark)) *text = wt_span_sub(*text, mark.len, text->len);
    if (text->len > mark.len && wt_span_ends(*text, mark)) text->len -= mark.len;
  }
  return text->len < before;
}

/* Does the text of a block stand in a paragraph of the story too? */
static bool is_repeated(const wt_html_page *page, const wt_html_block *block) {
  enum { PLACES = 8 };
  wt_span said = wt_html_block_text(page, block);
  while (take_marks(&said)) continue;
  size_t at = 0;
  for (size_t i = 0, tries = 0; i < page->block_count && tries < PLACES; tries++) {
    at += wt_span_find(wt_span_sub(wt_buf_span(&page->text), at, page->text.len), said);
    if (at >= page->text.len) return false;
    while (i < page->block_count && page->blocks[i].begin + page->blocks[i].len <= at) i++;
    const wt_html_block *other = &page->blocks[i];
    if (i < page->block_count && other != block && other->role == WT_ROLE_BLOCK && other->kind == WT_BLOCK_PARAGRAPH &&
        at + said.len <= (size_t)other->begin + other->len)
      return true;
    at++;
  }
  return false;
}

/* Does the story's first paragraph begin with the text of the block? */
static bool is_begun_again(const wt_html_sorting *s, const wt_html_block *block) {
  if (s->first_body >= s->page->block_count) return false;
  return wt_span_starts(wt_html_block_text(s->page, &s->page->blocks[s->first_body]),
                        wt_html_block_text(s->page, block));
}

/* A quotation set apart that the text has too was pulled out of it, and so was a deck that only gives its beginning. */
static void drop_repeats(wt_html_sorting *s) {
  enum { QUOTES = 64 };
  unsigned looked = 0;
  for (size_t i = 0; i < s->page->block_count && looked < QUOTES; i++) {
    wt_html_block *block = &s->page->blocks[i];
    if (block->role == WT_ROLE_DECK && is_begun_again(s, block)) wt_sort_drop(block, "repeated-text");
    if (!may_be_pulled(s, block)) continue;
    looked++;
    if (is_repeated(s->page, block)) wt_sort_drop(block, "pull-quote");
  }
}

/* Templates set a story twice, for wide screens and for narrow ones. A paragraph that an editor set twice has both in one
   row, and both stay. */
static wt_status drop_second_body(wt_html_sorting *s, wt_error *err) {
  enum { SHORTEST = 60 };
  wt_html_page *page = s->page;
  size_t mask = 15;
  while (mask < page->block_count * 2) mask = mask * 2 + 1;
  uint32_t *seen = wt_alloc_zero(mask + 1, sizeof *seen); /* index of a block, and one */
  if (seen == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to sort its blocks");
  for (size_t i = 0; i < page->block_count; i++) {
    wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || block->weight < SHORTEST || block->kind == WT_BLOCK_CAPTION) continue;
    wt_span text = wt_html_block_text(page, block);
    size_t slot = (size_t)wt_hash64(text) & mask;
    while (seen[slot] != 0 && !wt_span_equal(wt_html_block_text(page, &page->blocks[seen[slot] - 1]), text))
      slot = (slot + 1) & mask;
    if (seen[slot] == 0)
      seen[slot] = (uint32_t)i + 1;
    else if (page->tree.nodes[page->blocks[seen[slot] - 1].node].parent != page->tree.nodes[block->node].parent)
      wt_sort_drop(block, "repeated-text");
  }
  wt_free(seen);
  return WT_OK;
}

wt_status wt_sort_twice(wt_html_sorting *s, wt_error *err) {
  drop_repeats(s);
  return drop_second_body(s, err);
}
