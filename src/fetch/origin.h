/* What is known of one origin (scheme, host, port), and who waits for it. */
#ifndef WT_FETCH_ORIGIN_H
#define WT_FETCH_ORIGIN_H

#include "job.h"

typedef enum robots_state { ROBOTS_UNKNOWN, ROBOTS_ASKED, ROBOTS_KNOWN, ROBOTS_UNREACHABLE } robots_state;

struct wt_origin {
  wt_buf key;
  robots_state robots_state;
  wt_robots *robots;
  int64_t robots_until_ms; /* monotonic */
  char robots_why[256];    /* when unreachable */
  bool robots_forbidden;   /* its address is not allowed */
  int64_t next_start_ms;   /* no request starts before */
  unsigned active;
  wt_job *first, *last; /* waiting */
};

typedef struct wt_origins {
  wt_origin **items;
  size_t count, capacity;
} wt_origins;

/* The origin of that key, made when it is new. */
wt_status wt_origins_find(wt_origin **out, wt_origins *all, wt_span key, wt_error *err);
void wt_origins_release(wt_origins *all);
void wt_origin_enqueue(wt_origin *at, wt_job *job);
wt_job *wt_origin_dequeue(wt_origin *at);
/* What robots.txt's answer means for the origin (RFC 9309, 2.3.1): 4xx allows all, what cannot be reached forbids. */
wt_status wt_origin_take_robots(wt_origin *at, const wt_fetch_result *result, int64_t now_ms, wt_error *err);

#endif
