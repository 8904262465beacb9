/* Ids of git objects, and libgit2's errors in our words. */
#include "archive/archive.h"
#include "archive/git.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char digits[] = "0123456789abcdef";

bool wt_oid_is_none(wt_oid oid) {
  static const wt_oid none;
  return memcmp(&oid, &none, sizeof none) == 0;
}

void wt_oid_hex(char out[41], wt_oid oid) {
  for (size_t i = 0; i < sizeof oid.bytes; i++) {
    out[2 * i] = digits[oid.bytes[i] >> 4];
    out[2 * i + 1] = digits[oid.bytes[i] & 15];
  }
  out[40] = '\0';
}

/* One more than the value of a digit; 0 for what is none. Millions of ids are read. */
static const unsigned char digit_of[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

bool wt_oid_parse(wt_oid *out, wt_span hex) {
  if (hex.len != 40) return false;
  for (size_t i = 0; i < 20; i++) {
    unsigned high = digit_of[(unsigned char)hex.data[2 * i]], low = digit_of[(unsigned char)hex.data[2 * i + 1]];
    if (!high || !low) return false;
    out->bytes[i] = (unsigned char)((high - 1) << 4 | (low - 1));
  }
  return true;
}

bool wt_oid_equal(wt_oid a, wt_oid b) {
  return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

uint64_t wt_oid_head(wt_oid oid) {
  uint64_t head;
  memcpy(&head, oid.bytes, sizeof head);
  return head;
}

git_oid wt_oid_to_git(wt_oid oid) {
  git_oid out = {{0}};
  memcpy(out.id, oid.bytes, sizeof out.id);
  return out;
}

wt_oid wt_oid_from_git(const git_oid *oid) {
  wt_oid out = {{0}};
  memcpy(out.bytes, oid->id, sizeof out.bytes);
  return out;
}

const char *wt_object_kind_name(wt_object_kind kind) {
  switch (kind) {
  case WT_OBJECT_COMMIT: return "commit";
  case WT_OBJECT_TREE: return "tree";
  case WT_OBJECT_BLOB: return "blob";
  case WT_OBJECT_TAG: return "tag";
  }
  return "object";
}

wt_oid wt_oid_of(wt_object_kind kind, wt_span bytes) {
  char head[40];
  int len = snprintf(head, sizeof head, "%s %zu", wt_object_kind_name(kind), bytes.len);
  wt_sha1 sha1;
  wt_oid out = {{0}};
  wt_sha1_init(&sha1);
  wt_sha1_put(&sha1, (wt_span){head, (size_t)len + 1});
  wt_sha1_put(&sha1, bytes);
  wt_sha1_end(out.bytes, &sha1);
  return out;
}

static wt_status status_of(int code, int klass) {
  if (klass == GIT_ERROR_NOMEMORY) return WT_ENOMEM;
  switch (code) {
  case GIT_ENOTFOUND: return WT_ENOTFOUND;
  case GIT_EEXISTS: return WT_EEXISTS;
  case GIT_EAMBIGUOUS: return WT_EAMBIGUOUS;
  case GIT_ELOCKED: return WT_EBUSY;
  case GIT_EOWNER: return WT_EREFUSED;
  case GIT_EINVALIDSPEC: return WT_EINVAL;
  default: return klass == GIT_ERROR_OS ? WT_EIO : WT_ECORRUPT;
  }
}

wt_status wt_git_fail(wt_error *err, int code, const char *where, const char *doing) {
  const git_error *last = git_error_last(); /* may be NULL */
  wt_status status = status_of(code, last ? last->klass : GIT_ERROR_NONE);
  return wt_fail(err, status, where, -1, "cannot %s: %s", doing,
                 last && last->message ? last->message : "git says no more");
}

int wt_git_tree_of(git_tree **out, wt_archive *archive, wt_oid commit) {
  git_oid id = wt_oid_to_git(commit);
  git_commit *parsed = NULL;
  *out = NULL;
  if (wt_oid_is_none(commit)) return 0;
  int code = git_commit_lookup(&parsed, archive->repo, &id);
  if (!code) code = git_commit_tree(out, parsed);
  git_commit_free(parsed);
  return code;
}
