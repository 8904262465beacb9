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

/* Words in marks at the front of a line that ends in no stop, with whoever said them behind: the words alone. Else empty. */
static wt_span quoted_front(const wt_html_page *page, const wt_html_block *block) {
  enum { NAME_LEAST = 4, NAME_MOST = 80 };
  static const char *const pairs[][2] = {{"\u201C", "\u201D"}, {"\u201E", "\u201C"}, {"\u00AB", "\u00BB"},
                                         {"\u300C", "\u300D"}, {"\u2018", "\u2019"}, {"\"", "\""}};
  wt_span text = wt_html_block_text(page, block);
  for (size_t i = 0; !block->ends_sentence && i < sizeof pairs / sizeof *pairs; i++) {
    wt_span open = wt_span_of(pairs[i][0]), rest = wt_span_sub(text, open.len, text.len);
    if (!wt_span_starts(text, open)) continue;
    wt_span close = wt_span_of(pairs[i][1]);
    size_t end = wt_span_find(rest, close), behind = rest.len - end;
    if (behind > close.len + NAME_LEAST && behind <= NAME_MOST) return wt_span_sub(rest, 0, end);
  }
  return (wt_span){NULL, 0};
}

/* Do the words stand in a paragraph of the story other than the block they are from? */
static bool is_repeated(const wt_html_page *page, const wt_html_block *block, wt_span said) {
  enum { PLACES = 8 };
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
  enum { QUOTES = 64, SHORTEST = 20, LONGEST = 400 };
  unsigned looked = 0;
  for (size_t i = 0; i < s->page->block_count && looked < QUOTES; i++) {
    wt_html_block *block = &s->page->blocks[i];
    if (block->role == WT_ROLE_DECK && is_begun_again(s, block)) wt_sort_drop(block, "repeated-text");
    wt_span said = wt_html_block_text(s->page, block), front = {NULL, 0};
    bool pulled = may_be_pulled(s, block);
    if (!pulled && block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_PARAGRAPH && block->weight <= LONGEST)
      front = quoted_front(s->page, block);
    if (!pulled && front.len < SHORTEST) continue;
    looked++;
    if (is_repeated(s->page, block, pulled ? said : front)) wt_sort_drop(block, "pull-quote");
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
