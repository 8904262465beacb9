/* Writes, merges, maps and searches runs. */
#include "postings_run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER 32u
#define BUCKET 64u /* pairs */
#define MIN_BITS 16u
#define MAX_BITS 28u
#define HELD 8192u /* entries that a writer holds before it writes them */

static const char magic[8] = {'w', 't', 'r', 'u', 'n', '0', '0', '1'};

static wt_status system_fault(wt_error *err, const char *path) {
  return wt_fail(err, WT_EIO, path, -1, "%s", strerror(errno));
}

static void path_of(char out[4096], const char *dir, uint64_t number, const char *suffix) {
  snprintf(out, 4096, "%s/run-%llu%s", dir, (unsigned long long)number, suffix);
}

static uint64_t bucket_of(unsigned bits, uint64_t key) {
  return key >> (RUN_KEY_BITS - bits);
}
static uint64_t rest_of(unsigned bits, uint64_t key) {
  return key & (((uint64_t)1 << (RUN_KEY_BITS - bits)) - 1);
}
static size_t table_size(unsigned bits) {
  return (((size_t)1 << bits) + 1) * sizeof(uint32_t);
}

static unsigned bits_for(uint64_t count) {
  unsigned bits = MIN_BITS;
  while (bits < MAX_BITS && (count >> bits) > BUCKET) bits++;
  return bits;
}

/* ---- reading ---- */

void run_close(wt_run *run) {
  if (run->map != NULL) munmap(run->map, run->map_size);
  wt_free(run->table);
  *run = (wt_run){0};
}

/* Takes the table into memory and checks it: a search then stays inside the file whatever the bytes are. */
static bool take_table(wt_run *run, uint64_t checksum) {
  size_t size = table_size(run->bits), buckets = (size_t)1 << run->bits;
  run->table = wt_alloc(size);
  if (run->table == NULL) return false;
  memcpy(run->table, (const char *)run->map + HEADER, size);
  if (wt_hash64((wt_span){(const char *)run->table, size}) != checksum || run->table[buckets] != run->count)
    return false;
  for (size_t i = 0; i < buckets; i++)
    if (run->table[i] > run->table[i + 1]) return false;
  run->entries = (const run_entry *)((const char *)run->map + HEADER + size);
  return true;
}

static bool take_header(wt_run *run) {
  uint64_t fields[3];
  if (run->map_size < HEADER || memcmp(run->map, magic, sizeof magic) != 0) return false;
  memcpy(fields, (const char *)run->map + sizeof magic, sizeof fields);
  run->count = fields[0];
  if (fields[1] < MIN_BITS || fields[1] > MAX_BITS || run->count > UINT32_MAX) return false;
  run->bits = (unsigned)fields[1];
  size_t need = HEADER + table_size(run->bits) + (size_t)run->count * sizeof(run_entry);
  return run->map_size >= need && take_table(run, fields[2]);
}

wt_status run_open(wt_run *out, const char *dir, uint64_t number, wt_error *err) {
  char path[4096];
  struct stat info;
  *out = (wt_run){.number = number};
  path_of(path, dir, number, "");
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &info) != 0) {
    wt_status status = system_fault(err, path);
    if (file >= 0) close(file);
    return status;
  }
  out->map_size = (size_t)info.st_size;
  out->map = out->map_size > 0 ? mmap(NULL, out->map_size, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
  close(file);
  if (out->map == MAP_FAILED) out->map = NULL;
  if (out->map != NULL && take_header(out)) {
    madvise(out->map, out->map_size, MADV_RANDOM);
    return WT_OK;
  }
  run_close(out);
  return wt_fail(err, WT_ECORRUPT, path, -1, "no run of postings");
}

/* Where a key's pairs are likely to begin: keys are hashes and lie evenly in their bucket. */
static uint64_t guess(const wt_run *run, uint64_t key) {
  uint64_t bucket = bucket_of(run->bits, key), low = run->table[bucket];
  return low + ((rest_of(run->bits, key) * (run->table[bucket + 1] - low)) >> (RUN_KEY_BITS - run->bits));
}

