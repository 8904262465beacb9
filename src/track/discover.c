/* discover: the archive that a folder is in. */
#include "wt/track.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEFAULT_NAME "/writethru.git"

static bool is_dir(const char *base, const char *name) {
  wt_buf path = {0};
  struct stat info;
  wt_buf_put_text(&path, base);
  wt_buf_put_text(&path, name);
  bool yes = path.data && stat(path.data, &info) == 0 && S_ISDIR(info.st_mode);
  wt_buf_release(&path);
  return yes;
}

/* A clone has no folder "writethru" before it was opened once: a git repository says itself whether its main is an archive. */
static bool is_archive(const char *dir) {
  wt_archive *archive = NULL;
  bool yes = wt_archive_open(&archive, dir, NULL, NULL) == WT_OK;
  if (yes) wt_archive_close(archive);
  return yes;
}

static bool is_bare(const char *dir) {
  return is_dir(dir, "/objects") && is_dir(dir, "/refs");
}

/* An archive has a folder "writethru" in its git directory, or is a clone of one. */
static const char *archive_in(const char *dir) {
  if (is_dir(dir, "/.git/writethru")) return "";
  if (is_dir(dir, "/writethru") && is_dir(dir, "/objects")) return "";
  if (is_dir(dir, DEFAULT_NAME "/writethru")) return DEFAULT_NAME;
  if ((is_dir(dir, "/.git") || is_bare(dir)) && is_archive(dir)) return "";
  return NULL;
}

wt_status wt_track_discover(wt_buf *out, const char *from, wt_error *err) {
  char dir[PATH_MAX];
  if (!realpath(from, dir)) return wt_fail(err, WT_EIO, from, -1, "cannot be resolved");
  for (;;) {
    const char *below = archive_in(strcmp(dir, "/") == 0 ? "" : dir);
    if (below) {
      wt_buf_put_text(out, dir);
      wt_buf_put_text(out, below);
      return wt_buf_status(out, from, err);
    }
    char *slash = strrchr(dir, '/');
    if (!slash || strcmp(dir, "/") == 0) break;
    if (slash == dir)
      dir[1] = 0;
    else
      *slash = 0;
  }
  return wt_fail(err, WT_ENOTFOUND, from, -1, "no archive here or above");
}
