/* html_head: deck, byline and date between the headline and the first paragraph. */
#include "ingest/html_sort.h"

#include <string.h>

#include "ingest/byline.h"
#include "ingest/date.h"

static bool is_out_of_sight(const char *why) {
  return why != NULL &&
         (strcmp(why, "hidden") == 0 || strcmp(why, "navigation") == 0 || strcmp(why, "newsletter") == 0);
}

/* How much a block looks like the deck; 0 not at all. */
static int deck_score(wt_html_sorting *s, const wt_html_block *block) {
  wt_span text = wt_html_block_text(s->page, block);
  if (block->weight < 20 || block->weight > 900 || wt_sort_is_linked(block) || wt_sort_is_variant(s->page, block))
    return 0;
  uint64_t hints = wt_sort_hints(s->page, block->node, 3);
  if (block->context & (WT_IN_CAPTION | WT_IN_FIGURE | WT_IN_UNSEEN)) return 0;
  if (is_out_of_sight(s->why[block->node])) return 0;
  wt_time time;
  if ((wt_byline_starts(text) && block->weight < 100) || wt_date_find(&time, text, true)) return 0;
  wt_span folded = wt_html_fold(s->page, text);
  for (unsigned i = 0; i < WT_DESCRIPTIONS; i++) {
    wt_span description = wt_html_fold(s->page, s->page->meta.descriptions[i]);
    if (description.len > 30 && (wt_span_equal(folded, description) || wt_html_likeness(folded, description) >= 850))
      return 100;
  }
  if (hints & (WT_HINT_AUTHOR | WT_HINT_DATE | WT_HINT_CAPTION | WT_HINT_CREDIT)) return 0;
  if (hints & WT_HINT_DECK) return 80;
  if (hints & WT_HINT_SUMMARY) return 60;
  return (block->context & WT_IN_HEADING) != 0 && block->weight >= 50 ? 40 : 0;
}

/* Words without a digit: a line that says when has few of them, a sentence that tells of a day has more. */
static unsigned count_words(wt_span text) {
  unsigned words = 0;
  for (size_t i = 0; i < text.len;) {
    size_t end = i;
    while (end < text.len && text.data[end] != ' ') end++;
    words += end > i && !wt_date_has_digit(wt_span_sub(text, i, end));
    i = end + 1;
  }
  return words;
}

static bool has_bar(wt_span text) {
  static const char *const bars[] = {" | ", " \u00B7 ", " \u2022 "};
  for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++)
    if (wt_span_find(text, wt_span_of(bars[i])) < text.len) return true;
  return false;
}

static bool is_date_line(const wt_html_block *block, wt_span text, uint64_t hints) {
  enum { FEW = 8, SOME = 14 };
  wt_time time;
  if (!wt_date_has_digit(text)) return false;
  unsigned most = !block->ends_sentence && has_bar(text) ? SOME : FEW; /* who stands beside when */
  return (block->context & WT_IN_TIME) != 0 || (hints & WT_HINT_DATE) != 0 || block->weight < 30 ||
         (count_words(text) <= most && wt_date_find(&time, text, true));
}

/* Below the first paragraph a heading with the headline's words in it is a heading like others. */
static void restore_headings(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  for (size_t i = (size_t)s->first_body + 1; i < page->block_count; i++) {
    wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_DROPPED || strcmp(block->reason, "headline-variant") != 0) continue;
    if (page->tree.nodes[block->node].tag == WT_TAG_H1 || !wt_sort_is_inside(page, block->node) ||
        s->why[block->node] != NULL)
      continue;
    block->role = WT_ROLE_BLOCK;
    block->kind = WT_BLOCK_SUBHEAD;
  }
}

/* A name has two words at least, or is written in a script that needs no spaces; "Authors", "Contact" and "Print" are what
   links are called. */
static bool may_be_names(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] == ' ' || (unsigned char)text.data[i] >= 0xC0) return true;
  return wt_byline_is_agency(text);
}

