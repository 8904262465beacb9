/* serve: the daemon: a request in, a page out. */
#include "web/cache.h"
#include "web/handles.h"
#include "web/request.h"
#include "web/slow.h"
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
  COPIES_INLINE = 5000
};

typedef struct server {
  const wt_web_options *options;
  wt_report_options report;
  const char *address;
  uint16_t port;
  web_cache *cache;
  web_handles *handles;
  web_slow *slow;
} server;

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

/* A response that owns the bytes of body, which is emptied. */
static struct MHD_Response *respond(wt_buf *body, const char *type) {
  struct MHD_Response *response = MHD_create_response_from_buffer(body->len, body->data, MHD_RESPMEM_MUST_COPY);
  if (response != NULL) add_headers(response, type);
  return response;
}

static void add_caching(web_answer *answer, const web_request *request, wt_span body) {
  char hex[33];
  wt_hash_hex(hex, wt_hash_bytes(body));
  snprintf(answer->etag, sizeof answer->etag, "\"%s\"", hex);
  MHD_add_response_header(answer->response, MHD_HTTP_HEADER_ETAG, answer->etag);
  bool lasting = wt_address_is_lasting(&request->address);
  MHD_add_response_header(answer->response, MHD_HTTP_HEADER_CACHE_CONTROL,
                          lasting ? "public, max-age=31536000, immutable" : "no-cache");
  if (lasting) MHD_add_response_header(answer->response, "X-Robots-Tag", "noindex");
  if (request->by_accept) MHD_add_response_header(answer->response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT);
}

/* A page that says what went wrong. Never kept. */
static enum MHD_Result refuse(server *s, struct MHD_Connection *connection, const char *path, unsigned status,
                              const char *what) {
  wt_buf body = {0};
  unsigned depth = 0;
  for (const char *at = path[0] == '/' ? path + 1 : path; *at != 0; at++) depth += *at == '/';
  wt_page_trouble(&body, status, wt_span_of(what), depth, &s->report);
  struct MHD_Response *response = respond(&body, wt_form_type(WT_FORM_HTML));
  wt_buf_release(&body);
  if (response == NULL) return MHD_NO;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  enum MHD_Result result = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return result;
}

static enum MHD_Result lead_to(struct MHD_Connection *connection, const wt_address *address) {
  wt_buf to = {0};
  wt_address_put(&to, address);
  struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
  enum MHD_Result result = MHD_NO;
  if (response != NULL && to.data != NULL) {
    add_headers(response, "text/plain");
    MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, to.data);
    result = MHD_queue_response(connection, MHD_HTTP_SEE_OTHER, response);
  }
  if (response != NULL) MHD_destroy_response(response);
  wt_buf_release(&to);
  return result;
}

/* ---- requests ---- */

static unsigned http_status(wt_status status) {
  switch (status) {
  case WT_ENOTFOUND: return MHD_HTTP_NOT_FOUND;
  case WT_EINVAL:
  case WT_EAMBIGUOUS: return MHD_HTTP_BAD_REQUEST;
  case WT_EBUSY: return MHD_HTTP_SERVICE_UNAVAILABLE;
  default: return MHD_HTTP_INTERNAL_SERVER_ERROR;
  }
}

static wt_status render(wt_buf *out, server *s, const web_request *request, wt_error *err) {
  wt_track *track = web_handles_take(s->handles);
  wt_status status = wt_page_render(out, track, &request->address, &request->query, &s->report, err);
  web_handles_give(s->handles, track);
  return status;
}

