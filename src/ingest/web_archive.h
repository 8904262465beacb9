/*
 * web_archive: pages that come out of a web archive: the URL they were first at, and when they were captured.
 *
 * Two kinds are told: pages of a wayback machine, whose addresses read .../web/20140924010203/http://host/path, and pages
 * that keep the archive's closing comment ("FILE ARCHIVED ON 01:02:03 Sep 24, 2014"). Elements of the archive's own banner
 * carry ids that begin with "wm-".
 */
#ifndef WT_INGEST_WEB_ARCHIVE_H
#define WT_INGEST_WEB_ARCHIVE_H

#include "wt/base.h"

/* Takes an archive's address apart: "https://HOST/web/20140924010203im_/http://a.example/b" gives http://a.example/b and its
   time. False when url is no such address. captured may be NULL. */
bool wt_web_archive_split(wt_span *original, wt_instant *captured, wt_span url);

/* A time of 14 digits, yyyymmddhhmmss, as web archives write it. */
bool wt_web_archive_stamp(wt_instant *out, wt_span digits);

/* What a page says of its own capture, by its banner or the archive's scripts. False when it comes from no archive. original
   may stay empty: then the page names its time alone. Borrowed from page. Linear. */
bool wt_web_archive_find(wt_span *original, wt_instant *captured, wt_span page);

/* Is it the id of an element of an archive's banner? */
bool wt_web_archive_is_banner(wt_span id);

#endif
