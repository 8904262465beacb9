/* mail: mails (.eml) and saved pages (MHTML). */
#ifndef WT_INGEST_MAIL_H
#define WT_INGEST_MAIL_H

#include "ingest/sink.h"

wt_status wt_mail_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
wt_status wt_mhtml_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err);
/* Gives the whole file as one capture, with the address and the time that the browser wrote. */
wt_status wt_mhtml_give(wt_sink *sink, wt_span bytes, wt_error *err);

#endif
