/* request: what a client asks for, read and checked before anything is looked up. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "wt/report.h"

#include <microhttpd.h>

typedef struct web_request {
  wt_address address;
  wt_query query;
  bool has_query;  /* then the answer is not kept */
  bool by_accept;  /* the form came from the Accept header */
  wt_span compare; /* story of compare.html */
} web_request;

/* Is the Host header one that we answer to? The bound address, localhost and loopback with our port, or public_host. */
bool web_host_fits(const char *host, const char *address, uint16_t port, const char *public_host);
/* Would a proxy in front of us read the request's head as we do? Not for sure when it has a body (GET needs none, and where one
   ends is what readers differ in: RFC 9112, 11.2), more than one Host (3.2) or a space in a header's name (5.1). */
bool web_head_is_plain(struct MHD_Connection *connection);
/* The form that an Accept header likes best; HTML among equals and for none. */
wt_form web_accept(const char *accept);
/* Fills out from the URL's decoded path and the connection's arguments, which it borrows. False: no such page. */
bool web_request_read(web_request *out, const char *path, struct MHD_Connection *connection);

#endif
