/* alike: shingles, paragraphs, headlines and telling words in common. */
#include "track/alike.h"

#include <stdlib.h>

enum { TELLING_BYTES = 5, TELLING_MOST = 4096, RELATED_SHARE = 2500, RELATED_WORDS = 4, WHOLE = 10000 };

/* ---- shingles ---- */

static size_t shared_sorted(const uint64_t *a, size_t na, const uint64_t *b, size_t nb) {
  size_t shared = 0;
  for (size_t i = 0, k = 0; i < na && k < nb;) {
    if (a[i] == b[k]) {
      shared++;
      i++;
      k++;
    } else if (a[i] < b[k])
      i++;
    else
      k++;
  }
  return shared;
}

static uint32_t share(size_t part, size_t whole) {
  return whole ? (uint32_t)(part * WHOLE / whole) : 0;
}

uint32_t track_contained(const wt_fingerprint *a, const wt_fingerprint *b) {
  return share(shared_sorted(a->shingles, a->shingle_count, b->shingles, b->shingle_count), a->shingle_count);
}

wt_status track_contained_exactly(uint32_t *a_in_b, uint32_t *b_in_a, const wt_fingerprint *a, const wt_fingerprint *b,
                                  wt_error *err) {
  wt_fingerprint fa = {0}, fb = {0};
  wt_status status = wt_fingerprint_every(&fa, a, err);
  if (status == WT_OK) status = wt_fingerprint_every(&fb, b, err);
  if (status == WT_OK) {
    *a_in_b = track_contained(&fa, &fb);
    *b_in_a = track_contained(&fb, &fa);
  }
  wt_fingerprint_release(&fa);
  wt_fingerprint_release(&fb);
  return status;
}

/* ---- headlines and paragraphs ---- */

static size_t distinct(uint64_t *items, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || items[kept - 1] != items[i]) items[kept++] = items[i];
  return kept;
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

enum { HEADLINE_WORDS = 64 };

static size_t sorted_headline(uint64_t out[HEADLINE_WORDS], const wt_fingerprint *print) {
  size_t count = print->headline_count < HEADLINE_WORDS ? print->headline_count : HEADLINE_WORDS;
  for (size_t i = 0; i < count; i++) out[i] = print->headline[i];
  if (count) qsort(out, count, sizeof *out, by_value);
  return distinct(out, count);
}

uint32_t track_headlines_shared(const wt_fingerprint *a, const wt_fingerprint *b) {
  uint64_t x[HEADLINE_WORDS] = {0}, y[HEADLINE_WORDS] = {0};
  size_t nx = sorted_headline(x, a), ny = sorted_headline(y, b);
  return share(shared_sorted(x, nx, y, ny), nx < ny ? nx : ny);
}

static bool share_paragraph(const wt_fingerprint *a, const wt_fingerprint *b) {
  enum { WORDS = 8, LOOK = 64 };
  for (size_t i = 0; i < a->paragraph_count && i < LOOK; i++) {
    if (a->paragraph_words[i] < WORDS) continue;
    for (size_t k = 0; k < b->paragraph_count && k < LOOK; k++)
      if (a->paragraphs[i] == b->paragraphs[k]) return true;
  }
  return false;
}

/* ---- telling words ---- */

/* Hashes of the folded words of five bytes or more and of the numbers: names, places, figures. */
static wt_status telling(uint64_t **out, size_t *count, const wt_story *story, wt_error *err) {
  wt_buf folded = {0};
  wt_words words = {0};
  size_t capacity = 0;
  wt_status status = WT_OK;
  for (size_t b = 0; status == WT_OK && b < story->block_count && *count < TELLING_MOST; b++) {
    if (!wt_block_is_body(story->blocks[b].kind)) continue;
    wt_buf_clear(&folded);
    status = wt_fold(&folded, story->blocks[b].text, err);
    if (status == WT_OK) status = wt_words_cut(&words, wt_buf_span(&folded), err);
    for (size_t i = 0; status == WT_OK && i < words.count && *count < TELLING_MOST; i++) {
      wt_word w = words.items[i];
      bool tells = w.kind == WT_WORD_NUMBER || (w.kind == WT_WORD_LETTERS && w.end - w.begin >= TELLING_BYTES);
      if (!tells) continue;
      if (!wt_grow(out, &capacity, *count + 1, sizeof **out))
        status = wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
      else
        (*out)[(*count)++] = wt_hash64((wt_span){folded.data + w.begin, w.end - w.begin});
    }
  }
  if (*count) qsort(*out, *count, sizeof **out, by_value);
  *count = distinct(*out, *count);
  wt_words_release(&words);
  wt_buf_release(&folded);
  return status;
}

static wt_status share_telling(bool *out, const wt_story *a, const wt_story *b, wt_error *err) {
  uint64_t *x = NULL, *y = NULL;
  size_t nx = 0, ny = 0;
  wt_status status = telling(&x, &nx, a, err);
  if (status == WT_OK) status = telling(&y, &ny, b, err);
  if (status == WT_OK) {
    size_t shared = shared_sorted(x, nx, y, ny);
    *out = shared >= RELATED_WORDS && share(shared, nx < ny ? nx : ny) >= RELATED_SHARE;
  }
  wt_free(x);
  wt_free(y);
  return status;
}

wt_status track_related(bool *out, const wt_story *a, const wt_fingerprint *fa, const wt_story *b,
                        const wt_fingerprint *fb, wt_error *err) {
  *out = true;
  if (shared_sorted(fa->shingles, fa->shingle_count, fb->shingles, fb->shingle_count) >= 2) return WT_OK;
  if (share_paragraph(fa, fb) || track_headlines_shared(fa, fb) >= WHOLE / 2) return WT_OK;
  return share_telling(out, a, b, err);
}
