/* Giving out free paths to new stories. */
#include "archive/batch.h"
#include "archive/name.h"

#include <string.h>

enum { FOLDER_MOST = 1024 };

static wt_oid name_of(wt_span path) {
  return wt_oid_of(WT_OBJECT_BLOB, path);
}

static wt_span folder_of(wt_span path) {
  while (path.len && path.data[path.len - 1] != '/') path.len--;
  return wt_span_sub(path, 0, path.len ? path.len - 1 : 0);
}

/* Names given out in a folder that are not in the tree yet. */
static size_t reserved_in(const wt_archive_batch *batch, wt_span folder) {
  const wt_oidmap_slot *slot = wt_oidmap_get(&batch->reserved, name_of(folder));
  return slot ? slot->depth : 0;
}

static bool reserve(wt_archive_batch *batch, wt_span path) {
  wt_span folder = folder_of(path);
  uint32_t count = (uint32_t)reserved_in(batch, folder);
  return wt_oidmap_put(&batch->reserved, name_of(folder), (wt_place){1, count + 1}) &&
         wt_oidmap_put(&batch->reserved, name_of(path), (wt_place){1, 1});
}

void wt_batch_name_used(wt_archive_batch *batch, wt_span path) {
  wt_oidmap_slot *slot = wt_oidmap_get(&batch->reserved, name_of(path));
  if (!slot || slot->depth == 0) return;
  slot->depth = 0;
  slot = wt_oidmap_get(&batch->reserved, name_of(folder_of(path)));
  if (slot && slot->depth) slot->depth--;
}

/* The first of dd, dd.2, dd.3 ... that is not full; its path is added to out, which ends with yyyy/mm/. */
static wt_status choose_folder(wt_buf *out, wt_archive_batch *batch, unsigned day, wt_error *err) {
  size_t start = out->len;
  for (unsigned i = 1;; i++) {
    size_t count;
    bool taken;
    if (out->data) out->data[out->len = start] = '\0';
    wt_buf_put_format(out, i == 1 ? "%02u" : "%02u.%u", day, i);
    wt_status status = wt_buf_status(out, "path", err);
    if (!status) status = wt_trees_count(&count, &taken, batch->trees, wt_buf_span(out), WT_SPAN(""), err);
    if (status || count + reserved_in(batch, wt_buf_span(out)) < FOLDER_MOST) return status;
  }
}

/* Is slug + ".txt" free in the folder that out names? If so out becomes the path. */
static wt_status try_slug(bool *free, wt_buf *out, wt_archive_batch *batch, wt_span slug, wt_error *err) {
  size_t count, start = out->len;
  bool taken = false;
  wt_buf file = {0};
  wt_buf_put_span(&file, slug);
  wt_buf_put_text(&file, ".txt");
  wt_status status = wt_buf_status(&file, "path", err);
  if (!status) status = wt_trees_count(&count, &taken, batch->trees, wt_buf_span(out), wt_buf_span(&file), err);
  wt_buf_put_char(out, '/');
  wt_buf_put_span(out, wt_buf_span(&file));
  wt_buf_release(&file);
  if (!status) status = wt_buf_status(out, "path", err);
  *free = !status && !taken && !wt_oidmap_get(&batch->reserved, name_of(wt_buf_span(out)));
  if (!*free && out->data) out->data[out->len = start] = '\0';
  return status;
}

/* With 6 digits of the key behind the slug, which are its first `len` bytes, then with more of them. */
static wt_status try_digits(bool *free, wt_buf *out, wt_archive_batch *batch, wt_buf *slug, size_t len,
                            const char hex[33], wt_error *err) {
  wt_status status = WT_OK;
  for (size_t digits = 6; !status && !*free && digits <= 32; digits = digits < 30 ? digits + 6 : digits + 1) {
    if (slug->data) slug->data[slug->len = len] = '\0';
    wt_buf_put_format(slug, len ? "-%.*s" : "story-%.*s", (int)digits, hex);
    status = try_slug(free, out, batch, wt_buf_span(slug), err);
  }
  return status;
}

/* The slug alone, with digits of the identity's key, and then of that key's own: a front page whose URL is used again and
   again has one identity. A folder is never full, so that one of its names is free. */
static wt_status choose_slug(wt_buf *out, wt_archive_batch *batch, wt_span source, wt_hash identity, wt_error *err) {
  wt_buf slug = {0};
  char hex[33];
  bool free = false;
  wt_name_put_slug(&slug, source);
  size_t len = slug.len;
  wt_status status = WT_OK;
  if (len) status = try_slug(&free, out, batch, wt_buf_span(&slug), err);
  for (unsigned round = 0; !status && !free && round < FOLDER_MOST; round++) {
    wt_hash_hex(hex, identity);
    status = try_digits(&free, out, batch, &slug, len, hex, err);
    identity = wt_hash_bytes((wt_span){hex, 32});
  }
  wt_buf_release(&slug);
  return status || free ? status : wt_fail(err, WT_EEXISTS, "path", -1, "this story has a name already");
}

wt_status wt_archive_batch_name(wt_buf *out, wt_archive_batch *batch, wt_span outlet, wt_instant first_seen,
                                wt_span slug_source, wt_hash identity, wt_error *err) {
  int64_t year, seconds = 86400, days = first_seen / seconds - (first_seen % seconds < 0);
  unsigned month, day;
  wt_civil_from_days(days, &year, &month, &day);
  if (first_seen == WT_INSTANT_NONE || year < 0 || year > 9999)
    return wt_fail(err, WT_EINVAL, "first seen", -1,
                   "a story needs a time of first sight between the years 0 and 9999");
  wt_buf path = {0};
  wt_name_put_outlet(&path, outlet);
  wt_buf_put_format(&path, "/%04lld/%02u/", (long long)year, month);
  wt_status status = choose_folder(&path, batch, day, err);
  if (!status) status = choose_slug(&path, batch, slug_source, identity, err);
  if (!status && !reserve(batch, wt_buf_span(&path))) status = wt_fail(err, WT_ENOMEM, "path", -1, "out of memory");
  if (!status) wt_buf_put_span(out, wt_buf_span(&path));
  wt_buf_release(&path);
  return status ? status : wt_buf_status(out, "path", err);
}
