/* The pairs that are in no run yet: found by chains of equal hashes, and sorted once they become a run. */
#include "postings_handle.h"

bool postings_remember(wt_postings *postings, run_pair pair) {
  size_t number = postings->pair_count;
  if (number == postings->pair_capacity &&
      !wt_grow(&postings->pairs, &postings->pair_capacity, number + 1, sizeof pair))
    return false;
  if (number >= postings->next_capacity &&
      !wt_grow(&postings->nexts, &postings->next_capacity, number + 1, sizeof *postings->nexts))
    return false;
  postings->pairs[number] = pair;
  postings->nexts[number] = postings->heads[postings_head(pair.key)];
  postings->heads[postings_head(pair.key)] = (uint32_t)number + 1;
  postings->pair_count++;
  return true;
}

/* Radix sort by key, a byte at a time, which the cache bears. Pairs come in order of document and stay so. */
wt_status postings_sort_pairs(wt_postings *postings, wt_error *err) {
  run_pair *spare = wt_alloc(postings->pair_count * sizeof *spare), *from = postings->pairs, *to = spare;
  if (spare == NULL) return wt_fail(err, WT_ENOMEM, "postings", -1, "out of memory");
  for (unsigned shift = 0; shift < RUN_KEY_BITS; shift += 8) { /* an even number of times: they end where they were */
    size_t starts[257] = {0};
    for (size_t i = 0; i < postings->pair_count; i++) starts[(from[i].key >> shift & 0xFF) + 1]++;
    for (size_t b = 0; b < 256; b++) starts[b + 1] += starts[b];
    for (size_t i = 0; i < postings->pair_count; i++) to[starts[from[i].key >> shift & 0xFF]++] = from[i];
    run_pair *swap = from;
    from = to;
    to = swap;
  }
  wt_free(spare);
  return WT_OK;
}
