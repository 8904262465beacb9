/* Opens and closes postings: the lock, the manifest, the log. Sweeps what a killed writer left. */
#include "postings_handle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_MOST ((size_t)2 << 30)

/* ---- log ---- */

static bool take_record(wt_postings *postings, const log_record *record) {
  size_t names = postings->name_count + record->name_count;
  if (!wt_grow(&postings->names, &postings->name_capacity, names + 1, sizeof *postings->names)) return false;
  if (record->name_count > 0)
    memcpy(postings->names + postings->name_count, record->names, record->name_count * sizeof *record->names);
  postings->name_count = names;
  for (uint32_t i = 0; i < record->pair_count; i++)
    if (!postings_remember(postings, record->pairs[i])) return false;
  memcpy(postings->stamp, record->stamp.data, record->stamp.len);
  postings->stamp_len = record->stamp.len;
  return true;
}

static wt_status replay(wt_postings *postings, const char *path, size_t *sound, wt_error *err) {
  wt_buf bytes = {.limit = LOG_MOST}, names = {.limit = LOG_MOST}, pairs = {.limit = LOG_MOST * 2};
  wt_status status = wt_file_read(&bytes, path, LOG_MOST, err);
  wt_span rest = wt_buf_span(&bytes);
  log_record record;
  while (status == WT_OK && log_take(&record, &names, &pairs, &rest))
    if (!take_record(postings, &record)) status = wt_fail(err, WT_ENOMEM, path, -1, "out of memory");
  if (status == WT_OK && (names.failed || pairs.failed)) /* this is no torn end */
    status = wt_fail(err, WT_ENOMEM, path, -1, "out of memory");
  *sound = bytes.len - rest.len;
  wt_buf_release(&bytes);
  wt_buf_release(&names);
  wt_buf_release(&pairs);
  postings->names_committed = postings->name_count;
  postings->pairs_committed = postings->pair_count;
  return status;
}

static wt_status read_log(wt_postings *postings, wt_error *err) {
  char path[4096];
  size_t sound = 0;
  wt_status status = WT_OK;
  postings_path(path, postings, "log", postings->generation);
  if (access(path, F_OK) == 0) status = replay(postings, path, &sound, err);
  if (status != WT_OK || postings->read_only) return status;
  status = postings_open_log(postings, err);
  if (status == WT_OK && ftruncate(postings->log, (off_t)sound) != 0) /* what a killed writer began */
    status = wt_fail(err, WT_EIO, path, -1, "%s", strerror(errno));
  return status;
}

/* ---- names, lock, sweep ---- */

static wt_status open_names(wt_postings *postings, wt_error *err) {
  char path[4096];
  struct stat info;
  postings_path(path, postings, "names", UINT64_MAX);
  postings->names_file = open(path, (postings->read_only ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0666);
  if (postings->names_file < 0)
    return postings->stored == 0 && postings->read_only ? WT_OK
                                                        : wt_fail(err, WT_ECORRUPT, path, -1, "%s", strerror(errno));
  if (fstat(postings->names_file, &info) != 0 || info.st_size < (off_t)(postings->stored * sizeof(wt_postings_name)))
    return wt_fail(err, WT_ECORRUPT, path, -1, "shorter than the manifest says");
  return WT_OK;
}

static wt_status take_lock(wt_postings *postings, wt_error *err) {
  char path[4096];
  postings_path(path, postings, "lock", UINT64_MAX);
  postings->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (postings->lock < 0) return wt_fail(err, WT_EIO, path, -1, "%s", strerror(errno));
  if (flock(postings->lock, LOCK_EX | LOCK_NB) == 0) return WT_OK;
  return wt_fail(err, errno == EWOULDBLOCK ? WT_EBUSY : WT_EIO, path, -1, "another writer holds the lock");
}

static bool is_named(const wt_postings *postings, const char *name) {
  unsigned long long number;
  char tail;
  if (sscanf(name, "log-%llu%c", &number, &tail) == 1) return number == postings->generation;
  if (sscanf(name, "run-%llu%c", &number, &tail) == 1)
    for (size_t i = 0; i < postings->run_count; i++)
      if (postings->runs[i].number == number) return true;
  return strncmp(name, "run-", 4) != 0 && strncmp(name, "log-", 4) != 0;
}

static void sweep(const wt_postings *postings) {
  DIR *dir = opendir(postings->dir);
  struct dirent *entry;
  while (dir != NULL && (entry = readdir(dir)) != NULL)
    if (!is_named(postings, entry->d_name)) unlinkat(dirfd(dir), entry->d_name, 0);
  if (dir != NULL) closedir(dir);
}

/* ---- the handle ---- */

static wt_status open_folder(wt_postings *postings, wt_error *err) {
  wt_status status = postings->read_only ? WT_OK : wt_dir_make(postings->dir, err);
  if (status == WT_OK && !postings->read_only) status = take_lock(postings, err);
  if (status == WT_OK) status = postings_read_manifest(postings, err);
  if (status == WT_OK && !postings->read_only) sweep(postings);
  if (status == WT_OK) status = open_names(postings, err);
  return status == WT_OK ? read_log(postings, err) : status;
}

wt_status wt_postings_open(wt_postings **out, const char *dir, bool read_only, wt_error *err) {
  wt_postings *postings = wt_alloc_zero(1, sizeof *postings);
  *out = NULL;
  if (postings == NULL) return wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
  postings->lock = postings->log = postings->names_file = -1;
  postings->read_only = read_only;
  postings->cold = true;
  postings->heads = wt_alloc_zero(POSTINGS_HEADS, sizeof *postings->heads);
  wt_status status = WT_OK;
  if (postings->heads == NULL)
    status = wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
  else if (dir != NULL && strlen(dir) >= sizeof postings->dir)
    status = wt_fail(err, WT_EINVAL, dir, -1, "the name of the folder is too long");
  else if (dir != NULL) {
    memcpy(postings->dir, dir, strlen(dir) + 1);
    status = open_folder(postings, err);
  }
  if (status == WT_OK)
    *out = postings;
  else
    wt_postings_close(postings);
  return status;
}

static void close_file(int file) {
  if (file >= 0) close(file);
}

void wt_postings_close(wt_postings *postings) {
  if (postings == NULL) return;
  for (size_t i = 0; i < postings->run_count; i++) run_close(&postings->runs[i]);
  close_file(postings->log);
  close_file(postings->names_file);
  close_file(postings->lock);
  wt_free(postings->names);
  wt_free(postings->pairs);
  wt_free(postings->heads);
  wt_free(postings->nexts);
  wt_free(postings);
}
