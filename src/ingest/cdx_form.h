/* cdx_form: the lines of a list of archived URLs, and the fields of its rows. The forms are told in cdx.h. */
#ifndef WT_INGEST_CDX_FORM_H
#define WT_INGEST_CDX_FORM_H

#include "wt/base.h"

typedef struct wt_cdx_row {
  wt_span url, stamp; /* 14 digits */
  wt_span archive;    /* what stood before the stamp, in a list of addresses; empty: not said */
  wt_span mime, status, digest, file;
  uint64_t offset, length;
  bool has_offset;
  uint64_t line;
} wt_cdx_row;

/* Sets the field of that name: "timestamp", "original" or "url", "mimetype" or "mime", ... Others are passed over. */
void wt_cdx_set(wt_cdx_row *row, wt_span name, wt_span value);

/* Is the text such a list, by its first line? JSON is told by json_peek. */
bool wt_cdx_is(wt_span text);

/* ---- lines ---- */

enum { WT_CDX_FIELDS = 16 };

/* What a line is when no first line names its fields. */
typedef enum wt_cdx_form {
  WT_CDX_NONE,
  WT_CDX_LINE,    /* fields parted by spaces */
  WT_CDX_CDXJ,    /* the same, then an object */
  WT_CDX_ADDRESS, /* a web archive's address */
  WT_CDX_LINK     /* one of a TimeMap */
} wt_cdx_form;

wt_cdx_form wt_cdx_form_of(wt_span line);
/* " CDX N b a": its first byte is what parts the letters; some tools lose it. */
bool wt_cdx_is_header(wt_span line);
/* What one of its letters names; "" for what is passed over. */
const char *wt_cdx_name(char letter);
bool wt_cdx_is_remark(wt_span line);
bool wt_cdx_is_stamp(wt_span text);
/* Without the spaces and the CR at its end. */
wt_span wt_cdx_chomp(wt_span line);
/* Cuts a line at each of the separators; the last field takes the rest. Returns how many there are. */
size_t wt_cdx_cut(wt_span fields[WT_CDX_FIELDS], wt_span line, char separator);

#endif
