/* spawn: a command of the user's, with one end of a pipe to it. */
#ifndef WT_BASE_SPAWN_H
#define WT_BASE_SPAWN_H

#include <sys/types.h>

typedef enum base_spawn_end {
  BASE_SPAWN_READ, /* its standard output is read here; its input is empty */
  BASE_SPAWN_FEED  /* its standard input is written here; its output joins our standard error */
} base_spawn_end;

/* Starts `sh -c COMMAND` with `argument` as $1 (NULL: none), which the shell does not read as its own. It leads a process
   group, to be ended whole, and hears SIGPIPE. The caller closes *end and waits for *child. Returns 0, or an errno: then
   neither is set. */
int base_spawn(pid_t *child, int *end, const char *command, const char *argument, base_spawn_end which);

#endif
