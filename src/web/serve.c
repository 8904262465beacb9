/*
 * serve: the daemon: a request in, a page out.
 *
 * A connection's thread answers what the cache has. For all else it sets the connection aside and leaves a job with the
 * makers; when the page is made, the connection goes on and its thread answers.
 */
#include "web/cache.h"
#include "web/makers.h"
#include "web/request.h"
#include "web/slow.h"
#include "web/watch.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum {
  THREADS = 4,
  THREADS_MAX = 64,
  CONNECTIONS = 512,
  IDLE_SECONDS = 10,
  HEADER_BYTES = 16384,
  TICK_MS = 200,
  COPIES_INLINE = 5000,
  ETAG_BYTES = 40,
  DEPTH_MAX = 64
};

typedef struct server {
  const wt_web_options *options;
  wt_report_options report;
  const char *address;
  uint16_t port;
  web_cache *cache;
  web_makers *makers;
  web_watch watch;
  web_slow *slow;
} server;

/* What *request points at while a request is read and no page waits to be made for it. */
static char reading;

/* A page that a connection waits for. What the request borrows is the connection's, which stays as it is meanwhile. */
typedef struct job {
  web_job job;
  struct MHD_Connection *connection;
  const char *path;
  const char *if_none_match; /* NULL: the client knows none */
  web_request request;
  wt_buf key;         /* in the cache */
  web_answer *answer; /* NULL: not made yet, or no memory */
} job;

/* ---- answers ---- */

static void add_headers(struct MHD_Response *response, const char *type) {
  static const char *const headers[][2] = {
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
       "base-uri 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"}};
  for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
    MHD_add_response_header(response, headers[i][0], headers[i][1]);
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
}

static const char *type_of(const wt_address *address) {
  switch (address->page) {
  case WT_PAGE_STYLE: return "text/css; charset=utf-8";
  case WT_PAGE_SCRIPT: return "text/javascript; charset=utf-8";
  case WT_PAGE_ROBOTS: return "text/plain; charset=utf-8";
  default: return wt_form_type(address->form);
  }
}

static struct MHD_Response *respond(const wt_buf *body, const char *type) {
  struct MHD_Response *response = MHD_create_response_from_buffer(body->len, body->data, MHD_RESPMEM_MUST_COPY);
  if (response != NULL) add_headers(response, type);
  return response;
}

static void put_etag(char etag[static ETAG_BYTES], wt_hash hash) {
  char hex[33];
  wt_hash_hex(hex, hash);
  snprintf(etag, ETAG_BYTES, "\"%s\"", hex);
}

/* Every page is asked for again each time, also one of a revision: its text may have been taken out since. */
static web_answer *page_answer(const web_request *request, const wt_buf *body, const char *etag) {
  struct MHD_Response *response = respond(body, type_of(&request->address));
  if (response == NULL) return NULL;
  MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag);
  MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
  if (wt_address_is_lasting(&request->address)) MHD_add_response_header(response, "X-Robots-Tag", "noindex");
  if (request->by_accept) MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT);
  return web_answer_new(response, MHD_HTTP_OK, body->len, etag);
}

/* A page that says what went wrong. The way up to the root is written once a link: an address of slashes alone must not make it
   long, and a browser that is led too far up stays at the root. */
static web_answer *trouble_answer(server *s, const char *path, unsigned status, const char *what) {
  wt_buf body = {0};
  unsigned depth = 0;
  for (const char *at = path[0] == '/' ? path + 1 : path; *at != 0 && depth < DEPTH_MAX; at++) depth += *at == '/';
  wt_page_trouble(&body, status, wt_span_of(what), depth, &s->report);
  struct MHD_Response *response = respond(&body, wt_form_type(WT_FORM_HTML));
  size_t size = body.len;
  wt_buf_release(&body);
  if (response == NULL) return NULL;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE) MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "2");
  return web_answer_new(response, status, size, "");
}

static const char *if_none_match(struct MHD_Connection *connection) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
}

