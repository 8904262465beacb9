/* A small web server on loopback that misbehaves on cue. It runs in a child, one process a connection, and ends with the
   test: `server_close` or the death of the parent stops it. */
#ifndef WT_TESTS_SERVER_H
#define WT_TESTS_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

typedef struct server {
  pid_t pid;
  int port;
} server;

/* Writes the whole answer to one request. request is NUL-terminated, at most 16 kB. */
typedef void (*server_answer)(int fd, const char *path, const char *request);

static inline void server_send(int fd, const char *text) {
  size_t len = strlen(text);
  while (len) {
    ssize_t put = send(fd, text, len, MSG_NOSIGNAL);
    if (put <= 0) _exit(0);
    text += put;
    len -= (size_t)put;
  }
}

static inline void server_one(int fd, server_answer answer) {
  char request[16384], path[1024] = "/";
  size_t len = 0;
  while (len + 1 < sizeof request) {
    ssize_t got = recv(fd, request + len, sizeof request - 1 - len, 0);
    if (got <= 0) break;
    len += (size_t)got;
    request[len] = '\0';
    if (strstr(request, "\r\n\r\n")) break;
  }
  request[len] = '\0';
  sscanf(request, "%*s %1023s", path);
  answer(fd, path, request);
  shutdown(fd, SHUT_RDWR);
  close(fd);
}

static inline void server_loop(int listener, server_answer answer) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGCHLD, SIG_IGN);
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) continue;
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      close(listener);
      server_one(fd, answer);
      _exit(0);
    }
    close(fd);
  }
}

static inline server server_open(server_answer answer) {
  server made = {0};
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  assert_true(listener >= 0);
  assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
  assert_int_equal(listen(listener, 64), 0);
  assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
  made.port = ntohs(address.sin_port);
  made.pid = fork();
  assert_true(made.pid >= 0);
  if (made.pid == 0) server_loop(listener, answer);
  close(listener);
  return made;
}

static inline void server_close(server *s) {
  kill(s->pid, SIGKILL);
  waitpid(s->pid, NULL, 0);
}

#endif
