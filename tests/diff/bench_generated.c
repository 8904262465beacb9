/* Moves, splits and merges against generated truth: news stories changed by a seed, at the rates of news. */
#include "bench.h"
#include "generate.c"

typedef struct tally {
  uint64_t right, ours, gold;
} tally;

typedef struct scores {
  tally moves, edited_moves, splits, merges, links;
  uint64_t false_moves, still; /* in texts where nothing moved: sentences said to have moved, of all */
  uint64_t closed;             /* diffs that failed and were replaced whole */
} scores;

static double f1(tally t) {
  return t.ours + t.gold ? 200.0 * (double)t.right / (double)(t.ours + t.gold) : 100;
}

static const gen_link *truth_of(const gen_version *version, const wt_edit *edit) {
  for (size_t l = 0; l < version->link_count; l++) {
    const gen_link *link = &version->links[l];
    if (link->old == edit->old && link->newer == edit->newer && link->old_count == edit->old_count &&
        link->new_count == edit->new_count)
      return link;
  }
  return NULL;
}

static void count(tally *to, bool ours, bool gold) {
  to->ours += ours;
  to->gold += gold;
  to->right += ours && gold;
}

static void show(const char *what, const wt_diff *diff, uint32_t old, uint32_t new) {
  if (!getenv("WT_SHOW")) return;
  printf("%s %u>%u\n  - %.*s\n  + %.*s\n", what, old, new, (int)diff->old.items[old].text.len,
         diff->old.items[old].text.data, (int)diff->newer.items[new].text.len, diff->newer.items[new].text.data);
}

static void score(scores *to, const wt_diff *diff, const gen_version *version) {
  uint64_t found_moves = 0, found_edited = 0, found_splits = 0, found_merges = 0;
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    if (!edit->old_count || !edit->new_count) continue;
    const gen_link *truth = truth_of(version, edit);
    bool one = edit->old_count == 1 && edit->new_count == 1;
    count(&to->links, true, truth != NULL);
    if (one && edit->moved && edit->kind == WT_EDIT_MOVE) {
      count(&to->moves, true, truth && truth->moved && !truth->edited);
      if (!(truth && truth->moved)) show("FALSE MOVE", diff, edit->old, edit->newer);
      found_moves += truth && truth->moved && !truth->edited;
    }
    if (one && edit->moved && edit->kind == WT_EDIT_EDIT) {
      count(&to->edited_moves, true, truth && truth->moved && truth->edited);
      if (!(truth && truth->moved)) show("FALSE EDITED MOVE", diff, edit->old, edit->newer);
      found_edited += truth && truth->moved && truth->edited;
    }
    if (edit->new_count > 1) {
      count(&to->splits, true, truth != NULL);
      if (!truth) show("FALSE SPLIT", diff, edit->old, edit->newer);
    }
    if (edit->old_count > 1) {
      count(&to->merges, true, truth != NULL);
      if (!truth) show("FALSE MERGE", diff, edit->old, edit->newer);
    }
    found_splits += truth && edit->new_count > 1;
    found_merges += truth && edit->old_count > 1;
  }
  uint64_t moves = 0, edited = 0, splits = 0, merges = 0;
  for (size_t l = 0; l < version->link_count; l++) {
    const gen_link *link = &version->links[l];
    moves += link->moved && !link->edited;
    edited += link->moved && link->edited && link->new_count == 1 && link->old_count == 1;
    splits += link->new_count > 1;
    merges += link->old_count > 1;
    bool found = false;
    for (size_t e = 0; e < diff->count && !found; e++)
      found = diff->edits[e].old == link->old && diff->edits[e].newer == link->newer &&
              diff->edits[e].old_count == link->old_count && diff->edits[e].new_count == link->new_count &&
              diff->edits[e].moved == link->moved;
    if (!found)
      show(link->moved           ? "MISSED MOVE"
           : link->new_count > 1 ? "MISSED SPLIT"
           : link->old_count > 1 ? "MISSED MERGE"
                                 : "MISSED",
           diff, link->old, link->newer);
  }
  to->moves.gold += moves - found_moves;
  to->edited_moves.gold += edited - found_edited;
  to->splits.gold += splits - found_splits;
  to->merges.gold += merges - found_merges;
}

