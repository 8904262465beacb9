/* stop: a first SIGINT or SIGTERM asks for an end at the next good place; a second one ends the program at once. */
#include "cli.h"

#include <signal.h>

static volatile sig_atomic_t stopped; /* the one thing that a signal handler may touch */

static void on_signal(int number) {
  (void)number;
  stopped = 1;
}

void cli_stop_watch(void) {
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool cli_stopped(void *context) {
  (void)context;
  return stopped != 0;
}
