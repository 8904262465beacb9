/* Moving refs. */
#include "archive/ref.h"

#include "archive/sweep.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_TRIES = 100, LOCK_NAP_MS = 20, PATH_MOST = 4300 };

typedef struct ref_paths {
  char ref[PATH_MOST], lock[PATH_MOST], staged[PATH_MOST], folder[PATH_MOST];
} ref_paths;

/* The last name of "refs/heads/main" is the staged file's name: ref-main. */
static wt_status paths_of(ref_paths *out, const wt_archive *archive, const char *name, wt_error *err) {
  const char *last = strrchr(name, '/') + 1;
  int len = snprintf(out->ref, PATH_MOST, "%s/%s", archive->dir, name);
  snprintf(out->lock, PATH_MOST, "%s/%s.lock", archive->dir, name);
  snprintf(out->staged, PATH_MOST, "%s/ref-%s", archive->stage, last);
  snprintf(out->folder, PATH_MOST, "%s/%.*s", archive->dir, (int)(last - name - 1), name);
  return len < 0 || len >= PATH_MOST - 8 ? wt_fail(err, WT_EINVAL, name, -1, "the archive's path is too long") : WT_OK;
}

static void nap(void) {
  struct timespec time = {0, LOCK_NAP_MS * 1000000L};
  nanosleep(&time, NULL);
}

/* Makes NAME.lock hold `new`, synced. A git that is at work on the ref gets two seconds to end. */
static wt_status take_lock(wt_archive *archive, const ref_paths *paths, wt_span line, wt_error *err) {
  wt_status status = wt_dir_make(paths->folder, err);
  /* never written over: until it was removed it may be the very file that the ref is */
  if (!status) status = wt_io_unlink(&archive->io, paths->staged, err);
  if (!status) status = wt_io_put(&archive->io, paths->staged, line, err);
  for (int i = 0; !status; i++) {
    status = wt_io_link(&archive->io, paths->staged, paths->lock, err);
    if (status == WT_EINVAL) { /* no links here: made in place */
      wt_io_file file;
      status = wt_io_create(&file, &archive->io, paths->lock, true, err);
      if (!status && !(status = wt_io_write(&file, line, err))) status = wt_io_sync(&file, err);
      wt_io_close(&file);
    }
    if (status != WT_EEXISTS) break;
    if (i == LOCK_TRIES)
      return wt_fail(err, WT_EBUSY, paths->lock, -1,
                     "another git is at work on this ref; if none runs, remove this file");
    status = WT_OK;
    nap();
  }
  return status;
}

static wt_status check_old(wt_archive *archive, const wt_ref_move *move, wt_error *err) {
  wt_oid now;
  wt_status status = wt_ref_read(&now, archive, move->name, err);
  if (status || wt_oid_equal(now, move->old)) return status;
  return wt_fail(err, WT_EREFUSED, move->name, -1,
                 "somebody else moved it while a batch was written; nothing was added to it");
}

static wt_status move_one(wt_archive *archive, const wt_ref_move *move, wt_error *err) {
  ref_paths paths = {"", "", "", ""};
  char line[42];
  wt_oid_hex(line, move->new);
  line[40] = '\n';
  wt_status status = paths_of(&paths, archive, move->name, err);
  if (!status) status = take_lock(archive, &paths, (wt_span){line, 41}, err);
  if (status) return status;
  status = check_old(archive, move, err);
  if (!status) status = wt_io_rename(&archive->io, paths.lock, paths.ref, err);
  if (status)
    wt_io_unlink(&archive->io, paths.lock, NULL);
  else
    status = wt_io_sync_dir(&archive->io, paths.folder, err);
  /* only now: while the lock may come back with the power, this tells that it is ours */
  wt_io_unlink(&archive->io, paths.staged, NULL);
  return status;
}

/* ---- several at once ---- */

