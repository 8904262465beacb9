/* One transfer through libcurl: what is asked, what is let in, and what the answer means. */
#include "job.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  ROBOTS_BYTES = 500 * 1024,      /* RFC 9309, 2.5 */
  LONGEST_WAIT = 10 * 366 * 86400 /* seconds; who says more means for ever */
};

const char *wt_fetch_agent(void) {
  return "writethru/" WT_VERSION " (archives news revisions; obeys robots.txt)";
}

const char *wt_fetch_state_name(wt_fetch_state state) {
  static const char *const names[] = {"ok", "not-modified", "gone", "later", "forbidden", "failed", "stopped"};
  return names[state];
}

/* ---- what comes in ---- */

/* A robots.txt is read as far as it need be, however long it is; a page that is cut is none. */
static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
  wt_job *job = context;
  size_t len = size * count, room = job->max_bytes - job->body.len;
  if (len > room) {
    job->too_large = true;
    if (job->index == SIZE_MAX) wt_buf_put(&job->body, bytes, room);
    return 0;
  }
  wt_buf_put(&job->body, bytes, len);
  return job->body.failed ? 0 : len;
}

static void keep_header(wt_buf *into, wt_span value) {
  wt_buf_clear(into);
  wt_buf_put_span(into, wt_span_sub(value, 0, 1024));
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
  wt_job *job = context;
  wt_span line = {bytes, size * count};
  const struct {
    wt_span name;
    wt_buf *into;
  } kept[] = {{WT_SPAN("content-type"), &job->content_type},
              {WT_SPAN("content-language"), &job->content_language},
              {WT_SPAN("etag"), &job->etag},
              {WT_SPAN("last-modified"), &job->last_modified},
              {WT_SPAN("retry-after"), &job->retry_after},
              {WT_SPAN("date"), &job->date}};
  size_t colon = wt_span_find(line, WT_SPAN(":"));
  wt_span name = wt_span_sub(line, 0, colon);
  for (size_t i = 0; colon < line.len && i < sizeof kept / sizeof *kept; i++)
    if (wt_span_equal_ascii_case(name, kept[i].name))
      keep_header(kept[i].into, wt_span_trim(wt_span_sub(line, colon + 1, line.len)));
  return line.len;
}

/* Asked for every connection, after the name was resolved: a name that points inside is caught here, whatever it says. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  wt_job *job = context;
  (void)purpose;
  bool allowed = job->allow_private;
  if (!allowed && address->family == AF_INET) {
    struct sockaddr_in in;
    memcpy(&in, &address->addr, sizeof in);
    allowed = wt_address_is_public((const unsigned char *)&in.sin_addr, 4);
  } else if (!allowed && address->family == AF_INET6) {
    struct sockaddr_in6 in;
    memcpy(&in, &address->addr, sizeof in <= address->addrlen ? sizeof in : address->addrlen);
    allowed = wt_address_is_public((const unsigned char *)&in.sin6_addr, 16);
  }
  if (!allowed) {
    job->refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- what goes out ---- */

static bool add_condition(wt_job *job, const char *name, wt_span value) {
  if (value.len == 0) return true;
  wt_buf line = {0};
  wt_buf_put_format(&line, "%s: ", name);
  for (size_t i = 0; i < value.len; i++) /* a stored value cannot bring a header of its own */
    if ((unsigned char)value.data[i] >= ' ') wt_buf_put_char(&line, value.data[i]);
  struct curl_slist *longer = line.failed ? NULL : curl_slist_append(job->headers, line.data);
  wt_buf_release(&line);
  if (longer) job->headers = longer;
  return longer != NULL;
}

/* What a redirect for this time leads to may be another page than last time, which never had these marks. */
static bool add_conditions(wt_job *job) {
  if (!wt_job_stays(job)) return true;
  return add_condition(job, "If-None-Match", job->request_etag) &&
         add_condition(job, "If-Modified-Since", job->request_last_modified);
}

static void set_limits(wt_job *job, const wt_fetch_options *options) {
  CURL *easy = job->easy;
  long timeout = (long)(options->timeout_ms ? options->timeout_ms : 30000);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, timeout < 10000 ? timeout : 10000L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, job);
  if (job->index != SIZE_MAX) curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)job->max_bytes);
}

