/* Moving refs. */
#include "archive/ref.h"

#include "archive/sweep.h"

#include <assert.h>
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

static wt_status check_old(wt_archive *archive, const wt_ref_move *move, wt_error *err) {
  wt_oid now;
  wt_status status = wt_ref_read(&now, archive, move->name, err);
  if (status || wt_oid_equal(now, move->old)) return status;
  return wt_fail(err, WT_EREFUSED, move->name, -1,
                 "somebody else moved it while a batch was written; nothing was added to it");
}

/* ---- one ref ---- */

/* A ref that is on its way: its new value stands, written, in the staging folder. */
typedef struct mover {
  wt_archive *archive;
  const wt_ref_move *move;
  ref_paths paths;
  char line[42];
  wt_io_file file;
  bool staged;
} mover;

static wt_status mover_begin(mover *m, wt_archive *archive, const wt_ref_move *move, wt_error *err) {
  *m = (mover){.archive = archive, .move = move, .file = {.fd = -1}};
  if (wt_oid_is_none(move->newer)) return paths_of(&m->paths, archive, move->name, err);
  wt_oid_hex(m->line, move->newer);
  m->line[40] = '\n';
  wt_status status = paths_of(&m->paths, archive, move->name, err);
  if (!status) status = wt_dir_make(m->paths.folder, err);
  /* never written over: until it was removed it may be the very file that the ref is */
  if (!status) status = wt_io_unlink(&archive->io, m->paths.staged, err);
  m->staged = !status;
  return status ? status : wt_io_begin(&m->file, &archive->io, m->paths.staged, (wt_span){m->line, 41}, err);
}

static void mover_drop(mover *m) {
  wt_io_close(&m->file);
  if (m->staged) wt_io_unlink(&m->archive->io, m->paths.staged, NULL);
  m->staged = false;
}

/* Makes NAME.lock the staged file. A git that is at work on the ref gets two seconds to end. */
static wt_status take_lock(mover *m, wt_error *err) {
  wt_io *io = &m->archive->io;
  for (int i = 0;; i++) {
    wt_status status = wt_io_link(io, m->paths.staged, m->paths.lock, err);
    if (status == WT_EINVAL) { /* no links here: made in place */
      wt_io_file file;
      status = wt_io_create(&file, io, m->paths.lock, true, err);
      if (!status && !(status = wt_io_write(&file, (wt_span){m->line, 41}, err))) status = wt_io_sync(&file, err);
      wt_io_close(&file);
    }
    if (status != WT_EEXISTS) return status;
    if (i == LOCK_TRIES)
      return wt_fail(err, WT_EBUSY, m->paths.lock, -1,
                     "another git is at work on this ref; if none runs, remove this file");
    nap();
  }
}

/* By git, since it may stand in packed-refs too. */
static wt_status delete_ref(const mover *m, wt_error *err) {
  git_reference *ref = NULL;
  wt_status status = check_old(m->archive, m->move, err);
  int code = status ? 0 : git_reference_lookup(&ref, m->archive->repo, m->move->name);
  if (!code && ref) code = git_reference_delete(ref);
  git_reference_free(ref);
  return code ? wt_git_fail(err, code, m->move->name, "remove the ref") : status;
}

/* Moves the ref; its folder is not synced yet. */
static wt_status mover_turn(mover *m, wt_error *err) {
  if (wt_oid_is_none(m->move->newer)) return delete_ref(m, err);
  wt_status status = take_lock(m, err);
  if (status) return status;
  status = check_old(m->archive, m->move, err);
  if (!status) status = wt_io_rename(&m->archive->io, m->paths.lock, m->paths.ref, err);
  if (status) wt_io_unlink(&m->archive->io, m->paths.lock, NULL);
  return status;
}

/* ---- several at once ---- */

enum { MOVES_MOST = 4 };

struct wt_moving {
  wt_archive *archive;
  wt_ref_move moves[MOVES_MOST];
  mover movers[MOVES_MOST];
  size_t count;
  char *pending, *staged; /* the promise, when there is more than one */
  wt_io_file promise;
};

