/*
 * Word marks against human ones: arXivEdits, 600 sentence pairs, tokens parted by spaces.
 *
 * Two measures. A pair's F1 over its words, marks of punctuation left out, and the mean of the pairs: each counts the same, and
 * two without a mark agree. And F1 over all tokens of all pairs at once, where three pairs whose human gave up on a long
 * stretch make three tenths of all that is lost.
 */
#include "bench.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MOST 1024

typedef struct marks {
  bool old[MOST], newer[MOST];
  size_t old_count, new_count, hunks;
} marks;

/* Marks of both, of ours and of the human. */
typedef struct tally {
  uint64_t right, ours, gold;
} tally;

typedef struct score {
  tally tokens;
  uint64_t pairs, exact, exact_words, our_hunks, gold_hunks, inside;
  double word_f1; /* sum over pairs */
} score;

typedef struct places {
  uint32_t begin[MOST], end[MOST];
  size_t count;
} places;

static void find_tokens(places *out, wt_span text) {
  out->count = 0;
  for (size_t at = 0; at < text.len; at++)
    if (text.data[at] != ' ' && (!at || text.data[at - 1] == ' '))
      out->begin[out->count++] = (uint32_t)at;
    else if (text.data[at] == ' ' && at && text.data[at - 1] != ' ')
      out->end[out->count - 1] = (uint32_t)at;
  if (out->count && text.data[text.len - 1] != ' ') out->end[out->count - 1] = (uint32_t)text.len;
}

static void mark(bool *to, const places *tokens, wt_span text, uint32_t begin, uint32_t end, uint64_t *inside) {
  while (begin < end && text.data[begin] == ' ') begin++;
  while (end > begin && text.data[end - 1] == ' ') end--;
  for (size_t t = 0; t < tokens->count; t++)
    if (tokens->begin[t] < end && begin < tokens->end[t]) {
      to[t] = true;
      *inside += begin > tokens->begin[t] || end < tokens->end[t];
    }
}

static void read_gold(marks *out, json_t *pair, const char *combination) {
  const char *name;
  json_t *edit;
  json_object_foreach(json_object_get(pair, combination), name, edit) {
    json_t *old = json_object_get(edit, "sentence-1-token-indices"),
           *new = json_object_get(edit, "sentence-2-token-indices");
    for (json_int_t t = json_integer_value(json_array_get(old, 0)); t < json_integer_value(json_array_get(old, 1)); t++)
      out->old[t] = true;
    for (json_int_t t = json_integer_value(json_array_get(new, 0)); t < json_integer_value(json_array_get(new, 1)); t++)
      out->newer[t] = true;
    out->hunks++;
  }
}

static void show(const char *who, const marks *m, wt_span old, wt_span new, const places *po, const places *pn) {
  printf("  %s\n   - ", who);
  for (size_t t = 0; t < po->count; t++)
    printf(m->old[t] ? "[%.*s] " : "%.*s ", (int)(po->end[t] - po->begin[t]), old.data + po->begin[t]);
  printf("\n   + ");
  for (size_t t = 0; t < pn->count; t++)
    printf(m->newer[t] ? "{%.*s} " : "%.*s ", (int)(pn->end[t] - pn->begin[t]), new.data + pn->begin[t]);
  printf("\n");
}

/* Does what the human left unmarked read the same on both sides, but for case? Where words changed places it does not, and
   no diff that keeps the order can agree. */
static bool in_order(const marks *m, wt_span old, wt_span new, const places *po, const places *pn) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (i < po->count && m->old[i]) i++;
    while (j < pn->count && m->newer[j]) j++;
    if (i >= po->count || j >= pn->count) return i >= po->count && j >= pn->count;
    size_t len = po->end[i] - po->begin[i];
    if (len != pn->end[j] - pn->begin[j]) return false;
    if (strncasecmp(old.data + po->begin[i], new.data + pn->begin[j], len)) return false;
  }
}

static bool is_word(wt_span text, const places *tokens, size_t t) {
  for (uint32_t at = tokens->begin[t]; at < tokens->end[t]; at++) {
    unsigned char byte = (unsigned char)text.data[at];
    if (isalnum(byte) || byte >= 0x80) return true;
  }
  return false;
}

static void count_marks(tally *tokens, tally *words, const bool *ours, const bool *gold, wt_span text,
                        const places *at) {
  for (size_t t = 0; t < at->count; t++) {
    tally *to[] = {tokens, is_word(text, at, t) ? words : NULL};
    for (size_t k = 0; k < 2 && to[k]; k++)
      to[k]->right += ours[t] && gold[t], to[k]->ours += ours[t], to[k]->gold += gold[t];
  }
}

