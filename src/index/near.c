/* near: which stories of an outlet look like a text. A few samples of each text are kept, mixed with the outlet's hash:
   its lowest shingles (bottom-k of Broder 1997) and its paragraphs. The caller verifies. */
#include "sql.h"

#include <stdlib.h>

enum { SHINGLES = 8, PARAGRAPHS = 16, PARAGRAPH_WORDS = 6, SAMPLES = SHINGLES + PARAGRAPHS, POSTINGS = 64, MOST = 256 };

static int64_t mix(uint64_t sample, uint64_t outlet) {
  uint64_t h = (sample ^ outlet) * 0x9E3779B97F4A7C15u;
  return (int64_t)(h ^ h >> 29);
}

static size_t samples_of(int64_t out[SAMPLES], wt_span outlet, const wt_fingerprint *print) {
  uint64_t salt = wt_hash64(outlet);
  size_t n = 0;
  for (size_t i = 0; i < print->shingle_count && i < SHINGLES; i++) out[n++] = mix(print->shingles[i], salt);
  for (size_t i = 0, taken = 0; i < print->paragraph_count && taken < PARAGRAPHS; i++) {
    if (print->paragraph_words[i] < PARAGRAPH_WORDS) continue;
    out[n++] = mix(print->paragraphs[i], salt);
    taken++;
  }
  return n;
}

static bool is_among(const int64_t *samples, size_t count, int64_t sample) {
  for (size_t i = 0; i < count; i++)
    if (samples[i] == sample) return true;
  return false;
}

wt_status put_samples(wt_index *index, int64_t story, wt_span outlet, const wt_fingerprint *print,
                      const wt_fingerprint *before, wt_error *err) {
  int64_t samples[SAMPLES], held[SAMPLES];
  size_t count = samples_of(samples, outlet, print), held_count = before ? samples_of(held, outlet, before) : 0;
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_SAMPLE_PUT, "INSERT OR IGNORE INTO sample VALUES(?1, ?2)", err);
  for (size_t i = 0; status == WT_OK && i < count; i++) {
    if (is_among(held, held_count, samples[i])) continue;
    bind_int(s, 1, samples[i]);
    bind_int(s, 2, story);
    status = index_step_done(index, s, err);
  }
  return status;
}

/* ---- asking ---- */

typedef struct hit {
  int64_t story;
  uint32_t shared;
} hit;

typedef struct hits {
  hit items[MOST];
  size_t count;
} hits;

static void count_hit(hits *all, int64_t story) {
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].story == story) {
      all->items[i].shared++;
      return;
    }
  if (all->count < MOST) all->items[all->count++] = (hit){story, 1};
}

/* Boilerplate has long lists; only the youngest stories of one count. */
static wt_status collect(hits *all, wt_index *index, int64_t sample, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status =
      index_kept(&s, index, Q_SAMPLE, "SELECT story FROM sample WHERE hash = ?1 ORDER BY story DESC LIMIT ?2", err);
  if (status) return status;
  bind_int(s, 1, sample);
  bind_int(s, 2, POSTINGS);
  while (index_next_row(&status, index, s, err)) count_hit(all, sqlite3_column_int64(s, 0));
  sqlite3_reset(s);
  return status;
}

/* Most shared first; the youngest of equals. */
static int by_shared(const void *a, const void *b) {
  const hit *x = a, *y = b;
  if (x->shared != y->shared) return x->shared < y->shared ? 1 : -1;
  return x->story < y->story ? 1 : x->story > y->story ? -1 : 0;
}

static wt_status in_span(bool *out, wt_index *index, int64_t story, wt_instant since, wt_instant until, wt_error *err) {
  sqlite3_stmt *s;
  *out = true;
  wt_status status =
      index_kept(&s, index, Q_SPAN,
                 "SELECT 1 FROM story WHERE id = ?1 AND moved_to IS NULL AND (?2 IS NULL OR last >= ?2) AND "
                 "(?3 IS NULL OR first < ?3)",
                 err);
  if (status) return status;
  bind_int(s, 1, story);
  bind_instant(s, 2, since);
  bind_instant(s, 3, until);
  status = index_step_row(index, s, "story", err);
  sqlite3_reset(s);
  *out = status == WT_OK;
  return status == WT_ENOTFOUND ? WT_OK : status;
}

wt_status wt_index_near(wt_index *index, wt_span outlet, const wt_fingerprint *print, wt_instant since,
                        wt_instant until, uint32_t limit, wt_near_each each, void *context, wt_error *err) {
  int64_t samples[SAMPLES];
  size_t count = samples_of(samples, outlet, print);
  hits all;
  all.count = 0;
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < count; i++) status = collect(&all, index, samples[i], err);
  qsort(all.items, all.count, sizeof *all.items, by_shared);
  uint32_t told = 0;
  for (size_t i = 0; status == WT_OK && i < all.count && (!limit || told < limit); i++) {
    bool fits;
    status = in_span(&fits, index, all.items[i].story, since, until, err);
    if (status || !fits) continue;
    told++;
    if (!each(context, all.items[i].story, all.items[i].shared)) break;
  }
  return status;
}
