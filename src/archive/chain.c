/* The commits of a chain, walked from its tip. */
#include "archive/chain.h"

#include "archive/ladder.h"

wt_status wt_chain_list(wt_oid **out, size_t *count, wt_archive *archive, wt_oid tip, wt_error *err) {
  size_t capacity = 0;
  wt_status status = WT_OK;
  *out = NULL;
  *count = 0;
  while (!status && !wt_oid_is_none(tip)) {
    wt_object object;
    wt_commit commit;
    status = wt_commit_read(&object, &commit, archive, tip, err);
    if (status) break;
    if (wt_grow(out, &capacity, *count + 1, sizeof **out))
      (*out)[(*count)++] = tip;
    else
      status = wt_fail(err, WT_ENOMEM, "chain", -1, "out of memory");
    tip = wt_ladder_fine_parent(&commit);
    wt_object_release(&object);
  }
  for (size_t i = 0; i < *count / 2; i++) {
    wt_oid other = (*out)[i];
    (*out)[i] = (*out)[*count - 1 - i];
    (*out)[*count - 1 - i] = other;
  }
  return status;
}
