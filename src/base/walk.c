/* Every regular file below a folder, in byte order of paths, loops found by device and inode. */
#include "wt/base.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH = 64 };

typedef struct folder {
  dev_t device;
  ino_t inode; /* 0: no folder */
} folder;

typedef struct walk {
  wt_file_each each;
  wt_file_trouble trouble;
  void *context;
  folder open[DEPTH]; /* those we are inside of */
  folder *seen;       /* all so far: a table with open addresses, at most half full */
  size_t seen_count, seen_size;
} walk;

static bool complain(walk *w, wt_status status, const char *path, const char *what) {
  wt_error err;
  wt_fail(&err, status, path, -1, "%s", what);
  return !w->trouble || w->trouble(w->context, &err);
}

/* ---- what was walked already ---- */

/* Where the folder is in the table, or would be. */
static size_t place_of(const folder *table, size_t size, folder wanted) {
  uint64_t key[2] = {wanted.device, wanted.inode};
  size_t at = wt_hash64((wt_span){(const char *)key, sizeof key}) & (size - 1);
  while (table[at].inode != 0 && (table[at].inode != wanted.inode || table[at].device != wanted.device))
    at = (at + 1) & (size - 1);
  return at;
}

static bool make_room(walk *w) {
  if (w->seen_count * 2 < w->seen_size) return true;
  size_t size = w->seen_size ? w->seen_size * 2 : 64;
  folder *table = wt_alloc_zero(size, sizeof *table);
  if (!table) return false;
  for (size_t i = 0; i < w->seen_size; i++)
    if (w->seen[i].inode != 0) table[place_of(table, size, w->seen[i])] = w->seen[i];
  wt_free(w->seen);
  w->seen = table;
  w->seen_size = size;
  return true;
}

/* Notes the folder; *before says whether it was noted already. False: no memory. */
static bool note(bool *before, walk *w, folder wanted) {
  if (!make_room(w)) return false;
  size_t at = place_of(w->seen, w->seen_size, wanted);
  *before = w->seen[at].inode != 0;
  if (*before) return true;
  w->seen[at] = wanted;
  w->seen_count++;
  return true;
}

static bool is_link(const char *path) {
  struct stat info;
  return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

/* ---- walking ---- */

static bool is_loop(const walk *w, unsigned depth, const struct stat *info) {
  for (unsigned i = 0; i < depth; i++)
    if (w->open[i].device == info->st_dev && w->open[i].inode == info->st_ino) return true;
  return false;
}

static int by_bytes(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void release_names(char **names, size_t count) {
  for (size_t i = 0; i < count; i++) wt_free(names[i]);
  wt_free(names);
}

static bool add_name(char ***names, size_t *count, size_t *capacity, const char *name) {
  size_t len = strlen(name) + 1;
  if (!wt_grow(names, capacity, *count + 1, sizeof **names)) return false;
  char *copy = wt_alloc(len);
  if (!copy) return false;
  memcpy(copy, name, len);
  (*names)[(*count)++] = copy;
  return true;
}

static wt_status list(char ***names, size_t *count, const char *path) {
  DIR *dir = opendir(path);
  if (!dir) return WT_EIO;
  size_t capacity = 0;
  wt_status status = WT_OK;
  struct dirent *entry;
  while (status == WT_OK && (entry = readdir(dir))) {
    if (entry->d_name[0] == '.') continue; /* ".", "..", .git and what else is hidden */
    if (!add_name(names, count, &capacity, entry->d_name)) status = WT_ENOMEM;
  }
  closedir(dir);
  if (status == WT_OK && *count) qsort(*names, *count, sizeof **names, by_bytes);
  return status;
}

static bool visit(walk *w, const char *path, unsigned depth);

static bool has(char *const *names, size_t count, const char *name) {
  return count && bsearch(&name, names, count, sizeof *names, by_bytes);
}

/* A git repository without a work tree, or the inside of a .git: what lies there is git's. Or the work tree of an archive:
   what lies there was captured before. */
static bool is_held(const char *path, char *const *names, size_t count) {
  char git[4096];
  struct stat info;
  if (has(names, count, "HEAD") && has(names, count, "objects") && has(names, count, "refs")) return true;
  if (!has(names, count, "writethru.conf")) return false;
  int written = snprintf(git, sizeof git, "%s/.git", path);
  return written > 0 && (size_t)written < sizeof git && stat(git, &info) == 0;
}

static bool visit_folder(walk *w, const char *path, unsigned depth, const struct stat *info) {
  if (is_loop(w, depth, info)) return complain(w, WT_ELIMIT, path, "is a folder inside itself; skipped");
  if (depth == DEPTH) return complain(w, WT_ELIMIT, path, "is nested too deep; skipped");
  bool before;
  if (!note(&before, w, (folder){info->st_dev, info->st_ino})) return complain(w, WT_ENOMEM, path, "out of memory");
  if (before && is_link(path)) return true; /* two links in each of forty folders are a million million ways */
  w->open[depth].device = info->st_dev;
  w->open[depth].inode = info->st_ino;
  char **names = NULL;
  size_t count = 0;
  bool go_on = true;
  wt_status status = list(&names, &count, path);
  if (status) go_on = complain(w, status, path, status == WT_EIO ? strerror(errno) : "out of memory");
  bool held = status == WT_OK && is_held(path, names, count);
  if (held && depth == 0) go_on = complain(w, WT_EINVAL, path, "is an archive or a git repository; skipped");
  for (size_t i = 0; status == WT_OK && !held && go_on && i < count; i++) {
    char below[4096];
    size_t len = strlen(path);
    const char *slash = len && path[len - 1] == '/' ? "" : "/";
    int written = snprintf(below, sizeof below, "%s%s%s", path, slash, names[i]);
    go_on = written > 0 && (size_t)written < sizeof below
                ? visit(w, below, depth + 1)
                : complain(w, WT_ELIMIT, path, "holds a path that is too long");
  }
  release_names(names, count);
  return go_on;
}

static bool visit(walk *w, const char *path, unsigned depth) {
  struct stat info;
  if (stat(path, &info) != 0) {
    bool loop = errno == ELOOP;
    return complain(w, loop ? WT_ELIMIT : WT_EIO, path, loop ? "is a link to itself; skipped" : strerror(errno));
  }
  if (S_ISDIR(info.st_mode)) return visit_folder(w, path, depth, &info);
  if (S_ISREG(info.st_mode)) return w->each(w->context, path);
  return complain(w, WT_EINVAL, path, "is neither a file nor a folder; skipped");
}

wt_status wt_dir_walk(const char *path, wt_file_each each, wt_file_trouble trouble, void *context, wt_error *err) {
  walk w = {.each = each, .trouble = trouble, .context = context};
  bool whole = visit(&w, path, 0);
  wt_free(w.seen);
  return whole ? WT_OK : wt_fail(err, WT_ECANCELED, path, -1, "stopped");
}