/* Queues an answer and lets go of it. */
static enum MHD_Result queue(server *s, struct MHD_Connection *connection, web_answer *answer) {
  enum MHD_Result result = answer != NULL ? web_answer_queue(answer, if_none_match(connection), connection) : MHD_NO;
  web_slow_answered(s->slow, connection);
  web_answer_drop(answer);
  return result;
}

static enum MHD_Result refuse(server *s, struct MHD_Connection *connection, const char *path, unsigned status,
                              const char *what) {
  return queue(s, connection, trouble_answer(s, path, status, what));
}

static enum MHD_Result lead_to(server *s, struct MHD_Connection *connection, const wt_address *address) {
  wt_buf to = {0};
  wt_address_put(&to, address);
  struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
  web_answer *answer = NULL;
  if (response != NULL) {
    add_headers(response, "text/plain");
    MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, to.data != NULL ? to.data : "index.html");
    answer = web_answer_new(response, MHD_HTTP_SEE_OTHER, 0, "");
  }
  wt_buf_release(&to);
  return queue(s, connection, answer);
}

/* ---- pages that are made ---- */

static unsigned http_status(wt_status status) {
  switch (status) {
  case WT_ENOTFOUND: return MHD_HTTP_NOT_FOUND;
  case WT_EINVAL:
  case WT_EAMBIGUOUS: return MHD_HTTP_BAD_REQUEST;
  case WT_EBUSY: return MHD_HTTP_SERVICE_UNAVAILABLE;
  default: return MHD_HTTP_INTERNAL_SERVER_ERROR;
  }
}

/* Who else ran a story is asked of all texts; that nobody did is worth keeping too, since it took as long to see. */
static bool needs_all_texts(const server *s, const web_request *request) {
  switch (request->address.page) {
  case WT_PAGE_CLUSTER:
  case WT_PAGE_CLUSTERS: return true;
  case WT_PAGE_STORY: return !s->report.no_copies && request->address.form != WT_FORM_ATOM;
  default: return false;
  }
}

/* A lasting page is named by what it is made of, before it is made: should that change meanwhile, the page is newer than its
   name, and is asked for again. Every other is named by its bytes; then etag stays empty. */
static void name_state(char etag[static ETAG_BYTES], const server *s, const job *j, wt_track *track) {
  wt_hash state;
  etag[0] = 0;
  if (wt_address_is_lasting(&j->request.address) &&
      wt_page_state(&state, track, &j->request.address, &s->report, NULL) == WT_OK)
    put_etag(etag, state);
}

static web_answer *make_page(server *s, job *j, wt_track *track) {
  wt_buf body = {0};
  wt_error err = {.status = WT_OK};
  char etag[ETAG_BYTES];
  uint64_t generation = web_cache_generation(s->cache);
  web_answer *answer = NULL;
  if (track == NULL) return trouble_answer(s, j->path, MHD_HTTP_SERVICE_UNAVAILABLE, "The server is about to end.");
  name_state(etag, s, j, track);
  if (web_etag_is_known(j->if_none_match, etag))
    return page_answer(&j->request, &body, etag); /* nobody asks for its body */
  wt_status status = wt_page_render(&body, track, &j->request.address, &j->request.query, &s->report, &err);
  bool keep = !j->request.has_query && (status == WT_OK || (status == WT_ENOTFOUND && needs_all_texts(s, &j->request)));
  if (status == WT_OK && etag[0] == 0) put_etag(etag, wt_hash_bytes(wt_buf_span(&body)));
  if (status == WT_OK)
    answer = page_answer(&j->request, &body, etag);
  else
    answer = trouble_answer(s, j->path, http_status(status), err.what);
  if (answer != NULL && keep) web_cache_keep(s->cache, wt_buf_span(&j->key), answer, generation);
  wt_buf_release(&body);
  return answer;
}

/* In a maker's thread. Another may have made the same page while this job waited. */
static void make_job(void *context, web_job *asked, wt_track *track) {
  server *s = context;
  job *j = (job *)asked;
  if (!j->request.has_query) j->answer = web_cache_find(s->cache, wt_buf_span(&j->key));
  if (j->answer == NULL) j->answer = make_page(s, j, track);
  MHD_resume_connection(j->connection);
}

