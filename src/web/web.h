/*
 * web: the pages of report, live, over HTTP/1.1.
 *
 * Invariants
 *   - No request changes anything. GET and HEAD alone.
 *   - A request is answered only when its Host is one of ours (DNS rebinding), whatever its address.
 *   - No page is kept by a browser unasked (ETag, no-cache): what `erase` took out is not shown again. That a page is known is
 *     mostly said without making it: always for a revision and a comparison, and for what the cache has.
 *   - Threads, connections, header sizes, the time of a request and the memory of the cache are bounded.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "wt/report.h"

typedef struct wt_web_options {
  const char *dir;         /* of the archive */
  const char *address;     /* IPv4 or IPv6; NULL: 127.0.0.1 */
  uint16_t port;           /* 0: any that is free */
  const char *public_host; /* a Host that a proxy in front passes on; NULL: none */
  unsigned threads;        /* that make pages; 0: 4; at most 64 */
  size_t cache;            /* bytes of finished pages kept; 0: 64 MiB */
  wt_report_options report;
  bool (*stop)(void *context);                   /* asked a few times a second; true: return */
  void (*ready)(void *context, const char *url); /* once it listens; may be NULL */
  void *context;
} wt_web_options;

/* Serves until `stop`. WT_EIO when the address cannot be had. */
wt_status wt_web_serve(const wt_web_options *options, wt_error *err);

#endif
