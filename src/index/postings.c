/* Fills postings, makes runs of them, searches them. */
#include "postings_handle.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FAN 3u      /* so many runs of one size become one of the next */
#define ABREAST 64u /* keys that are looked for side by side */

wt_span wt_postings_stamp(const wt_postings *postings) {
  return (wt_span){postings->stamp, postings->stamp_len};
}

uint32_t wt_postings_count(const wt_postings *postings) {
  return postings->stored + (uint32_t)postings->name_count;
}

static uint64_t file_size(const wt_postings *postings, const char *name, uint64_t number) {
  char path[4096];
  struct stat info;
  postings_path(path, postings, name, number);
  return stat(path, &info) == 0 ? (uint64_t)info.st_size : 0;
}

uint64_t wt_postings_bytes(const wt_postings *postings) {
  if (postings->dir[0] == 0) return 0;
  uint64_t bytes = file_size(postings, "manifest", UINT64_MAX) + file_size(postings, "names", UINT64_MAX) +
                   file_size(postings, "log", postings->generation);
  for (size_t i = 0; i < postings->run_count; i++) bytes += postings->runs[i].map_size;
  return bytes;
}

/* ---- runs ---- */

static wt_status store_names(wt_postings *postings, wt_error *err) {
  const char *bytes = (const char *)postings->names;
  size_t left = postings->name_count * sizeof *postings->names;
  off_t at = (off_t)(postings->stored * sizeof *postings->names);
  while (left > 0) {
    ssize_t wrote = pwrite(postings->names_file, bytes, left, at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return wt_fail(err, WT_EIO, postings->dir, -1, "%s", strerror(errno));
    bytes += wrote;
    at += wrote;
    left -= (size_t)wrote;
  }
  return fdatasync(postings->names_file) == 0 ? WT_OK : wt_fail(err, WT_EIO, postings->dir, -1, "%s", strerror(errno));
}

static void forget_file(const wt_postings *postings, const char *name, uint64_t number) {
  char path[4096];
  postings_path(path, postings, name, number);
  unlink(path);
}

/* 0 for a run as flushed, 1 for FAN of them, 2 for FAN times as many. */
static unsigned tier_of(uint64_t pairs) {
  unsigned tier = 0;
  for (uint64_t size = POSTINGS_FLUSH * 2; size <= pairs; size *= FAN) tier++;
  return tier;
}

size_t postings_to_merge(const wt_run *runs, size_t run_count) {
  size_t count = 0, merged = 0, same = 0;
  uint64_t pairs = 0;
  unsigned tier = 0;
  for (size_t i = run_count; i-- > 0 && count < MOST_MERGED;) {
    if (tier_of(runs[i].count) > tier || pairs + runs[i].count > UINT32_MAX) break;
    pairs += runs[i].count;
    count++;
    if (++same < FAN) continue;
    merged = count; /* they count as one run of the next tier */
    tier = tier_of(pairs);
    same = 1;
  }
  return merged;
}

/* The manifest changes before the old files go. */
static wt_status merge_runs(wt_postings *postings, wt_error *err) {
  size_t count = postings_to_merge(postings->runs, postings->run_count);
  if (count < 2) return WT_OK;
  const wt_run *merged[MOST_MERGED];
  wt_run whole, old[MOST_MERGED], *last = &postings->runs[postings->run_count - count];
  for (size_t i = 0; i < count; i++) merged[i] = &last[i];
  wt_status status = run_merge(postings->dir, postings->next_run, merged, count, err);
  if (status == WT_OK) status = run_open(&whole, postings->dir, postings->next_run, err);
  if (status != WT_OK) return status;
  memcpy(old, last, count * sizeof *old);
  *last = whole;
  postings->run_count -= count - 1;
  postings->next_run++;
  status = postings_write_manifest(postings, err);
  for (size_t i = 0; i < count; i++) {
    if (status == WT_OK) forget_file(postings, "run", old[i].number);
    run_close(&old[i]);
  }
  return status;
}

/* Makes a run of the pairs in memory and merges runs of one size. */
static wt_status flush(wt_postings *postings, wt_error *err) {
  if (postings->run_count == POSTINGS_RUNS) return wt_fail(err, WT_ELIMIT, postings->dir, -1, "too many runs");
  wt_status status = postings_sort_pairs(postings, err);
  if (status == WT_OK)
    status = run_write(postings->dir, postings->next_run, postings->pairs, postings->pair_count, err);
  if (status == WT_OK) status = store_names(postings, err);
  if (status == WT_OK) status = run_open(&postings->runs[postings->run_count], postings->dir, postings->next_run, err);
  if (status != WT_OK) return status;
  uint64_t old_log = postings->generation++;
  postings->run_count++;
  postings->next_run++;
  postings->stored += (uint32_t)postings->name_count;
  postings->name_count = postings->names_committed = 0;
  postings->pair_count = postings->pairs_committed = 0;
  memset(postings->heads, 0, POSTINGS_HEADS * sizeof *postings->heads);
  status = postings_write_manifest(postings, err);
  if (status == WT_OK) status = postings_open_log(postings, err);
  if (status == WT_OK) forget_file(postings, "log", old_log);
  return status == WT_OK ? merge_runs(postings, err) : status;
}

/* ---- filling ---- */

wt_status wt_postings_put(uint32_t *document, wt_postings *postings, wt_postings_name name, const uint64_t *keys,
                          size_t count, wt_error *err) {
  uint32_t number = wt_postings_count(postings);
  if (number == UINT32_MAX || postings->pair_count + count > INT32_MAX)
    return wt_fail(err, WT_ELIMIT, "postings", -1, "2^32 documents, or 2^31 keys in one commit");
  if (!wt_grow(&postings->names, &postings->name_capacity, postings->name_count + 1, sizeof name))
    return wt_fail(err, WT_ENOMEM, "postings", -1, "out of memory");
  for (size_t i = 0; i < count; i++)
    if (!postings_remember(postings, (run_pair){postings_key(keys[i]), number}))
      return wt_fail(err, WT_ENOMEM, "postings", -1, "out of memory");
  postings->names[postings->name_count++] = name;
  *document = number;
  return WT_OK;
}

wt_status wt_postings_commit(wt_postings *postings, wt_span stamp, wt_error *err) {
  if (stamp.len > WT_POSTINGS_STAMP || postings->read_only)
    return wt_fail(err, WT_EINVAL, "postings", -1, "too long a stamp, or opened to read");
  log_record record = {.names = postings->names + postings->names_committed,
                       .name_count = (uint32_t)(postings->name_count - postings->names_committed),
                       .pairs = postings->pairs + postings->pairs_committed,
                       .pair_count = (uint32_t)(postings->pair_count - postings->pairs_committed),
                       .stamp = stamp};
  wt_status status = postings->dir[0] == 0 ? WT_OK : log_append(postings->log, postings->dir, &record, err);
  if (status != WT_OK) return status;
  postings->names_committed = postings->name_count;
  postings->pairs_committed = postings->pair_count;
  if (stamp.len > 0) memcpy(postings->stamp, stamp.data, stamp.len);
  postings->stamp_len = stamp.len;
  return postings->dir[0] != 0 && postings->pair_count >= POSTINGS_FLUSH ? flush(postings, err) : WT_OK;
}

/* ---- searching ---- */

typedef struct search {
  uint64_t key;
  size_t number;
  uint32_t left;
  wt_postings_each each;
  void *context;
} search;

static bool search_memory(const wt_postings *postings, search *s) {
  for (uint32_t at = postings->heads[postings_head(s->key)]; at != 0 && s->left > 0; at = postings->nexts[at - 1]) {
    if (postings->pairs[at - 1].key != s->key) continue;
    s->left--;
    if (!s->each(s->context, s->number, postings->pairs[at - 1].document)) return false;
  }
  return true;
}

static bool search_run(const wt_run *run, search *s) {
  uint64_t begin, end;
  run_find(&begin, &end, run, s->key);
  while (end > begin && s->left > 0) {
    s->left--;
    if (!s->each(s->context, s->number, run->entries[--end].document)) return false;
  }
  return true;
}

/* Blocks that this thread had read from disk. */
static long blocks_read(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_inblock : 0;
}

static void hint(const wt_postings *postings, const uint64_t *keys, size_t count) {
  for (size_t i = 0; i < count; i++) {
    __builtin_prefetch(&postings->heads[postings_head(keys[i])]);
    for (size_t r = 0; r < postings->run_count; r++) run_hint_table(&postings->runs[r], keys[i]);
  }
  for (size_t i = 0; i < count && postings->cold; i++)
    for (size_t r = 0; r < postings->run_count; r++) run_hint_pages(&postings->runs[r], keys[i]);
  for (size_t i = 0; i < count; i++)
    for (size_t r = 0; r < postings->run_count; r++) run_hint_pair(&postings->runs[r], keys[i]);
}

static bool search_abreast(const wt_postings *postings, const uint64_t *keys, size_t first, size_t count, uint32_t most,
                           wt_postings_each each, void *context) {
  uint64_t stored[ABREAST];
  bool going = true;
  for (size_t i = 0; i < count; i++) stored[i] = postings_key(keys[first + i]);
  hint(postings, stored, count);
  for (size_t i = 0; i < count && going; i++) {
    search s = {stored[i], first + i, most, each, context};
    going = search_memory(postings, &s);
    for (size_t r = postings->run_count; going && r-- > 0;) going = search_run(&postings->runs[r], &s);
  }
  return going;
}

/* Pages are asked for ahead as long as a search reads from disk: of pages that are held, asking costs more than looking. */
void wt_postings_find(wt_postings *postings, const uint64_t *keys, size_t count, uint32_t most, wt_postings_each each,
                      void *context) {
  long before = blocks_read();
  bool going = true;
  for (size_t first = 0; first < count && going; first += ABREAST) {
    size_t some = count - first < ABREAST ? count - first : ABREAST;
    going = search_abreast(postings, keys, first, some, most, each, context);
  }
  postings->cold = blocks_read() != before;
}

wt_status wt_postings_name_of(wt_postings_name *out, const wt_postings *postings, uint32_t document, wt_error *err) {
  if (document >= postings->stored && document - postings->stored < postings->name_count) {
    *out = postings->names[document - postings->stored];
    return WT_OK;
  }
  off_t at = (off_t)(document * sizeof *out);
  if (document >= postings->stored || pread(postings->names_file, out, sizeof *out, at) != (ssize_t)sizeof *out)
    return wt_fail(err, WT_ECORRUPT, postings->dir, -1, "no document of that number");
  return WT_OK;
}
