/* Opening and making an archive, and telling one of ours from somebody else's repository. */
#include "archive/archive.h"

#include "archive/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

const char *wt_archive_dir(const wt_archive *archive) {
  return archive->dir;
}

const char *wt_archive_work_dir(const wt_archive *archive) {
  return git_repository_workdir(archive->repo);
}

const char *wt_archive_own_dir(const wt_archive *archive) {
  return archive->own;
}

/* ---- is it ours ---- */

/* Only the repository's own configuration counts, never the user's. */
static wt_status local_flag(bool *out, wt_archive *archive, const char *name, wt_error *err) {
  git_config *all = NULL, *local = NULL;
  int value = 0, code = git_repository_config(&all, archive->repo);
  if (!code) code = git_config_open_level(&local, all, GIT_CONFIG_LEVEL_LOCAL);
  if (!code) code = git_config_get_bool(&value, local, name);
  git_config_free(local);
  git_config_free(all);
  *out = code == 0 && value;
  return code && code != GIT_ENOTFOUND ? wt_git_fail(err, code, archive->dir, "read the repository's configuration")
                                       : WT_OK;
}

static wt_status main_has_conf(bool *out, wt_archive *archive, wt_oid tip, wt_error *err) {
  wt_object object;
  wt_commit commit;
  wt_oid blob = {{0}};
  wt_trees *trees = NULL;
  wt_status status = wt_commit_read(&object, &commit, archive, tip, err);
  if (status) return status;
  status = wt_trees_open(&trees, archive, commit.tree, err);
  if (!status) status = wt_trees_get(&blob, trees, WT_SPAN(WT_CONF), err);
  wt_trees_close(trees);
  wt_object_release(&object);
  *out = !wt_oid_is_none(blob);
  return status;
}

static wt_status has_no_ref(bool *out, wt_archive *archive, wt_error *err) {
  git_strarray names = {NULL, 0};
  int code = git_reference_list(&names, archive->repo);
  if (code) return wt_git_fail(err, code, archive->dir, "list the refs");
  *out = names.count == 0;
  git_strarray_dispose(&names);
  return WT_OK;
}

wt_status wt_archive_recognise(bool *ours, bool *empty, wt_archive *archive, wt_error *err) {
  wt_oid tip;
  *empty = false;
  wt_status status = local_flag(ours, archive, "writethru.archive", err);
  if (status || *ours) return status;
  status = wt_archive_tip(&tip, archive, err);
  if (status) return status;
  return wt_oid_is_none(tip) ? has_no_ref(empty, archive, err) : main_has_conf(ours, archive, tip, err);
}

/* ---- settings ---- */

/* Git dies when an external diff is not to be found or ends with anything but 0: without us, it is the plain one. */
const char wt_archive_diff_command[] = "f() { if command -v writethru >/dev/null; then writethru diff \"$@\"; else "
                                       "diff -u \"$2\" \"$5\" || true; fi; }; f";

/* `git diff` and `git log -p --ext-diff` show stories our way. In the repository's own attributes, never in the tree; what
   somebody wrote there stays. */
static wt_status put_attributes(const wt_archive *archive, wt_error *err) {
  char *folder = wt_path_join(archive->dir, "info"), *path = wt_path_join(archive->dir, "info/attributes");
  wt_buf text = {0};
  wt_status status = folder && path ? wt_dir_make(folder, err) : wt_fail(err, WT_ENOMEM, "", -1, "out of memory");
  if (!status) {
    status = wt_file_read(&text, path, 1 << 20, NULL);
    bool there = status == WT_OK && wt_span_find(wt_buf_span(&text), WT_SPAN("diff=writethru")) < text.len;
    if (status) wt_buf_clear(&text);
    if (text.len && text.data[text.len - 1] != '\n') wt_buf_put_char(&text, '\n');
    wt_buf_put_text(&text, "*.txt diff=writethru\n");
    status = there ? WT_OK : wt_file_write(path, wt_buf_span(&text), err);
  }
  wt_buf_release(&text);
  wt_free(folder);
  wt_free(path);
  return status;
}

/* `writethru.archive` comes last: where it stands the rest does too. */
static wt_status put_settings(wt_archive *archive, wt_error *err) {
  git_config *all = NULL, *local = NULL;
  wt_status status = put_attributes(archive, err);
  if (status) return status;
  int code = git_repository_config(&all, archive->repo);
  if (!code) code = git_config_open_level(&local, all, GIT_CONFIG_LEVEL_LOCAL);
  if (!code) code = git_config_set_int32(local, "gc.auto", 0);
  if (!code) code = git_config_set_bool(local, "maintenance.auto", 0);
  if (!code) code = git_config_set_int32(local, "commitGraph.generationVersion", 1);
  if (!code) code = git_config_set_string(local, "diff.writethru.command", wt_archive_diff_command);
  if (!code) code = git_config_set_bool(local, "writethru.archive", 1);
  git_config_free(local);
  git_config_free(all);
  return code ? wt_git_fail(err, code, archive->dir, "set the repository's configuration") : WT_OK;
}