static wt_status put_pending(const char *path, wt_archive *archive, const wt_ref_move *moves, size_t count,
                             wt_error *err) {
  wt_buf text = {0};
  char old[41], new[41];
  for (size_t i = 0; i < count; i++) {
    wt_oid_hex(old, moves[i].old);
    wt_oid_hex(new, moves[i].new);
    wt_buf_put_format(&text, "%s %s %s\n", old, new, moves[i].name);
  }
  wt_buf_put_text(&text, "end\n");
  char *staged = wt_path_join(archive->stage, "pending");
  wt_status status = staged ? wt_buf_status(&text, path, err) : wt_fail(err, WT_ENOMEM, path, -1, "out of memory");
  if (!status) status = wt_io_put(&archive->io, staged, wt_buf_span(&text), err);
  if (!status) status = wt_io_rename(&archive->io, staged, path, err);
  if (!status) status = wt_io_sync_dir(&archive->io, archive->own, err);
  wt_free(staged);
  wt_buf_release(&text);
  return status;
}

wt_status wt_refs_move(wt_archive *archive, const wt_ref_move *moves, size_t count, wt_error *err) {
  wt_status status = WT_OK;
  char *pending = wt_path_join(archive->own, "pending");
  if (!pending) return wt_fail(err, WT_ENOMEM, archive->own, -1, "out of memory");
  for (size_t i = 0; !status && i < count; i++) status = check_old(archive, &moves[i], err);
  if (!status && count > 1) status = put_pending(pending, archive, moves, count, err);
  for (size_t i = 0; !status && i < count; i++) status = move_one(archive, &moves[i], err);
  /* a promise is taken back only while nothing of it is done: a failed sync comes after the ref has moved */
  if (count > 1 && (!status || !check_old(archive, &moves[0], NULL))) wt_io_unlink(&archive->io, pending, NULL);
  wt_free(pending);
  return status;
}

/* ---- after a crash ---- */

/* Our own lock is the same file as its staged name. */
static void drop_own_lock(wt_archive *archive, const char *name) {
  ref_paths paths = {"", "", "", ""};
  struct stat staged, lock;
  if (paths_of(&paths, archive, name, NULL)) return;
  if (!stat(paths.staged, &staged) && !stat(paths.lock, &lock) && staged.st_ino == lock.st_ino &&
      staged.st_dev == lock.st_dev)
    wt_io_unlink(&archive->io, paths.lock, NULL);
}

static wt_status carry_out(wt_archive *archive, wt_span line, wt_error *err) {
  wt_ref_move move;
  wt_oid now;
  char name[64];
  if (line.len < 84 || line.len - 82 >= sizeof name || !wt_oid_parse(&move.old, wt_span_sub(line, 0, 40)) ||
      !wt_oid_parse(&move.new, wt_span_sub(line, 41, 81)))
    return WT_OK;
  memcpy(name, line.data + 82, line.len - 82);
  name[line.len - 82] = '\0';
  move.name = name;
  bool known =
      strcmp(name, WT_REF_MAIN) == 0 || strcmp(name, WT_REF_CAPTURES) == 0 || strcmp(name, WT_REF_JOURNAL) == 0;
  wt_status status = known ? wt_ref_read(&now, archive, name, err) : WT_OK;
  /* a ref that is at neither end has gone on since: an old promise that came back with the power */
  return !status && known && wt_oid_equal(now, move.old) ? move_one(archive, &move, err) : status;
}

static wt_status finish_pending(wt_archive *archive, wt_error *err) {
  char *pending = wt_path_join(archive->own, "pending");
  wt_buf text = {0};
  wt_status status =
      pending ? wt_file_read(&text, pending, 4096, err) : wt_fail(err, WT_ENOMEM, "", -1, "out of memory");
  wt_span rest = wt_buf_span(&text), line;
  bool there = !status;
  if (status && pending && access(pending, F_OK) && errno == ENOENT) status = WT_OK;
  if (there && wt_span_ends(rest, WT_SPAN("end\n")))
    while (!status && wt_span_line(&line, &rest)) status = carry_out(archive, line, err);
  if (there && !status) status = wt_io_unlink(&archive->io, pending, err);
  wt_buf_release(&text);
  wt_free(pending);
  return status;
}

wt_status wt_refs_recover(wt_archive *archive, wt_error *err) {
  static const char *const names[] = {WT_REF_MAIN, WT_REF_CAPTURES, WT_REF_JOURNAL};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) drop_own_lock(archive, names[i]);
  wt_sweep(archive);
  return finish_pending(archive, err);
}
