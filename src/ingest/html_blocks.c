/*
 * html_blocks: tree -> runs of text between the borders of block-level elements, each with what the later passes weigh.
 */
#include <string.h>

#include "ingest/byline.h"
#include "ingest/date.h"
#include "ingest/html_page.h"
#include "wt/text.h"

#define SPLITTING                                                                                                      \
  (WT_HINT_CAPTION | WT_HINT_CREDIT | WT_HINT_KICKER | WT_HINT_HEADLINE | WT_HINT_AUTHOR | WT_HINT_DATE | WT_HINT_DECK)

/* A text node within the open run. */
typedef struct piece {
  size_t begin; /* in raw */
  uint32_t weight, context;
} piece;

/* Elements of a page's own making that are called so are boxes. */
#define BOXES                                                                                                          \
  (WT_HINT_AD | WT_HINT_POPUP | WT_HINT_COOKIE | WT_HINT_NEWSLETTER | WT_HINT_RELATED | WT_HINT_SHARE | WT_HINT_PROMO)

typedef struct building {
  wt_html_page *page;
  wt_html_block block; /* the open one */
  wt_buf raw;          /* its text as it stands; U+000A for a line break */
  piece *pieces;       /* of raw */
  size_t piece_count, piece_capacity;
  size_t piece_done; /* pieces that paragraphs before took */
  bool open, begun;  /* begun: a paragraph stands before it */
  bool line_by_line; /* in raw */
  bool wrapped;      /* lines of <pre> with empty lines between paragraphs */
} building;

/* Stands an element beside other elements or alone, and in no line of text? */
static bool stands_free(const wt_html_tree *tree, uint32_t at) {
  const wt_node *nodes = tree->nodes;
  if ((nodes[at].context & (WT_IN_P | WT_IN_ITEM | WT_IN_HEADING)) != 0) return false;
  uint32_t behind = nodes[at].end;
  bool text_before = at > 0 && nodes[at - 1].tag == WT_TAG_TEXT && nodes[at - 1].parent == nodes[at].parent;
  bool text_behind =
      behind < tree->count && nodes[behind].tag == WT_TAG_TEXT && nodes[behind].parent == nodes[at].parent;
  return (!text_before || wt_span_trim(wt_html_node_text(tree, at - 1)).len == 0) &&
         (!text_behind || wt_span_trim(wt_html_node_text(tree, behind)).len == 0);
}

/* A span with a picture and a few words in it: the words are the picture's. */
static bool is_picture_box(const wt_html_tree *tree, uint32_t at) {
  enum { NODES = 12, BYTES = 300 };
  const wt_node *node = &tree->nodes[at];
  bool picture = false;
  uint32_t bytes = 0;
  if (node->tag != WT_TAG_SPAN || node->end - at > NODES || node->end - at < 3) return false;
  for (uint32_t i = at + 1; i < node->end; i++) {
    picture = picture || tree->nodes[i].tag == WT_TAG_IMG;
    if (tree->nodes[i].tag == WT_TAG_TEXT) bytes += (uint32_t)wt_span_trim(wt_html_node_text(tree, i)).len;
    if (bytes > 0 && !picture) return false;
  }
  return picture && bytes > 0 && bytes <= BYTES;
}

/* Templates set captions, credits, kickers and dates as spans that the style sheet makes blocks of. */
static bool splits(const wt_html_tree *tree, uint32_t at) {
  const wt_node *node = &tree->nodes[at];
  if ((wt_tag_traits((wt_tag)node->tag) & WT_TAG_IS_BLOCK) != 0) return true;
  if (node->tag != WT_TAG_SPAN && node->tag != WT_TAG_OTHER && node->tag != WT_TAG_CUSTOM && node->tag != WT_TAG_TIME &&
      node->tag != WT_TAG_EM && node->tag != WT_TAG_A)
    return false;
  if (node->tag == WT_TAG_CUSTOM && (node->hints & BOXES) != 0) return true;
  if (is_picture_box(tree, at)) return true;
  if ((node->tag == WT_TAG_CUSTOM || node->tag == WT_TAG_TIME) && stands_free(tree, at)) return true;
  if ((node->hints & SPLITTING) == 0) return false;
  if (node->tag == WT_TAG_A) return false;
  if ((node->context & (WT_IN_FIGURE | WT_IN_CAPTION)) != 0)
    return (node->hints & (WT_HINT_CREDIT | WT_HINT_CAPTION)) != 0;
  if ((node->context & WT_IN_HEADING) != 0) return (node->hints & (WT_HINT_KICKER | WT_HINT_HEADLINE)) != 0;
  return (node->context & (WT_IN_P | WT_IN_ITEM)) == 0;
}

