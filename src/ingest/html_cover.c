/*
 * html_cover: how much of a block stands, word for word, in the articleBody that the page hands to machines.
 *
 * Both are cut into words (a sign of a script without spaces is a word of its own), each run of four words is a hash, and a
 * block is covered as far as its runs are among those of the articleBody. Linear in both.
 */
#include <string.h>

#include "ingest/html_page.h"

enum { RUN = 4 };

typedef struct runs {
  uint64_t *slots; /* 0: free */
  size_t mask;
} runs;

typedef struct words {
  uint64_t last[RUN];
  size_t count;
} words;

static uint64_t mix(uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * 0x100000001B3ull;
}

/* Letters and digits of any script; marks and spaces part words. */
static bool is_mark(wt_span text, size_t at, size_t *next) {
  unsigned char c = (unsigned char)text.data[at];
  *next = at + 1;
  if (c < 0x80) return !((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9');
  *next = at;
  uint32_t code = wt_utf8_next(text, next);
  return code < 0xC0 || (code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code < 0x3040) ||
         (code >= 0xFF00 && code < 0xFF10);
}

/* Scripts that write no spaces: ideographs, kana and Hangul, Thai and Lao, Burmese, Khmer. */
static bool is_unspaced(const unsigned char *c) {
  if (c[0] >= 0xE3) return c[0] <= 0xED;
  if (c[0] == 0xE0) return c[1] >= 0xB8 && c[1] <= 0xBB;
  return c[0] == 0xE1 && (c[1] <= 0x82 || c[1] == 0x9E || c[1] == 0x9F);
}

/* The next word's hash; false at the end. */
static bool next_word(wt_span text, size_t *at, uint64_t *word) {
  size_t next;
  while (*at < text.len && is_mark(text, *at, &next)) *at = next;
  if (*at >= text.len) return false;
  *word = 0xCBF29CE484222325ull;
  for (size_t letters = 0; *at < text.len && !is_mark(text, *at, &next); *at = next, letters++) {
    bool ideograph = next - *at >= 3 && is_unspaced((const unsigned char *)text.data + *at);
    if (ideograph && letters > 0) break;
    for (size_t i = *at; i < next; i++) {
      unsigned char c = (unsigned char)text.data[i];
      *word = mix(*word, c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c);
    }
    if (ideograph) {
      *at = next;
      break;
    }
  }
  return true;
}

/* Shifts a word in; the hash of the last RUN words, 0 while there are fewer. */
static uint64_t run_of(words *w, uint64_t word) {
  memmove(w->last, w->last + 1, (RUN - 1) * sizeof w->last[0]);
  w->last[RUN - 1] = word;
  if (++w->count < RUN) return 0;
  uint64_t run = 0;
  for (int i = 0; i < RUN; i++) run = (run ^ w->last[i]) * 0x9E3779B97F4A7C15ull;
  return (run ^ run >> 29) | 1;
}

static void put(runs *set, uint64_t run) {
  size_t slot = (size_t)(run >> 1) & set->mask;
  while (set->slots[slot] != 0 && set->slots[slot] != run) slot = (slot + 1) & set->mask;
  set->slots[slot] = run;
}

static bool has(const runs *set, uint64_t run) {
  size_t slot = (size_t)(run >> 1) & set->mask;
  while (set->slots[slot] != 0 && set->slots[slot] != run) slot = (slot + 1) & set->mask;
  return set->slots[slot] == run;
}

static wt_status build(runs *set, wt_span body, wt_error *err) {
  size_t size = 64, at = 0;
  while (size < body.len) size *= 2; /* a word takes a letter and a mark at least: half full at most */
  set->slots = wt_alloc_zero(size, sizeof *set->slots);
  set->mask = size - 1;
  if (set->slots == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory for its article body");
  words w = {0};
  for (uint64_t word; next_word(body, &at, &word);) {
    uint64_t run = run_of(&w, word);
    if (run != 0) put(set, run);
  }
  return WT_OK;
}

static void cover(const runs *set, wt_html_page *page, wt_html_block *block) {
  wt_span text = wt_html_block_text(page, block);
  words w = {0};
  size_t at = 0, all = 0, found = 0;
  for (uint64_t word; next_word(text, &at, &word);) {
    uint64_t run = run_of(&w, word);
    if (run == 0) continue;
    all++;
    found += has(set, run);
  }
  block->covered = WT_COVER_UNKNOWN;
  if (all > 0) block->covered = (uint16_t)(found * 1000 / all);
}

wt_status wt_html_cover(wt_html_page *page, wt_error *err) {
  wt_span body = page->meta.ld.body;
  runs set = {0};
  for (size_t i = 0; i < page->block_count; i++) page->blocks[i].covered = WT_COVER_UNKNOWN;
  if (body.len < 400) return WT_OK;
  wt_status status = build(&set, body, err);
  for (size_t i = 0; status == WT_OK && i < page->block_count; i++) cover(&set, page, &page->blocks[i]);
  page->has_cover = status == WT_OK;
  wt_free(set.slots);
  return status;
}