static double f1_of(const tally *t) {
  return t->ours + t->gold ? 200.0 * (double)t->right / (double)(t->ours + t->gold) : 100;
}

static void read_ours(marks *out, wt_span old, wt_span new, const places *po, const places *pn, uint64_t *inside) {
  wt_arena arena = {0};
  wt_word_edit *words;
  size_t count;
  bench_need(!wt_diff_words(&words, &count, &arena, old, new, NULL), "diff");
  for (size_t w = 0; w < count; w++) {
    if (words[w].op == WT_WORD_KEEP) continue;
    if (!w || words[w - 1].op == WT_WORD_KEEP) out->hunks++;
    if (words[w].op == WT_WORD_MOVE) continue; /* the gold does not mark words that only moved */
    mark(out->old, po, old, words[w].old_begin, words[w].old_end, inside);
    mark(out->newer, pn, new, words[w].new_begin, words[w].new_end, inside);
  }
  wt_arena_release(&arena);
}

static void add(score *to, const score *pair) {
  to->tokens.right += pair->tokens.right, to->tokens.ours += pair->tokens.ours, to->tokens.gold += pair->tokens.gold;
  to->pairs += pair->pairs, to->exact += pair->exact, to->exact_words += pair->exact_words;
  to->our_hunks += pair->our_hunks, to->gold_hunks += pair->gold_hunks, to->inside += pair->inside;
  to->word_f1 += pair->word_f1;
}

static void run_pair(score *half, score *ordered, json_t *pair, bool shown) {
  wt_span old = wt_span_of(json_string_value(json_object_get(pair, "sentence-1")));
  wt_span new = wt_span_of(json_string_value(json_object_get(pair, "sentence-2")));
  marks gold = {{0}, {0}, 0, 0, 0}, ours = gold;
  static places po, pn;
  score one = {.pairs = 1};
  tally words = {0};
  find_tokens(&po, old);
  find_tokens(&pn, new);
  bench_need(po.count < MOST && pn.count < MOST, "a sentence is too long");
  read_gold(&gold, pair, "edits-combination-0");
  read_ours(&ours, old, new, &po, &pn, &one.inside);
  count_marks(&one.tokens, &words, ours.old, gold.old, old, &po);
  count_marks(&one.tokens, &words, ours.newer, gold.newer, new, &pn);
  one.exact = one.tokens.right == one.tokens.ours && one.tokens.right == one.tokens.gold;
  one.exact_words = words.right == words.ours && words.right == words.gold;
  one.word_f1 = f1_of(&words);
  one.our_hunks = ours.hunks, one.gold_hunks = gold.hunks;
  add(half, &one);
  if (in_order(&gold, old, new, &po, &pn)) add(ordered, &one);
  if (one.exact || !shown) return;
  show("gold", &gold, old, new, &po, &pn);
  show("ours", &ours, old, new, &po, &pn);
  printf("\n");
}

static void report(const char *what, const score *s) {
  double pairs = (double)s->pairs;
  printf("%-27s words, mean of pairs: F1 %6.2f   exact %6.2f%%   tokens at once: F1 %6.2f   exact %6.2f%%   hunks "
         "%llu, human "
         "%llu (%+.1f%%)   marks that part a token %llu\n",
         what, s->word_f1 / pairs, 100.0 * (double)s->exact_words / pairs, f1_of(&s->tokens),
         100.0 * (double)s->exact / pairs, (unsigned long long)s->our_hunks, (unsigned long long)s->gold_hunks,
         100.0 * ((double)s->our_hunks / (double)s->gold_hunks - 1), (unsigned long long)s->inside);
}

int main(void) {
  score half[2] = {{.pairs = 0}, {.pairs = 0}}, both = {.pairs = 0}, ordered = both;
  wt_span text = bench_data("alignment/arxivedits-train.json.gz");
  json_t *all = json_loadb(text.data, text.len, 0, NULL), *pair;
  bench_need(all, "not JSON");
  const char *name;
  unsigned i = 0;
  const char *shown = getenv("WT_SHOW"); /* 0 or 1: the pairs of that half where ours differs from the human's marks */
  json_object_foreach(all, name, pair) {
    run_pair(&half[i % 2], &ordered, pair, shown && (unsigned)atoi(shown) == i % 2);
    i++;
  }
  add(&both, &half[0]);
  add(&both, &half[1]);
  report("arXivEdits, tuned half", &half[0]);
  report("arXivEdits, other half", &half[1]);
  report("arXivEdits, all", &both);
  report("arXivEdits, words in order", &ordered);
  json_decref(all);
  return 0;
}
