/*
 * slow: an end to clients that drip. MHD's own limit is one of idleness, which a byte every few seconds escapes. Here a
 * connection is cut when it has asked for nothing for too long, counted from when it came or last asked; sooner when the
 * table is nearly full.
 */
#ifndef WEB_SLOW_H
#define WEB_SLOW_H

#include <microhttpd.h>

typedef struct web_slow web_slow;

web_slow *web_slow_open(unsigned connections); /* NULL: no memory */
void web_slow_close(web_slow *slow);
/* MHD_NotifyConnectionCallback: context is the web_slow. */
void web_slow_notify(void *context, struct MHD_Connection *connection, void **of_socket,
                     enum MHD_ConnectionNotificationCode code);
/* A whole request has come: until it is answered the time that passes is ours. */
void web_slow_asked(web_slow *slow, struct MHD_Connection *connection);
void web_slow_answered(web_slow *slow, struct MHD_Connection *connection);
/* Cuts those that are due. Called a few times a second. */
void web_slow_cut(web_slow *slow);

#endif
