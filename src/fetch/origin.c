/* What is known of one origin, and who waits for it. */
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

wt_status wt_origins_find(wt_origin **out, wt_origins *all, wt_span key, wt_error *err) {
  size_t at = position(all, key);
  if (at < all->count && wt_span_equal(wt_buf_span(&all->items[at]->key), key)) {
    *out = all->items[at];
    return WT_OK;
  }
  wt_origin *made = wt_alloc_zero(1, sizeof *made);
  if (made) wt_buf_put_span(&made->key, key);
  if (!made || made->key.failed || !wt_grow(&all->items, &all->capacity, all->count + 1, sizeof *all->items)) {
    if (made) wt_buf_release(&made->key);
    wt_free(made);
    return wt_fail(err, WT_ENOMEM, "fetch", -1, "out of memory");
  }
  memmove(all->items + at + 1, all->items + at, (all->count - at) * sizeof *all->items);
  all->items[at] = *out = made;
  all->count++;
  return WT_OK;
}

void wt_origins_release(wt_origins *all) {
  for (size_t i = 0; i < all->count; i++) {
    for (wt_job *waiting; (waiting = wt_origin_dequeue(all->items[i]));) wt_job_close(waiting);
    wt_robots_close(all->items[i]->robots);
    wt_buf_release(&all->items[i]->key);
    wt_free(all->items[i]);
  }
  wt_free(all->items);
  *all = (wt_origins){0};
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
  wt_span agent = wt_span_sub(wt_span_of(wt_fetch_agent()), 0, strcspn(wt_fetch_agent(), "/"));
  wt_status status = WT_OK;
  bool none = result->code >= 400 && result->code < 500 && result->code != 429;
  at->robots_state = ROBOTS_KNOWN;
  at->robots_until_ms = now_ms + ROBOTS_DAY_MS;
  if (result->state == WT_FETCH_OK) {
    status = wt_robots_parse(&robots, result->body, agent, err);
  } else if (none) {
    status = wt_robots_all(&robots, true, err);
  } else {
    at->robots_state = ROBOTS_UNREACHABLE;
    at->robots_until_ms = now_ms + ROBOTS_RETRY_MS;
    at->robots_forbidden = result->state == WT_FETCH_FORBIDDEN;
    const char *why = result->why[0] ? result->why : "the server asks to come later";
    snprintf(at->robots_why, sizeof at->robots_why, "%s%.200s", at->robots_forbidden ? "" : "robots.txt: ", why);
  }
  wt_robots_close(at->robots);
  at->robots = robots;
  return status;
}
