/*
 * html_offer: a box behind the last paragraph that sells or asks: a wall, a newsletter, a call for gifts, where no name tells.
 *
 * Nothing of the story is in it or behind it, and it has something to press: a button or a form in a box beside the
 * paragraphs; in any other one, or with a link for a button, its few lines tell of money and accounts too.
 */
#include <string.h>

#include "ingest/html_sort.h"

/* Folded; a blank stands for the border of a word. */
static const char *const words[] = {" subscri", " unlimited", " log in",       " sign in",  " membership", " donat",
                                    " paywall", " abonn",     " abo ",         " spende",   " anmelden",   " suscri",
                                    " suscríb", " assin",     " iscriviti",    " abbona",   " prenumer",   " logga in",
                                    " subskry", " předplat",  " előfizet",     " abonează", " подпис",     " підпис",
                                    " εγγραφ",  " abone ol",  " berlangganan", " đăng ký",  "اشترك",       "اشتراک",
                                    "הירשמו",   "מנוי",       "購読",          "会員",      "订阅",        "訂閱",
                                    "구독",     "สมัคร",       "सदस्यता",        " kirjaudu", " tilaa "};

static bool says_offer(wt_html_page *page, const wt_html_block *block) {
  enum { LONGEST = 700 };
  if (block->weight > LONGEST) return false;
  wt_buf padded = {0};
  wt_buf_put_char(&padded, ' ');
  wt_buf_put_span(&padded, wt_html_fold(page, wt_html_block_text(page, block)));
  wt_buf_put_char(&padded, ' ');
  bool found = false;
  wt_span text = wt_buf_span(&padded);
  for (size_t i = 0; i < sizeof words / sizeof words[0] && !found; i++)
    found = wt_span_find(text, wt_span_of(words[i])) < text.len;
  if (padded.failed) page->failed = true;
  wt_buf_release(&padded);
  return found;
}

static bool is_body(const wt_html_block *block) {
  return block->role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)block->kind);
}

/* Does a paragraph of the story stand in an element, before block `end`? direct: with no other element around it. */
static bool holds_paragraph(const wt_html_page *page, uint32_t holder, size_t end, bool direct) {
  for (size_t i = end; i-- > 0;) {
    const wt_html_block *block = &page->blocks[i];
    if (block->node < holder) return false;
    if (is_body(block) && block->kind == WT_BLOCK_PARAGRAPH &&
        (!direct || page->tree.nodes[block->node].parent == holder))
      return true;
  }
  return false;
}

/* The largest element with the last block and no paragraph before it; *first is the index of its first block. */
static uint32_t find_box(const wt_html_page *page, size_t last, size_t *first) {
  enum { LEVELS = 6 };
  const wt_node *nodes = page->tree.nodes;
  uint32_t box = page->blocks[last].node;
  *first = last;
  for (int level = 0; level < LEVELS && box > page->main; level++, box = nodes[box].parent) {
    while (*first > 0 && page->blocks[*first - 1].node >= box) --*first;
    if (!holds_paragraph(page, nodes[box].parent, *first, false)) continue;
    return level > 0 && (nodes[box].tag == WT_TAG_DIV || nodes[box].tag == WT_TAG_SECTION) ? box : WT_NO_NODE;
  }
  return WT_NO_NODE;
}

/* Is the box one of a row of its kind, each with prose? */
static bool is_of_row(const wt_html_page *page, uint32_t box) {
  enum { LOOKS = 1000 };
  const wt_node *nodes = page->tree.nodes;
  int looks = 0;
  for (uint32_t at = nodes[box].parent + 1; at < box && looks < LOOKS; at = nodes[at].end, looks++)
    if (nodes[at].shape == nodes[box].shape && page->prose[at] > 0) return true;
  return false;
}

/* Something to press. */
static bool has_button(const wt_html_page *page, uint32_t box) {
  const wt_node *nodes = page->tree.nodes;
  for (uint32_t at = box + 1; at < nodes[box].end; at++)
    if (nodes[at].tag == WT_TAG_BUTTON || nodes[at].tag == WT_TAG_FORM || nodes[at].tag == WT_TAG_INPUT) return true;
  return false;
}

/* Words of money and accounts in a few lines, and a button, or a link that stands alone. */
static bool has_offer(wt_html_page *page, uint32_t box, size_t first) {
  enum { BLOCKS = 24, SHORT = 60, LINES = 4 };
  bool press = has_button(page, box), offer = false;
  unsigned lines = 0;
  for (size_t i = first;
       i < page->block_count && i < first + BLOCKS && page->blocks[i].node < page->tree.nodes[box].end; i++) {
    const wt_html_block *block = &page->blocks[i];
    press = press || (block->weight < SHORT && block->link_weight * 10 >= block->weight * 9);
    if (!is_body(block)) continue;
    lines++;
    offer = offer || says_offer(page, block);
  }
  return press && offer && lines <= LINES;
}

void wt_sort_offer(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  size_t last = page->block_count, first;
  while (last > 0 && !is_body(&page->blocks[last - 1])) last--;
  if (last == 0 || --last <= s->first_body || page->entry_count > 0 || page->main == WT_NO_NODE) return;
  uint32_t box = find_box(page, last, &first);
  if (box == WT_NO_NODE || first <= s->first_body || is_of_row(page, box)) return;
  for (size_t i = first; i <= last; i++)
    if (wt_sort_is_covered(&page->blocks[i])) return;
  bool beside = holds_paragraph(page, page->tree.nodes[box].parent, first, true);
  if (!(beside && has_button(page, box)) && !has_offer(page, box, first)) return;
  for (size_t i = first; i <= last; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK) wt_sort_drop(&page->blocks[i], "subscription-offer");
}