void run_find(uint64_t *begin, uint64_t *end, const wt_run *run, uint64_t key) {
  uint64_t bucket = bucket_of(run->bits, key), low = run->table[bucket], high = run->table[bucket + 1];
  const run_entry *entries = run->entries;
  uint64_t rest = rest_of(run->bits, key), last = high, middle = guess(run, key), step = 1;
  /* From the guess outwards in growing steps, then by halves: the entry before low is below, that at high is not. */
  if (middle < high && entries[middle].rest < rest) {
    for (low = middle + 1; low + step < high && entries[low + step - 1].rest < rest; step *= 2) low += step;
    high = low + step < high ? low + step - 1 : high;
  } else {
    for (high = middle; high > low + step && entries[high - step].rest >= rest; step *= 2) high -= step;
    low = high > low + step ? high - step + 1 : low;
  }
  while (low < high) {
    middle = low + (high - low) / 2;
    if (entries[middle].rest < rest)
      low = middle + 1;
    else
      high = middle;
  }
  *begin = *end = low;
  while (*end < last && entries[*end].rest == rest) (*end)++;
}

void run_hint_table(const wt_run *run, uint64_t key) {
  __builtin_prefetch(&run->table[bucket_of(run->bits, key)]);
}

void run_hint_pair(const wt_run *run, uint64_t key) {
  __builtin_prefetch(&run->entries[guess(run, key)]);
}

/* A bucket that lies on two pages is read whole. */
void run_hint_pages(const wt_run *run, uint64_t key) {
  uint64_t bucket = bucket_of(run->bits, key);
  uintptr_t page = 4096, from = (uintptr_t)(run->entries + run->table[bucket]) & ~(page - 1);
  uintptr_t to = (uintptr_t)(run->entries + run->table[bucket + 1]);
  madvise((void *)from, to - from + 1, MADV_WILLNEED);
}

/* ---- writing ---- */

/* A run that is being written: pairs come in order. */
typedef struct run_writer {
  FILE *file;
  char path[4096], beside[4096];
  unsigned bits;
  uint32_t *table;
  uint64_t count;
  run_pair last;
  run_entry *held;
  size_t held_count;
  bool failed;
} run_writer;

static wt_status writer_open(run_writer *out, const char *dir, uint64_t number, uint64_t most, wt_error *err) {
  *out = (run_writer){.bits = bits_for(most)};
  path_of(out->path, dir, number, "");
  path_of(out->beside, dir, number, ".new");
  out->table = wt_alloc_zero((size_t)1, table_size(out->bits));
  out->held = wt_alloc(HELD * sizeof *out->held);
  if (out->table == NULL || out->held == NULL) return wt_fail(err, WT_ENOMEM, out->path, -1, "out of memory");
  out->file = fopen(out->beside, "wbe");
  if (out->file == NULL) return system_fault(err, out->beside);
  setvbuf(out->file, NULL, _IONBF, 0);
  return fseek(out->file, (long)(HEADER + table_size(out->bits)), SEEK_SET) == 0 ? WT_OK
                                                                                 : system_fault(err, out->beside);
}

static void write_held(run_writer *w) {
  if (w->held_count > 0)
    w->failed = w->failed || fwrite(w->held, sizeof *w->held, w->held_count, w->file) != w->held_count;
  w->held_count = 0;
}

static inline void writer_put(run_writer *w, run_pair pair) {
  if (w->count > 0 && pair.key == w->last.key && pair.document == w->last.document) return;
  w->held[w->held_count++] = (run_entry){(uint32_t)rest_of(w->bits, pair.key), pair.document};
  if (w->held_count == HELD) write_held(w);
  w->failed = w->failed || w->count == UINT32_MAX;
  w->table[bucket_of(w->bits, pair.key) + 1]++;
  w->last = pair;
  w->count++;
}

