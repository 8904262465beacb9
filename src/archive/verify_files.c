/*
 * Verification of the files around the objects. What git writes with a checksum at its end is summed; of what has none,
 * that is told which an archive needs: the refs, HEAD, what was seen last, and the settings in the configuration. What
 * only people read there (a description, a comment, a setting of their own) nobody can know.
 */
#include "archive/seen.h"
#include "archive/verify.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SUM = 20, STEP = 1 << 18, PATH_MOST = 4400 };

/* ---- checksums ---- */

/* The last 20 bytes are the SHA-1 of those before. False also when it cannot be read to its end. */
static bool sum_is_right(int fd, wt_buf *room) {
  unsigned char sum[SUM];
  wt_sha1 sha1;
  ssize_t got;
  wt_sha1_init(&sha1);
  wt_buf_clear(room);
  if (!wt_buf_reserve(room, STEP + SUM)) return false;
  /* the last 20 bytes read so far wait at the beginning of the room */
  while ((got = read(fd, room->data + room->len, STEP)) > 0) {
    room->len += (size_t)got;
    if (room->len <= SUM) continue;
    wt_sha1_put(&sha1, (wt_span){room->data, room->len - SUM});
    memmove(room->data, room->data + room->len - SUM, SUM);
    room->len = SUM;
  }
  wt_sha1_end(sum, &sha1);
  return got == 0 && room->len == SUM && memcmp(sum, room->data, SUM) == 0;
}

static bool has_sum(const char *name) {
  static const char *const endings[] = {".pack", ".idx", ".rev", ".bitmap", ".mtimes", ".graph"};
  wt_span span = wt_span_of(name);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (wt_span_starts(span, WT_SPAN("pack-")) && wt_span_ends(span, wt_span_of(endings[i]))) return true;
  return strcmp(name, "multi-pack-index") == 0 || strcmp(name, "commit-graph") == 0 ||
         (wt_span_starts(span, WT_SPAN("graph-")) && wt_span_ends(span, WT_SPAN(".graph")));
}

static void check_sums(wt_verifier *v, const char *folder) {
  char path[PATH_MOST];
  wt_buf room = {0};
  snprintf(path, sizeof path, "%s/%s", v->archive->dir, folder);
  DIR *dir = opendir(path);
  for (struct dirent *entry = dir ? readdir(dir) : NULL; entry && !v->stopped; entry = readdir(dir)) {
    if (!has_sum(entry->d_name)) continue;
    snprintf(path, sizeof path, "%s/%s/%s", v->archive->dir, folder, entry->d_name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue; /* merged meanwhile; what is missing is told as an object */
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (!sum_is_right(fd, &room))
      wt_verify_fault(v, path, "the checksum at the end of this file is not that of its bytes");
    close(fd);
  }
  if (dir) closedir(dir);
  wt_buf_release(&room);
}

/* ---- refs ---- */

/* The file's bytes; false when there is no such file. */
static bool read_small(wt_buf *out, const char *folder, const char *name) {
  char *path = wt_path_join(folder, name);
  wt_buf_clear(out);
  bool there = path && wt_file_read(out, path, 1 << 20, NULL) == WT_OK;
  wt_free(path);
  return there;
}

/* An id and a line break, as git and we write it. */
static bool is_id(wt_oid *out, const wt_buf *text) {
  wt_span span = wt_buf_span(text);
  return span.len == 41 && span.data[40] == '\n' && wt_oid_parse(out, wt_span_sub(span, 0, 40));
}

static bool is_here(wt_verifier *v, wt_oid oid) {
  git_oid id = wt_oid_to_git(oid);
  return git_odb_exists(v->archive->odb, &id);
}

static void check_refs(wt_verifier *v) {
  static const char *const names[] = {WT_REF_MAIN, WT_REF_CAPTURES, WT_REF_JOURNAL};
  wt_buf text = {0};
  wt_oid oid;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (read_small(&text, v->archive->dir, names[i]) && !is_id(&oid, &text))
      wt_verify_fault(v, names[i], "this ref is not an id and a line break");
  wt_buf_release(&text);
}

/* `seen` was read before main: a batch that is written meanwhile is no fault. */
static void check_seen(wt_verifier *v) {
  static const char place[] = "writethru/" WT_SEEN_MAIN;
  wt_buf text = {0};
  wt_oid seen, tip;
  wt_error why = {0};
  if (read_small(&text, v->archive->own, WT_SEEN_MAIN)) {
    if (!is_id(&seen, &text))
      wt_verify_fault(v, place, "what was written last is not an id and a line break");
    else if (!is_here(v, seen))
      wt_verify_fault(v, place, "names a commit that is not here");
    else if (!wt_ref_read(&tip, v->archive, WT_REF_MAIN, NULL) && wt_seen_check(v->archive, tip, &why) == WT_EREFUSED)
      wt_verify_fault(v, why.where, "%s", why.what);
  }
  wt_buf_release(&text);
}

/* A branch that is there, or is still to come in an archive with no commit; or a commit. */
static bool head_is_sound(wt_verifier *v, const wt_buf *text) {
  wt_oid oid, main;
  wt_span span = wt_buf_span(text);
  if (is_id(&oid, text)) return is_here(v, oid);
  if (!wt_span_starts(span, WT_SPAN("ref: refs/")) || !wt_span_ends(span, WT_SPAN("\n"))) return false;
  wt_buf name = {0};
  wt_buf_put_span(&name, wt_span_sub(span, 5, span.len - 1));
  bool read = !name.failed && wt_ref_read(&oid, v->archive, name.data, NULL) == WT_OK;
  wt_buf_release(&name);
  if (!read) return false;
  return !wt_oid_is_none(oid) || (!wt_ref_read(&main, v->archive, WT_REF_MAIN, NULL) && wt_oid_is_none(main));
}

static void check_head(wt_verifier *v) {
  wt_buf text = {0};
  if (read_small(&text, v->archive->dir, "HEAD") && !head_is_sound(v, &text))
    wt_verify_fault(v, "HEAD", "names no branch that is there");
  wt_buf_release(&text);
}

/* ---- settings ---- */

typedef struct setting {
  const char *name, *value; /* value NULL: any of git's words for true and false */
  bool ours;                /* written when the archive was made; else by git itself */
  unsigned right, wrong;
} setting;

typedef struct settings {
  setting items[7]; /* the first is the format's version, which git's extensions make 1 */
  size_t count;
  bool extended;
} settings;

static bool is_bool(wt_span value) {
  static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "1", "0"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_equal(value, wt_span_of(words[i]))) return true;
  return false;
}

