/* open: the archive and its index, as one handle. */
#include "track/copies_archive.h"
#include "track/track.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDEX_NAME "/index.db"
#define DEFAULT_NAME "/writethru.git"

void track_warn(const wt_track *track, const wt_error *err) {
  if (track->options.calls.warning) track->options.calls.warning(track->options.calls.context, err);
}

void track_progress(const wt_track *track, const char *what, uint64_t done, uint64_t total) {
  if (track->options.calls.progress) track->options.calls.progress(track->options.calls.context, what, done, total);
}

bool track_stopped(const wt_track *track) {
  return track->options.calls.stop && track->options.calls.stop(track->options.calls.context);
}

/* ---- the archive's words ---- */

static void on_waiting(void *context, const char *who) {
  const wt_track_calls *calls = &((wt_track *)context)->options.calls;
  if (calls->waiting) calls->waiting(calls->context, who);
}

static bool on_stop(void *context) {
  return track_stopped(context);
}

static void on_warning(void *context, const char *text) {
  wt_error word = {.status = WT_OK, .byte = -1};
  snprintf(word.where, sizeof word.where, "archive");
  snprintf(word.what, sizeof word.what, "%s", text);
  track_warn(context, &word);
}

/* ---- the index's file ---- */

static void remove_index(const char *path) {
  static const char *const suffixes[] = {"", "-wal", "-shm"};
  for (size_t i = 0; i < 3; i++) {
    wt_buf name = {0};
    wt_buf_put_text(&name, path);
    wt_buf_put_text(&name, suffixes[i]);
    if (name.data) unlink(name.data);
    wt_buf_release(&name);
  }
}

static bool writable(const wt_track *track) {
  return access(wt_archive_own_dir(track->archive), W_OK) == 0;
}

static wt_status text_of(void *owner, wt_story *text, uint32_t *words, wt_arena *arena, wt_oid blob, wt_error *err) {
  wt_fingerprint print = {0};
  wt_status status = track_read_blob(text, arena, owner, blob, err);
  if (status == WT_OK) status = wt_fingerprint_story(&print, text, NULL, err);
  *words = print.words;
  wt_fingerprint_release(&print);
  return status;
}

static wt_status open_file(wt_track *track, const char *path, bool read_only, wt_error *err) {
  wt_status status = wt_index_open(&track->index, path, read_only, err);
  if (status == WT_OK) wt_index_on_unread(track->index, text_of, track);
  return status;
}

/* Reading goes on where the file cannot be used; what writes will say what ails the disk. */
static wt_status in_memory(wt_track *track, wt_error *err) {
  wt_error why = err ? *err : (wt_error){.status = WT_EIO, .byte = -1};
  wt_status status = open_file(track, ":memory:", false, err);
  track->index_in_memory = status == WT_OK;
  if (status == WT_OK && writable(track)) track_warn(track, &why);
  return status;
}

/* A damaged index is made anew; where nothing can be written, or the disk is full, it is made in memory, for this process. */
static wt_status open_index(wt_track *track, wt_error *err) {
  wt_buf path = {0};
  wt_buf_put_text(&path, wt_archive_own_dir(track->archive));
  wt_buf_put_text(&path, INDEX_NAME);
  wt_status status = wt_buf_status(&path, "index", err);
  if (status == WT_OK && !writable(track)) {
    status = open_file(track, path.data, true, err);
    if (status) status = in_memory(track, err);
  } else if (status == WT_OK) {
    wt_status parent = wt_dir_make(wt_archive_own_dir(track->archive), err);
    status = parent ? parent : open_file(track, path.data, false, err);
    if (status == WT_ECORRUPT) {
      track->index_damaged = true;
      remove_index(path.data);
      status = open_file(track, path.data, false, err);
    }
    if (status == WT_EIO) status = in_memory(track, err);
  }
  wt_buf_release(&path);
  return status;
}

/* An index that cannot be brought further, on a disk that is full or read-only, serves no one: one in memory does. */
static bool is_stuck(const wt_track *track, wt_status status) {
  return status && !track->index_in_memory && (!writable(track) || status == WT_EIO);
}

static wt_status start_in_memory(wt_track *track, wt_error *err) {
  wt_index_close(track->index);
  track->index = NULL;
  wt_status status = in_memory(track, err);
  return status ? status : track_catch_up_catalogue(track, err);
}

wt_status wt_track_words(uint64_t *texts, wt_track *track, wt_error *err) {
  wt_status status = track_read_texts(texts, track, err);
  if (!is_stuck(track, status)) return status;
  status = start_in_memory(track, err);
  return status ? status : track_read_texts(texts, track, err);
}

static wt_status catch_up(wt_track *track, wt_error *err) {
  uint64_t texts;
  wt_status status = track_catch_up_catalogue(track, err);
  if (is_stuck(track, status)) status = start_in_memory(track, err);
  return status || track->options.words_later ? status : wt_track_words(&texts, track, err);
}

wt_status wt_track_open(wt_track **out, const char *dir, const wt_track_options *options, wt_error *err) {
  wt_track *track = wt_alloc_zero(1, sizeof *track);
  if (!track) return wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
  if (options) track->options = *options;
  wt_reader_version(track->reader);
  wt_archive_options archive = {.create = track->options.create,
                                .bare = track->options.bare,
                                .no_captures = track->options.no_captures,
                                .one_thread = track->options.one_thread,
                                .reader = track->reader,
                                .waiting = on_waiting,
                                .stop = on_stop,
                                .warning = on_warning,
                                .context = track};
  wt_status status = wt_archive_open(&track->archive, dir, &archive, err);
  if (status == WT_OK) status = open_index(track, err);
  if (status == WT_OK && !track->options.as_it_is) status = catch_up(track, err);
  if (status)
    wt_track_close(track);
  else
    *out = track;
  return status;
}

void wt_track_close(wt_track *track) {
  if (!track) return;
  wt_arena_release(&track->told_arena);
  track_texts_drop(&track->texts);
  track_outlets_release(&track->outlets);
  track_copies_close(track->copies);
  wt_fetcher_close(track->fetcher);
  wt_buf_release(&track->hosts_dir);
  wt_index_close(track->index);
  if (track->archive) wt_archive_close(track->archive);
  wt_free(track);
}

wt_archive *wt_track_archive(wt_track *track) {
  return track->archive;
}

wt_index *wt_track_index(wt_track *track) {
  return track->index;
}

/* ---- configuration ---- */

static bool note(void *context, wt_span name, wt_span value) {
  return track_outlets_note(context, name, value);
}

wt_status track_outlets_need(wt_track *track, wt_error *err) {
  if (track->outlets_read) return WT_OK;
  wt_status status = wt_archive_config_each(track->archive, note, &track->outlets, err);
  track->outlets_read = status == WT_OK;
  return status;
}

wt_status wt_track_configure(wt_track *track, wt_span conf, wt_instant now, wt_error *err) {
  wt_archive_batch *batch = NULL;
  wt_status status = wt_archive_config_check(conf, err);
  if (status == WT_OK) status = wt_archive_batch_open(&batch, track->archive, err);
  if (status == WT_OK) status = wt_archive_batch_configure(batch, conf, now, err);
  if (status == WT_OK) status = wt_archive_batch_commit(batch, err);
  if (batch) wt_archive_batch_close(batch);
  track_outlets_release(&track->outlets);
  track->outlets_read = false;
  return status ? status : track_catch_up_catalogue(track, err);
}

/* ---- discovery ---- */

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
