/* Verification of one revision's text and of its raw capture. */
#include "archive/verify.h"

#include "wt/story.h"

#include <string.h>

static void check_story(wt_verifier *v, const char *where, const wt_commit *commit, const wt_story *story,
                        wt_span bytes) {
  wt_buf again = {0};
  wt_error err = {0};
  uint64_t number = 0;
  char key[33];
  wt_span said = commit->trailers[WT_TRAILER_KEY];
  wt_number_parse(&number, commit->trailers[WT_TRAILER_REVISION]);
  wt_hash_hex(key, story->folded);
  if (wt_story_print(&again, story, &err))
    wt_verify_fault(v, where, "the text cannot be printed: %s", err.what);
  else if (!wt_span_equal(wt_buf_span(&again), bytes))
    wt_verify_fault(v, where, "the text does not print back the same bytes");
  if (story->revision != number) wt_verify_fault(v, where, "the text carries revision %u", (unsigned)story->revision);
  if (said.len && !wt_span_equal(said, (wt_span){key, 32}))
    wt_verify_fault(v, where, "the text has the key %s, not the one recorded", key);
  wt_buf_release(&again);
}

static wt_status check_text(wt_verifier *v, const char *where, const wt_commit *commit, wt_oid blob, wt_error *err) {
  wt_object object;
  wt_arena arena = {0};
  wt_story story;
  wt_error why = {0};
  wt_status status = wt_object_read(&object, v->archive, blob, WT_OBJECT_BLOB, err);
  if (status) return status;
  status = wt_story_parse(&story, &arena, object.bytes, &why);
  if (status == WT_ENOMEM)
    wt_fail(err, status, where, -1, "%s", why.what);
  else if (status)
    wt_verify_fault(v, where, "the text is not in the canonical form, at byte %lld: %s", (long long)why.byte, why.what);
  else
    check_story(v, where, commit, &story, object.bytes);
  wt_arena_release(&arena);
  wt_object_release(&object);
  return status == WT_ENOMEM ? status : WT_OK;
}

/* Captures may be left out of a clone or dropped by age; one that is there must be what was recorded. */
static void check_raw(wt_verifier *v, const char *where, const wt_commit *commit) {
  wt_oid oid;
  wt_object object;
  char sum[65];
  if (!wt_oid_parse(&oid, commit->trailers[WT_TRAILER_CAPTURE])) return;
  git_oid id = wt_oid_to_git(oid);
  if (!git_odb_exists_ext(v->archive->odb, &id, GIT_ODB_LOOKUP_NO_REFRESH) ||
      wt_object_read(&object, v->archive, oid, WT_OBJECT_BLOB, NULL)) {
    v->seen->captures_absent++;
    return;
  }
  wt_sha256_hex(sum, object.bytes);
  if (!wt_span_equal(commit->trailers[WT_TRAILER_CAPTURE_SHA256], (wt_span){sum, 64}))
    wt_verify_fault(v, where, "the raw capture's SHA-256 is %s, not the one recorded", sum);
  wt_object_release(&object);
}

wt_status wt_verify_text(wt_verifier *v, const char *where, const wt_commit *commit, wt_error *err) {
  wt_oid blob;
  if (commit->trailers[WT_TRAILER_ERASED].len) v->seen->erased++;
  check_raw(v, where, commit);
  return wt_oid_parse(&blob, commit->trailers[WT_TRAILER_TEXT]) ? check_text(v, where, commit, blob, err) : WT_OK;
}
