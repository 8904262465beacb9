/* The steps of finding clusters as filters of lines, so that any engine that sorts can run them over any number of machines. */
#include "copies_filter.h"

#include <stdlib.h>
#include <string.h>

#define HITS 2u     /* keys that a pair shares at least */
#define SHARE 3333u /* of the smaller story's keys, in parts of 10,000 */

void wt_filter_release(wt_filter *filter) {
  wt_buf_release(&filter->last);
  wt_buf_release(&filter->stories);
  wt_free(filter->followers);
  *filter = (wt_filter){0};
}

/* ---- keys ---- */

size_t track_filter_count(const wt_fingerprint *print) {
  size_t count = print->shingle_count;
  for (size_t i = 0; i < print->paragraph_count; i++) count += print->paragraph_words[i] >= FILTER_PARAGRAPH_WORDS;
  return count;
}

void track_filter_put_url(wt_buf *out, wt_span url) {
  for (size_t i = 0; i < url.len; i++) wt_buf_put_char(out, (unsigned char)url.data[i] <= ' ' ? '_' : url.data[i]);
}

wt_status track_filter_prints(wt_story_line *read, wt_arena *arena, wt_fingerprint *room, wt_span json_line,
                              wt_error *err) {
  wt_status status = wt_story_line_parse(read, arena, json_line, err);
  return status == WT_OK ? wt_fingerprint_text(room, read->headline, read->text, NULL, err) : status;
}

static void put_key_line(wt_buf *out, uint64_t key, wt_span story) {
  wt_buf_put_format(out, "%016llx\t", (unsigned long long)key);
  wt_buf_put_span(out, story);
  wt_buf_put_char(out, '\n');
}

wt_status wt_filter_keys(wt_buf *out, wt_fingerprint *room, uint32_t number, wt_span json_line, wt_error *err) {
  wt_arena arena = {0};
  wt_buf story = {0};
  wt_story_line read;
  wt_status status = number == UINT32_MAX ? wt_fail(err, WT_ELIMIT, NULL, -1, "2^32 - 1 stories or more")
                                          : track_filter_prints(&read, &arena, room, json_line, err);
  if (status == WT_OK) {
    wt_buf_put_format(&story, "%010lu %zu ", (unsigned long)number, track_filter_count(room));
    track_filter_put_url(&story, read.url);
    for (size_t i = 0; i < room->shingle_count; i++) put_key_line(out, room->shingles[i], wt_buf_span(&story));
    for (size_t i = 0; i < room->paragraph_count; i++)
      if (room->paragraph_words[i] >= FILTER_PARAGRAPH_WORDS)
        put_key_line(out, room->paragraphs[i], wt_buf_span(&story));
    status = wt_buf_status(&story, "fingerprint", err);
  }
  wt_buf_release(&story);
  wt_arena_release(&arena);
  return status == WT_OK ? wt_buf_status(out, "fingerprint", err) : status;
}

/* ---- lines ---- */

static wt_status not_a_line(wt_error *err, const char *what) {
  return wt_fail(err, WT_EFORMAT, NULL, 0, "no line of %s", what);
}

/* What a column of `number keys url` says. */
typedef struct story_name {
  uint32_t number;
  uint32_t keys;
  wt_span url;
} story_name;

static bool parse_digits(uint32_t *out, wt_span digits) {
  uint64_t value = 0;
  for (size_t i = 0; i < digits.len && i < 10; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9') return false;
    value = value * 10 + (uint64_t)(digits.data[i] - '0');
  }
  *out = (uint32_t)value;
  return digits.len > 0 && digits.len <= 10 && value < UINT32_MAX;
}

/* A number that a space ends. */
static bool take_number(uint32_t *out, wt_span *rest) {
  size_t end = wt_span_find(*rest, WT_SPAN(" "));
  bool fine = end < rest->len && parse_digits(out, wt_span_sub(*rest, 0, end));
  *rest = wt_span_sub(*rest, end + 1, rest->len);
  return fine;
}

static bool parse_name(story_name *out, wt_span text) {
  bool fine = take_number(&out->number, &text) && take_number(&out->keys, &text);
  out->url = text;
  return fine;
}