/* Where pages about a writer lie. */
static bool leads_to_author(wt_span href) {
  static const char *const folders[] = {
      "/author/",     "/authors/",     "/autor/",    "/autores/",  "/autoren/",   "/auteur/",    "/auteurs/",
      "/autore/",     "/autori/",      "/autorzy/",  "/avtor/",    "/profile/",   "/profil/",    "/profiles/",
      "/people/",     "/person/",      "/persons/",  "/staff/",    "/writer/",    "/writers/",   "/journalist",
      "/contributor", "/reporter/",    "/reporters", "/columnist", "/redaktion/", "/redaktor/",  "/redakteur",
      "/redacteur",   "/redactor",     "/by/",       "/byline/",   "/bylines/",   "/penulis/",   "/yazar/",
      "/yazarlar/",   "/skribent",     "/author?",   "author=",    "/toimittaja", "/periodista", "/firmas/",
      "/firma/",      "/giornalista/", "/user/",     "/users/",    "/team/"};
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
    if (wt_span_find(href, wt_span_of(folders[i])) < href.len) return true;
  return false;
}

static bool is_author_link(const wt_html_page *page, uint32_t text) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t at = nodes[text].parent;
  for (int levels = 0; levels < 4 && at != WT_NO_NODE && nodes[at].tag != WT_TAG_A; levels++) at = nodes[at].parent;
  if (at == WT_NO_NODE || nodes[at].tag != WT_TAG_A) return false;
  return (nodes[at].hints & WT_HINT_AUTHOR) != 0 || leads_to_author(wt_html_attr_of(&page->tree, at, WT_ATTR_HREF));
}

/* Two words or more with a capital each; a few signs where words are not spaced. */
static bool may_be_name(wt_span text) {
  enum { SIGNS = 36 };
  return wt_html_is_name(text) || (text.len > 3 && text.len <= SIGNS && (unsigned char)text.data[0] >= 0xE3);
}

/* A line of links that lead to those who wrote the story, and what joins them. */
static bool is_linked_byline(const wt_html_page *page, const wt_html_block *block) {
  enum { NODES = 48 };
  const wt_html_tree *tree = &page->tree;
  unsigned links = 0;
  if (block->link_weight * 2 < block->weight) return false;
  for (uint32_t at = block->first; at < tree->nodes[block->node].end && at < block->first + NODES; at++) {
    if (tree->nodes[at].tag != WT_TAG_TEXT || page->borders[at] != block->node) continue;
    if ((tree->nodes[at].context & WT_IN_LINK) == 0 || wt_span_trim(wt_html_node_text(tree, at)).len == 0) continue;
    if ((!is_author_link(page, at) && (block->context & WT_IN_ADDRESS) == 0) ||
        !may_be_name(wt_span_trim(wt_html_node_text(tree, at))))
      return false;
    links++;
  }
  return links > 0;
}

/* "Chemnitz.", "New York.": up to three words with a capital each, and a stop. */
static bool is_place(const wt_html_block *block, wt_span text) {
  enum { LONGEST = 40, WORDS = 3 };
  unsigned words = 0;
  if (text.len < 4 || text.len > LONGEST || text.data[text.len - 1] != '.' || block->link_weight > 0) return false;
  for (size_t i = 0; i < text.len; i++) {
    if (i > 0 && text.data[i - 1] != ' ') continue;
    bool capital = (text.data[i] >= 'A' && text.data[i] <= 'Z') || (unsigned char)text.data[i] >= 0xC3;
    if (!capital || ++words > WORDS) return false;
  }
  return block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_PARAGRAPH && !wt_date_has_digit(text);
}

/* "By Ann Lee | Updated 5 hours ago", "Par Ann Lee et Bo Ek, publié le 26 mai 2026". */
static bool is_dated_byline(wt_span text) {
  enum { LONGEST = 160 };
  wt_span names;
  wt_time time;
  if (text.len > LONGEST || !wt_date_has_digit(text)) return false;
  return wt_byline_starts(text) || (wt_byline_opens(&names, text) && wt_date_find(&time, text, true));
}

/* One of the points that sum a story up, without a stop. */
static bool is_point(const wt_html_block *block, wt_span text) {
  enum { WORDS = 5, WEIGHT = 30 };
  return block->kind == WT_BLOCK_ITEM && block->weight >= WEIGHT && block->link_weight == 0 && !has_bar(text) &&
         count_words(text) >= WORDS;
}

