/*
 * folder: the files that a list of captures names. They are looked for in the list's own folder, and never outside it:
 * whoever writes a list does not choose what of the reader's disk is read.
 */
#ifndef WT_INGEST_FOLDER_H
#define WT_INGEST_FOLDER_H

#include "wt/base.h"

/* The path of `name` in the folder that the file `list` lies in. WT_EREFUSED for a name that leads out of it, by a step up or
   by a link. Whether there is such a file is for the reader of it to find out. */
wt_status wt_folder_path(wt_buf *out, wt_span list, wt_span name, wt_error *err);

#endif
