/* Many URLs at once, each origin at its own pace: the loop over libcurl's multi handle. */
#include "memory.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { POLL_MS = 200, FAR_MS = 60 * 1000, DAY_MS = 86400 * 1000, LATER_MS = FAR_MS + 1000 };

struct wt_fetcher {
  CURLM *multi;
  wt_fetch_options options;
  wt_origins origins;
};

/* One call of wt_fetch_all. */
typedef struct run {
  wt_fetcher *fetcher;
  wt_fetch_each each;
  void *context;
  wt_job **active;
  size_t active_count, active_capacity;
  int64_t deadline; /* of patience; 0: none */
  wt_status status; /* the first failure that ends the run */
  wt_error *err;
} run;

/* Only for keeping apart requests of one host; nothing that is kept or shown of a page depends on it. */
static int64_t now_ms(const wt_fetcher *fetcher) {
  const wt_fetch_options *options = &fetcher->options;
  return options->clock_ms ? options->clock_ms(options->clock) : base_now_ms();
}

/* What the clock that other processes know too is ahead of ours. */
static int64_t ahead_ms(const wt_fetcher *fetcher) {
  return fetcher->options.clock_ms ? 0 : base_clock_ms(CLOCK_REALTIME) - base_now_ms();
}

wt_status wt_fetcher_open(wt_fetcher **out, const wt_fetch_options *options, wt_error *err) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return wt_fail(err, WT_EIO, "fetch", -1, "libcurl does not start");
  wt_fetcher *fetcher = wt_alloc_zero(1, sizeof *fetcher);
  if (fetcher) fetcher->multi = curl_multi_init();
  if (!fetcher || !fetcher->multi) {
    wt_free(fetcher);
    curl_global_cleanup();
    return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  }
  if (options) fetcher->options = *options;
  *out = fetcher;
  return WT_OK;
}

void wt_fetcher_options(wt_fetcher *fetcher, const wt_fetch_options *options) {
  fetcher->options = *options;
}

void wt_fetcher_close(wt_fetcher *fetcher) {
  if (!fetcher) return;
  wt_origins_release(&fetcher->origins);
  curl_multi_cleanup(fetcher->multi);
  wt_free(fetcher);
  curl_global_cleanup();
}

/* ---- turns ---- */

static int64_t delay_of(const wt_fetcher *fetcher, const wt_origin *at) {
  int64_t own = fetcher->options.host_delay_ms ? fetcher->options.host_delay_ms : 1000;
  if (own < 0) own = 0;
  int64_t asked = at->robots ? wt_robots_delay_ms(at->robots) : 0;
  return asked > own ? asked : own;
}

static void keep_turn(const wt_fetcher *fetcher, const wt_host *host) {
  wt_memory_keep_turn(host, fetcher->options.memory_dir, ahead_ms(fetcher));
}

/* ---- ending a job ---- */

static void take_robots(run *r, wt_origin *at, const wt_fetch_result *result) {
  const wt_fetcher *fetcher = r->fetcher;
  wt_span text = {0};
  wt_status status = wt_origin_take_robots(at, result, now_ms(fetcher), r->err);
  if (status && r->status == WT_OK) r->status = status;
  if (result->state == WT_FETCH_OK) text = result->body.data ? result->body : WT_SPAN("");
  int64_t turn = at->host->last_start_ms + delay_of(fetcher, at); /* its Crawl-delay is known only now */
  if (at->host->next_start_ms < turn) at->host->next_start_ms = turn;
  keep_turn(fetcher, at->host);
  wt_memory_keep_robots(at, text, fetcher->options.memory_dir, ahead_ms(fetcher));
}

static void report(run *r, wt_job *job, wt_fetch_result *result) {
  wt_fetch_hop hops[JOB_HOPS];
  for (size_t i = 0; i < job->hop_count; i++)
    hops[i] = (wt_fetch_hop){wt_buf_span(&job->hop_urls[i]), job->hop_codes[i]};
  result->hops = hops;
  result->hop_count = job->hop_count;
  result->moved_for_good = job->hop_count > 0 && wt_job_stays(job);
  result->url = wt_buf_span(&job->url);
  if (job->index == SIZE_MAX) {
    take_robots(r, job->at, result);
  } else if (!r->each(r->context, job->index, result) && r->status == WT_OK) {
    r->status = wt_fail(r->err, WT_ECANCELED, "fetch", -1, "stopped");
  }
  result->hops = NULL;
  result->hop_count = 0;
}

static void end_without_answer(run *r, wt_job *job, wt_fetch_state state, const char *why) {
  wt_fetch_result result = {.state = state, .retry_after_ms = -1, .why = why};
  report(r, job, &result);
  wt_job_close(job);
}