/* Ideographs, kana and Hangul say in one sign what takes two letters elsewhere. */
static uint32_t weigh(wt_span text) {
  uint32_t weight = 0;
  bool space = true;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c <= ' ') {
      weight += !space;
      space = true;
      continue;
    }
    space = false;
    if (c < 0x80 || (c >= 0xC0 && c < 0xE3) || c >= 0xEE)
      weight += 1;
    else if (c >= 0xE3)
      weight += 2;
  }
  return weight;
}

static bool is_closer(uint32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0x201C || c == 0xBB ||
         c == 0xAB || c == 0x203A || c == 0x300D || c == 0x300F || c == 0xFF09 || c == ' ' || c == 0xA0 ||
         c == 0x2018 || c == 0x200B;
}

static bool is_stop(uint32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x61F ||
         c == 0x6D4 || c == 0x964 || c == 0x965 || c == 0x589 || c == 0xFF0E || c == ':' || c == ';' || c == 0x104B ||
         c == 0x1362 || c == 0x17D4 || c == 0x104A || c == 0xF0D;
}

/* Thai and Lao are written without stops: a text of some length is a sentence there. */
static bool writes_no_stops(uint32_t c, size_t bytes) {
  return c >= 0xE00 && c < 0xF00 && bytes >= 120;
}

bool wt_html_ends_sentence(wt_span text) {
  size_t end = text.len;
  for (int looked = 0; end > 0 && looked < 8; looked++) {
    size_t at = end - 1;
    while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80) at--;
    size_t next = at;
    uint32_t c = wt_utf8_next(text, &next);
    if (is_stop(c) || writes_no_stops(c, text.len)) return true;
    if (!is_closer(c)) return false;
    end = at;
  }
  return false;
}

static void add_block(building *b, wt_span raw) {
  enum { LONG = 120 };
  wt_html_page *page = b->page;
  size_t begin = page->text.len;
  wt_squeeze(&page->text, raw);
  if (page->text.len == begin) return;
  if (!wt_grow(&page->blocks, &page->block_capacity, page->block_count + 1, sizeof *page->blocks)) {
    page->text.failed = true;
    return;
  }
  wt_html_block *block = &page->blocks[page->block_count++];
  *block = b->block;
  block->begin = (uint32_t)begin;
  block->len = (uint32_t)(page->text.len - begin);
  wt_span text = wt_html_block_text(page, block);
  block->weight = weigh(text);
  if (block->link_weight > block->weight) block->link_weight = block->weight;
  if (block->bold_weight > block->weight) block->bold_weight = block->weight;
  block->ends_sentence = wt_html_ends_sentence(text);
  b->begun = b->begun || (block->weight >= LONG && block->ends_sentence && block->link_weight * 2 < block->weight);
}

/* Bytes of white space at text[at], no-break spaces among it; 0 for none. */
static size_t blank_at(wt_span text, size_t at) {
  char c = text.data[at];
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r') return 1;
  return c == '\xC2' && at + 1 < text.len && text.data[at + 1] == '\xA0' ? 2 : 0;
}

/* Is a line a paragraph throughout the text: five or more, and four in five end a sentence? */
static bool is_line_by_line(wt_span raw) {
  enum { LEAST = 5 };
  size_t lines = 0, sentences = 0, bytes = raw.len;
  for (wt_span line; wt_span_line(&line, &raw);) {
    line = wt_span_trim(line);
    if (line.len == 0) continue;
    lines++;
    sentences += wt_html_ends_sentence(line);
  }
  return lines >= LEAST && sentences * 5 >= lines * 4 && bytes >= lines * 80;
}

/* One line break parts two paragraphs when both are long and the first one ends a sentence. */
static bool parts_paragraphs(const building *b, wt_span before, wt_span after) {
  const char *end = memchr(after.data, '\n', after.len);
  if (end != NULL) after.len = (size_t)(end - after.data);
  if (b->wrapped) return false;
  if (b->line_by_line && wt_html_ends_sentence(wt_span_trim(before))) return true;
  return before.len >= 60 && after.len >= 40 && wt_html_ends_sentence(wt_span_trim(before)) && weigh(before) >= 50 &&
         weigh(after) >= 40;
}

