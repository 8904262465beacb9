/* Appends to the log and reads it back. */
#include "postings_log.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define HEADER 16u

static const char magic[4] = {'w', 't', 'l', 'g'};

static void put32(wt_buf *out, uint32_t value) {
  wt_buf_put(out, &value, sizeof value);
}

static uint32_t get32(wt_span bytes, size_t at) {
  uint32_t value;
  memcpy(&value, bytes.data + at, sizeof value);
  return value;
}

static void build(wt_buf *out, const log_record *record) {
  wt_buf_put(out, magic, sizeof magic);
  put32(out, record->name_count);
  put32(out, record->pair_count);
  put32(out, (uint32_t)record->stamp.len);
  if (record->name_count > 0) wt_buf_put(out, record->names, record->name_count * sizeof *record->names);
  for (uint32_t i = 0; i < record->pair_count; i++) wt_buf_put(out, &record->pairs[i].key, sizeof record->pairs[i].key);
  for (uint32_t i = 0; i < record->pair_count; i++) put32(out, record->pairs[i].document);
  wt_buf_put_span(out, record->stamp);
  uint64_t sum = wt_hash64(wt_buf_span(out));
  wt_buf_put(out, &sum, sizeof sum);
}

static bool write_all(int file, wt_span bytes) {
  while (bytes.len > 0) {
    ssize_t wrote = write(file, bytes.data, bytes.len);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes = wt_span_sub(bytes, (size_t)wrote, bytes.len);
  }
  return true;
}

wt_status log_append(int file, const char *path, const log_record *record, wt_error *err) {
  wt_buf bytes = {.limit = (size_t)4 << 30};
  build(&bytes, record);
  off_t before = lseek(file, 0, SEEK_END);
  wt_status status = wt_buf_status(&bytes, path, err);
  if (status == WT_OK && (before < 0 || !write_all(file, wt_buf_span(&bytes)) || fdatasync(file) != 0)) {
    status = wt_fail(err, WT_EIO, path, -1, "%s", strerror(errno));
    if (before >= 0 && ftruncate(file, before) != 0)
      status = wt_fail(err, WT_EIO, path, -1, "%s; the log is to be opened again", strerror(errno));
  }
  wt_buf_release(&bytes);
  return status;
}

bool log_take(log_record *out, wt_buf *names, wt_buf *pairs, wt_span *rest) {
  wt_span bytes = *rest;
  if (bytes.len < HEADER + 8 || memcmp(bytes.data, magic, sizeof magic) != 0) return false;
  uint32_t name_count = get32(bytes, 4), pair_count = get32(bytes, 8), stamp = get32(bytes, 12);
  size_t keys = HEADER + (size_t)name_count * sizeof(wt_postings_name), documents = keys + (size_t)pair_count * 8;
  size_t stamp_at = documents + (size_t)pair_count * 4, sum_at = stamp_at + stamp;
  uint64_t sum;
  if (bytes.len < 8 || sum_at > bytes.len - 8 || stamp > WT_POSTINGS_STAMP) return false;
  memcpy(&sum, bytes.data + sum_at, sizeof sum);
  if (sum != wt_hash64(wt_span_sub(bytes, 0, sum_at))) return false;
  wt_buf_clear(names);
  wt_buf_clear(pairs);
  wt_buf_put(names, bytes.data + HEADER, keys - HEADER);
  for (uint32_t i = 0; i < pair_count; i++) {
    run_pair pair = {.document = get32(bytes, documents + (size_t)i * 4)};
    memcpy(&pair.key, bytes.data + keys + (size_t)i * 8, sizeof pair.key);
    wt_buf_put(pairs, &pair, sizeof pair);
  }
  *out = (log_record){(const wt_postings_name *)(void *)names->data, name_count, (const run_pair *)(void *)pairs->data,
                      pair_count, wt_span_sub(bytes, stamp_at, sum_at)};
  *rest = wt_span_sub(bytes, sum_at + 8, bytes.len);
  return !names->failed && !pairs->failed;
}
