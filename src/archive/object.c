/* Reading objects and refs. */
#include "archive/archive.h"

#include <git2/sys/repository.h>
#include <stdio.h>

wt_status wt_archive_reopen_objects(wt_archive *archive, wt_error *err) {
  git_odb *fresh = NULL;
  char *objects = wt_path_join(archive->dir, "objects");
  if (!objects) return wt_fail(err, WT_ENOMEM, archive->dir, -1, "out of memory");
  int code = git_odb_open(&fresh, objects);
  if (!code) code = git_repository_set_odb(archive->repo, fresh);
  wt_free(objects);
  if (code) {
    git_odb_free(fresh);
    return wt_git_fail(err, code, archive->dir, "open the objects");
  }
  git_odb_free(archive->odb);
  archive->odb = fresh;
  return WT_OK;
}

/* A pack that was known by name may have gone into a larger one: then the packs are listed afresh and asked again. */
static int odb_read(git_odb_object **out, wt_archive *archive, const git_oid *id) {
  int code = git_odb_read(out, archive->odb, id);
  if (code && !wt_archive_reopen_objects(archive, NULL)) code = git_odb_read(out, archive->odb, id);
  return code;
}

wt_status wt_object_read(wt_object *out, wt_archive *archive, wt_oid oid, wt_object_kind kind, wt_error *err) {
  git_oid id = wt_oid_to_git(oid);
  *out = (wt_object){NULL, {NULL, 0}};
  char hex[41];
  wt_oid_hex(hex, oid);
  int code = odb_read(&out->object, archive, &id);
  if (code == GIT_ENOTFOUND)
    return wt_fail(err, WT_ENOTFOUND, hex, -1,
                   "this %s is missing here: git fsck names what else is, git index-pack makes the .idx of a pack anew",
                   wt_object_kind_name(kind));
  if (code) return wt_git_fail(err, code, hex, "read an object");
  out->bytes = (wt_span){git_odb_object_data(out->object), git_odb_object_size(out->object)};
  if ((int)git_odb_object_type(out->object) == (int)kind) return WT_OK;
  wt_object_release(out);
  return wt_fail(err, WT_ECORRUPT, hex, -1, "this object is no %s", wt_object_kind_name(kind));
}

void wt_object_release(wt_object *object) {
  if (object->object) git_odb_object_free(object->object);
  *object = (wt_object){NULL, {NULL, 0}};
}

wt_status wt_commit_read(wt_object *out, wt_commit *commit, wt_archive *archive, wt_oid oid, wt_error *err) {
  wt_status status = wt_object_read(out, archive, oid, WT_OBJECT_COMMIT, err);
  if (status) return status;
  status = wt_commit_parse(commit, out->bytes, err);
  if (!status) return WT_OK;
  char hex[41];
  wt_oid_hex(hex, oid);
  wt_error_at(err, hex);
  wt_object_release(out);
  return status;
}

wt_status wt_ref_read(wt_oid *out, wt_archive *archive, const char *name, wt_error *err) {
  git_oid id;
  *out = (wt_oid){{0}};
  int code = git_reference_name_to_id(&id, archive->repo, name);
  if (code == GIT_ENOTFOUND) return WT_OK;
  if (code) return wt_git_fail(err, code, name, "read the ref");
  *out = wt_oid_from_git(&id);
  return WT_OK;
}

wt_status wt_archive_tip(wt_oid *out, wt_archive *archive, wt_error *err) {
  return wt_ref_read(out, archive, WT_REF_MAIN, err);
}

wt_status wt_archive_read(wt_buf *out, wt_archive *archive, wt_oid blob, wt_error *err) {
  wt_object object;
  wt_status status = wt_object_read(&object, archive, blob, WT_OBJECT_BLOB, err);
  if (status) return status;
  wt_buf_put_span(out, object.bytes);
  wt_object_release(&object);
  return wt_buf_status(out, "", err);
}