static bool note_setting(void *context, wt_span name, wt_span value) {
  settings *all = context;
  if (wt_span_starts(name, WT_SPAN("extensions."))) all->extended = true;
  for (size_t i = 0; i < all->count; i++) {
    setting *s = &all->items[i];
    if (!wt_span_equal(name, wt_span_of(s->name))) continue;
    bool right = s->value ? wt_span_equal(value, wt_span_of(s->value)) : is_bool(value);
    s->right += right;
    s->wrong += !right;
  }
  return true;
}

/* A clone has none of ours, and needs none before it is written to: of an archive that has most, all are wanted. */
static void check_settings(wt_verifier *v) {
  settings all = {{{"core.repositoryformatversion", "0", false, 0, 0},
                   {"core.bare", NULL, false, 0, 0},
                   {"writethru.archive", "true", true, 0, 0},
                   {"gc.auto", "0", true, 0, 0},
                   {"maintenance.auto", "false", true, 0, 0},
                   {"commitgraph.generationversion", "1", true, 0, 0},
                   {"diff.writethru.command", wt_archive_diff_command, true, 0, 0}},
                  7,
                  false};
  unsigned ours = 0;
  wt_error why = {0};
  wt_buf text = {0};
  /* by our parser, which is as strict as git's; libgit2's lets more pass */
  bool read = read_small(&text, v->archive->dir, "config");
  if (!read || wt_archive_config_read(wt_buf_span(&text), note_setting, &all, &why))
    wt_verify_fault(v, "config", "byte %lld: %s", read ? (long long)why.byte : 0, read ? why.what : "cannot be read");
  for (size_t i = 0; i < all.count; i++) ours += all.items[i].ours && all.items[i].right;
  for (size_t i = 0; i < all.count; i++) {
    const setting *s = &all.items[i];
    if ((s->ours && ours < 3) || (i == 0 && all.extended)) continue;
    if (s->wrong || !s->right)
      wt_verify_fault(v, "config", "%s is %s what an archive needs%s%s", s->name,
                      s->wrong ? "not" : "missing:", s->value ? ": " : "", s->value ? s->value : "");
  }
  static const char line[] = "*.txt diff=writethru\n";
  if (ours >= 3 && (!read_small(&text, v->archive->dir, "info/attributes") ||
                    wt_span_find(wt_buf_span(&text), WT_SPAN(line)) == text.len))
    wt_verify_fault(v, "info/attributes", "the line \"*.txt diff=writethru\" is missing");
  wt_buf_release(&text);
}

void wt_verify_files(wt_verifier *v) {
  static const char *const folders[] = {"objects/pack", "objects/info", "objects/info/commit-graphs"};
  check_seen(v);
  check_refs(v);
  check_head(v);
  check_settings(v);
  for (size_t i = 0; i < sizeof folders / sizeof *folders && !v->stopped; i++) check_sums(v, folders[i]);
}
