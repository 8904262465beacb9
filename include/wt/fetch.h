/*
 * fetch: URLs, politely and safely.
 *
 * Invariants
 *   - Only http and https. Addresses of loopback, private, link-local and other special ranges (RFC 6890) are refused
 *     after name resolution, at every connection, so at every redirect too; `allow_private` opens them.
 *   - robots.txt (RFC 9309) of an origin is asked before anything else of it, and obeyed, Crawl-delay included.
 *   - One host is never asked faster, nor by more connections, than its limits say; Retry-After is obeyed. http and https of
 *     a host count as one; another port is another host.
 *   - Bytes, time, redirects and inflation have ceilings. TLS is verified. No proxy, netrc or cookie is used.
 *   - The caller gets the bytes and the state. Nothing is written but to memory_dir.
 *
 * A fetcher is used by one thread at a time.
 */
#ifndef WT_FETCH_H
#define WT_FETCH_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- robots.txt (RFC 9309, with Crawl-delay) ---- */

typedef struct wt_robots wt_robots;

/* Keeps the group for `agent` (a product token, compared without case) or else for `*`. Reads at most 500 KiB, as the RFC
   lets it. Any bytes are read; WT_ENOMEM only. */
WT_API wt_status wt_robots_parse(wt_robots **out, wt_span text, wt_span agent, wt_error *err);
/* One that allows or forbids all, for an origin that has none or does not answer. */
WT_API wt_status wt_robots_all(wt_robots **out, bool allowed, wt_error *err);
WT_API void wt_robots_close(wt_robots *robots);
/* May `path` (path and query, percent-encoded as in the URL) be asked? The longest rule wins, Allow on a tie. Cost: rules
   times the path's length at worst, also for rules of many `*`. No, when there is no memory to tell. */
WT_API bool wt_robots_allows(const wt_robots *robots, wt_span path);
/* In milliseconds; 0 when none is asked for; at most one day. */
WT_API int64_t wt_robots_delay_ms(const wt_robots *robots);

/* ---- addresses ---- */

/* Is this IPv4 (4 bytes) or IPv6 (16 bytes) address one of the public Internet? IPv4 inside IPv6 (mapped, NAT64, 6to4) is
   judged as the IPv4 it is. Any other length: no. */
WT_API bool wt_address_is_public(const unsigned char *bytes, size_t len);

/* ---- fetching ---- */

typedef enum wt_fetch_state {
  WT_FETCH_OK,           /* 200 or 203, whole */
  WT_FETCH_NOT_MODIFIED, /* 304 */
  WT_FETCH_GONE,         /* 404, 410 */
  WT_FETCH_LATER,        /* 429, 503: retry_after_ms says when, if the server does */
  WT_FETCH_FORBIDDEN,    /* robots.txt, or an address or scheme that is not allowed */
  WT_FETCH_FAILED,       /* all else; why says what */
  WT_FETCH_STOPPED       /* `stop` or `patience_ms` ended the run before this was done, or its host's turn is far off */
} wt_fetch_state;

WT_API const char *wt_fetch_state_name(wt_fetch_state state); /* "ok", "not-modified", ... */

typedef struct wt_fetch_options {
  const char *user_agent; /* NULL: wt_fetch_agent */
  size_t max_bytes;       /* of a body, inflated; 0: 32 MiB */
  int64_t timeout_ms;     /* of one transfer, all in; 0: 30,000 */
  unsigned max_redirects; /* 0: 10 */
  int64_t host_delay_ms;  /* between two starts at one host, and at least its Crawl-delay; 0: 1,000. Negative: none */
  unsigned host_connections; /* at one host at once; 0: 1 */
  unsigned connections;      /* in all; 0: 16 */
  bool allow_private;        /* loopback and private addresses too */
  bool ignore_robots;        /* for a source that is the user's own */
  const char *ca_file;       /* certificates to trust instead of the system's; NULL: none */
  /* A folder that keeps robots.txt for its day, and the hosts' next turns, for other runs and for processes at the same
     time; it can be deleted at any time. NULL: none. */
  const char *memory_dir;
  int64_t patience_ms;         /* a request that has not begun by then waits for another run; 0: no limit */
  bool (*stop)(void *context); /* asked five times a second; true ends the run */
  void *context;
  /* For simulations: a clock in ms, and what to do instead of waiting while nothing is under way. NULL: the machine's. */
  int64_t (*clock_ms)(void *clock);
  void (*sleep_ms)(void *clock, int64_t ms);
  void *clock;
} wt_fetch_options;

typedef struct wt_fetch_request {
  wt_span url;           /* at most 8,192 bytes */
  wt_span etag;          /* of the last answer; empty: none. Sent as If-None-Match */
  wt_span last_modified; /* sent as If-Modified-Since, as the server wrote it; neither is sent past a 302, 303 or 307 */
} wt_fetch_request;

typedef struct wt_fetch_hop {
  wt_span url;
  int code; /* 301, 302, 303, 307, 308 */
} wt_fetch_hop;

typedef struct wt_fetch_result {
  wt_fetch_state state;
  int code;                 /* of the last HTTP answer; 0: none */
  wt_span url;              /* where the answer came from, after redirects */
  const wt_fetch_hop *hops; /* the redirects on the way, in order */
  size_t hop_count;
  bool moved_for_good; /* there were redirects, and all of them were 301 or 308 */
  wt_span body;
  wt_span content_type, content_language;
  wt_span etag, last_modified; /* empty past a 302, 303 or 307: they are not of the URL that was asked for */
  int64_t retry_after_ms;      /* -1: not said */
  const char *why;             /* for forbidden and failed: one line; else "" */
} wt_fetch_result;             /* valid during the call of `each` only */

typedef struct wt_fetcher wt_fetcher;

/* What options point to is borrowed until close. NULL: all defaults. WT_ENOMEM; WT_EIO when libcurl does not start. */
WT_API wt_status wt_fetcher_open(wt_fetcher **out, const wt_fetch_options *options, wt_error *err);
WT_API void wt_fetcher_close(wt_fetcher *fetcher);
/* Other options from now on; what is known of hosts stays. Not during wt_fetch_all. */
WT_API void wt_fetcher_options(wt_fetcher *fetcher, const wt_fetch_options *options);
/* The User-Agent that is sent, and the product token in it that robots.txt is read for. */
WT_API const char *wt_fetch_agent(void);

/* Fetches all requests, many at once, and calls `each` for every one exactly once, as it ends. Requests of one origin are
   asked in the order given. What is known of hosts (robots.txt for a day, last start, Retry-After) is kept in the
   fetcher from call to call. Fails only for memory or when libcurl cannot start; a false from each is WT_ECANCELED. */
typedef bool (*wt_fetch_each)(void *context, size_t index, const wt_fetch_result *result);
WT_API wt_status wt_fetch_all(wt_fetcher *fetcher, const wt_fetch_request *requests, size_t count, wt_fetch_each each,
                              void *context, wt_error *err);

/* The page that a command of the user's prints: `sh -c COMMAND writethru URL`, so that the URL is $1 and never part of
   the command. max_bytes, timeout_ms and stop of options count (NULL: the defaults). What was printed is appended to out.
   WT_EIO when it cannot be run or does not end with 0, WT_ELIMIT, WT_ECANCELED, WT_ENOMEM; then it is ended, with all that
   it started. */
WT_API wt_status wt_fetch_command(wt_buf *out, const char *command, const char *url, const wt_fetch_options *options,
                                  wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