static wt_status promise_begin(wt_moving *m, wt_error *err) {
  wt_buf text = {0};
  char old[41], new[41];
  for (size_t i = 0; i < m->count; i++) {
    wt_oid_hex(old, m->moves[i].old);
    wt_oid_hex(new, m->moves[i].newer);
    wt_buf_put_format(&text, "%s %s %s\n", old, new, m->moves[i].name);
  }
  wt_buf_put_text(&text, "end\n");
  wt_status status = wt_buf_status(&text, m->pending, err);
  if (!status) status = wt_io_begin(&m->promise, &m->archive->io, m->staged, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

wt_status wt_moving_begin(wt_moving **out, wt_archive *archive, const wt_ref_move *moves, size_t count, wt_error *err) {
  assert(count <= MOVES_MOST);
  wt_moving *m = *out = wt_alloc_zero(1, sizeof *m);
  if (!m) return wt_fail(err, WT_ENOMEM, archive->own, -1, "out of memory");
  m->archive = archive;
  m->promise.fd = -1;
  m->pending = wt_path_join(archive->own, "pending");
  m->staged = wt_path_join(archive->stage, "pending");
  wt_status status = WT_OK;
  if (!m->pending || !m->staged) status = wt_fail(err, WT_ENOMEM, archive->own, -1, "out of memory");
  for (size_t i = 0; !status && i < count; i++) status = check_old(archive, &moves[i], err);
  for (size_t i = 0; !status && i < count; i++) {
    m->moves[i] = moves[i];
    status = mover_begin(&m->movers[m->count++], archive, &m->moves[i], err);
  }
  if (!status && count > 1) status = promise_begin(m, err);
  if (!status) return WT_OK;
  wt_moving_close(m);
  *out = NULL;
  return status;
}

wt_status wt_moving_sync(wt_moving *m, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; !status && i < m->count; i++)
    if (m->movers[i].staged) status = wt_io_end(&m->movers[i].file, err);
  return status || m->count < 2 ? status : wt_io_end(&m->promise, err);
}

static wt_status make_promise(wt_moving *m, wt_error *err) {
  wt_status status = wt_io_rename(&m->archive->io, m->staged, m->pending, err);
  return status ? status : wt_io_sync_dir(&m->archive->io, m->archive->own, err);
}

static wt_status sync_folders(wt_moving *m, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; !status && i < m->count; i++) {
    const char *folder = m->movers[i].paths.folder;
    bool again = i && strcmp(folder, m->movers[i - 1].paths.folder) == 0;
    if (!again) status = wt_io_sync_dir(&m->archive->io, folder, err);
  }
  return status;
}

wt_status wt_moving_end(wt_moving *m, wt_error *err) {
  wt_status status = m->count > 1 ? make_promise(m, err) : WT_OK;
  for (size_t i = 0; !status && i < m->count; i++) status = mover_turn(&m->movers[i], err);
  if (!status) status = sync_folders(m, err);
  /* a promise is taken back only while nothing of it is done: a failed sync comes after the ref has moved */
  if (m->count > 1 && (!status || !check_old(m->archive, &m->moves[0], NULL)))
    wt_io_unlink(&m->archive->io, m->pending, NULL);
  return status;
}

void wt_moving_close(wt_moving *m) {
  if (!m) return;
  /* only now: while a lock may come back with the power, the staged file tells that it is ours */
  for (size_t i = 0; i < m->count; i++) mover_drop(&m->movers[i]);
  wt_io_close(&m->promise);
  if (m->staged && m->count > 1) wt_io_unlink(&m->archive->io, m->staged, NULL);
  wt_free(m->pending);
  wt_free(m->staged);
  wt_free(m);
}

wt_status wt_refs_move(wt_archive *archive, const wt_ref_move *moves, size_t count, wt_error *err) {
  wt_moving *moving;
  wt_status status = wt_moving_begin(&moving, archive, moves, count, err);
  if (!status) status = wt_moving_sync(moving, err);
  if (!status) status = wt_moving_end(moving, err);
  wt_moving_close(moving);
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
      !wt_oid_parse(&move.newer, wt_span_sub(line, 41, 81)))
    return WT_OK;
  memcpy(name, line.data + 82, line.len - 82);
  name[line.len - 82] = '\0';
  move.name = name;
  bool known =
      strcmp(name, WT_REF_MAIN) == 0 || strcmp(name, WT_REF_CAPTURES) == 0 || strcmp(name, WT_REF_JOURNAL) == 0;
  wt_status status = known ? wt_ref_read(&now, archive, name, err) : WT_OK;
  /* a ref that is at neither end has gone on since: an old promise that came back with the power */
  return !status && known && wt_oid_equal(now, move.old) ? wt_refs_move(archive, &move, 1, err) : status;
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
