/* Sentence links against gold: ArgRewrite (86 pairs of drafts) and WikiSplit (one sentence rewritten as two). */
#include "bench.h"

#include <string.h>

typedef struct tally {
  uint64_t right, ours, gold;
} tally;

typedef struct scores {
  tally all, edited;
  unsigned groups, whole; /* gold splits and merges, and those found whole */
} scores;

static double f1(tally t) {
  return t.ours + t.gold ? 200.0 * (double)t.right / (double)(t.ours + t.gold) : 100;
}

/* Every (old, new) pair that an edit joins. */
static bool joins(const wt_diff *diff, uint32_t old, uint32_t new) {
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    uint32_t old_at = old - edit->old,
             new_at = new - edit->newer; /* before the first one it wraps, and so is past the last */
    if (old_at < edit->old_count && new_at < edit->new_count) return true;
  }
  return false;
}

static bool edited(const wt_diff *diff, uint32_t old, uint32_t new) {
  return !wt_span_equal(diff->old.items[old].text, diff->newer.items[new].text);
}

static void count_ours(scores *to, const wt_diff *diff) {
  for (size_t e = 0; e < diff->count; e++)
    for (uint32_t o = 0; o < diff->edits[e].old_count; o++)
      for (uint32_t n = 0; n < diff->edits[e].new_count; n++) {
        to->all.ours++;
        to->edited.ours += edited(diff, diff->edits[e].old + o, diff->edits[e].newer + n);
      }
}

/* A gold group is whole when one edit has just its units. */
static void count_group(scores *to, const wt_diff *diff, const uint32_t *units, size_t count, uint32_t one,
                        bool split) {
  bool whole = false;
  if (count < 2) return;
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    uint32_t begin = split ? edit->newer : edit->old, many = split ? edit->new_count : edit->old_count;
    uint32_t other = split ? edit->old : edit->newer, others = split ? edit->old_count : edit->new_count;
    if (others == 1 && other == one && many == count && begin == units[0] && units[count - 1] == begin + many - 1)
      whole = true;
  }
  to->groups++;
  to->whole += whole;
}

static int partner(const wt_diff *diff, uint32_t unit, bool old) {
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *x = &diff->edits[e];
    if (old && unit - x->old < x->old_count) return x->new_count ? (int)x->newer : -1;
    if (!old && unit - x->newer < x->new_count) return x->old_count ? (int)x->old : -1;
  }
  return -2;
}

static void show_wrong(const wt_diff *diff, json_t *links) {
  size_t i;
  json_t *link;
  json_array_foreach(links, i, link) {
    uint32_t o = (uint32_t)json_integer_value(json_array_get(link, 0)),
             n = (uint32_t)json_integer_value(json_array_get(link, 1));
    if (!joins(diff, o, n))
      printf("  MISS %u>%u [ours old>%d new<%d]\n   - %.*s\n   + %.*s\n", o, n, partner(diff, o, true),
             partner(diff, n, false), (int)diff->old.items[o].text.len, diff->old.items[o].text.data,
             (int)diff->newer.items[n].text.len, diff->newer.items[n].text.data);
  }
  for (size_t e = 0; e < diff->count; e++)
    for (uint32_t o = 0; o < diff->edits[e].old_count; o++)
      for (uint32_t n = 0; n < diff->edits[e].new_count; n++) {
        uint32_t old = diff->edits[e].old + o, new = diff->edits[e].newer + n;
        bool gold = false;
        json_array_foreach(links, i, link) gold |=
            json_integer_value(json_array_get(link, 0)) == old && json_integer_value(json_array_get(link, 1)) == new;
        if (!gold)
          printf("  FALSE %u>%u %s%s\n   - %.*s\n   + %.*s\n", old, new, wt_edit_kind_name(diff->edits[e].kind),
                 diff->edits[e].moved ? " moved" : "", (int)diff->old.items[old].text.len,
                 diff->old.items[old].text.data, (int)diff->newer.items[new].text.len,
                 diff->newer.items[new].text.data);
      }
}

static void score_links(scores *to, const wt_diff *diff, json_t *links) {
  uint32_t units[64];
  size_t i, j;
  json_t *link, *other;
  json_array_foreach(links, i, link) {
    uint32_t o = (uint32_t)json_integer_value(json_array_get(link, 0)),
             n = (uint32_t)json_integer_value(json_array_get(link, 1));
    bool found = joins(diff, o, n), changed = edited(diff, o, n);
    to->all.gold++, to->all.right += found;
    to->edited.gold += changed, to->edited.right += changed && found;
  }
  count_ours(to, diff);
  for (uint32_t o = 0; o < diff->old.count; o++) {
    size_t count = 0;
    json_array_foreach(links, j, other) if (json_integer_value(json_array_get(other, 0)) == o && count < 64)
        units[count++] = (uint32_t)json_integer_value(json_array_get(other, 1));
    count_group(to, diff, units, count, o, true);
  }
  for (uint32_t n = 0; n < diff->newer.count; n++) {
    size_t count = 0;
    json_array_foreach(links, j, other) if (json_integer_value(json_array_get(other, 1)) == n && count < 64)
        units[count++] = (uint32_t)json_integer_value(json_array_get(other, 0));
    count_group(to, diff, units, count, n, false);
  }
}

static void put_lines(wt_buf *out, json_t *sentences, json_t *paragraphs) {
  size_t i;
  json_t *sentence;
  json_array_foreach(sentences, i, sentence) {
    if (i && json_integer_value(json_array_get(paragraphs, i)) != json_integer_value(json_array_get(paragraphs, i - 1)))
      wt_buf_put_char(out, '\n');
    wt_buf_put(out, json_string_value(sentence), json_string_length(sentence));
    wt_buf_put_char(out, '\n');
  }
}