/* What libgit2 has made must be there before anything is acknowledged. */
static void sync_all(const char *dir) {
  int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  syncfs(fd);
  close(fd);
}

static wt_status make_folders(wt_archive *archive, wt_error *err) {
  wt_status status = wt_dir_make(archive->stage, err);
  if (!status) status = wt_dir_make(archive->pack_dir, err);
  return status;
}

/* ---- opening ---- */

/* The path as git says it, without the slash at its end. */
static char *trimmed(const char *path) {
  size_t len = strlen(path);
  while (len > 1 && path[len - 1] == '/') len--;
  char *out = wt_alloc(len + 1);
  if (!out) return NULL;
  memcpy(out, path, len);
  out[len] = '\0';
  return out;
}

static wt_status set_paths(wt_archive *archive, wt_error *err) {
  archive->dir = trimmed(git_repository_commondir(archive->repo));
  if (archive->dir) archive->own = wt_path_join(archive->dir, "writethru");
  if (archive->own) archive->stage = wt_path_join(archive->own, "stage");
  if (archive->stage) archive->pack_dir = wt_path_join(archive->dir, "objects/pack");
  return archive->pack_dir ? WT_OK : wt_fail(err, WT_ENOMEM, "", -1, "out of memory");
}

/* With the line that the shell takes, where the path fits in and asks for no other quotes. */
static wt_status owner_differs(wt_error *err, const char *dir) {
  struct stat info;
  char full[PATH_MAX];
  if (stat(dir, &info)) memset(&info, 0, sizeof info);
  bool plain = realpath(dir, full) != NULL && strlen(full) < 250 && strchr(full, '\'') == NULL;
  return wt_fail(err, WT_EREFUSED, dir, -1,
                 "this repository belongs to user %u and you are user %u; if you trust it: git config --global --add "
                 "safe.directory %s%s%s ('*' is not enough here)",
                 (unsigned)info.st_uid, (unsigned)geteuid(), plain ? "'" : "followed by its full path",
                 plain ? full : "", plain ? "'" : "");
}

static bool names_sha256(void *context, wt_span name, wt_span value) {
  bool *out = context;
  if (wt_span_equal(name, WT_SPAN("extensions.objectformat"))) *out = !wt_span_equal(value, WT_SPAN("sha1"));
  return true;
}

/* Looked at before libgit2 does, which says less, and not the same for every kind of repository. */
static wt_status check_format(const char *dir, wt_error *err) {
  static const char *const places[] = {".git/config", "config"};
  bool sha256 = false;
  for (size_t i = 0; i < 2 && !sha256; i++) {
    wt_buf text = {0};
    char *path = wt_path_join(dir, places[i]);
    if (!path) return wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
    if (!wt_file_read(&text, path, 1 << 20, NULL))
      wt_archive_config_read(wt_buf_span(&text), names_sha256, &sha256, NULL);
    wt_buf_release(&text);
    wt_free(path);
  }
  if (!sha256) return WT_OK;
  return wt_fail(err, WT_EREFUSED, dir, -1, "this repository names objects with SHA-256; an archive needs SHA-1");
}

/* Nothing is here; or what git looks for first is damaged. */
static wt_status not_a_repository(const char *dir, wt_error *err) {
  static const char *const places[][3] = {{"HEAD", "objects/pack", "refs"},
                                          {".git/HEAD", ".git/objects/pack", ".git/refs"}};
  for (size_t i = 0; i < 2; i++) {
    char *head = wt_path_join(dir, places[i][0]), *packs = wt_path_join(dir, places[i][1]);
    char *refs = wt_path_join(dir, places[i][2]);
    wt_status status = WT_OK;
    if (head && packs && refs && access(head, F_OK) == 0 && access(packs, F_OK) == 0)
      status = access(refs, F_OK) ? wt_fail(err, WT_ECORRUPT, refs, -1,
                                            "git takes this for no repository: this folder is missing; make it, and "
                                            "refs/heads/main in it with the id that the file writethru/main has")
                                  : wt_fail(err, WT_ECORRUPT, head, -1,
                                            "git takes this for no repository: this file is damaged, it should say "
                                            "\"ref: refs/heads/main\"");
    wt_free(head);
    wt_free(packs);
    wt_free(refs);
    if (status) return status;
  }
  return wt_fail(err, WT_ENOTFOUND, dir, -1, "there is no archive here");
}

