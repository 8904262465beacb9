/* generate: see generate.h. */
#include "generate.h"

#include <stdlib.h>
#include <string.h>

uint32_t gen_below(uint64_t *state, uint32_t below) { /* PCG-XSH-RR (O'Neill 2014) */
  uint64_t old = *state;
  *state = old * 6364136223846793005u + 1442695040888963407u;
  uint32_t mixed = (uint32_t)(((old >> 18) ^ old) >> 27), turn = (uint32_t)(old >> 59);
  mixed = mixed >> turn | mixed << (-turn & 31);
  return below ? mixed % below : 0;
}

/* Near seeds give far states (the last steps of SplitMix64). */
uint64_t gen_state(uint64_t seed) {
  uint64_t mixed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9u + 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

gen_rates gen_news(unsigned sentences) {
  return (gen_rates){.edited = 176,
                     .added = 68,
                     .deleted = 36,
                     .split = 60,
                     .merged = 10,
                     .quotes = 60,
                     .moves = 1 + sentences / 90,
                     .paragraph_moves = sentences > 60,
                     .edited_moves = 300};
}

/* What stands in the new text, before it is numbered. */
typedef struct node {
  wt_span texts[2];
  uint32_t parts;
  uint32_t old, old_count; /* 0: added */
  uint32_t paragraph;      /* of the old text, or of the neighbour */
  bool moved, edited;
} node;

typedef struct maker {
  wt_arena *arena;
  const gen_text *old, *donor;
  const gen_rates *rates;
  uint64_t state;
  node *nodes;
  size_t count, capacity;
  uint32_t donated;
} maker;

static void must(bool well) {
  if (!well) abort();
}

void gen_add(gen_text *to, wt_span text, uint32_t paragraph) {
  must(wt_grow(&to->items, &to->capacity, to->count + 1, sizeof *to->items));
  to->items[to->count++] = (gen_sentence){text, paragraph};
}

static bool chance(maker *m, unsigned of_1000) {
  return gen_below(&m->state, 1000) < of_1000;
}

static wt_span keep(maker *m, wt_buf *text) {
  wt_span kept = wt_span_keep(m->arena, wt_buf_span(text));
  must(kept.data != NULL && !text->failed);
  wt_buf_release(text);
  return kept;
}

/* ---- changes inside a sentence ---- */

static const char *const other_words[] = {"officials", "late",    "Tuesday",   "northern",  "earlier",
                                          "about",     "senior",  "report",    "nearly",    "federal",
                                          "residents", "several", "announced", "local",     "measures",
                                          "expected",  "agency",  "quickly",   "according", "recent"};

static const char *other_word(maker *m) {
  return other_words[gen_below(&m->state, sizeof other_words / sizeof *other_words)];
}

static unsigned words_of(wt_span text) {
  unsigned words = 0;
  for (size_t i = 0; i < text.len; i++) words += text.data[i] != ' ' && (!i || text.data[i - 1] == ' ');
  return words;
}

static bool has_digit(wt_span word) {
  for (size_t i = 0; i < word.len; i++)
    if (word.data[i] >= '0' && word.data[i] <= '9') return true;
  return false;
}

/* Changes, drops or adds one word in `one_in`; a word with a digit gets another. Never the first word. */
static wt_span edit_words(maker *m, wt_span text, unsigned one_in) {
  wt_buf out = {0};
  unsigned words = words_of(text), wanted = words / one_in + 1, at = 0;
  unsigned target = 1 + gen_below(&m->state, words > 1 ? words - 1 : 1);
  for (size_t begin = 0; begin < text.len; at++) {
    size_t end = begin;
    while (end < text.len && text.data[end] != ' ') end++;
    wt_span word = wt_span_sub(text, begin, end);
    bool here = at >= target && wanted > 0 && (at == target || chance(m, 400));
    wanted -= here;
    unsigned how = gen_below(&m->state, 4);
    if (at && !(here && how == 3 && end < text.len)) wt_buf_put_char(&out, ' ');
    if (!here)
      wt_buf_put_span(&out, word);
    else if (has_digit(word))
      wt_buf_put_format(&out, "%u", 2 + gen_below(&m->state, 400));
    else if (how < 2 || end == text.len)
      wt_buf_put_text(&out, other_word(m));
    else if (how == 2)
      wt_buf_put_format(&out, "%s %.*s", other_word(m), (int)word.len, word.data);
    begin = end + 1;
  }
  if (out.len && text.len && text.data[text.len - 1] == '.' && out.data[out.len - 1] != '.') wt_buf_put_char(&out, '.');
  return keep(m, &out);
}

/* Straight quotes for curly ones, and back. */
static wt_span churn_quotes(maker *m, wt_span text) {
  wt_buf out = {0};
  bool open = false;
  for (size_t i = 0; i < text.len; i++) {
    if (i + 2 < text.len && !memcmp(text.data + i, "\xE2\x80", 2) && strchr("\x98\x99", text.data[i + 2])) {
      wt_buf_put_char(&out, '\'');
      i += 2;
    } else if (i + 2 < text.len && !memcmp(text.data + i, "\xE2\x80", 2) && strchr("\x9C\x9D", text.data[i + 2])) {
      wt_buf_put_char(&out, '"');
      i += 2;
    } else if (text.data[i] == '\'')
      wt_buf_put_text(&out, "\xE2\x80\x99");
    else if (text.data[i] == '"') {
      open = !open;
      wt_buf_put_text(&out, open ? "\xE2\x80\x9C" : "\xE2\x80\x9D");
    } else
      wt_buf_put_char(&out, text.data[i]);
  }
  return keep(m, &out);
}

/* Where a sentence can be parted: ", and ", ", but ", ", which " and their like, well inside. */
static bool part_at(wt_span text, size_t *end, size_t *next) {
  static const char *const joints[] = {", and ", ", but ", ", who ", ", while ", ", which ", "; ", " because "};
  for (size_t j = 0; j < sizeof joints / sizeof *joints; j++) {
    size_t at = wt_span_find(text, wt_span_of(joints[j]));
    if (at < 30 || at + 40 > text.len) continue;
    *end = at;
    *next = at + strlen(joints[j]);
    return true;
  }
  return false;
}

static bool split(maker *m, node *n) {
  size_t end, next;
  wt_buf out = {0};
  if (n->parts != 1 || !part_at(n->texts[0], &end, &next)) return false;
  wt_span text = n->texts[0];
  wt_buf_put_span(&out, wt_span_sub(text, 0, end));
  wt_buf_put_char(&out, '.');
  n->texts[0] = keep(m, &out);
  out = (wt_buf){0};
  wt_buf_put_text(&out, chance(m, 300) ? "They " : chance(m, 300) ? "It " : "");
  wt_buf_put_span(&out, wt_span_sub(text, next, text.len));
  if (out.data[0] >= 'a' && out.data[0] <= 'z') out.data[0] = (char)(out.data[0] - 32);
  n->texts[1] = keep(m, &out);
  n->parts = 2;
  n->edited = true;
  return true;
}

static void merge(maker *m, node *n, wt_span next) {
  wt_buf out = {0};
  wt_span text = n->texts[0];
  size_t end = text.len;
  while (end && strchr(".!?", text.data[end - 1])) end--;
  wt_buf_put_span(&out, wt_span_sub(text, 0, end));
  wt_buf_put_text(&out, chance(m, 500) ? ", and " : ", while ");
  size_t begin = out.len;
  wt_buf_put_span(&out, next);
  if (!strncmp(out.data + begin, "The ", 4) || !strncmp(out.data + begin, "He ", 3) ||
      !strncmp(out.data + begin, "It ", 3))
    out.data[begin] = (char)(out.data[begin] + 32);
  n->texts[0] = keep(m, &out);
  n->old_count = 2;
  n->edited = true;
}

/* ---- the text ---- */

static void add_node(maker *m, node n) {
  must(wt_grow(&m->nodes, &m->capacity, m->count + 1, sizeof *m->nodes));
  m->nodes[m->count++] = n;
}

static void add_donated(maker *m, uint32_t paragraph) {
  if (!m->donor->count) return;
  wt_span text = m->donor->items[m->donated++ % m->donor->count].text;
  add_node(m, (node){.texts = {text}, .parts = 1, .paragraph = paragraph});
}

static void make_nodes(maker *m) {
  for (uint32_t u = 0; u < m->old->count; u++) {
    const gen_sentence *s = &m->old->items[u];
    node n = {.texts = {s->text}, .parts = 1, .old = u, .old_count = 1, .paragraph = s->paragraph};
    if (chance(m, m->rates->added)) add_donated(m, s->paragraph);
    if (chance(m, m->rates->deleted)) continue;
    bool can_merge = u + 1 < m->old->count && words_of(s->text) > 5 && words_of(s[1].text) > 5;
    if (chance(m, m->rates->merged) && can_merge) {
      merge(m, &n, s[1].text);
      u++;
    } else if (chance(m, m->rates->split) && split(m, &n)) {
    } else if (chance(m, m->rates->edited) && words_of(s->text) > 4) {
      n.texts[0] = edit_words(m, s->text, 6 + gen_below(&m->state, 10));
      n.edited = true;
    }
    if (chance(m, m->rates->quotes)) n.texts[0] = churn_quotes(m, n.texts[0]);
    add_node(m, n);
  }
}

/* Takes nodes [from, from + count) to stand before node `to`, as they stood before. */
static void carry(maker *m, size_t from, size_t count, size_t to, uint32_t paragraph) {
  node *taken = malloc(count * sizeof *taken);
  must(taken != NULL);
  memcpy(taken, m->nodes + from, count * sizeof *taken);
  if (to > from) {
    memmove(m->nodes + from, m->nodes + from + count, (to - from - count) * sizeof *taken);
    to -= count;
  } else {
    memmove(m->nodes + to + count, m->nodes + to, (from - to) * sizeof *taken);
  }
  for (size_t i = 0; i < count; i++) {
    taken[i].moved = true;
    taken[i].paragraph = paragraph;
    m->nodes[to + i] = taken[i];
  }
  free(taken);
}

/* Between two places, is there enough that stays for the move to be one without doubt? */
static bool far_enough(const maker *m, size_t from, size_t count, size_t to) {
  size_t begin = to < from ? to : from + count, end = to < from ? from : to;
  size_t staying = 0, words = 0, taken = 0;
  for (size_t i = from; i < from + count; i++) {
    if (m->nodes[i].moved || m->nodes[i].old_count != 1 || m->nodes[i].parts != 1) return false;
    taken += words_of(m->nodes[i].texts[0]);
    if (words_of(m->nodes[i].texts[0]) < 6) return false;
  }
  for (size_t i = begin; i < end; i++) {
    if (m->nodes[i].moved || !m->nodes[i].old_count) continue;
    staying++;
    words += words_of(m->nodes[i].texts[0]);
  }
  return staying >= count + 2 && words > taken + taken / 2;
}

static void move_one(maker *m, bool whole_paragraph) {
  for (unsigned try = 0; try < 60 && m->count > 5; try++) {
    size_t from = gen_below(&m->state, (uint32_t)m->count), to = gen_below(&m->state, (uint32_t)m->count + 1),
           count = 1;
    if (whole_paragraph) {
      while (from && m->nodes[from - 1].paragraph == m->nodes[from].paragraph) from--;
      while (from + count < m->count && m->nodes[from + count].paragraph == m->nodes[from].paragraph) count++;
      while (to && to < m->count && m->nodes[to - 1].paragraph == m->nodes[to].paragraph) to++;
    }
    if ((to >= from && to <= from + count) || !far_enough(m, from, count, to)) continue;
    for (size_t i = from; i < from + count; i++)
      if (!m->nodes[i].edited && chance(m, m->rates->edited_moves)) {
        m->nodes[i].texts[0] = edit_words(m, m->nodes[i].texts[0], 6 + gen_below(&m->state, 6));
        m->nodes[i].edited = true;
      }
    uint32_t paragraph = whole_paragraph ? 1000000 + try : m
      ->nodes[to < m->count ? to : m->count - 1].paragraph;
    carry(m, from, count, to, paragraph);
    return;
  }
}

static void number(gen_version *out, const maker *m) {
  uint32_t paragraph = 0;
  for (size_t i = 0; i < m->count; i++) {
    const node *n = &m->nodes[i];
    if (i && n->paragraph != m->nodes[i - 1].paragraph) paragraph++;
    if (n->old_count) {
      must(wt_grow(&out->links, &out->link_capacity, out->link_count + 1, sizeof *out->links));
      out->links[out->link_count++] = (gen_link){.old = n->old,
                                                 .newer = (uint32_t)out->text.count,
                                                 .old_count = n->old_count,
                                                 .new_count = n->parts,
                                                 .moved = n->moved,
                                                 .edited = n->edited};
    }
    for (uint32_t p = 0; p < n->parts; p++) gen_add(&out->text, n->texts[p], paragraph);
  }
}

void gen_make(gen_version *out, wt_arena *arena, const gen_text *old, const gen_text *donor, const gen_rates *rates,
              uint64_t seed) {
  maker m = {.arena = arena, .old = old, .donor = donor, .rates = rates, .state = gen_state(seed)};
  m.donated = gen_below(&m.state, donor->count ? (uint32_t)donor->count : 1);
  make_nodes(&m);
  for (unsigned i = 0; i < rates->moves; i++) move_one(&m, false);
  for (unsigned i = 0; i < rates->paragraph_moves; i++) move_one(&m, true);
  *out = (gen_version){0};
  number(out, &m);
  free(m.nodes);
}

void gen_release(gen_version *version) {
  wt_free(version->text.items);
  wt_free(version->links);
  *version = (gen_version){0};
}

void gen_print(wt_buf *out, const gen_text *text) {
  for (size_t u = 0; u < text->count; u++) {
    if (u && text->items[u].paragraph != text->items[u - 1].paragraph) wt_buf_put_char(out, '\n');
    wt_buf_put_span(out, text->items[u].text);
    wt_buf_put_char(out, '\n');
  }
}