static enum MHD_Result answer_fresh(server *s, struct MHD_Connection *connection, const char *path,
                                    const web_request *request, wt_span key, const char *if_none_match) {
  wt_buf body = {0};
  wt_error err = {.status = WT_OK};
  uint64_t generation = web_cache_generation(s->cache);
  wt_status status = render(&body, s, request, &err);
  web_answer answer = {.status = MHD_HTTP_OK};
  enum MHD_Result result;
  if (status != WT_OK) {
    result = refuse(s, connection, path, http_status(status), err.what);
    goto done;
  }
  answer.response = respond(&body, type_of(&request->address));
  result = MHD_NO;
  if (answer.response == NULL) goto done;
  add_caching(&answer, request, wt_buf_span(&body));
  result = web_answer_queue(&answer, if_none_match, connection);
  if (request->has_query)
    MHD_destroy_response(answer.response);
  else
    web_cache_keep(s->cache, key, &answer, body.len, generation);
done:
  wt_buf_release(&body);
  return result;
}

static enum MHD_Result answer_page(server *s, struct MHD_Connection *connection, const char *path) {
  web_request request;
  if (!web_request_read(&request, path, connection)) return refuse(s, connection, path, MHD_HTTP_NOT_FOUND, "");
  if (request.compare.len > 0) return lead_to(connection, &request.address);
  const char *if_none_match = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
  wt_buf key = {0};
  wt_address_put(&key, &request.address);
  if (request.by_accept) wt_buf_put_text(&key, " Accept");
  if (web_handles_changed(s->handles)) web_cache_renew(s->cache);
  enum MHD_Result result = MHD_YES;
  if (request.has_query || !web_cache_answer(s->cache, wt_buf_span(&key), if_none_match, connection))
    result = answer_fresh(s, connection, path, &request, wt_buf_span(&key), if_none_match);
  wt_buf_release(&key);
  return result;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **request) {
  server *s = context;
  (void)version, (void)upload, (void)upload_size, (void)request;
  web_slow_asked(s->slow, connection);
  if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
    return refuse(s, connection, path, MHD_HTTP_METHOD_NOT_ALLOWED, "This page is for reading: GET and HEAD alone.");
  const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
  if (!web_host_fits(host, s->address, s->port, s->options->public_host))
    return refuse(s, connection, path, MHD_HTTP_MISDIRECTED_REQUEST, "This server does not answer to that name.");
  return answer_page(s, connection, path);
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
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | (at->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0);
  return MHD_start_daemon(flags, s->port, NULL, NULL, handle, s, MHD_OPTION_SOCK_ADDR, &at->any,
                          MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                          MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                          (size_t)HEADER_BYTES, MHD_OPTION_NOTIFY_CONNECTION, web_slow_notify, s->slow, MHD_OPTION_END);
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
  }
}

static bool count_one(void *context, const wt_story_row *story) {
  (void)story;
  ++*(uint32_t *)context;
  return true;
}

/* Who else ran a story needs the whole archive's texts once a thread: in a large one it has pages of its own alone. */
static wt_status choose_copies(server *s, wt_error *err) {
  uint32_t count = 0;
  wt_story_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .limit = COPIES_INLINE + 1};
  wt_track *track = web_handles_take(s->handles);
  wt_status status = wt_index_stories(wt_track_index(track), &filter, count_one, &count, err);
  web_handles_give(s->handles, track);
  s->report.no_copies = count > COPIES_INLINE;
  return status;
}

static wt_status run(server *s, unsigned threads, wt_error *err) {
  socket_address at;
  if (!parse_address(&at, s->address, s->port))
    return wt_fail(err, WT_EINVAL, s->address, -1, "not an IPv4 or IPv6 address");
  struct MHD_Daemon *daemon = start(s, &at, threads);
  if (daemon == NULL) return wt_fail(err, WT_EIO, s->address, -1, "cannot listen on port %u", s->port);
  s->port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  tell_ready(s);
  wait_for_stop(s);
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
  if (status == WT_OK) status = web_handles_open(&s.handles, options->dir, threads, err);
  if (status == WT_OK) status = choose_copies(&s, err);
  if (status == WT_OK) status = run(&s, threads, err);
  web_cache_close(s.cache);
  web_handles_close(s.handles);
  web_slow_close(s.slow);
  return status;
}