static void job_free(void *context, struct MHD_Connection *connection, void **request,
                     enum MHD_RequestTerminationCode how) {
  job *j = *request;
  (void)context, (void)connection, (void)how;
  if (*request == NULL || *request == &reading) return;
  web_answer_drop(j->answer);
  wt_buf_release(&j->key);
  wt_free(j);
  *request = NULL;
}

/* ---- requests ---- */

/* Sets the connection aside until its page is made. MHD comes back with *request. */
static enum MHD_Result set_aside(server *s, job *j, void **request) {
  *request = j;
  MHD_suspend_connection(j->connection);
  if (web_makers_ask(s->makers, &j->job, needs_all_texts(s, &j->request))) return MHD_YES;
  j->answer = trouble_answer(s, j->path, MHD_HTTP_SERVICE_UNAVAILABLE, "Too many pages wait to be made.");
  MHD_resume_connection(j->connection);
  return MHD_YES;
}

static enum MHD_Result answer_page(server *s, struct MHD_Connection *connection, const char *path, void **request) {
  web_request asked;
  wt_buf key = {0};
  if (!web_request_read(&asked, path, connection)) return refuse(s, connection, path, MHD_HTTP_NOT_FOUND, "");
  if (asked.compare.len > 0) return lead_to(s, connection, &asked.address);
  wt_address_put(&key, &asked.address);
  if (asked.by_accept) wt_buf_put_text(&key, " Accept");
  web_answer *kept = asked.has_query ? NULL : web_cache_find(s->cache, wt_buf_span(&key));
  job *j = kept == NULL ? wt_alloc(sizeof *j) : NULL;
  if (j == NULL) {
    wt_buf_release(&key);
    return queue(s, connection, kept);
  }
  *j = (job){
      .connection = connection, .path = path, .if_none_match = if_none_match(connection), .request = asked, .key = key};
  return set_aside(s, j, request);
}

static enum MHD_Result answer_host(server *s, struct MHD_Connection *connection, const char *path, void **request) {
  const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
  if (!web_host_fits(host, s->address, s->port, s->options->public_host))
    return refuse(s, connection, path, MHD_HTTP_MISDIRECTED_REQUEST, "This server does not answer to that name.");
  return answer_page(s, connection, path, request);
}

/* What is refused by its head alone; 0: nothing is. */
static unsigned refused_by_head(const char *method, struct MHD_Connection *connection) {
  bool reads = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
  if (!reads) return MHD_HTTP_METHOD_NOT_ALLOWED;
  return web_head_is_plain(connection) ? 0 : MHD_HTTP_BAD_REQUEST;
}

/* Comes with the head, then at the end of the request, then once more when a page was made. An answer to the head costs the
   connection, whose rest is not read: only what is refused gets one. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **request) {
  server *s = context;
  (void)version, (void)upload, (void)upload_size;
  if (*request == NULL) {
    *request = &reading;
    unsigned status = refused_by_head(method, connection);
    if (status == 0) return MHD_YES;
    return refuse(s, connection, path, status,
                  status == MHD_HTTP_BAD_REQUEST
                      ? "The request has a body, two hosts or a header that can be read twofold."
                      : "This page is for reading: GET and HEAD alone.");
  }
  if (*request == &reading) {
    web_slow_asked(s->slow, connection);
    return answer_host(s, connection, path, request);
  }
  job *made = *request;
  web_answer *answer = made->answer;
  made->answer = NULL;
  return queue(s, connection, answer);
}

/* A %00 ends no text early: it becomes a byte that no address has. */
static size_t unescape(void *context, struct MHD_Connection *connection, char *text) {
  (void)context, (void)connection;
  size_t len = MHD_http_unescape(text);
  for (size_t i = 0; i < len; i++)
    if (text[i] == 0) text[i] = 1;
  return len;
}

/* ---- the daemon ---- */

typedef union socket_address {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} socket_address;

