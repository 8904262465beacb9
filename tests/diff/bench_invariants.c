/* A million fuzzed and generated pairs, and every consecutive pair of the histories: each applies and inverts exactly, within
   its budget. The hash of all scripts is the same in every build. bench_invariants [FUZZED [SEEDS]] */
#include "bench.h"
#include "generate.c"
#include "invariants.h"

static uint64_t hash; /* of all scripts */

static void fuzz(unsigned pairs, unsigned from) {
  wt_buf old = {0}, new = {0};
  for (unsigned i = from; i < from + pairs; i++) {
    fuzz_pair(&old, &new, i);
    uint64_t budget = i % 8 ? 0 : 1 + i % 997; /* one in eight with next to none */
    const char *wrong = invariants_broken(wt_buf_span(&old), wt_buf_span(&new), budget, &hash);
    if (!wrong) continue;
    printf("pair %u: %s\n--- old\n%.*s\n--- new\n%.*s\n", i, wrong, (int)old.len, old.data, (int)new.len, new.data);
    exit(1);
  }
  printf("fuzzed pairs: %u apply and invert exactly\n", pairs);
  wt_buf_release(&old);
  wt_buf_release(&new);
}

static void generated(unsigned seeds) {
  wt_span text = bench_data("articles/truth.jsonl"), line;
  gen_text last = {0};
  unsigned pairs = 0;
  for (unsigned i = 0; wt_span_line(&line, &text); i++) {
    json_t *story = json_loadb(line.data, line.len, 0, NULL), *paragraph;
    gen_text old = {0};
    wt_arena arena = {0};
    wt_cuts cuts = {0};
    size_t p;
    json_array_foreach(json_object_get(story, "paragraphs"), p, paragraph) {
      wt_span kept = wt_span_keep(&arena, wt_span_of(json_string_value(paragraph)));
      bench_need(!wt_sentences_cut(&cuts, kept, NULL), "sentences");
      for (size_t c = 0; c < cuts.count && old.count < 12; c++)
        if (!memchr(kept.data + cuts.items[c].begin, '\n', cuts.items[c].end - cuts.items[c].begin))
          gen_add(&old, wt_span_sub(kept, cuts.items[c].begin, cuts.items[c].end), (uint32_t)p);
    }
    for (unsigned s = 0; s < seeds; s++) {
      gen_rates rates = gen_news((unsigned)old.count);
      gen_version version;
      wt_buf a = {0}, b = {0};
      wt_arena made = {0};
      gen_make(&version, &made, &old, &last, &rates, i * 100000u + s);
      gen_print(&a, &old);
      gen_print(&b, &version.text);
      const char *wrong = invariants_broken(wt_buf_span(&a), wt_buf_span(&b), 0, &hash);
      if (wrong) {
        printf("story %u seed %u: %s\n", i, s, wrong);
        exit(1);
      }
      pairs++;
      gen_release(&version);
      wt_arena_release(&made);
      wt_buf_release(&a);
      wt_buf_release(&b);
    }
    wt_cuts_release(&cuts);
    wt_free(last.items);
    last = (gen_text){0};
    wt_free(old.items);
    wt_arena_release(&arena);
    json_decref(story);
  }
  printf("generated pairs: %u apply and invert exactly\n", pairs);
}

#define MOST_DOCUMENTS 64

static void histories(void) {
  wt_span text = bench_data("histories/terms.jsonl.gz"), line;
  json_t *before[MOST_DOCUMENTS] = {0};
  unsigned pairs = 0, documents = 0;
  while (wt_span_line(&line, &text)) {
    json_t *now = json_loadb(line.data, line.len, 0, NULL);
    bench_need(now != NULL, "not JSON");
    unsigned d = 0;
    while (d < documents &&
           strcmp(json_string_value(json_object_get(before[d], "doc")), json_string_value(json_object_get(now, "doc"))))
      d++;
    bench_need(d < MOST_DOCUMENTS, "too many documents");
    if (d < documents) {
      const char *wrong = invariants_broken(wt_span_of(json_string_value(json_object_get(before[d], "text"))),
                                            wt_span_of(json_string_value(json_object_get(now, "text"))), 0, &hash);
      if (wrong) {
        printf("%s: %s\n", json_string_value(json_object_get(now, "doc")), wrong);
        exit(1);
      }
      pairs++;
      json_decref(before[d]);
    } else {
      documents++;
    }
    before[d] = now;
  }
  for (unsigned d = 0; d < documents; d++) json_decref(before[d]);
  printf("histories: %u consecutive pairs of %u documents apply and invert exactly\n", pairs, documents);
}

int main(int argc, char **argv) {
  unsigned pairs = argc > 1 ? (unsigned)atoi(argv[1]) : 900000, seeds = argc > 2 ? (unsigned)atoi(argv[2]) : 500;
  histories();
  generated(seeds);
  fuzz(pairs, 1);
  printf("hash of all scripts: %016llx\n", (unsigned long long)hash);
  return 0;
}