static bool write_head(run_writer *w) {
  size_t buckets = (size_t)1 << w->bits;
  for (size_t i = 0; i < buckets; i++) w->table[i + 1] += w->table[i];
  uint64_t fields[3] = {w->count, w->bits, wt_hash64((wt_span){(const char *)w->table, table_size(w->bits)})};
  return fseek(w->file, 0, SEEK_SET) == 0 && fwrite(magic, sizeof magic, 1, w->file) == 1 &&
         fwrite(fields, sizeof fields, 1, w->file) == 1 && fwrite(w->table, table_size(w->bits), 1, w->file) == 1;
}

/* Durable and under its name, or not there. The folder is synced with the manifest that names it. */
static wt_status writer_close(run_writer *w, wt_status status, wt_error *err) {
  if (status == WT_OK) write_held(w);
  if (status == WT_OK && (w->failed || !write_head(w) || fflush(w->file) != 0 || fsync(fileno(w->file)) != 0))
    status = system_fault(err, w->beside);
  if (w->file != NULL && fclose(w->file) != 0 && status == WT_OK) status = system_fault(err, w->beside);
  if (status == WT_OK && rename(w->beside, w->path) != 0) status = system_fault(err, w->path);
  if (status != WT_OK) unlink(w->beside);
  wt_free(w->table);
  wt_free(w->held);
  return status;
}

wt_status run_write(const char *dir, uint64_t number, const run_pair *pairs, size_t count, wt_error *err) {
  run_writer w;
  wt_status status = writer_open(&w, dir, number, count, err);
  for (size_t i = 0; i < count && status == WT_OK; i++) writer_put(&w, pairs[i]);
  return writer_close(&w, status, err);
}

/* ---- merging ---- */

/* Reads a run from its first pair on. */
typedef struct run_reader {
  const wt_run *run;
  uint64_t at;
  uint64_t bucket, bucket_end; /* bucket_end: its end in pairs */
  run_pair head;
} run_reader;

static inline bool reader_next(run_reader *r) {
  const wt_run *from = r->run;
  if (r->at == from->count) return false;
  while (r->bucket_end <= r->at) r->bucket_end = from->table[++r->bucket + 1];
  r->head.key = r->bucket << (RUN_KEY_BITS - from->bits) | from->entries[r->at].rest;
  r->head.document = from->entries[r->at++].document;
  return true;
}

static inline bool before(run_pair a, run_pair b) {
  return a.key != b.key ? a.key < b.key : a.document < b.document;
}

/* Puts a reader in its place among those that follow it, which are in order of their heads. */
static inline void sink(run_reader **readers, size_t open) {
  run_reader *moved = readers[0];
  size_t i = 1;
  for (; i < open && before(readers[i]->head, moved->head); i++) readers[i - 1] = readers[i];
  readers[i - 1] = moved;
}

wt_status run_merge(const char *dir, uint64_t number, const wt_run *const *runs, size_t count, wt_error *err) {
  run_writer w;
  run_reader readers[MOST_MERGED], *order[MOST_MERGED + 1];
  uint64_t most = 0;
  size_t open = 0;
  for (size_t i = 0; i < count && i < MOST_MERGED; i++) {
    most += runs[i]->count;
    madvise(runs[i]->map, runs[i]->map_size, MADV_SEQUENTIAL);
    readers[i] = (run_reader){.run = runs[i], .bucket_end = runs[i]->table[1]};
    if (!reader_next(&readers[i])) continue;
    memmove(order + 1, order, open * sizeof *order);
    order[0] = &readers[i];
    sink(order, ++open);
  }
  wt_status status = writer_open(&w, dir, number, most, err);
  while (open > 0 && status == WT_OK && !w.failed) {
    writer_put(&w, order[0]->head);
    if (reader_next(order[0]))
      sink(order, open);
    else
      memmove(order, order + 1, --open * sizeof *order);
  }
  return writer_close(&w, status, err);
}