static void run(scores *to, const gen_text *old, const gen_text *donor, gen_rates rates, uint64_t seed) {
  wt_arena arena = {0};
  gen_version version;
  wt_buf a = {0}, b = {0};
  wt_diff diff;
  gen_make(&version, &arena, old, donor, &rates, seed);
  gen_print(&a, old);
  gen_print(&b, &version.text);
  bench_diff(&diff, &arena, wt_buf_span(&a), wt_buf_span(&b));
  bench_need(diff.newer.count == version.text.count, "units are not the sentences");
  to->closed += diff.replaced_whole;
  if (rates.moves || rates.paragraph_moves)
    score(to, &diff, &version);
  else
    for (size_t e = 0; e < diff.count; e++) {
      to->still += diff.edits[e].old_count;
      to->false_moves += diff.edits[e].moved ? diff.edits[e].old_count : 0;
      if (diff.edits[e].moved) show("FALSE MOVE IN STILL TEXT", &diff, diff.edits[e].old, diff.edits[e].newer);
    }
  wt_buf_release(&a);
  wt_buf_release(&b);
  gen_release(&version);
  wt_arena_release(&arena);
}

static void cut_story(gen_text *to, json_t *story) {
  size_t i;
  json_t *paragraph;
  wt_cuts cuts = {0};
  json_array_foreach(json_object_get(story, "paragraphs"), i, paragraph) {
    wt_span text = wt_span_of(json_string_value(paragraph));
    bench_need(!wt_sentences_cut(&cuts, text, NULL), "sentences");
    for (size_t c = 0; c < cuts.count; c++) {
      wt_span sentence = wt_span_sub(text, cuts.items[c].begin, cuts.items[c].end);
      if (wt_span_find(sentence, WT_SPAN("\n")) == sentence.len) gen_add(to, sentence, (uint32_t)i);
    }
  }
  wt_cuts_release(&cuts);
}

static void report(const char *what, const scores *s) {
  printf("%-22s moves F1 %6.2f (%llu)  moved+edited %6.2f (%llu)  splits %6.2f (%llu)  merges %6.2f (%llu)  false "
         "moves %.2f%% of %llu  closed %llu\n",
         what, f1(s->moves), (unsigned long long)s->moves.gold, f1(s->edited_moves),
         (unsigned long long)s->edited_moves.gold, f1(s->splits), (unsigned long long)s->splits.gold, f1(s->merges),
         (unsigned long long)s->merges.gold, s->still ? 100.0 * (double)s->false_moves / (double)s->still : 0,
         (unsigned long long)s->still, (unsigned long long)s->closed);
}

int main(int argc, char **argv) {
  unsigned seeds = argc > 1 ? (unsigned)atoi(argv[1]) : 6;
  wt_span text = bench_data("articles/truth.jsonl"), line;
  scores half[2];
  gen_text last = {0};
  json_t *last_story = NULL;
  memset(half, 0, sizeof half);
  for (unsigned i = 0; wt_span_line(&line, &text); i++) {
    json_t *story = json_loadb(line.data, line.len, 0, NULL);
    gen_text old = {0};
    cut_story(&old, story);
    if (old.count > 8 && last.count)
      for (unsigned s = 0; s < seeds; s++) {
        gen_rates rates = gen_news((unsigned)old.count), still = rates;
        still.moves = still.paragraph_moves = 0;
        run(&half[i % 2], &old, &last, rates, i * 1000u + s);
        run(&half[i % 2], &old, &last, still, i * 1000u + 500 + s);
      }
    wt_free(last.items);
    json_decref(last_story);
    last = old;
    last_story = story;
  }
  report("generated, tuned half", &half[0]);
  report("generated, other half", &half[1]);
  wt_free(last.items);
  json_decref(last_story);
  return 0;
}
