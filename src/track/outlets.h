/* outlets: what writethru.conf says of them: `[outlet "ID"] host = a.example` (any number), name, edition. */
#ifndef WT_TRACK_OUTLETS_H
#define WT_TRACK_OUTLETS_H

#include "wt/base.h"

typedef struct track_outlet_host {
  wt_span host, id;
} track_outlet_host;

typedef struct track_outlets {
  wt_arena arena;
  track_outlet_host *hosts;
  size_t count, capacity;
} track_outlets;

void track_outlets_release(track_outlets *outlets);
/* Notes one line of the configuration; what is not about an outlet's host is passed over. */
bool track_outlets_note(track_outlets *outlets, wt_span name, wt_span value);
/* The outlet of a host, `www.` and the like left out: a configured id, for a subdomain that of the longest host that ends
   it; else the host itself. */
wt_span track_outlet_of_host(const track_outlets *outlets, wt_span host);
/* The host that a URL names, without a "www." before it; empty: none. */
wt_span track_host_of(wt_span url);
/* Is the URL at a host of the outlet? */
bool track_outlet_owns(const track_outlets *outlets, wt_span outlet, wt_span url);

#endif