static bool cut_in_two(wt_span *left, wt_span *right, wt_span line) {
  size_t tab = wt_span_find(line, WT_SPAN("\t"));
  *left = wt_span_sub(line, 0, tab);
  *right = wt_span_sub(line, tab + 1, line.len);
  return tab < line.len;
}

static void remember(wt_buf *buf, wt_span text) {
  wt_buf_clear(buf);
  wt_buf_put_span(buf, text);
}

/* ---- candidates ---- */

/* Every two stories of the key that ended, or that it has too many. The same story twice is a passage that it repeats. */
static void put_candidates(wt_buf *out, const wt_filter *filter) {
  if (filter->count > WT_FILTER_OF_ONE_KEY && filter->tell_hot) {
    wt_buf_put_text(out, "#\t");
    wt_buf_put_span(out, wt_buf_span(&filter->last));
    wt_buf_put_format(out, "\t%u\n", (unsigned)filter->count);
  }
  if (filter->count < 2 || filter->count > WT_FILTER_OF_ONE_KEY) return;
  wt_span later, all = wt_buf_span(&filter->stories);
  for (wt_span rest = all; wt_span_line(&later, &rest);) {
    wt_span earlier;
    for (wt_span before = wt_span_sub(all, 0, (size_t)(later.data - all.data)); wt_span_line(&earlier, &before);) {
      wt_buf_put_span(out, later);
      wt_buf_put_char(out, '\t');
      wt_buf_put_span(out, earlier);
      wt_buf_put_char(out, '\n');
    }
  }
}

/* The stories of a key come sorted, so that a repeat follows its like, which is kept also when there are too many. */
static bool is_repeat(const wt_filter *filter, wt_span story) {
  return filter->count > 0 &&
         wt_span_equal(wt_span_sub(wt_buf_span(&filter->stories), filter->story_at, filter->stories.len - 1), story);
}

static void keep_story(wt_filter *filter, wt_span story) {
  if (filter->count >= WT_FILTER_OF_ONE_KEY) /* they are counted, and no more */
    wt_buf_clear(&filter->stories);
  filter->story_at = filter->stories.len;
  wt_buf_put_span(&filter->stories, story);
  wt_buf_put_char(&filter->stories, '\n');
  filter->count += filter->count < UINT32_MAX;
}

wt_status wt_filter_candidates(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err) {
  wt_span key, story;
  story_name name;
  if (!cut_in_two(&key, &story, line) || !parse_name(&name, story)) return not_a_line(err, "a key and a story");
  if (!wt_span_equal(key, wt_buf_span(&filter->last))) {
    put_candidates(out, filter);
    remember(&filter->last, key);
    wt_buf_clear(&filter->stories);
    filter->count = 0;
  }
  if (!is_repeat(filter, story)) keep_story(filter, story);
  wt_status status = wt_buf_status(&filter->stories, "candidates", err);
  return status == WT_OK ? wt_buf_status(out, "candidates", err) : status;
}

wt_status wt_filter_candidates_end(wt_buf *out, wt_filter *filter, wt_error *err) {
  put_candidates(out, filter);
  filter->count = 0;
  return wt_buf_status(out, "candidates", err);
}

/* ---- pairs ---- */

static bool follows(const wt_filter *filter, uint32_t number) {
  return number / 64 < filter->follower_words && (filter->followers[number / 64] >> number % 64 & 1) != 0;
}

static bool make_follower(wt_filter *filter, uint32_t number) {
  size_t before = filter->follower_words, need = number / 64 + 1u;
  if (need > before) {
    if (!wt_grow(&filter->followers, &filter->follower_words, need, sizeof *filter->followers)) return false;
    memset(filter->followers + before, 0, (filter->follower_words - before) * sizeof *filter->followers);
  }
  filter->followers[number / 64] |= (uint64_t)1 << number % 64;
  return true;
}

bool track_filter_enough(uint32_t *share, uint32_t count, uint32_t keys, uint32_t other_keys) {
  uint32_t smaller = keys < other_keys ? keys : other_keys;
  uint64_t parts = smaller == 0 ? 0 : (uint64_t)count * 10000 / smaller;
  *share = parts > 10000 ? 10000 : (uint32_t)parts;
  return count >= HITS && parts >= SHARE;
}

/* The pair of the lines before, and what of the smaller story's keys it shares, in parts of 10,000. */
typedef struct shared {
  story_name later, earlier;
  uint32_t share;
  bool enough;
} shared;