static void end_later(run *r, wt_job *job, int64_t after_ms) {
  wt_fetch_result result = {.state = WT_FETCH_LATER, .retry_after_ms = after_ms, .why = ""};
  report(r, job, &result);
  wt_job_close(job);
}

/* Forgets a job that nobody is told about: the run failed. Whoever comes after it asks for the robots.txt anew. */
static void drop(wt_job *job) {
  if (job->index == SIZE_MAX) job->at->robots_state = ROBOTS_UNKNOWN;
  wt_job_close(job);
}

/* ---- starting ---- */

static wt_status start(run *r, wt_job *job, int64_t now) {
  wt_fetcher *fetcher = r->fetcher;
  wt_status status = wt_transfer_prepare(job, &fetcher->options, r->err);
  if (status) return status;
  if (!wt_grow(&r->active, &r->active_capacity, r->active_count + 1, sizeof *r->active) ||
      curl_multi_add_handle(fetcher->multi, job->easy) != CURLM_OK)
    return wt_fail(r->err, WT_ENOMEM, "fetch", -1, "out of memory");
  r->active[r->active_count++] = job;
  job->at->host->active++;
  job->at->host->last_start_ms = now;
  job->at->host->next_start_ms = now + delay_of(fetcher, job->at);
  if (delay_of(fetcher, job->at) > 0) keep_turn(fetcher, job->at->host);
  return WT_OK;
}

static wt_status ask_robots(run *r, wt_origin *at, int64_t now) {
  wt_buf url = {0};
  wt_job *asking = NULL;
  wt_buf_put_span(&url, wt_buf_span(&at->key));
  wt_buf_put_text(&url, "/robots.txt");
  wt_status status = wt_buf_status(&url, "fetch", r->err);
  if (status == WT_OK) status = wt_job_open(&asking, wt_buf_span(&url), SIZE_MAX, r->err);
  wt_buf_release(&url);
  if (status) return status;
  asking->at = at;
  at->robots_state = ROBOTS_ASKED;
  status = start(r, asking, now);
  if (status) drop(asking);
  return status;
}

static bool allowed(const wt_origin *at, const wt_job *job) {
  wt_buf path = {0};
  bool yes = wt_job_path(&path, job, NULL) == WT_OK && wt_robots_allows(at->robots, wt_buf_span(&path));
  wt_buf_release(&path);
  return yes;
}

/* Robots.txt first. True when the origin's jobs may go on to be judged one by one. */
static bool robots_settled(run *r, wt_origin *at, int64_t now) {
  if (r->fetcher->options.ignore_robots) return true;
  bool stale =
      at->robots_until_ms <= now && (at->robots_state == ROBOTS_KNOWN || at->robots_state == ROBOTS_UNREACHABLE);
  if ((at->robots_state == ROBOTS_UNKNOWN || stale) && now >= at->host->next_start_ms)
    r->status = ask_robots(r, at, now);
  return !stale && (at->robots_state == ROBOTS_KNOWN || at->robots_state == ROBOTS_UNREACHABLE);
}

/* Ends the job when its origin says no; true when it may be asked. */
static bool may_ask(run *r, wt_origin *at, wt_job *job, int64_t now) {
  if (r->fetcher->options.ignore_robots) return true;
  if (at->robots_state == ROBOTS_UNREACHABLE && at->robots_later && at->host->later_until_ms > now)
    end_later(r, job, at->host->later_until_ms - now);
  else if (at->robots_state == ROBOTS_UNREACHABLE)
    end_without_answer(r, job, at->robots_forbidden ? WT_FETCH_FORBIDDEN : WT_FETCH_FAILED, at->robots_why);
  else if (!allowed(at, job))
    end_without_answer(r, job, WT_FETCH_FORBIDDEN, "robots.txt forbids it");
  else
    return true;
  return false;
}

/* Another process may have had the host's turn since. */
static bool is_turn(const run *r, wt_host *host, int64_t now) {
  if (now < host->next_start_ms) return false;
  wt_memory_turn(host, r->fetcher->options.memory_dir, now_ms(r->fetcher), ahead_ms(r->fetcher));
  return now >= host->next_start_ms;
}

static unsigned connections_of(const wt_fetch_options *options) {
  return options->connections ? options->connections : 16;
}

static void start_at(run *r, wt_origin *at, int64_t now) {
  const wt_fetch_options *options = &r->fetcher->options;
  unsigned here = options->host_connections ? options->host_connections : 1;
  unsigned in_all = connections_of(options);
  while (r->status == WT_OK && at->first && r->active_count < in_all && at->host->active < here) {
    bool turn = is_turn(r, at->host, now);
    if (!robots_settled(r, at, now) || r->status) return;
    if (!turn && at->robots_state != ROBOTS_UNREACHABLE) return;
    wt_job *next = wt_origin_dequeue(at);
    if (!may_ask(r, at, next, now)) continue;
    r->status = start(r, next, now);
    if (r->status) wt_job_close(next);
  }
}