/* SHA-256, a newer format, a broken configuration: libgit2's word says which. */
static wt_status cannot_open(int code, const char *dir, wt_error *err) {
  const git_error *last = git_error_last();
  char *bare = wt_path_join(dir, "config"), *inside = wt_path_join(dir, ".git/config");
  const char *config = bare && access(bare, F_OK) == 0 ? bare : inside;
  bool by_config = last && (last->klass == GIT_ERROR_CONFIG || last->klass == GIT_ERROR_REPOSITORY);
  wt_git_fail(err, code, by_config && config ? config : dir, "open the repository");
  if (err) err->status = WT_EREFUSED;
  wt_free(bare);
  wt_free(inside);
  return WT_EREFUSED;
}

static wt_status open_existing(wt_archive *archive, const char *dir, wt_error *err) {
  wt_status status = check_format(dir, err);
  if (status) return status;
  int code = git_repository_open_ext(&archive->repo, dir, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
  /* libgit2 1.5.1 trips over its own look-up when the user has a configuration and no safe.directory in it */
  const git_error *last = code == GIT_ENOTFOUND ? git_error_last() : NULL;
  if (code == GIT_EOWNER || (last && last->klass == GIT_ERROR_CONFIG)) return owner_differs(err, dir);
  if (code == GIT_ENOTFOUND) return not_a_repository(dir, err);
  if (code) return cannot_open(code, dir, err);
  code = git_repository_odb(&archive->odb, archive->repo);
  return code ? wt_git_fail(err, code, dir, "open the objects") : set_paths(archive, err);
}

static wt_status make_new(wt_archive *archive, const char *dir, wt_error *err) {
  git_repository_init_options options;
  git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
  options.flags = GIT_REPOSITORY_INIT_MKPATH | (archive->options.bare ? GIT_REPOSITORY_INIT_BARE : 0);
  options.initial_head = "main";
  git_repository *made = NULL;
  int code = git_repository_init_ext(&made, dir, &options);
  git_repository_free(made);
  if (code) return wt_git_fail(err, code, dir, "make a repository");
  wt_status status = open_existing(archive, dir, err);
  if (!status) status = put_settings(archive, err);
  if (!status) status = make_folders(archive, err);
  if (!status) sync_all(archive->dir);
  return status;
}

static wt_status check_ours(wt_archive *archive, const char *dir, wt_error *err) {
  bool ours, empty;
  wt_status status = wt_archive_recognise(&ours, &empty, archive, err);
  if (status || ours) return status;
  if (empty && archive->options.create) return put_settings(archive, err);
  return wt_fail(err, WT_EREFUSED, dir, -1,
                 "this git repository is no archive of writethru (main has no " WT_CONF
                 "); name another folder with -C");
}

static wt_status open_or_make(wt_archive *archive, const char *dir, wt_error *err) {
  if (!archive->options.create) {
    wt_status status = open_existing(archive, dir, err);
    return status ? status : check_ours(archive, dir, err);
  }
  /* two who make it at once: the second waits here and finds it made */
  wt_status status = wt_dir_make(dir, err);
  if (status) return status;
  int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return wt_fail(err, WT_EIO, dir, -1, "cannot open the folder: %s", strerror(errno));
  flock(fd, LOCK_EX);
  status = open_existing(archive, dir, err);
  if (status == WT_ENOTFOUND)
    status = make_new(archive, dir, err);
  else if (!status)
    status = check_ours(archive, dir, err);
  close(fd);
  return status;
}

wt_status wt_archive_open(wt_archive **out, const char *dir, const wt_archive_options *options, wt_error *err) {
  *out = NULL;
  int code = git_libgit2_init();
  if (code < 0) return wt_git_fail(err, code, dir, "start libgit2");
  wt_archive *archive = wt_alloc_zero(1, sizeof *archive);
  if (!archive) {
    git_libgit2_shutdown();
    return wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
  }
  if (options) archive->options = *options;
  wt_status status = open_or_make(archive, dir, err);
  if (status)
    wt_archive_close(archive);
  else
    *out = archive;
  return status;
}

void wt_archive_close(wt_archive *archive) {
  if (!archive) return;
  git_odb_free(archive->odb);
  git_repository_free(archive->repo);
  wt_free(archive->dir);
  wt_free(archive->own);
  wt_free(archive->stage);
  wt_free(archive->pack_dir);
  wt_free(archive);
  git_libgit2_shutdown();
}
