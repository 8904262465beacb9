/* A file that a list names: looked for in the list's folder, and never outside it. */
#include "ingest/folder.h"

#include <stdlib.h>
#include <string.h>

/* Is `path` a name inside its folder: relative, and without a step up? */
static bool stays_inside(wt_span path) {
  if (path.len == 0 || path.data[0] == '/' || wt_span_has(path, '\0')) return false;
  while (path.len > 0) {
    size_t slash = wt_span_find(path, WT_SPAN("/"));
    if (wt_span_equal(wt_span_sub(path, 0, slash), WT_SPAN(".."))) return false;
    path = wt_span_sub(path, slash + 1, path.len);
  }
  return true;
}

static void put_folder(wt_buf *out, wt_span list) {
  size_t end = list.len;
  while (end > 0 && list.data[end - 1] != '/') end--;
  if (end == 0) wt_buf_put_text(out, "./");
  wt_buf_put_span(out, wt_span_sub(list, 0, end));
}

/* A link that leads out of the folder is a way out too: compares what both really are. What is not there leads nowhere. */
static bool leads_outside(const char *folder, const char *path) {
  char *real_folder = realpath(folder, NULL);
  char *real_path = realpath(path, NULL);
  size_t length = real_folder != NULL ? strlen(real_folder) : 0;
  bool inside = real_path == NULL || (real_folder != NULL && strncmp(real_path, real_folder, length) == 0 &&
                                      (length == 1 || real_path[length] == '/'));
  free(real_folder);
  free(real_path);
  return !inside;
}

static wt_status refuse(wt_span name, const char *how, wt_error *err) {
  return wt_fail(err, WT_EREFUSED, NULL, -1, "file '%.*s' %s", (int)(name.len < 200 ? name.len : 200), name.data, how);
}

wt_status wt_folder_path(wt_buf *out, wt_span list, wt_span name, wt_error *err) {
  wt_buf folder = {0};
  put_folder(&folder, list);
  wt_buf_clear(out);
  wt_buf_put_span(out, wt_buf_span(&folder));
  wt_buf_put_span(out, name);
  wt_status status = wt_buf_status(out, "list", err);
  if (status == WT_OK) status = wt_buf_status(&folder, "list", err);
  if (status == WT_OK && !stays_inside(name)) status = refuse(name, "is outside the manifest's folder", err);
  if (status == WT_OK && leads_outside(folder.data, out->data))
    status = refuse(name, "leads outside the manifest's folder", err);
  wt_buf_release(&folder);
  return status;
}