/* ---- answers ---- */

static void forget_active(run *r, wt_job *job) {
  for (size_t i = 0; i < r->active_count; i++)
    if (r->active[i] == job) r->active[i] = r->active[--r->active_count];
  job->at->host->active--;
  curl_multi_remove_handle(r->fetcher->multi, job->easy);
}

static wt_status enqueue(run *r, wt_job *job) {
  wt_buf key = {0};
  wt_origin *at = NULL;
  wt_status status = wt_job_origin_key(&key, job, r->err);
  if (status == WT_OK) status = wt_origins_find(&at, &r->fetcher->origins, wt_buf_span(&key), r->err);
  wt_buf_release(&key);
  if (status) return status;
  const wt_fetcher *fetcher = r->fetcher;
  wt_memory_turn(at->host, fetcher->options.memory_dir, now_ms(fetcher), ahead_ms(fetcher));
  wt_memory_robots(at, fetcher->options.memory_dir, now_ms(fetcher), ahead_ms(fetcher));
  wt_origin_enqueue(at, job);
  return WT_OK;
}

/* A robots.txt that is redirected stays its origin's, and is asked at once: it waits for nobody's robots.txt. */
static wt_status go_on(run *r, wt_job *job) {
  return job->index == SIZE_MAX ? start(r, job, now_ms(r->fetcher)) : enqueue(r, job);
}

static void follow(run *r, wt_job *job, wt_span url, int code) {
  unsigned most = r->fetcher->options.max_redirects ? r->fetcher->options.max_redirects : 10;
  if (most > JOB_HOPS - 1) most = JOB_HOPS - 1;
  if (job->index == SIZE_MAX && most > 5) most = 5;
  wt_error refused = {0};
  wt_job_release_transfer(job);
  if (job->hop_count >= most) {
    end_without_answer(r, job, WT_FETCH_FAILED, "too many redirects");
    return;
  }
  wt_status status = wt_job_redirect(job, url, code, &refused);
  if (status == WT_EREFUSED) {
    char why[256];
    snprintf(why, sizeof why, "redirects to what %.200s", refused.what);
    end_without_answer(r, job, WT_FETCH_FORBIDDEN, why);
    return;
  }
  if (status == WT_OK) status = go_on(r, job);
  if (status) {
    if (r->status == WT_OK) r->status = status;
    drop(job);
  }
}

/* At most a day, whatever it says: the schedule of each page knows the rest. */
static void leave_alone(run *r, wt_host *host, int64_t ms) {
  host->later_until_ms = now_ms(r->fetcher) + (ms < DAY_MS ? ms : DAY_MS);
  if (host->next_start_ms < host->later_until_ms) host->next_start_ms = host->later_until_ms;
  keep_turn(r->fetcher, host);
}

static void finish(run *r, wt_job *job, CURLcode code) {
  char why[256];
  wt_buf onward = {0};
  wt_fetch_result result;
  wt_transfer_result(&result, &onward, why, job, code);
  forget_active(r, job);
  wt_status status = wt_transfer_status(job, &onward, r->err);
  if (status) {
    if (r->status == WT_OK) r->status = status;
    drop(job);
    wt_buf_release(&onward);
    return;
  }
  if (result.state == WT_FETCH_LATER)
    leave_alone(r, job->at->host, result.retry_after_ms > 0 ? result.retry_after_ms : LATER_MS);
  if (onward.len) {
    follow(r, job, wt_buf_span(&onward), result.code);
  } else {
    report(r, job, &result);
    wt_job_close(job);
  }
  wt_buf_release(&onward);
}

static void take_answers(run *r) {
  int left;
  for (CURLMsg *message; (message = curl_multi_info_read(r->fetcher->multi, &left));) {
    char *owner = NULL;
    CURLcode code = message->data.result;
    if (message->msg != CURLMSG_DONE) continue;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    finish(r, (wt_job *)(void *)owner, code);
  }
}

/* ---- the loop ---- */

static bool anything_waits(const run *r) {
  for (size_t i = 0; i < r->fetcher->origins.count; i++)
    if (r->fetcher->origins.items[i]->first) return true;
  return false;
}

/* How long nothing can begin; `most` when all connections are taken, for then only an answer lets others begin. */
static int64_t wait_ms(const run *r, int64_t now, int64_t most) {
  int64_t wait = most;
  if (r->active_count >= connections_of(&r->fetcher->options)) return most;
  for (size_t i = 0; i < r->fetcher->origins.count; i++) {
    const wt_origin *at = r->fetcher->origins.items[i];
    if (at->first && at->host->active == 0 && at->host->next_start_ms - now < wait)
      wait = at->host->next_start_ms - now;
  }
  return wait < 0 ? 0 : wait;
}

