/* open_index: the index beside the archive: opened, made anew where it is damaged, made in memory where it cannot be used. */
#include "track/track.h"

#include <unistd.h>

#define INDEX_NAME "/index.db"

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
wt_status track_index_open(wt_track *track, wt_error *err) {
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

wt_status track_index_catch_up(wt_track *track, wt_error *err) {
  uint64_t texts;
  wt_status status = track_catch_up_catalogue(track, err);
  if (is_stuck(track, status)) status = start_in_memory(track, err);
  return status || track->options.words_later ? status : wt_track_words(&texts, track, err);
}
