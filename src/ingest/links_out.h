/* links_out: where the links of one source go. */
#ifndef WT_INGEST_LINKS_OUT_H
#define WT_INGEST_LINKS_OUT_H

#include "wt/ingest.h"

enum { WT_LINKS_MOST = 50000 };

typedef struct wt_links_out {
  wt_link_each each;
  void *context;
  wt_span base; /* URL of the source; empty: relative links are passed over */
  size_t count;
  wt_status status;
  wt_error *err;
} wt_links_out;

/* Makes the URL absolute and hands it on. False when the list is to end: status says why. */
bool wt_links_put(wt_links_out *out, wt_span href, wt_span title, wt_time published, bool is_index);
/* Ends the list with that status. Always false. */
bool wt_links_fail(wt_links_out *out, wt_status status, const char *what);

#endif
