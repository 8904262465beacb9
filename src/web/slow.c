/* slow: a table of open sockets and when each last asked for something. */
#include "web/slow.h"
#include "wt/base.h"

#include <pthread.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

/* Seconds that a request may take to come and its answer to go; and when three quarters of all places are taken. */
enum { PATIENCE = 20, PATIENCE_CROWDED = 3 };

typedef struct place {
  int fd;    /* -1: free */
  bool ours; /* it waits for us, not we for it */
  time_t since;
} place;

struct web_slow {
  pthread_mutex_t lock;
  unsigned count, taken;
  place places[];
};

static time_t monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

web_slow *web_slow_open(unsigned connections) {
  web_slow *slow = wt_alloc(sizeof *slow + connections * sizeof(place));
  if (slow == NULL) return NULL;
  *slow = (web_slow){.count = connections};
  for (unsigned i = 0; i < connections; i++) slow->places[i] = (place){.fd = -1};
  pthread_mutex_init(&slow->lock, NULL);
  return slow;
}

void web_slow_close(web_slow *slow) {
  if (slow == NULL) return;
  pthread_mutex_destroy(&slow->lock);
  wt_free(slow);
}

static int socket_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info != NULL ? info->connect_fd : -1;
}

/* A place's number plus one travels with the socket; NULL: there was none left, which MHD's own limit prevents. */
static void come(web_slow *slow, int fd, void **of_socket) {
  for (unsigned i = 0; i < slow->count; i++) {
    if (slow->places[i].fd >= 0) continue;
    slow->places[i] = (place){.fd = fd, .since = monotonic()};
    slow->taken++;
    *of_socket = (void *)(uintptr_t)(i + 1);
    return;
  }
}

void web_slow_notify(void *context, struct MHD_Connection *connection, void **of_socket,
                     enum MHD_ConnectionNotificationCode code) {
  web_slow *slow = context;
  uintptr_t number = (uintptr_t)*of_socket;
  pthread_mutex_lock(&slow->lock);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    come(slow, socket_of(connection), of_socket);
  } else if (number > 0) { /* before MHD closes the socket: its number is not another's yet */
    slow->places[number - 1].fd = -1;
    slow->taken--;
  }
  pthread_mutex_unlock(&slow->lock);
}

static void mark(web_slow *slow, struct MHD_Connection *connection, bool ours) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  uintptr_t number = info != NULL ? (uintptr_t)info->socket_context : 0;
  if (number == 0) return;
  pthread_mutex_lock(&slow->lock);
  slow->places[number - 1].since = monotonic();
  slow->places[number - 1].ours = ours;
  pthread_mutex_unlock(&slow->lock);
}

void web_slow_asked(web_slow *slow, struct MHD_Connection *connection) {
  mark(slow, connection, true);
}

void web_slow_answered(web_slow *slow, struct MHD_Connection *connection) {
  mark(slow, connection, false);
}

void web_slow_cut(web_slow *slow) {
  time_t now = monotonic();
  pthread_mutex_lock(&slow->lock);
  time_t patience = slow->taken > slow->count / 4 * 3 ? PATIENCE_CROWDED : PATIENCE;
  for (unsigned i = 0; i < slow->count; i++)
    if (slow->places[i].fd >= 0 && !slow->places[i].ours && now - slow->places[i].since > patience)
      shutdown(slow->places[i].fd, SHUT_RDWR);
  pthread_mutex_unlock(&slow->lock);
}
