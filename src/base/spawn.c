/* spawn: starts a command of the user's. */
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

extern char **environ;

static void set_signals(posix_spawnattr_t *attributes) {
  sigset_t heard; /* a pipeline of the user's ends by it, though we are deaf to it */
  sigemptyset(&heard);
  sigaddset(&heard, SIGPIPE);
  posix_spawnattr_setsigdefault(attributes, &heard);
  posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
}

int base_spawn(pid_t *child, int *end, const char *command, const char *argument, base_spawn_end which) {
  const char *const argv[] = {"/bin/sh", "-c", command, "writethru", argument, NULL};
  bool feed = which == BASE_SPAWN_FEED;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  int theirs = feed ? ends[0] : ends[1], ours = feed ? ends[1] : ends[0];
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (!feed) posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, theirs, feed ? STDIN_FILENO : STDOUT_FILENO);
  if (feed) posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  set_signals(&attributes);
  int failed = posix_spawn(child, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(theirs);
  if (failed)
    close(ours);
  else
    *end = ours;
  return failed;
}