/* A host whose turn is farther off than a run waits: it said so itself, and its jobs end as `later`; or its Crawl-delay is that
   long, and they wait for another run. */
static void give_up_on_the_patient(run *r, wt_origin *at, int64_t now) {
  if (at->host->next_start_ms - now <= FAR_MS) return;
  bool asked = at->host->later_until_ms - now > FAR_MS;
  for (wt_job *waiting; r->status == WT_OK && (waiting = wt_origin_dequeue(at));)
    if (asked)
      end_later(r, waiting, at->host->later_until_ms - now);
    else
      end_without_answer(r, waiting, WT_FETCH_STOPPED, "");
}

/* Past the deadline what has not begun waits for another run; a job on its way through redirects goes on. */
static void give_up_on_the_late(run *r, wt_origin *at) {
  wt_job *first = at->first;
  at->first = at->last = NULL;
  for (wt_job *next; first; first = next) {
    next = first->next;
    if (first->hop_count)
      wt_origin_enqueue(at, first);
    else
      end_without_answer(r, first, WT_FETCH_STOPPED, "");
  }
}

static void pause_for(run *r) {
  const wt_fetch_options *options = &r->fetcher->options;
  int64_t now = now_ms(r->fetcher);
  if (r->active_count == 0 && options->sleep_ms)
    options->sleep_ms(options->clock, wait_ms(r, now, FAR_MS));
  else
    curl_multi_poll(r->fetcher->multi, NULL, 0, (int)wait_ms(r, now, POLL_MS), NULL);
}

static void step(run *r) {
  int running;
  curl_multi_perform(r->fetcher->multi, &running);
  take_answers(r);
  int64_t now = now_ms(r->fetcher);
  for (size_t i = 0; r->status == WT_OK && i < r->fetcher->origins.count; i++) {
    wt_origin *at = r->fetcher->origins.items[i];
    if (r->deadline && now >= r->deadline) give_up_on_the_late(r, at);
    start_at(r, at, now);
    give_up_on_the_patient(r, at, now);
  }
  if (r->status == WT_OK && (r->active_count || anything_waits(r))) pause_for(r);
}

/* Ends all that is left, telling each that it was stopped unless the run failed. */
static void end_all(run *r, bool tell) {
  while (r->active_count) {
    wt_job *job = r->active[0];
    forget_active(r, job);
    wt_job_release_transfer(job);
    if (tell && job->index != SIZE_MAX)
      end_without_answer(r, job, WT_FETCH_STOPPED, "stopped");
    else
      drop(job);
  }
  for (size_t i = 0; i < r->fetcher->origins.count; i++)
    for (wt_job *waiting; (waiting = wt_origin_dequeue(r->fetcher->origins.items[i]));) {
      if (tell)
        end_without_answer(r, waiting, WT_FETCH_STOPPED, "stopped");
      else
        wt_job_close(waiting);
    }
}

static wt_status add_request(run *r, const wt_fetch_request *request, size_t index) {
  wt_error refused = {0};
  wt_job *made = NULL;
  wt_status status = wt_job_open(&made, request->url, index, &refused);
  if (status == WT_EREFUSED) {
    wt_fetch_result result = {
        .state = WT_FETCH_FORBIDDEN, .url = request->url, .retry_after_ms = -1, .why = refused.what};
    return r->each(r->context, index, &result) ? WT_OK : wt_fail(r->err, WT_ECANCELED, "fetch", -1, "stopped");
  }
  if (status) {
    if (r->err) *r->err = refused;
    return status;
  }
  made->request_etag = request->etag;
  made->request_last_modified = request->last_modified;
  status = enqueue(r, made);
  if (status) wt_job_close(made);
  return status;
}

wt_status wt_fetch_all(wt_fetcher *fetcher, const wt_fetch_request *requests, size_t count, wt_fetch_each each,
                       void *context, wt_error *err) {
  run r = {.fetcher = fetcher, .each = each, .context = context, .err = err};
  bool stopped = false;
  if (fetcher->options.patience_ms > 0) r.deadline = now_ms(fetcher) + fetcher->options.patience_ms;
  for (size_t i = 0; r.status == WT_OK && i < count; i++) r.status = add_request(&r, &requests[i], i);
  while (r.status == WT_OK && !stopped && (r.active_count || anything_waits(&r))) {
    step(&r);
    stopped = fetcher->options.stop && fetcher->options.stop(fetcher->options.context);
  }
  end_all(&r, r.status == WT_OK);
  wt_free(r.active);
  return r.status;
}