/* A line that says who wrote the story, or when: it stands alone above the text. */
static bool is_head_line(wt_span line) {
  enum { LONGEST = 100, DATE_LONGEST = 60 };
  wt_time time;
  line = wt_span_trim(line);
  if (line.len < 4 || line.len > LONGEST || wt_html_ends_sentence(line)) return false;
  return wt_byline_is_line(line) ||
         (line.len <= DATE_LONGEST && wt_date_has_digit(line) && wt_date_find(&time, line, true));
}

static bool parts_head_lines(wt_span before, wt_span after) {
  const char *begin = before.len > 0 ? memrchr(before.data, '\n', before.len) : NULL;
  const char *end = after.len > 0 ? memchr(after.data, '\n', after.len) : NULL;
  if (begin != NULL) before = wt_span_sub(before, (size_t)(begin + 1 - before.data), before.len);
  if (end != NULL) after.len = (size_t)(end - after.data);
  return is_head_line(before) || is_head_line(after);
}

/* Where a paragraph ends in raw from `at` on: at two line breaks, or at one between paragraphs; *past is behind it. */
static size_t find_end(const building *b, wt_span raw, size_t at, size_t *past) {
  size_t begin = at;
  while (at < raw.len) {
    const char *found = memchr(raw.data + at, '\n', raw.len - at);
    if (found == NULL) break;
    size_t end = (size_t)(found - raw.data), breaks = 0, i = end;
    for (size_t blank; i < raw.len && (blank = blank_at(raw, i)) > 0; i += blank) breaks += raw.data[i] == '\n';
    *past = i;
    wt_span before = wt_span_sub(raw, begin, end), after = wt_span_sub(raw, i, raw.len);
    if (breaks >= 2 || parts_paragraphs(b, before, after) || (!b->begun && parts_head_lines(before, after))) return end;
    at = i;
  }
  *past = raw.len;
  return raw.len;
}

/* Links and bold words count for the paragraph they stand in: a run of line breaks holds many. */
static void weigh_pieces(building *b, size_t end) {
  b->block.link_weight = b->block.bold_weight = 0;
  for (; b->piece_done < b->piece_count && b->pieces[b->piece_done].begin < end; b->piece_done++) {
    const piece *next = &b->pieces[b->piece_done];
    if (next->context & WT_IN_LINK) b->block.link_weight += next->weight;
    if (next->context & WT_IN_BOLD) b->block.bold_weight += next->weight;
  }
}

static void flush(building *b) {
  if (!b->open) return;
  wt_span raw = wt_buf_span(&b->raw);
  size_t begin = 0, past;
  b->piece_done = 0;
  b->line_by_line = is_line_by_line(raw);
  b->wrapped = (b->block.context & WT_IN_PRE) != 0 && wt_span_find(raw, WT_SPAN("\n\n")) < raw.len;
  while (begin < raw.len) {
    size_t end = find_end(b, raw, begin, &past);
    weigh_pieces(b, end);
    add_block(b, wt_span_sub(raw, begin, end));
    begin = past;
  }
  wt_buf_clear(&b->raw);
  b->piece_count = 0;
  b->open = false;
}

/* A button in a line of text that shows a sign and no words does not end the line. */
static bool is_inline_button(const wt_html_tree *tree, uint32_t at) {
  if (tree->nodes[at].tag != WT_TAG_BUTTON || (tree->nodes[at].context & (WT_IN_P | WT_IN_ITEM)) == 0) return false;
  for (uint32_t i = at + 1; i < tree->nodes[at].end; i++)
    if (tree->nodes[i].tag == WT_TAG_TEXT && wt_span_trim(wt_html_node_text(tree, i)).len > 0) return false;
  return true;
}

/* Parents stand before their children: one pass. */
static bool find_borders(wt_html_page *page) {
  const wt_html_tree *tree = &page->tree;
  page->borders = wt_alloc_zero(tree->count + 1, sizeof *page->borders);
  if (page->borders == NULL) return false;
  for (uint32_t at = 0; at < tree->count; at++) {
    uint32_t parent = tree->nodes[at].parent;
    bool border = tree->nodes[at].tag != WT_TAG_TEXT && splits(tree, at) && !is_inline_button(tree, at);
    page->borders[at] = border ? at : parent == WT_NO_NODE ? 0 : page->borders[parent];
  }
  return true;
}

/* Words out of sight inside a line become a block of their own, and the line goes on. */
static void take_aside(building *b, uint32_t at, uint32_t context) {
  const wt_html_tree *tree = &b->page->tree;
  wt_html_block open = b->block;
  b->block = (wt_html_block){.first = at, .context = context, .node = b->page->borders[at]};
  add_block(b, wt_html_node_text(tree, at));
  b->block = open;
}

