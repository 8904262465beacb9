/* unread: revisions whose texts have not been read yet. The catalogue has them from their commits; words follow behind. */
#include "sql.h"

wt_status wt_index_unread(wt_index *index, uint32_t limit, wt_revision_row_each each, void *context, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_status status = index_prepare(&s, index, FROM_REVISION "WHERE r.place > ?1 ORDER BY r.place LIMIT ?2", err);
  if (status) return status;
  bind_int(s, 1, (int64_t)index->read);
  bind_int(s, 2, limit);
  return each_revision(index, s, false, each, context, err);
}
