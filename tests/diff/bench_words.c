/* Word marks against human ones: arXivEdits, 600 sentence pairs, tokens parted by spaces. */
#include "bench.h"

#include <string.h>
#include <strings.h>

#define MOST 1024

typedef struct marks {
  bool old[MOST], new[MOST];
  size_t old_count, new_count, hunks;
} marks;

typedef struct score {
  uint64_t right, ours, gold, pairs, exact, our_hunks, gold_hunks, inside;
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
      out->new[t] = true;
    out->hunks++;
  }
}

static void show(const char *who, const marks *m, wt_span old, wt_span new, const places *po, const places *pn) {
  printf("  %s\n   - ", who);
  for (size_t t = 0; t < po->count; t++)
    printf(m->old[t] ? "[%.*s] " : "%.*s ", (int)(po->end[t] - po->begin[t]), old.data + po->begin[t]);
  printf("\n   + ");
  for (size_t t = 0; t < pn->count; t++)
    printf(m->new[t] ? "{%.*s} " : "%.*s ", (int)(pn->end[t] - pn->begin[t]), new.data + pn->begin[t]);
  printf("\n");
}

/* Does what the human left unmarked read the same on both sides, but for case? Where words changed places it does not, and
   no diff that keeps the order can agree. */
static bool in_order(const marks *m, wt_span old, wt_span new, const places *po, const places *pn) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (i < po->count && m->old[i]) i++;
    while (j < pn->count && m->new[j]) j++;
    if (i >= po->count || j >= pn->count) return i >= po->count && j >= pn->count;
    size_t len = po->end[i] - po->begin[i];
    if (len != pn->end[j] - pn->begin[j]) return false;
    if (strncasecmp(old.data + po->begin[i], new.data + pn->begin[j], len)) return false;
  }
}

static void run_pair(score *to, json_t *pair, score *ordered, bool shown) {
  wt_span old = wt_span_of(json_string_value(json_object_get(pair, "sentence-1")));
  wt_span new = wt_span_of(json_string_value(json_object_get(pair, "sentence-2")));
  marks gold = {{0}, {0}, 0, 0, 0}, ours = gold;
  static places po, pn;
  find_tokens(&po, old);
  find_tokens(&pn, new);
  bench_need(po.count < MOST && pn.count < MOST, "a sentence is too long");
  read_gold(&gold, pair, "edits-combination-0");
  wt_arena arena = {0};
  wt_word_edit *words;
  size_t count;
  bench_need(!wt_diff_words(&words, &count, &arena, old, new, NULL), "diff");
  for (size_t w = 0; w < count; w++) {
    if (words[w].op == WT_WORD_KEEP) continue;
    if (!w || words[w - 1].op == WT_WORD_KEEP) ours.hunks++;
    if (words[w].op == WT_WORD_MOVE) continue; /* the gold does not mark words that only moved */
    mark(ours.old, &po, old, words[w].old_begin, words[w].old_end, &to->inside);
    mark(ours.new, &pn, new, words[w].new_begin, words[w].new_end, &to->inside);
  }
  bool exact = !memcmp(ours.old, gold.old, sizeof gold.old) && !memcmp(ours.new, gold.new, sizeof gold.new);
  score before = *to;
  for (size_t t = 0; t < MOST; t++) {
    to->right += (uint64_t)(ours.old[t] && gold.old[t]) + (uint64_t)(ours.new[t] && gold.new[t]);
    to->ours += (uint64_t)ours.old[t] + (uint64_t)ours.new[t];
    to->gold += (uint64_t)gold.old[t] + (uint64_t)gold.new[t];
  }
  to->pairs++, to->exact += exact, to->our_hunks += ours.hunks, to->gold_hunks += gold.hunks;
  if (in_order(&gold, old, new, &po, &pn)) {
    ordered->right += to->right - before.right, ordered->ours += to->ours - before.ours;
    ordered->gold += to->gold - before.gold;
    ordered->pairs++, ordered->exact += exact, ordered->our_hunks += ours.hunks, ordered->gold_hunks += gold.hunks;
  }
  if (!exact && shown) {
    show("gold", &gold, old, new, &po, &pn);
    show("ours", &ours, old, new, &po, &pn);
    printf("\n");
  }
  wt_arena_release(&arena);
}

static void report(const char *what, const score *s) {
  printf("%-28s token F1 %6.2f   exact %6.2f%%   hunks %llu, human %llu (%+.1f%%)   marks that part a token %llu\n",
         what, 200.0 * (double)s->right / (double)(s->ours + s->gold), 100.0 * (double)s->exact / (double)s->pairs,
         (unsigned long long)s->our_hunks, (unsigned long long)s->gold_hunks,
         100.0 * ((double)s->our_hunks / (double)s->gold_hunks - 1), (unsigned long long)s->inside);
}

int main(void) {
  score half[2], both, ordered = {0};
  memset(half, 0, sizeof half);
  wt_span text = bench_data("alignment/arxivedits-train.json.gz");
  json_t *all = json_loadb(text.data, text.len, 0, NULL), *pair;
  bench_need(all, "not JSON");
  const char *name;
  unsigned i = 0;
  const char *shown = getenv("WT_SHOW"); /* 0 or 1: the pairs of that half where ours differs from the human's marks */
  json_object_foreach(all, name, pair) {
    run_pair(&half[i % 2], pair, &ordered, shown && (unsigned)atoi(shown) == i % 2);
    i++;
  }
  for (size_t f = 0; f < sizeof both / sizeof(uint64_t); f++)
    ((uint64_t *)&both)[f] = ((uint64_t *)&half[0])[f] + ((uint64_t *)&half[1])[f];
  report("arXivEdits, tuned half", &half[0]);
  report("arXivEdits, other half", &half[1]);
  report("arXivEdits, all", &both);
  report("arXivEdits, words in order", &ordered);
  json_decref(all);
  return 0;
}
