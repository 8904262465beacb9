/* picture_credit: "A bus on fire. Photo: Ann Lee/Agency" -> the caption, and whose picture it is. */
#ifndef WT_INGEST_PICTURE_CREDIT_H
#define WT_INGEST_PICTURE_CREDIT_H

#include "wt/base.h"

/* Where the picture's credit begins in a caption; text.len when it holds none. The credit runs to the end. */
size_t wt_picture_credit_find(wt_span text);
/* A line with a credit at its end, as captions are set: a caption, though its tags do not say so. */
bool wt_picture_credit_ends(wt_span text);

#endif
