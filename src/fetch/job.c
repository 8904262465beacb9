/* A job and its URL: what may be asked at all, and at which origin. */
#include "job.h"

/* Servers take some 8,000 bytes (RFC 9110, 4.1); what is longer is no address of a page, but costs like one. */
enum { URL_BYTES = 8192 };

static wt_status refuse(wt_span url, const char *what, wt_error *err) {
  char where[200];
  size_t len = url.len < sizeof where - 1 ? url.len : sizeof where - 1;
  for (size_t i = 0; i < len; i++) where[i] = url.data[i];
  where[len] = '\0';
  return wt_fail(err, WT_EREFUSED, where, -1, "%s", what);
}

static bool part_equals(CURLU *parsed, CURLUPart part, const char *a, const char *b) {
  char *value = NULL;
  bool equal = false;
  if (curl_url_get(parsed, part, &value, 0) == CURLUE_OK)
    equal = wt_span_equal_ascii_case(wt_span_of(value), wt_span_of(a)) ||
            wt_span_equal_ascii_case(wt_span_of(value), wt_span_of(b));
  curl_free(value);
  return equal;
}

static bool has_part(CURLU *parsed, CURLUPart part) {
  char *value = NULL;
  bool has = curl_url_get(parsed, part, &value, 0) == CURLUE_OK;
  curl_free(value);
  return has;
}

/* The URL in libcurl's normal form, without its fragment. */
static wt_status normalise(wt_buf *out, wt_span url, wt_error *err) {
  url = wt_span_trim(url);
  if (url.len > URL_BYTES) return refuse(url, "is longer than a server reads", err);
  wt_arena scratch = {0};
  wt_span text = wt_span_keep(&scratch, url);
  CURLU *parsed = curl_url();
  char *whole = NULL;
  wt_status status = WT_OK;
  if (!text.data || !parsed)
    status = wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  else if (curl_url_set(parsed, CURLUPART_URL, text.data, CURLU_URLENCODE) != CURLUE_OK)
    status = refuse(url, "is no URL", err);
  else if (!part_equals(parsed, CURLUPART_SCHEME, "http", "https"))
    status = refuse(url, "is neither http nor https", err);
  else if (has_part(parsed, CURLUPART_USER))
    status = refuse(url, "carries a user name", err);
  curl_url_set(parsed, CURLUPART_FRAGMENT, NULL, 0);
  if (status == WT_OK && curl_url_get(parsed, CURLUPART_URL, &whole, 0) != CURLUE_OK)
    status = refuse(url, "is no URL", err);
  if (status == WT_OK) {
    wt_buf_clear(out);
    wt_buf_put_text(out, whole);
    status = wt_buf_status(out, "fetch", err);
  }
  curl_free(whole);
  curl_url_cleanup(parsed);
  wt_arena_release(&scratch);
  return status;
}

wt_status wt_job_open(wt_job **out, wt_span url, size_t index, wt_error *err) {
  wt_job *made = wt_alloc_zero(1, sizeof *made);
  if (!made) return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  made->index = index;
  wt_status status = normalise(&made->url, url, err);
  if (status)
    wt_job_close(made);
  else
    *out = made;
  return status;
}

void wt_job_release_transfer(wt_job *job) {
  curl_easy_cleanup(job->easy);
  curl_slist_free_all(job->headers);
  job->easy = NULL;
  job->headers = NULL;
}

void wt_job_close(wt_job *job) {
  if (!job) return;
  wt_job_release_transfer(job);
  wt_buf *buffers[] = {&job->url,  &job->body,          &job->content_type, &job->content_language,
                       &job->etag, &job->last_modified, &job->retry_after,  &job->date};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) wt_buf_release(buffers[i]);
  for (size_t i = 0; i < job->hop_count; i++) wt_buf_release(&job->hop_urls[i]);
  wt_free(job);
}

wt_status wt_job_redirect(wt_job *job, wt_span url, int code, wt_error *err) {
  wt_buf old = job->url;
  job->url = (wt_buf){0};
  job->hop_urls[job->hop_count] = old;
  job->hop_codes[job->hop_count++] = code;
  return normalise(&job->url, url, err);
}

bool wt_job_stays(const wt_job *job) {
  for (size_t i = 0; i < job->hop_count; i++)
    if (job->hop_codes[i] != 301 && job->hop_codes[i] != 308) return false;
  return true;
}

/* Appends one part of the job's URL; nothing when it has none. */
static void put_part(wt_buf *out, CURLU *parsed, const char *before, CURLUPart part, unsigned flags) {
  char *value = NULL;
  if (curl_url_get(parsed, part, &value, flags) == CURLUE_OK) {
    wt_buf_put_text(out, before);
    wt_buf_put_text(out, value);
  }
  curl_free(value);
}

static CURLU *parse(const wt_job *job) {
  CURLU *parsed = curl_url();
  if (parsed) curl_url_set(parsed, CURLUPART_URL, job->url.data, 0);
  return parsed;
}

/* Host names have no case, and a dot at the end changes nothing of what is asked. */
static void put_host(wt_buf *out, CURLU *parsed) {
  char *host = NULL;
  if (curl_url_get(parsed, CURLUPART_HOST, &host, 0) != CURLUE_OK) return;
  size_t len = wt_span_of(host).len;
  if (len > 1 && host[len - 1] == '.') len--;
  for (size_t i = 0; i < len; i++)
    wt_buf_put_char(out, host[i] >= 'A' && host[i] <= 'Z' ? (char)(host[i] + ('a' - 'A')) : host[i]);
  curl_free(host);
}

wt_status wt_job_origin_key(wt_buf *out, const wt_job *job, wt_error *err) {
  CURLU *parsed = parse(job);
  if (!parsed) return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  put_part(out, parsed, "", CURLUPART_SCHEME, 0);
  wt_buf_put_text(out, "://");
  put_host(out, parsed);
  put_part(out, parsed, ":", CURLUPART_PORT, CURLU_DEFAULT_PORT);
  curl_url_cleanup(parsed);
  return wt_buf_status(out, "fetch", err);
}

wt_status wt_job_path(wt_buf *out, const wt_job *job, wt_error *err) {
  CURLU *parsed = parse(job);
  if (!parsed) return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  put_part(out, parsed, "", CURLUPART_PATH, 0);
  put_part(out, parsed, "?", CURLUPART_QUERY, 0);
  curl_url_cleanup(parsed);
  return wt_buf_status(out, "fetch", err);
}