/* "(opens in a new window)" behind the words of a link: for those who hear the page. */
static bool is_window_note(wt_span text) {
  enum { LONGEST = 60 };
  static const char *const notes[] = {"opens in",     "opens new",     "open in new",   "external link", "öffnet i",
                                      "Öffnet i",     "externer link", "link wird in",  "nouvelle fen",  "s'ouvre dans",
                                      "s’ouvre dans", "ouvre dans",    "nouvel onglet", "se abre en",    "abre en una",
                                      "abre em",      "si apre in",    "opent in",      "öppnas i ",     "Öppnas i ",
                                      "åpnes i ",     "Åpnes i ",      "åbner i ",      "Åbner i "};
  text = wt_span_trim(text);
  while (text.len > 0 && strchr(",([- ", text.data[0]) != NULL) text = wt_span_sub(text, 1, text.len);
  if (text.len > LONGEST) return false;
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
    if (wt_span_equal_ascii_case(wt_span_sub(text, 0, strlen(notes[i])), wt_span_of(notes[i]))) return true;
  return false;
}

static void take_text(building *b, uint32_t at) {
  const wt_html_tree *tree = &b->page->tree;
  wt_span text = wt_html_node_text(tree, at);
  uint32_t context = tree->nodes[at].context;
  bool after_link = b->open && b->piece_count > 0 && (b->pieces[b->piece_count - 1].context & WT_IN_LINK) != 0;
  if (after_link && (context & WT_IN_LINK) != 0 && is_window_note(text)) context |= WT_IN_UNSEEN;
  if (context & (WT_IN_UNSEEN | WT_IN_HIDDEN)) {
    if (b->open && !(b->block.context & context & (WT_IN_UNSEEN | WT_IN_HIDDEN))) {
      take_aside(b, at, context);
      return;
    }
  } else if (b->open && (b->block.context & (WT_IN_UNSEEN | WT_IN_HIDDEN)))
    flush(b);
  if (!b->open) {
    b->block = (wt_html_block){.first = at, .context = context & ~(uint32_t)(WT_IN_LINK | WT_IN_BOLD)};
    b->open = true;
    b->block.node = b->page->borders[at];
  }
  /* A line feed of the source is a space, but in <pre>; <br> writes one here. */
  size_t start = b->raw.len;
  wt_buf_put_span(&b->raw, text);
  if (b->raw.failed) return;
  bool kept = (context & WT_IN_PRE) != 0;
  for (char *c = b->raw.data + start; !kept && (c = memchr(c, '\n', (size_t)(b->raw.data + b->raw.len - c))) != NULL;)
    *c = ' ';
  if (!wt_grow(&b->pieces, &b->piece_capacity, b->piece_count + 1, sizeof *b->pieces)) {
    b->raw.failed = true;
    return;
  }
  b->pieces[b->piece_count++] = (piece){.begin = start, .weight = weigh(text), .context = context};
}

/* <br>, or an empty element that is called one. */
static bool is_break(const wt_node *node, uint32_t at) {
  return node->tag == WT_TAG_BR ||
         (node->tag == WT_TAG_SPAN && node->end == at + 1 && (node->hints & WT_HINT_BREAK) != 0);
}

wt_status wt_html_blocks(wt_html_page *page, wt_error *err) {
  const wt_html_tree *tree = &page->tree;
  building b = {.page = page};
  if (!find_borders(page)) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory for its blocks");
  uint32_t within = WT_NO_NODE; /* element that the last node lay in */
  for (uint32_t at = 0; at < tree->count; at++) {
    const wt_node *node = &tree->nodes[at];
    for (; within != WT_NO_NODE && tree->nodes[within].end <= at; within = tree->nodes[within].parent)
      if (page->borders[within] == within) flush(&b);
    if (node->tag == WT_TAG_TEXT) {
      if ((node->context & WT_IN_TITLE) == 0) take_text(&b, at);
      continue;
    }
    within = at;
    if (is_break(node, at) && b.open)
      wt_buf_put_char(&b.raw, '\n');
    else if (page->borders[at] == at)
      flush(&b);
  }
  flush(&b);
  bool failed = b.raw.failed || page->text.failed;
  wt_buf_release(&b.raw);
  wt_free(b.pieces);
  return failed ? wt_fail(err, WT_ENOMEM, "page", -1, "no memory for its blocks") : WT_OK;
}

wt_span wt_html_block_text(const wt_html_page *page, const wt_html_block *block) {
  return (wt_span){page->text.data + block->begin, block->len};
}