/* Lines between headline and text that say who, when and where, or nothing. */
static void sort_head_line(wt_html_sorting *s, wt_html_block *block) {
  wt_span text = wt_html_block_text(s->page, block);
  uint64_t hints = wt_sort_hints(s->page, block->node, 2);
  if (block->weight > 160 || block->context & WT_IN_UNSEEN) return;
  bool says_who = wt_byline_is_line(text) ||
                  (((hints & WT_HINT_AUTHOR) != 0 || is_linked_byline(s->page, block)) && may_be_names(text));
  if (says_who && !wt_date_has_digit(text))
    block->role = WT_ROLE_BYLINE;
  else if (is_date_line(block, text, hints) || (!block->ends_sentence && is_dated_byline(text)))
    block->role = WT_ROLE_DATE;
  else if (wt_html_entry_of(s->page, block->node) != NULL)
    return;
  else if (is_place(block, text))
    block->role = WT_ROLE_DATELINE;
  else if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_SUBHEAD && !wt_sort_is_covered(block))
    wt_sort_drop(block, "kicker");
  else if (block->role == WT_ROLE_BLOCK && !block->ends_sentence && !wt_sort_is_covered(block) &&
           !is_point(block, text))
    wt_sort_drop(block, "page-furniture");
}

static bool is_headline_drop(const wt_html_block *block) {
  return block->role == WT_ROLE_DROPPED &&
         (strcmp(block->reason, "duplicate-headline") == 0 || strcmp(block->reason, "headline-variant") == 0);
}

/* Index behind the headline's first stand within reach of the text, or of where the head begins without one. */
static size_t find_head(const wt_html_sorting *s) {
  size_t top = s->first_body < 60 ? 0 : s->first_body - 60;
  for (size_t i = top; i < s->first_body; i++)
    if (is_headline_drop(&s->page->blocks[i])) return i + 1;
  size_t begin = s->first_body;
  while (begin > 0 && wt_sort_is_inside(s->page, s->page->blocks[begin - 1].node)) begin--;
  return begin;
}

/* The first paragraph from block `from` on that is worth as much. */
static uint32_t first_worth(const wt_html_page *page, size_t from, int32_t least) {
  for (size_t i = from; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || !wt_block_is_body((wt_block_kind)block->kind) ||
        block->kind == WT_BLOCK_SUBHEAD)
      continue;
    if (block->value >= least && (block->ends_sentence || block->weight >= 160)) return (uint32_t)i;
  }
  return (uint32_t)page->block_count;
}

/* The first paragraph that is prose beyond doubt; where none is, the first full sentence. */
static void find_first_body(wt_html_sorting *s, size_t from) {
  enum { BEYOND_DOUBT = 60, SENTENCE = 20 };
  s->first_body = first_worth(s->page, from, BEYOND_DOUBT);
  if (s->first_body == s->page->block_count) s->first_body = first_worth(s->page, from, SENTENCE);
}

/* A first paragraph too short to be one beyond doubt: the headings behind it are the text's. */
static bool is_short_lede(const wt_html_block *block) {
  enum { SHORTEST = 40 };
  return block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_PARAGRAPH && block->ends_sentence &&
         block->weight >= SHORTEST && block->link_weight == 0;
}

/* Headings before the text, and what shares the headline's own heading, are kickers. */
static void sort_kickers(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  bool found = false; /* the first short one is the story's, the others go */
  for (size_t i = 0; i < page->block_count && i < s->first_body; i++) {
    wt_html_block *block = &page->blocks[i];
    if (is_short_lede(block)) return;
    if (block->role != WT_ROLE_BLOCK || block->kind != WT_BLOCK_SUBHEAD || wt_sort_is_covered(block)) continue;
    if (wt_html_entry_of(page, block->node) != NULL) continue;
    if (found || block->weight > 80)
      wt_sort_drop(block, "kicker");
    else
      block->role = WT_ROLE_KICKER;
    found = found || block->role == WT_ROLE_KICKER;
  }
}

