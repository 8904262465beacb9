/* What is known of origins and hosts, and who waits for them. */
#include "origin.h"

#include <stdio.h>
#include <string.h>

enum { ROBOTS_DAY_MS = 86400 * 1000, ROBOTS_RETRY_MS = 60 * 1000 };

/* Sorted by key, so that finding is quick and the order of service is that of the keys. */
static size_t position(const wt_origins *all, wt_span key) {
  size_t low = 0, high = all->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (wt_span_compare(wt_buf_span(&all->items[middle]->key), key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* "https://a.example:443" is at a.example, "http://a.example:8080" at a.example:8080. */
static wt_span host_part(wt_span key) {
  size_t begin = wt_span_find(key, WT_SPAN("://")) + 3;
  wt_span usual = wt_span_starts(key, WT_SPAN("https:")) ? WT_SPAN(":443") : WT_SPAN(":80");
  return wt_span_sub(key, begin, wt_span_ends(key, usual) ? key.len - usual.len : key.len);
}

static wt_status find_host(wt_host **out, wt_origins *all, wt_span key, wt_error *err) {
  for (size_t i = 0; i < all->host_count; i++)
    if (wt_span_equal(wt_buf_span(&all->hosts[i]->key), key)) {
      *out = all->hosts[i];
      return WT_OK;
    }
  wt_host *made = wt_alloc_zero(1, sizeof *made);
  if (made) wt_buf_put_span(&made->key, key);
  if (!made || made->key.failed ||
      !wt_grow(&all->hosts, &all->host_capacity, all->host_count + 1, sizeof *all->hosts)) {
    if (made) wt_buf_release(&made->key);
    wt_free(made);
    return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  }
  all->hosts[all->host_count++] = *out = made;
  return WT_OK;
}

static wt_status make(wt_origin **out, wt_origins *all, size_t at, wt_span key, wt_error *err) {
  wt_host *host = NULL;
  wt_status status = find_host(&host, all, host_part(key), err);
  wt_origin *made = status ? NULL : wt_alloc_zero(1, sizeof *made);
  if (status) return status;
  if (made) wt_buf_put_span(&made->key, key);
  if (!made || made->key.failed || !wt_grow(&all->items, &all->capacity, all->count + 1, sizeof *all->items)) {
    if (made) wt_buf_release(&made->key);
    wt_free(made);
    return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  }
  made->host = host;
  memmove(all->items + at + 1, all->items + at, (all->count - at) * sizeof *all->items);
  all->items[at] = *out = made;
  all->count++;
  return WT_OK;
}

wt_status wt_origins_find(wt_origin **out, wt_origins *all, wt_span key, wt_error *err) {
  size_t at = position(all, key);
  if (at == all->count || !wt_span_equal(wt_buf_span(&all->items[at]->key), key)) return make(out, all, at, key, err);
  *out = all->items[at];
  return WT_OK;
}

void wt_origins_release(wt_origins *all) {
  for (size_t i = 0; i < all->count; i++) {
    for (wt_job *waiting; (waiting = wt_origin_dequeue(all->items[i]));) wt_job_close(waiting);
    wt_robots_close(all->items[i]->robots);
    wt_buf_release(&all->items[i]->key);
    wt_free(all->items[i]);
  }
  for (size_t i = 0; i < all->host_count; i++) {
    wt_buf_release(&all->hosts[i]->key);
    wt_free(all->hosts[i]);
  }
  wt_free(all->items);
  wt_free(all->hosts);
  *all = (wt_origins){0};
}

wt_span wt_origin_token(void) {
  return wt_span_sub(wt_span_of(wt_fetch_agent()), 0, strcspn(wt_fetch_agent(), "/"));
}

void wt_origin_enqueue(wt_origin *at, wt_job *job) {
  job->next = NULL;
  job->at = at;
  if (at->last)
    at->last->next = job;
  else
    at->first = job;
  at->last = job;
}

wt_job *wt_origin_dequeue(wt_origin *at) {
  wt_job *first = at->first;
  if (!first) return NULL;
  at->first = first->next;
  if (!at->first) at->last = NULL;
  return first;
}

wt_status wt_origin_take_robots(wt_origin *at, const wt_fetch_result *result, int64_t now_ms, wt_error *err) {
  wt_robots *robots = NULL;
  wt_status status = WT_OK;
  bool none = result->code >= 400 && result->code < 500 && result->code != 429;
  at->robots_state = ROBOTS_KNOWN;
  at->robots_until_ms = now_ms + ROBOTS_DAY_MS;
  if (result->state == WT_FETCH_OK) {
    status = wt_robots_parse(&robots, result->body, wt_origin_token(), err);
  } else if (none) {
    status = wt_robots_all(&robots, true, err);
  } else {
    at->robots_state = ROBOTS_UNREACHABLE;
    at->robots_until_ms = now_ms + ROBOTS_RETRY_MS;
    at->robots_forbidden = result->state == WT_FETCH_FORBIDDEN;
    at->robots_later = result->state == WT_FETCH_LATER;
    const char *why = result->why[0] ? result->why : "the server asks to come later";
    snprintf(at->robots_why, sizeof at->robots_why, "%s%.200s", at->robots_forbidden ? "" : "robots.txt: ", why);
  }
  if (status) at->robots_state = ROBOTS_UNKNOWN;
  wt_robots_close(at->robots);
  at->robots = robots;
  return status;
}
