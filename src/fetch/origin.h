/*
 * What is known of origins and hosts, and who waits for them. robots.txt is an origin's (scheme, host, port); the pace is a
 * host's: http and https of one host are one machine, and are not asked side by side.
 */
#ifndef WT_FETCH_ORIGIN_H
#define WT_FETCH_ORIGIN_H

#include "job.h"

typedef enum robots_state { ROBOTS_UNKNOWN, ROBOTS_ASKED, ROBOTS_KNOWN, ROBOTS_UNREACHABLE } robots_state;

typedef struct wt_host {
  wt_buf key; /* the name, in lower case, and the port when it is an unusual one */
  int64_t last_start_ms;
  int64_t next_start_ms;  /* no request starts before */
  int64_t later_until_ms; /* it asked to be left alone until then; 0: it did not */
  unsigned active;
} wt_host;

struct wt_origin {
  wt_buf key;
  wt_host *host;
  robots_state robots_state;
  wt_robots *robots;
  int64_t robots_until_ms; /* monotonic */
  char robots_why[256];    /* when unreachable */
  bool robots_forbidden;   /* its address is not allowed */
  bool robots_later;       /* it asked to come later */
  wt_job *first, *last;    /* waiting */
};

typedef struct wt_origins {
  wt_origin **items;
  size_t count, capacity;
  wt_host **hosts;
  size_t host_count, host_capacity;
} wt_origins;

/* Those of a key "scheme://host:port", made when they are new. */
wt_status wt_origins_find(wt_origin **out, wt_origins *all, wt_span key, wt_error *err);
/* Our product token, as robots.txt names it. */
wt_span wt_origin_token(void);
void wt_origins_release(wt_origins *all);
void wt_origin_enqueue(wt_origin *at, wt_job *job);
wt_job *wt_origin_dequeue(wt_origin *at);
/* What robots.txt's answer means for the origin (RFC 9309, 2.3.1): 4xx allows all, what cannot be reached forbids. */
wt_status wt_origin_take_robots(wt_origin *at, const wt_fetch_result *result, int64_t now_ms, wt_error *err);

#endif
