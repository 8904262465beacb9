/* The steps of finding clusters as filters of lines, so that any engine that sorts can run them over any number of machines. */
#include "wt/ingest.h"
#include "wt/track/copies.h"

#include <stdlib.h>
#include <string.h>

#define PARAGRAPH_WORDS 8u
#define OF_ONE_KEY 256u          /* stories of one key that are paired */
#define HITS 2u                  /* keys that a pair shares at least */
#define SHARE 3333u              /* of the smaller story's keys, in parts of 10,000 */
#define MOST_STORIES (1u << 28)

void wt_filter_release(wt_filter *filter) {
  wt_buf_release(&filter->last);
  wt_buf_release(&filter->stories);
  wt_free(filter->followers);
  *filter = (wt_filter){0};
}

/* ---- keys ---- */

static size_t count_keys(const wt_fingerprint *print) {
  size_t count = print->shingle_count;
  for (size_t i = 0; i < print->paragraph_count; i++)
    count += print->paragraph_words[i] >= PARAGRAPH_WORDS;
  return count;
}

/* A URL with what would break a line or a column taken out. */
static void put_url(wt_buf *out, wt_span url) {
  for (size_t i = 0; i < url.len; i++)
    wt_buf_put_char(out, (unsigned char)url.data[i] <= ' ' ? '_' : url.data[i]);
}

static void put_key(wt_buf *out, uint64_t key, wt_span story) {
  wt_buf_put_format(out, "%016llx\t", (unsigned long long)key);
  wt_buf_put_span(out, story);
  wt_buf_put_char(out, '\n');
}

wt_status wt_filter_keys(wt_buf *out, wt_fingerprint *room, uint32_t number, wt_span json_line, wt_error *err) {
  wt_arena arena = {0};
  wt_buf story = {0};
  wt_story_line read;
  wt_status status = number >= MOST_STORIES ? wt_fail(err, WT_ELIMIT, NULL, -1, "2^28 stories or more")
                                            : wt_story_line_parse(&read, &arena, json_line, err);
  if (status == WT_OK)
    status = wt_fingerprint_text(room, read.headline, read.text, NULL, err);
  if (status == WT_OK) {
    wt_buf_put_format(&story, "%010lu %zu ", (unsigned long)number, count_keys(room));
    put_url(&story, read.url);
    for (size_t i = 0; i < room->shingle_count; i++)
      put_key(out, room->shingles[i], wt_buf_span(&story));
    for (size_t i = 0; i < room->paragraph_count; i++)
      if (room->paragraph_words[i] >= PARAGRAPH_WORDS)
        put_key(out, room->paragraphs[i], wt_buf_span(&story));
    status = wt_buf_status(&story, "fingerprint", err);
  }
  wt_buf_release(&story);
  wt_arena_release(&arena);
  return status == WT_OK ? wt_buf_status(out, "fingerprint", err) : status;
}

/* ---- lines ---- */

static wt_status not_a_line(wt_error *err, const char *what) { return wt_fail(err, WT_EFORMAT, NULL, 0, "no line of %s", what); }

/* What a column of `number keys url` says. */
typedef struct story_name {
  uint32_t number;
  uint32_t keys;
  wt_span url;
} story_name;

static bool take_number(uint32_t *out, wt_span *rest, uint32_t most) {
  size_t end = wt_span_find(*rest, WT_SPAN(" "));
  uint64_t value = 0;
  if (end == 0 || end == rest->len || end > 10)
    return false;
  for (size_t i = 0; i < end; i++) {
    if (rest->data[i] < '0' || rest->data[i] > '9')
      return false;
    value = value * 10 + (uint64_t)(rest->data[i] - '0');
  }
  *out = (uint32_t)value;
  *rest = wt_span_sub(*rest, end + 1, rest->len);
  return value < most;
}