static wt_status weigh(shared *out, const wt_filter *filter, wt_error *err) {
  wt_span left, right;
  *out = (shared){0};
  if (filter->count < HITS || !cut_in_two(&left, &right, wt_buf_span(&filter->last))) return WT_OK;
  if (!parse_name(&out->later, left) || !parse_name(&out->earlier, right)) return not_a_line(err, "two stories");
  out->enough = track_filter_enough(&out->share, filter->count, out->later.keys, out->earlier.keys);
  return WT_OK;
}

/* The later story of the pair that ended joins the earlier one when that leads and enough is shared. Pairs come by later
   story, then by earlier: the first that fits is the earliest leader. */
static wt_status put_joined(wt_buf *out, wt_filter *filter, wt_error *err) {
  shared pair;
  wt_status status = weigh(&pair, filter, err);
  if (status != WT_OK || !pair.enough || filter->joined == pair.later.number + 1ull ||
      follows(filter, pair.earlier.number))
    return status;
  if (!make_follower(filter, pair.later.number)) return wt_fail(err, WT_ENOMEM, "pairs", -1, "out of memory");
  filter->joined = pair.later.number + 1ull;
  wt_buf_put_span(out, pair.earlier.url);
  wt_buf_put_char(out, '\t');
  wt_buf_put_span(out, pair.later.url);
  wt_buf_put_format(out, "\t%u\t%u.%04u\n", (unsigned)filter->count, (unsigned)(pair.share / 10000),
                    (unsigned)(pair.share % 10000));
  return wt_buf_status(out, "pairs", err);
}

/* `STORY TAB STORY [TAB COUNT]`: the pair, and how many lines it stands for. */
static bool parse_pair(wt_span *pair, uint32_t *count, wt_span line) {
  wt_span left, right, rest, digits;
  story_name name;
  if (!cut_in_two(&left, &rest, line) || !parse_name(&name, left)) return false;
  bool counted = cut_in_two(&right, &digits, rest);
  *pair = counted ? wt_span_sub(line, 0, line.len - digits.len - 1) : line;
  *count = 1;
  return (!counted || (parse_digits(count, digits) && *count > 0)) && parse_name(&name, right);
}

wt_status wt_filter_pairs(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err) {
  wt_status status = WT_OK;
  wt_span pair;
  uint32_t count;
  if (!parse_pair(&pair, &count, line)) return not_a_line(err, "two stories");
  if (!wt_span_equal(pair, wt_buf_span(&filter->last))) {
    status = put_joined(out, filter, err);
    remember(&filter->last, pair);
    filter->count = 0;
  }
  filter->count = count > UINT32_MAX - filter->count ? UINT32_MAX : filter->count + count;
  return status == WT_OK ? wt_buf_status(&filter->last, "pairs", err) : status;
}

wt_status wt_filter_pairs_end(wt_buf *out, wt_filter *filter, wt_error *err) {
  wt_status status = put_joined(out, filter, err);
  filter->count = 0;
  return status;
}

/* ---- sort ---- */

static int by_bytes(const void *a, const void *b) {
  return wt_span_compare(*(const wt_span *)a, *(const wt_span *)b);
}

wt_status wt_filter_sort(wt_buf *lines, wt_error *err) {
  wt_span *items = NULL, line;
  size_t count = 0, capacity = 0;
  wt_buf sorted = {.limit = lines->limit};
  wt_status status = WT_OK;
  for (wt_span rest = wt_buf_span(lines); status == WT_OK && wt_span_line(&line, &rest);) {
    if (wt_grow(&items, &capacity, count + 1, sizeof *items))
      items[count++] = line;
    else
      status = wt_fail(err, WT_ENOMEM, "sort", -1, "out of memory");
  }
  if (count > 1) qsort(items, count, sizeof *items, by_bytes);
  for (size_t i = 0; i < count; i++) {
    wt_buf_put_span(&sorted, items[i]);
    wt_buf_put_char(&sorted, '\n');
  }
  wt_free(items);
  if (status == WT_OK) status = wt_buf_status(&sorted, "sort", err);
  if (status == WT_OK) {
    wt_buf spare = *lines;
    *lines = sorted;
    sorted = spare;
  }
  wt_buf_release(&sorted);
  return status;
}
