/*
 * zip: one member of a ZIP file, by its central directory (PKWARE APPNOTE 6.3). Stored and deflated members; no ZIP64, no
 * encryption, no archive over several disks.
 */
#ifndef WT_INGEST_ZIP_H
#define WT_INGEST_ZIP_H

#include "wt/base.h"

/* Appends the member called name. WT_ENOTFOUND when there is none, WT_EFORMAT with the byte for what contradicts itself,
   WT_ELIMIT past limit bytes. */
wt_status wt_zip_read(wt_buf *out, wt_span zip, const char *name, size_t limit, wt_error *err);

#endif