static bool parse_address(socket_address *out, const char *text, uint16_t port) {
  *out = (socket_address){.v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)}};
  if (inet_pton(AF_INET6, text, &out->v6.sin6_addr) == 1) return true;
  *out = (socket_address){.v4 = {.sin_family = AF_INET, .sin_port = htons(port)}};
  return inet_pton(AF_INET, text, &out->v4.sin_addr) == 1;
}

static struct MHD_Daemon *start(server *s, const socket_address *at, unsigned threads) {
  unsigned flags =
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (at->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0);
  return MHD_start_daemon(
      flags, s->port, NULL, NULL, handle, s, MHD_OPTION_SOCK_ADDR, &at->any, MHD_OPTION_THREAD_POOL_SIZE, threads,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES, MHD_OPTION_NOTIFY_CONNECTION, web_slow_notify, s->slow,
      MHD_OPTION_NOTIFY_COMPLETED, job_free, NULL, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL, MHD_OPTION_END);
}

static void tell_ready(const server *s) {
  char url[128];
  bool v6 = strchr(s->address, ':') != NULL;
  snprintf(url, sizeof url, v6 ? "http://[%s]:%u/" : "http://%s:%u/", s->address, s->port);
  if (s->options->ready != NULL) s->options->ready(s->options->context, url);
}

static void wait_for_stop(server *s) {
  const struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};
  while (!s->options->stop(s->options->context)) {
    nanosleep(&tick, NULL);
    web_slow_cut(s->slow);
    if (web_watch_changed(&s->watch)) web_cache_renew(s->cache);
  }
}

static bool count_one(void *context, const wt_story_row *story) {
  (void)story;
  ++*(uint32_t *)context;
  return true;
}

/* In a large archive the pages of who else ran a story stand alone: all texts take long to read. */
static wt_status choose_copies(server *s, wt_error *err) {
  uint32_t count = 0;
  wt_story_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .limit = COPIES_INLINE + 1};
  wt_status status = wt_index_stories(wt_track_index(s->watch.track), &filter, count_one, &count, err);
  s->report.no_copies = count > COPIES_INLINE;
  return status;
}

/* The makers end before the daemon, which must not find a connection that is still set aside. */
static wt_status run(server *s, unsigned threads, wt_error *err) {
  socket_address at;
  if (!parse_address(&at, s->address, s->port))
    return wt_fail(err, WT_EINVAL, s->address, -1, "not an IPv4 or IPv6 address");
  struct MHD_Daemon *daemon = start(s, &at, threads);
  if (daemon == NULL) return wt_fail(err, WT_EIO, s->address, -1, "cannot listen on port %u", s->port);
  s->port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  tell_ready(s);
  wait_for_stop(s);
  web_makers_stop(s->makers);
  MHD_stop_daemon(daemon);
  return WT_OK;
}

wt_status wt_web_serve(const wt_web_options *options, wt_error *err) {
  server s = {.options = options,
              .report = options->report,
              .address = options->address != NULL ? options->address : "127.0.0.1",
              .port = options->port};
  unsigned threads = options->threads == 0 ? THREADS : options->threads < THREADS_MAX ? options->threads : THREADS_MAX;
  s.cache = web_cache_open(options->cache > 0 ? options->cache : (size_t)64 << 20);
  s.slow = web_slow_open(CONNECTIONS);
  wt_status status =
      s.cache != NULL && s.slow != NULL ? WT_OK : wt_fail(err, WT_ENOMEM, "serve", -1, "no memory to begin with");
  if (status == WT_OK) status = web_watch_open(&s.watch, options->dir, err);
  if (status == WT_OK) status = choose_copies(&s, err);
  if (status == WT_OK) status = web_makers_open(&s.makers, options->dir, threads, make_job, &s, err);
  if (status == WT_OK) status = run(&s, threads > 3 ? threads / 2 : 2, err);
  web_makers_close(s.makers);
  web_watch_close(&s.watch);
  web_cache_close(s.cache);
  web_slow_close(s.slow);
  return status;
}