static bool parse_name(story_name *out, wt_span text) {
  bool fine = take_number(&out->number, &text, MOST_STORIES) && take_number(&out->keys, &text, UINT32_MAX);
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

/* Every two stories of the key that ended. The same story twice is a passage that it repeats. */
static void put_candidates(wt_buf *out, const wt_filter *filter) {
  if (filter->count < 2 || filter->count > OF_ONE_KEY)
    return;
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

/* The stories of a key come sorted, so that a repeat follows its like. */
static bool is_repeat(const wt_filter *filter, wt_span story) {
  wt_span all = wt_buf_span(&filter->stories);
  return all.len > story.len && all.data[all.len - 1] == '\n' &&
         wt_span_equal(wt_span_sub(all, all.len - 1 - story.len, all.len - 1), story) &&
         (all.len == story.len + 1 || all.data[all.len - story.len - 2] == '\n');
}

wt_status wt_filter_candidates(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err) {
  wt_span key, story;
  story_name name;
  if (!cut_in_two(&key, &story, line) || !parse_name(&name, story))
    return not_a_line(err, "a key and a story");
  if (!wt_span_equal(key, wt_buf_span(&filter->last))) {
    put_candidates(out, filter);
    remember(&filter->last, key);
    wt_buf_clear(&filter->stories);
    filter->count = 0;
  }
  if (filter->count <= OF_ONE_KEY && !is_repeat(filter, story)) {
    wt_buf_put_span(&filter->stories, story);
    wt_buf_put_char(&filter->stories, '\n');
    filter->count++;
  }
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
    if (!wt_grow(&filter->followers, &filter->follower_words, need, sizeof *filter->followers))
      return false;
    memset(filter->followers + before, 0, (filter->follower_words - before) * sizeof *filter->followers);
  }
  filter->followers[number / 64] |= (uint64_t)1 << number % 64;
  return true;
}

/* The pair that ended: its later story joins the earlier one when that leads and enough is shared. Pairs come by later story,
   then by earlier: the first that fits is the earliest leader. */
static wt_status judge(wt_buf *out, wt_filter *filter, wt_error *err) {
  wt_span left, right;
  story_name later, earlier;
  if (filter->count < HITS || !cut_in_two(&left, &right, wt_buf_span(&filter->last)))
    return WT_OK;
  if (!parse_name(&later, left) || !parse_name(&earlier, right))
    return not_a_line(err, "two stories");
  uint32_t smaller = later.keys < earlier.keys ? later.keys : earlier.keys;
  uint64_t share = smaller == 0 ? 0 : (uint64_t)filter->count * 10000 / smaller;
  if (share < SHARE || filter->joined == later.number + 1 || follows(filter, earlier.number))
    return WT_OK;
  if (!make_follower(filter, later.number))
    return wt_fail(err, WT_ENOMEM, "pairs", -1, "out of memory");
  filter->joined = later.number + 1;
  wt_buf_put_span(out, earlier.url);
  wt_buf_put_char(out, '\t');
  wt_buf_put_span(out, later.url);
  share = share > 10000 ? 10000 : share;
  wt_buf_put_format(out, "\t%u\t%u.%04u\n", (unsigned)filter->count, (unsigned)(share / 10000), (unsigned)(share % 10000));
  return wt_buf_status(out, "pairs", err);
}

wt_status wt_filter_pairs(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err) {
  wt_status status = WT_OK;
  wt_span left, right;
  story_name name;
  if (!cut_in_two(&left, &right, line) || !parse_name(&name, left) || !parse_name(&name, right))
    return not_a_line(err, "two stories");
  if (!wt_span_equal(line, wt_buf_span(&filter->last))) {
    status = judge(out, filter, err);
    remember(&filter->last, line);
    filter->count = 0;
  }
  filter->count++;
  return status == WT_OK ? wt_buf_status(&filter->last, "pairs", err) : status;
}

wt_status wt_filter_pairs_end(wt_buf *out, wt_filter *filter, wt_error *err) {
  wt_status status = judge(out, filter, err);
  filter->count = 0;
  return status;
}

/* ---- sort ---- */

static int by_bytes(const void *a, const void *b) { return wt_span_compare(*(const wt_span *)a, *(const wt_span *)b); }

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
  if (count > 1)
    qsort(items, count, sizeof *items, by_bytes);
  for (size_t i = 0; i < count; i++) {
    wt_buf_put_span(&sorted, items[i]);
    wt_buf_put_char(&sorted, '\n');
  }
  wt_free(items);
  if (status == WT_OK)
    status = wt_buf_status(&sorted, "sort", err);
  if (status == WT_OK) {
    wt_buf spare = *lines;
    *lines = sorted;
    sorted = spare;
  }
  wt_buf_release(&sorted);
  return status;
}
