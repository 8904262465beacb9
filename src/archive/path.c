/* Paths, joined. */
#include "archive/archive.h"

#include <string.h>

char *wt_path_join(const char *path, const char *more) {
  size_t len = strlen(path), more_len = strlen(more);
  while (len > 1 && path[len - 1] == '/') len--;
  char *out = wt_alloc(len + more_len + 2);
  if (!out) return NULL;
  memcpy(out, path, len);
  out[len] = '/';
  memcpy(out + len + 1, more, more_len + 1);
  return out;
}