wt_status wt_transfer_prepare(wt_job *job, const wt_fetch_options *options, wt_error *err) {
  job->max_bytes = options->max_bytes ? options->max_bytes : (size_t)32 << 20;
  if (job->index == SIZE_MAX) job->max_bytes = ROBOTS_BYTES;
  job->body.limit = job->max_bytes;
  job->allow_private = options->allow_private;
  job->too_large = job->refused_address = false;
  job->curl_error[0] = '\0';
  wt_buf *fresh[] = {&job->body,        &job->content_type, &job->content_language, &job->etag, &job->last_modified,
                     &job->retry_after, &job->date};
  for (size_t i = 0; i < sizeof fresh / sizeof *fresh; i++) wt_buf_clear(fresh[i]);
  job->easy = curl_easy_init();
  if (!job->easy || !add_conditions(job)) return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  CURL *easy = job->easy;
  set_limits(job, options);
  curl_easy_setopt(easy, CURLOPT_URL, job->url.data);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options->user_agent ? options->user_agent : wt_fetch_agent());
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, job->headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, job);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, job);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, job->curl_error);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, job);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a resolver that hangs holds up nobody */
  if (options->ca_file) curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
  return WT_OK;
}

/* ---- what it means ---- */

/* Seconds, or a date, which is taken against the server's own clock: ours may be wrong, and is none of this layer's. */
static int64_t retry_after_ms(const wt_job *job) {
  wt_span text = wt_buf_span(&job->retry_after);
  if (text.len == 0) return -1;
  int64_t seconds = 0;
  size_t i = 0;
  for (; i < text.len && text.data[i] >= '0' && text.data[i] <= '9'; i++)
    if (seconds < LONGEST_WAIT) seconds = seconds * 10 + (text.data[i] - '0');
  if (i == text.len) return (seconds < LONGEST_WAIT ? seconds : LONGEST_WAIT) * 1000;
  wt_instant until, now;
  if (!wt_instant_parse(&until, text) || !wt_instant_parse(&now, wt_buf_span(&job->date))) return -1;
  return until > now ? (until - now) * 1000 : 0;
}

static wt_fetch_state state_of_code(long code, const wt_job *job) {
  if (code == 200 || code == 203) return WT_FETCH_OK; /* 202, 204 and 206 bring no page, or a part of one */
  if (job->index == SIZE_MAX && code / 100 == 2)
    return WT_FETCH_OK; /* a robots.txt of nothing is one (RFC 9309, 2.3.1.1) */
  if (code == 304 && (job->request_etag.len || job->request_last_modified.len)) return WT_FETCH_NOT_MODIFIED;
  if (code == 404 || code == 410) return WT_FETCH_GONE;
  if (code == 429 || code == 503) return WT_FETCH_LATER;
  return WT_FETCH_FAILED;
}

static wt_fetch_state failure(char why[static 256], const wt_job *job, CURLcode code) {
  if (job->refused_address) {
    snprintf(why, 256, "the host's address is not public (--allow-private asks it all the same)");
    return WT_FETCH_FORBIDDEN;
  }
  if (job->too_large || code == CURLE_FILESIZE_EXCEEDED)
    snprintf(why, 256, "the answer is larger than %zu bytes", job->max_bytes);
  else if (code == CURLE_PARTIAL_FILE)
    snprintf(why, 256, "the answer ended before its length");
  else
    snprintf(why, 256, "%s", job->curl_error[0] ? job->curl_error : curl_easy_strerror(code));
  return WT_FETCH_FAILED;
}

static bool is_redirect(long code) {
  return code == 301 || code == 302 || code == 303 || code == 307 || code == 308;
}

void wt_transfer_result(wt_fetch_result *out, wt_buf *out_url, char why[static 256], wt_job *job, CURLcode code) {
  long answer = 0;
  char *onward = NULL;
  curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &answer);
  curl_easy_getinfo(job->easy, CURLINFO_REDIRECT_URL, &onward);
  why[0] = '\0';
  *out = (wt_fetch_result){.code = (int)answer, .retry_after_ms = retry_after_ms(job), .why = why};
  wt_buf_clear(out_url);
  if (code == CURLE_WRITE_ERROR && job->too_large && job->index == SIZE_MAX) code = CURLE_OK;
  if (code != CURLE_OK) {
    out->state = failure(why, job, code);
  } else if (is_redirect(answer) && onward) {
    wt_buf_put_text(out_url, onward);
  } else {
    out->state = state_of_code(answer, job);
    if (out->state == WT_FETCH_FAILED) snprintf(why, 256, "the server answered %ld", answer);
  }
  out->url = wt_buf_span(&job->url);
  out->body = wt_buf_span(&job->body);
  out->content_type = wt_buf_span(&job->content_type);
  out->content_language = wt_buf_span(&job->content_language);
  if (!wt_job_stays(job)) return; /* its marks are not those of the URL that was asked for */
  out->etag = wt_buf_span(&job->etag);
  out->last_modified = wt_buf_span(&job->last_modified);
}

wt_status wt_transfer_status(const wt_job *job, const wt_buf *out_url, wt_error *err) {
  const wt_buf *parts[] = {&job->body,
                           &job->content_type,
                           &job->content_language,
                           &job->etag,
                           &job->last_modified,
                           &job->retry_after,
                           &job->date,
                           out_url};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i]->failed) return wt_buf_status(parts[i], "fetch", err);
  return WT_OK;
}
