/* One member of a ZIP file, by its central directory. Every offset is checked against the file before it is used. */
#include "ingest/zip.h"

#include <string.h>

#define END_SIZE 22u   /* of the end record, without its comment */
#define COMMENT 65535u /* longest comment */
#define ENTRY_SIZE 46u /* of a directory entry, without its names */
#define LOCAL_SIZE 30u /* of a local header, without its names */

static uint32_t little(const char *at, unsigned bytes) {
  uint32_t value = 0;
  for (unsigned i = bytes; i > 0; i--) value = value << 8 | (unsigned char)at[i - 1];
  return value;
}

/* The end record, looked for from the end; NULL when there is none. */
static const char *find_end(wt_span zip) {
  size_t least = zip.len > END_SIZE + COMMENT ? zip.len - END_SIZE - COMMENT : 0;
  if (zip.len < END_SIZE) return NULL;
  for (size_t at = zip.len - END_SIZE + 1; at > least; at--)
    if (memcmp(zip.data + at - 1, "PK\x05\x06", 4) == 0) return zip.data + at - 1;
  return NULL;
}

static wt_status read_member(wt_buf *out, wt_span zip, const char *entry, size_t limit, wt_error *err) {
  uint32_t method = little(entry + 10, 2), packed = little(entry + 20, 4), local = little(entry + 42, 4);
  if (little(entry + 8, 2) & 1) return wt_fail(err, WT_EREFUSED, NULL, (int64_t)local, "an encrypted ZIP member");
  if (zip.len < LOCAL_SIZE || local > zip.len - LOCAL_SIZE || memcmp(zip.data + local, "PK\x03\x04", 4) != 0)
    return wt_fail(err, WT_EFORMAT, NULL, (int64_t)local, "no ZIP member where the directory says");
  size_t begin = (size_t)local + LOCAL_SIZE + little(zip.data + local + 26, 2) + little(zip.data + local + 28, 2);
  if (begin > zip.len || packed > zip.len - begin)
    return wt_fail(err, WT_EFORMAT, NULL, (int64_t)local, "a ZIP member that runs over the end");
  wt_span data = {zip.data + begin, packed};
  if (method == 8) return wt_inflate(out, data, true, limit, err);
  if (method != 0)
    return wt_fail(err, WT_EREFUSED, NULL, (int64_t)local, "ZIP method %u, which is not read here", method);
  if (data.len > limit) return wt_fail(err, WT_ELIMIT, NULL, (int64_t)local, "a ZIP member of %zu bytes", data.len);
  wt_buf_put_span(out, data);
  return wt_buf_status(out, "zip", err);
}

wt_status wt_zip_read(wt_buf *out, wt_span zip, const char *name, size_t limit, wt_error *err) {
  const char *end = find_end(zip);
  if (end == NULL) return wt_fail(err, WT_EFORMAT, NULL, (int64_t)zip.len, "a ZIP file without a directory");
  size_t at = little(end + 16, 4), stop = (size_t)(end - zip.data);
  while (at + ENTRY_SIZE <= stop && memcmp(zip.data + at, "PK\x01\x02", 4) == 0) {
    const char *entry = zip.data + at;
    size_t length = little(entry + 28, 2), size = ENTRY_SIZE + length + little(entry + 30, 2) + little(entry + 32, 2);
    if (at + ENTRY_SIZE + length > stop) break;
    if (wt_span_equal((wt_span){entry + ENTRY_SIZE, length}, wt_span_of(name)))
      return read_member(out, zip, entry, limit, err);
    at += size;
  }
  return wt_fail(err, WT_ENOTFOUND, NULL, (int64_t)at, "no '%s' in the ZIP file", name);
}
