/* chain: the commits of a chain. */
#ifndef ARCHIVE_CHAIN_H
#define ARCHIVE_CHAIN_H

#include "archive/archive.h"

/* All commits of a chain by fine parents, oldest first. Owned by the caller: wt_free(*out). */
wt_status wt_chain_list(wt_oid **out, size_t *count, wt_archive *archive, wt_oid tip, wt_error *err);

#endif
