/* Verification: the parts in order, the objects, and the chains beside main. */
#include "archive/verify.h"

#include "archive/chain.h"
#include "archive/ladder.h"
#include "archive/tree.h"

#include <stdio.h>
#include <string.h>

wt_status wt_archive_verify(wt_archive_verified *out, wt_archive *archive, wt_archive_fault_each each, void *context,
                            wt_error *err) {
  *out = (wt_archive_verified){.objects = 0};
  wt_verifier v = {archive, out, each, context, false};
  wt_verify_files(&v);
  wt_status status = wt_verify_objects(&v, err);
  if (!status) status = wt_verify_main(&v, err);
  if (!status) status = wt_verify_captures(&v, err);
  if (!status) status = wt_verify_journal(&v, err);
  return status ? status : wt_verify_stopped(&v, err);
}

/* ---- objects ---- */

static bool mode_is_known(wt_span mode) {
  static const char *const modes[] = {"40000", "100644", "100755", "120000", "160000"};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
    if (wt_span_equal(mode, wt_span_of(modes[i]))) return true;
  return false;
}

static const char *tree_fault(wt_span bytes) {
  wt_tree_entry entry, last = {{NULL, 0}, {NULL, 0}, {{0}}};
  bool broken = false;
  for (wt_span rest = bytes; wt_tree_next(&entry, &rest, &broken); last = entry) {
    if (!mode_is_known(entry.mode)) return "an entry of this tree has a mode that git does not write";
    if (wt_span_find(entry.name, WT_SPAN("/")) != entry.name.len)
      return "an entry of this tree has a slash in its name";
    if (last.name.data && wt_tree_entry_compare(&last, &entry) >= 0) return "the entries of this tree are not in order";
  }
  return broken ? "this object is no tree" : NULL;
}

static int check_object(const git_oid *id, void *context) {
  wt_verifier *v = context;
  git_odb_object *object = NULL;
  char hex[41];
  wt_oid_hex(hex, wt_oid_from_git(id));
  v->seen->objects++;
  int code = git_odb_read(&object, v->archive->odb, id); /* inflates and hashes */
  if (code) {
    const git_error *last = git_error_last();
    wt_verify_fault(v, hex, "this object cannot be read: %s",
                    last && last->message ? last->message : "git says no more");
    return v->stopped;
  }
  wt_span bytes = {git_odb_object_data(object), git_odb_object_size(object)};
  wt_commit commit;
  wt_error err;
  const char *fault = git_odb_object_type(object) == GIT_OBJECT_TREE ? tree_fault(bytes) : NULL;
  if (fault) wt_verify_fault(v, hex, "%s", fault);
  if (git_odb_object_type(object) == GIT_OBJECT_COMMIT && wt_commit_parse(&commit, bytes, &err))
    wt_verify_fault(v, hex, "%s", err.what);
  git_odb_object_free(object);
  return v->stopped;
}

wt_status wt_verify_objects(wt_verifier *v, wt_error *err) {
  int code = git_odb_foreach(v->archive->odb, check_object, v);
  if (v->stopped) return wt_verify_stopped(v, err);
  return code ? wt_git_fail(err, code, v->archive->dir, "list the objects") : WT_OK;
}

/* ---- chains ---- */

/* A chain that breaks off is a fault, and what can be reached is checked. */
static wt_status list(wt_oid **out, size_t *count, wt_verifier *v, const char *ref, wt_error *err) {
  wt_oid tip;
  wt_error why = {0};
  *out = NULL;
  *count = 0;
  wt_status status = wt_ref_read(&tip, v->archive, ref, err);
  if (status) return status;
  status = wt_chain_list(out, count, v->archive, tip, &why);
  if (status == WT_ENOMEM) return wt_fail(err, status, ref, -1, "%s", why.what);
  if (status) wt_verify_fault(v, ref, "the chain breaks off at %.40s: %s", why.where, why.what);
  return WT_OK;
}

static bool names(wt_oid *out, wt_verifier *v, wt_oid tree) {
  wt_object object;
  wt_tree_entry entry;
  bool broken;
  if (wt_object_read(&object, v->archive, tree, WT_OBJECT_TREE, NULL)) return false;
  wt_span rest = object.bytes;
  bool one = wt_tree_next(&entry, &rest, &broken) && rest.len == 0;
  *out = entry.oid;
  wt_object_release(&object);
  return one;
}

static void check_capture(wt_verifier *v, wt_oid oid) {
  wt_object object;
  wt_commit commit;
  wt_oid said, held;
  char hex[41];
  wt_oid_hex(hex, oid);
  if (wt_commit_read(&object, &commit, v->archive, oid, NULL)) return; /* told as an object */
  git_oid id;
  v->seen->captures++;
  if (!wt_oid_parse(&said, commit.trailers[WT_TRAILER_CAPTURE]) || !names(&held, v, commit.tree) ||
      !wt_oid_equal(said, held)) {
    wt_verify_fault(v, hex, "this capture's tree does not hold the object that its trailer names");
  } else {
    id = wt_oid_to_git(said);
    if (!git_odb_exists(v->archive->odb, &id)) wt_verify_fault(v, hex, "the bytes of this capture are missing");
  }
  wt_object_release(&object);
}

wt_status wt_verify_captures(wt_verifier *v, wt_error *err) {
  wt_oid *oids;
  size_t count;
  wt_status status = list(&oids, &count, v, WT_REF_CAPTURES, err);
  for (size_t i = 0; !status && !v->stopped && i < count; i++) check_capture(v, oids[i]);
  wt_free(oids);
  return status;
}

static uint64_t check_records(wt_verifier *v, wt_oid oid, uint64_t next) {
  wt_object object, text;
  wt_commit commit;
  wt_oid blob, held;
  uint64_t first, count, lines = 0;
  char hex[41];
  wt_span line;
  wt_oid_hex(hex, oid);
  if (wt_commit_read(&object, &commit, v->archive, oid, NULL)) return next;
  bool whole = wt_number_parse(&first, commit.trailers[WT_TRAILER_JOURNAL_FIRST]) &&
               wt_number_parse(&count, commit.trailers[WT_TRAILER_JOURNAL_COUNT]) &&
               wt_oid_parse(&blob, commit.trailers[WT_TRAILER_TEXT]) && names(&held, v, commit.tree) &&
               wt_oid_equal(blob, held);
  wt_object_release(&object);
  if (!whole || wt_object_read(&text, v->archive, blob, WT_OBJECT_BLOB, NULL)) {
    wt_verify_fault(v, hex, "this part of the journal is damaged");
    return next;
  }
  for (wt_span rest = text.bytes; wt_span_line(&line, &rest);) lines++;
  wt_object_release(&text);
  v->seen->records += lines;
  if (first != next)
    wt_verify_fault(v, hex, "the journal goes on with record %llu, not %llu", (unsigned long long)first,
                    (unsigned long long)next);
  if (lines != count)
    wt_verify_fault(v, hex, "%llu records, not %llu as the trailer says", (unsigned long long)lines,
                    (unsigned long long)count);
  return first + count;
}

wt_status wt_verify_journal(wt_verifier *v, wt_error *err) {
  wt_oid *oids;
  size_t count;
  uint64_t next = 0;
  wt_status status = list(&oids, &count, v, WT_REF_JOURNAL, err);
  for (size_t i = 0; !status && !v->stopped && i < count; i++) next = check_records(v, oids[i], next);
  wt_free(oids);
  return status;
}