/* The first paragraph is the deck only when it is set apart from the next one. */
static bool is_set_apart(const wt_html_sorting *s, size_t at) {
  const wt_html_page *page = s->page;
  const wt_html_block *block = &page->blocks[at];
  if (wt_sort_hints(page, block->node, 2) & WT_HINT_DECK) return true;
  for (size_t i = at + 1; i < page->block_count && i < at + 12; i++) {
    const wt_html_block *next = &page->blocks[i];
    if (next->role != WT_ROLE_BLOCK || next->kind != WT_BLOCK_PARAGRAPH) continue;
    return page->tree.nodes[next->node].path != page->tree.nodes[block->node].path;
  }
  return false;
}

/* A sentence right below the headline and in its <header>, apart from the paragraphs. */
static bool is_headed(const wt_html_sorting *s, const wt_html_block *block) {
  uint32_t context = WT_IN_HEADER | WT_IN_P;
  return (block->context & context) == context && block->ends_sentence && block->weight >= 30 &&
         !wt_sort_is_linked(block) && s->why[block->node] == NULL;
}

static size_t last_headline(const wt_html_sorting *s) {
  for (size_t i = s->first_body; i > 0; i--)
    if (is_headline_drop(&s->page->blocks[i - 1])) return i;
  return 0;
}

/* All lines of the head but the deck. */
static void sort_head_lines(wt_html_sorting *s, size_t from, size_t deck) {
  wt_html_page *page = s->page;
  bool begun = false;
  for (size_t i = from; i < s->first_body; i++) {
    wt_html_block *block = &page->blocks[i];
    if (i == deck || block->role == WT_ROLE_PICTURE_CREDIT) continue;
    if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_CAPTION) continue;
    begun = begun || is_short_lede(block);
    if (begun && block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_SUBHEAD) continue;
    if (wt_sort_is_inside(page, block->node) || block->weight < 100) sort_head_line(s, block);
  }
}

/* A name alone, next to the day and where nothing says who wrote the story. */
static void sort_bare_name(wt_html_sorting *s, size_t from) {
  wt_html_page *page = s->page;
  size_t found = page->block_count;
  for (size_t i = from; i < s->first_body; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role == WT_ROLE_BYLINE) return;
    bool line = block->role == WT_ROLE_DROPPED && strcmp(block->reason, "page-furniture") == 0;
    bool dated =
        (i > from && block[-1].role == WT_ROLE_DATE) || (i + 1 < s->first_body && block[1].role == WT_ROLE_DATE);
    wt_span text = wt_html_block_text(page, block);
    if (found == page->block_count && line && dated && wt_html_is_bare_name(page, text) &&
        !wt_html_names_site(page, text))
      found = i;
  }
  if (found < page->block_count) page->blocks[found].role = WT_ROLE_BYLINE;
}

/* Some pages set the day above the headline. */
static void sort_day_above(wt_html_sorting *s, size_t from) {
  enum { LINES = 6 };
  wt_html_page *page = s->page;
  for (size_t i = from > LINES ? from - LINES : 0; i < from; i++) {
    wt_html_block *block = &page->blocks[i];
    wt_span text = wt_html_block_text(page, block);
    wt_time time;
    bool line = block->role == WT_ROLE_DROPPED && strcmp(block->reason, "kicker") == 0 && block->link_weight == 0;
    if (line && wt_date_has_digit(text) && wt_date_find(&time, text, true)) block->role = WT_ROLE_DATE;
  }
}

void wt_sort_head(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  find_first_body(s, 0);
  size_t from = find_head(s), deck = page->block_count, last_head = last_headline(s);
  int best = 0;
  size_t last = s->first_body < page->block_count ? s->first_body : s->first_body - (s->first_body > 0);
  for (size_t i = from; i <= last && i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_CAPTION) continue;
    int score = deck_score(s, block);
    if (score == 0 && i == last_head && is_headed(s, block)) score = 60;
    if (score <= best || (score < 60 && i < last_head) || (i == last && (score < 80 || !is_set_apart(s, i)))) continue;
    best = score;
    deck = i;
  }
  if (deck < page->block_count) page->blocks[deck].role = WT_ROLE_DECK;
  if (deck == s->first_body) find_first_body(s, deck + 1);
  sort_head_lines(s, from, deck);
  sort_day_above(s, from);
  sort_bare_name(s, from);
  sort_kickers(s);
  restore_headings(s);
}
