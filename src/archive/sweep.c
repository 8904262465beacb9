/* Sweeping temporary files. */
#include "archive/sweep.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OLD_SECONDS = 3600 };

typedef bool (*is_rubbish)(const wt_archive *archive, const char *name, const char *path);

static void sweep_folder(wt_archive *archive, const char *folder, is_rubbish rubbish) {
  DIR *dir = opendir(folder);
  for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
    if (entry->d_name[0] == '.') continue;
    char *path = wt_path_join(folder, entry->d_name);
    if (path && rubbish(archive, entry->d_name, path)) wt_io_unlink(&archive->io, path, NULL);
    wt_free(path);
  }
  if (dir) closedir(dir);
}

static bool is_staged(const wt_archive *archive, const char *name, const char *path) {
  (void)archive;
  (void)name;
  (void)path;
  return true;
}

/* The lock file was written just now: its time is the present, on the clock that the other files have. */
static bool is_old(const wt_archive *archive, const char *path) {
  struct stat now, then;
  char *lock = wt_path_join(archive->own, "lock");
  bool old = lock && !stat(lock, &now) && !stat(path, &then) && then.st_mtime + OLD_SECONDS < now.st_mtime;
  wt_free(lock);
  return old;
}

static bool has_no_index(const char *path) {
  wt_buf index = {0};
  wt_buf_put(&index, path, strlen(path) - strlen("pack"));
  wt_buf_put_text(&index, "idx");
  bool none = !index.failed && access(index.data, F_OK) != 0;
  wt_buf_release(&index);
  return none;
}

static bool is_half_a_pack(const wt_archive *archive, const char *name, const char *path) {
  wt_span span = wt_span_of(name);
  bool temporary = wt_span_starts(span, WT_SPAN("tmp_pack_")) || wt_span_starts(span, WT_SPAN("tmp_idx_"));
  bool alone = wt_span_starts(span, WT_SPAN("pack-")) && wt_span_ends(span, WT_SPAN(".pack")) && has_no_index(path);
  return (temporary || alone) && is_old(archive, path);
}

void wt_sweep(wt_archive *archive) {
  sweep_folder(archive, archive->stage, is_staged);
  sweep_folder(archive, archive->pack_dir, is_half_a_pack);
}
