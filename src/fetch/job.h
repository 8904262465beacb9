/* One URL on its way: what the files of this folder share. A job is asked, redirected, asked again, and ends once. */
#ifndef WT_FETCH_JOB_H
#define WT_FETCH_JOB_H

#include <curl/curl.h>

#include "wt/fetch.h"

enum { JOB_HOPS = 32 };

typedef struct wt_origin wt_origin;

typedef struct wt_job {
  struct wt_job *next; /* in its origin's queue */
  wt_origin *at;       /* the origin of `url` */
  size_t index;        /* of the request; SIZE_MAX for a robots.txt */
  wt_span request_etag, request_last_modified;
  wt_buf url; /* what is asked now */
  wt_buf body, content_type, content_language, etag, last_modified, retry_after, date;
  wt_buf hop_urls[JOB_HOPS];
  int hop_codes[JOB_HOPS];
  size_t hop_count;
  CURL *easy;
  struct curl_slist *headers;
  size_t max_bytes;
  bool allow_private;
  bool too_large, refused_address; /* why the transfer was broken off */
  char curl_error[CURL_ERROR_SIZE];
} wt_job;

/* ---- job.c ---- */

/* A job for `url`, which is checked: http or https, a host, no user name. WT_EREFUSED with the cause. */
wt_status wt_job_open(wt_job **out, wt_span url, size_t index, wt_error *err);
void wt_job_close(wt_job *job);
/* Takes the transfer's handle away again. */
void wt_job_release_transfer(wt_job *job);
/* Sets the URL anew, after a redirect. The old one becomes a hop. */
wt_status wt_job_redirect(wt_job *job, wt_span url, int code, wt_error *err);
/* Did no redirect on the way say that it is for this time only? True for none. */
bool wt_job_stays(const wt_job *job);
/* scheme://host:port, the key of an origin. */
wt_status wt_job_origin_key(wt_buf *out, const wt_job *job, wt_error *err);
/* Path and query as robots.txt sees them. */
wt_status wt_job_path(wt_buf *out, const wt_job *job, wt_error *err);

/* ---- transfer.c: above job.c ---- */

/* Makes job->easy ready to be added to a multi handle. */
wt_status wt_transfer_prepare(wt_job *job, const wt_fetch_options *options, wt_error *err);
/* What became of it. out_url gets the URL to go on with when the answer is a redirect; else it is empty. */
void wt_transfer_result(wt_fetch_result *out, wt_buf *out_url, char why[static 256], wt_job *job, CURLcode code);
/* WT_ENOMEM when a part of the answer, or of out_url, was lost for want of memory: that is no fault of the server. */
wt_status wt_transfer_status(const wt_job *job, const wt_buf *out_url, wt_error *err);

#endif