static void run_pair(scores *to, json_t *pair, bool shown) {
  wt_buf old = {0}, new = {0};
  put_lines(&old, json_object_get(pair, "old"), json_object_get(pair, "old_par"));
  put_lines(&new, json_object_get(pair, "new"), json_object_get(pair, "new_par"));
  wt_arena arena = {0};
  wt_diff diff;
  bench_diff(&diff, &arena, wt_buf_span(&old), wt_buf_span(&new));
  bench_need(diff.old.count == json_array_size(json_object_get(pair, "old")), "units are not the lines");
  if (shown) {
    printf("%s\n", json_string_value(json_object_get(pair, "id")));
    show_wrong(&diff, json_object_get(pair, "links"));
  }
  score_links(to, &diff, json_object_get(pair, "links"));
  wt_arena_release(&arena);
  wt_buf_release(&old);
  wt_buf_release(&new);
}

static void report(const char *what, const scores *s) {
  printf("%-28s links F1 %6.2f   edited F1 %6.2f   splits and merges whole %u of %u\n", what, f1(s->all), f1(s->edited),
         s->whole, s->groups);
}

static void argrewrite(void) {
  scores half[2], both;
  memset(half, 0, sizeof half);
  wt_span text = bench_data("alignment/argrewrite.jsonl.gz"), line;
  const char *show = getenv("WT_SHOW"); /* 0 or 1: the links of that half that ours misses or makes up */
  for (unsigned i = 0; wt_span_line(&line, &text); i++) {
    json_t *pair = json_loadb(line.data, line.len, 0, NULL);
    bench_need(pair, "not JSON");
    run_pair(&half[i % 2], pair, show && (unsigned)atoi(show) == i % 2);
    json_decref(pair);
  }
  both = half[0];
  both.all.right += half[1].all.right, both.all.ours += half[1].all.ours, both.all.gold += half[1].all.gold;
  both.edited.right += half[1].edited.right, both.edited.ours += half[1].edited.ours,
      both.edited.gold += half[1].edited.gold;
  both.groups += half[1].groups, both.whole += half[1].whole;
  report("ArgRewrite, tuned half", &half[0]);
  report("ArgRewrite, other half", &half[1]);
  report("ArgRewrite, all", &both);
}

static void wikisplit(void) {
  wt_span text = bench_data("alignment/wikisplit-tune.tsv.gz"), line;
  unsigned count[2] = {0}, split[2] = {0};
  for (unsigned i = 0; wt_span_line(&line, &text); i++) {
    size_t tab = wt_span_find(line, WT_SPAN("\t")), cut = wt_span_find(line, WT_SPAN("<::::>"));
    if (cut == line.len) continue;
    wt_buf new = {0};
    wt_buf_put_span(&new, wt_span_trim(wt_span_sub(line, tab + 1, cut)));
    wt_buf_put_char(&new, '\n');
    wt_buf_put_span(&new, wt_span_trim(wt_span_sub(line, cut + 6, line.len)));
    wt_arena arena = {0};
    wt_diff diff;
    bench_diff(&diff, &arena, wt_span_sub(line, 0, tab), wt_buf_span(&new));
    count[i % 2]++;
    bool right = diff.count == 1 && diff.edits[0].kind == WT_EDIT_SPLIT;
    split[i % 2] += right;
    if (!right && getenv("WT_SHOW")) printf("NO SPLIT %.*s\n", (int)line.len, line.data);
    wt_arena_release(&arena);
    wt_buf_release(&new);
  }
  for (int h = 0; h < 2; h++)
    printf("WikiSplit, %s half          found as splits %6.2f%% of %u\n", h ? "other" : "tuned",
           100.0 * split[h] / count[h], count[h]);
}

/* The same pairs as the sentences of longer texts. */
static void wikisplit_in_texts(unsigned many) {
  wt_span text = bench_data("alignment/wikisplit-tune.tsv.gz"), line;
  unsigned count = 0, split = 0;
  bool more = true;
  while (more) {
    wt_buf old = {0}, new = {0};
    for (unsigned i = 0; i < many && (more = wt_span_line(&line, &text)); i++) {
      size_t tab = wt_span_find(line, WT_SPAN("\t")), cut = wt_span_find(line, WT_SPAN("<::::>"));
      if (cut == line.len) continue;
      wt_buf_put_format(&old, "%.*s\n", (int)tab, line.data);
      wt_buf_put_format(&new, "%.*s\n%.*s\n", (int)(cut - tab - 1), line.data + tab + 1, (int)(line.len - cut - 6),
                        line.data + cut + 6);
    }
    wt_arena arena = {0};
    wt_diff diff;
    bench_diff(&diff, &arena, wt_buf_span(&old), wt_buf_span(&new));
    for (size_t e = 0; e < diff.count; e++)
      split += diff.edits[e].kind == WT_EDIT_SPLIT && diff.edits[e].new_count == 2 &&
               diff.edits[e].old * 2 == diff.edits[e].newer;
    count += (unsigned)diff.old.count;
    wt_arena_release(&arena);
    wt_buf_release(&old);
    wt_buf_release(&new);
  }
  printf("WikiSplit, in texts of %-4u    found as splits %6.2f%% of %u\n", many, 100.0 * split / count, count);
}

int main(void) {
  argrewrite();
  wikisplit();
  wikisplit_in_texts(20);
  wikisplit_in_texts(500);
  return 0;
}
