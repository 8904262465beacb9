/* One round of watching: what is due is fetched; answers are written in batches, for which alone the lock is taken. */
#include "track/watch.h"

#include <string.h>

enum { ROUND = 256, HOST_ROUND = 32, BATCH = 128, BATCH_BYTES = 32 << 20, BATCH_AGE = 2 };

/* How many of a round are at one host. */
typedef struct host_share {
  wt_span host; /* in the round's arena */
  size_t count;
} host_share;

typedef struct watch_round {
  wt_track *track;
  const wt_watch_options *options;
  wt_add_options add_options;
  track_sources sources;
  bool keep_watching;
  wt_arena arena; /* rows and answers of this round */
  wt_watch_row *due;
  size_t due_count, due_capacity;
  host_share *shares;
  size_t share_count, share_capacity;
  size_t most, most_at_host; /* URLs of this round, and of it at one host */
  bool passed_over;          /* a host has more that is due than its share */
  size_t *asked;             /* due[asked[i]] is request i of the fetcher */
  track_answer *waiting;
  size_t waiting_count, waiting_capacity, waiting_bytes;
  wt_watch_summary sum;
  wt_watched_each each;
  void *context;
  bool stopped;
  wt_status status;
  wt_error *err;
} watch_round;

static wt_instant now_of(const watch_round *r) {
  return r->options->now(r->options->now_context);
}

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "watch", -1, "out of memory");
}

/* ---- writing a batch ---- */

static void count(watch_round *r, const wt_watched *told) {
  r->sum.asked++;
  r->sum.links += told->links;
  r->sum.revisions += told->revision > 0;
  r->sum.failed += wt_span_starts(told->state, WT_SPAN("failed"));
}

static wt_status take_all(watch_round *r, track_add *add, wt_watched *told) {
  wt_status status = WT_OK;
  track_answers_read(add, r->waiting, r->waiting_count);
  for (size_t i = 0; status == WT_OK && i < r->waiting_count; i++)
    status = track_answer_take(&told[i], add, &r->waiting[i], r->keep_watching, r->err);
  return status;
}

/* The news are told after the commit; what they point to lies in the add's arena and is copied before that goes. */
static wt_status keep_told(watch_round *r, wt_watched *told) {
  for (size_t i = 0; i < r->waiting_count; i++) {
    wt_span *spans[] = {&told[i].state, &told[i].story, &told[i].subject};
    for (size_t s = 0; s < 3; s++) {
      *spans[s] = wt_span_keep(&r->arena, *spans[s]);
      if (!spans[s]->data) return no_memory(r->err);
    }
  }
  return WT_OK;
}

static void forget_waiting(watch_round *r) {
  for (size_t i = 0; i < r->waiting_count; i++) {
    wt_buf_release(&r->waiting[i].body);
    track_text_free(r->waiting[i].ready.entry);
  }
  r->waiting_count = 0;
  r->waiting_bytes = 0;
}

static wt_status flush(watch_round *r) {
  if (r->waiting_count == 0) return WT_OK;
  track_add *add = NULL;
  wt_watched *told = wt_arena_array(&r->arena, r->waiting_count, sizeof *told);
  size_t told_count = r->waiting_count;
  wt_status status = told ? track_add_open(&add, r->track, &r->add_options, r->err) : no_memory(r->err);
  if (status == WT_OK) status = take_all(r, add, told);
  if (status == WT_OK) status = keep_told(r, told);
  if (status == WT_OK) {
    add->pending++; /* records alone are worth a commit too */
    status = track_add_commit(add, r->err);
  }
  track_add_free(add);
  forget_waiting(r);
  for (size_t i = 0; status == WT_OK && i < told_count; i++) {
    count(r, &told[i]);
    if (r->each && !r->each(r->context, &told[i])) r->stopped = true;
  }
  return status;
}

/* ---- answers ---- */

static wt_status keep_answer(watch_round *r, track_answer *answer, const wt_fetch_result *result) {
  const struct {
    wt_span *to;
    wt_span from;
  } kept[] = {{&answer->final_url, result->url},
              {&answer->content_type, result->content_type},
              {&answer->content_language, result->content_language},
              {&answer->etag, result->etag},
              {&answer->last_modified, result->last_modified},
              {&answer->why, wt_span_of(result->why)}};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    *kept[i].to = wt_span_keep(&r->arena, kept[i].from);
    if (!kept[i].to->data) return no_memory(r->err);
  }
  wt_buf_put_span(&answer->body, result->body);
  return wt_buf_status(&answer->body, "watch", r->err);
}

static wt_status put_waiting(watch_round *r, const wt_watch_row *row, const wt_fetch_result *result) {
  if (!wt_grow(&r->waiting, &r->waiting_capacity, r->waiting_count + 1, sizeof *r->waiting)) return no_memory(r->err);
  track_answer *answer = &r->waiting[r->waiting_count++];
  *answer = (track_answer){.row = *row,
                           .source = track_sources_find(&r->sources, row->source),
                           .state = result->state,
                           .at = now_of(r),
                           .moved = result->moved_for_good,
                           .retry_after_ms = result->retry_after_ms};
  wt_status status = keep_answer(r, answer, result);
  r->waiting_bytes += answer->body.len;
  return status;
}

static wt_status take_answer(watch_round *r, const wt_watch_row *row, const wt_fetch_result *result) {
  if (result->state == WT_FETCH_STOPPED) return WT_OK;
  track_progress(r->track, "asked", r->sum.asked + r->waiting_count + 1, r->due_count);
  wt_status status = put_waiting(r, row, result);
  bool full = r->waiting_count >= BATCH || r->waiting_bytes >= BATCH_BYTES;
  return status == WT_OK && full ? flush(r) : status;
}

static bool on_answer(void *context, size_t index, const wt_fetch_result *result) {
  watch_round *r = context;
  r->status = take_answer(r, &r->due[r->asked[index]], result);
  return r->status == WT_OK && !r->stopped;
}

/* ---- asking ---- */

/* Asked all the time while answers come: one that has waited for others to fill its batch goes alone. */
static bool on_stop(void *context) {
  watch_round *r = context;
  const wt_fetch_options *fetch = &r->options->fetch;
  if (r->waiting_count && now_of(r) - r->waiting[0].at >= BATCH_AGE) r->status = flush(r);
  return r->status != WT_OK || r->stopped || (fetch->stop && fetch->stop(fetch->context));
}

static wt_status run_command(watch_round *r, const wt_watch_row *row, const track_source *source) {
  wt_buf body = {0};
  wt_error cause;
  wt_fetch_result result = {.state = WT_FETCH_OK, .url = row->url, .retry_after_ms = -1, .why = ""};
  wt_status ran = wt_fetch_command(&body, source->command.data, row->url.data, &r->options->fetch, &cause);
  if (ran == WT_ECANCELED)
    result.state = WT_FETCH_STOPPED;
  else if (ran) {
    result.state = WT_FETCH_FAILED;
    result.why = cause.what;
  } else
    result.body = wt_buf_span(&body);
  wt_status status = take_answer(r, row, &result);
  wt_buf_release(&body);
  return status;
}

static wt_status ask_all(watch_round *r) {
  wt_fetch_request *requests = wt_arena_array(&r->arena, r->due_count, sizeof *requests);
  wt_fetcher *fetcher = NULL;
  wt_fetch_options fetch = r->options->fetch;
  size_t request_count = 0;
  fetch.stop = on_stop;
  fetch.context = r;
  r->asked = wt_arena_array(&r->arena, r->due_count, sizeof *r->asked);
  if (!requests || !r->asked) return no_memory(r->err);
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < r->due_count; i++) {
    const wt_watch_row *row = &r->due[i];
    const track_source *source = track_sources_find(&r->sources, row->source);
    if (source && source->command.len) {
      status = run_command(r, row, source);
      continue;
    }
    r->asked[request_count] = i;
    requests[request_count++] = (wt_fetch_request){row->url, row->etag, row->last_modified};
  }
  if (status == WT_OK) status = track_fetcher(&fetcher, r->track, &fetch, r->err);
  if (status == WT_OK) status = wt_fetch_all(fetcher, requests, request_count, on_answer, r, r->err);
  if (r->status) return r->status;
  if (status == WT_ECANCELED && r->stopped) status = WT_OK;
  return status ? status : flush(r);
}

/* ---- what is due ---- */

static bool keep_due(watch_round *r, const wt_watch_row *row) {
  if (!wt_grow(&r->due, &r->due_capacity, r->due_count + 1, sizeof *r->due)) {
    r->status = no_memory(r->err);
    return false;
  }
  wt_watch_row *kept = &r->due[r->due_count++];
  *kept = *row;
  wt_span *spans[] = {&kept->url, &kept->source, &kept->etag, &kept->last_modified, &kept->state, &kept->path};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    *spans[i] = wt_span_keep(&r->arena, *spans[i]);
    if (!spans[i]->data) r->status = no_memory(r->err);
  }
  return r->status == WT_OK;
}

static wt_span host_of(wt_span url) {
  size_t begin = wt_span_find(url, WT_SPAN("://")) + 3;
  wt_span rest = wt_span_sub(url, begin, url.len);
  return wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("/")));
}

static host_share *share_of(watch_round *r, wt_span host) {
  for (size_t i = 0; i < r->share_count; i++)
    if (wt_span_equal(r->shares[i].host, host)) return &r->shares[i];
  wt_span kept = wt_span_keep(&r->arena, host);
  if (!kept.data || !wt_grow(&r->shares, &r->share_capacity, r->share_count + 1, sizeof *r->shares)) return NULL;
  r->shares[r->share_count] = (host_share){.host = kept};
  return &r->shares[r->share_count++];
}

/* A host with thousands of pages that are due must not keep those of others waiting: it has its share of a round. */
static bool add_due(void *context, const wt_watch_row *row) {
  watch_round *r = context;
  host_share *share = share_of(r, host_of(row->url));
  if (!share) {
    r->status = no_memory(r->err);
    return false;
  }
  if (share->count == r->most_at_host) {
    r->passed_over = true;
    return true;
  }
  share->count++;
  return keep_due(r, row) && r->due_count < r->most;
}

static bool gives_links(const track_source *source) {
  return source->kind != SOURCE_PAGE;
}

static wt_watch_row new_row(const track_source *source, wt_instant now) {
  wt_schedule s = gives_links(source) ? wt_schedule_source(now) : wt_schedule_page(now);
  return (wt_watch_row){.url = source->url,
                        .source = source->name,
                        .is_source = gives_links(source),
                        .first = now,
                        .checked = WT_INSTANT_NONE,
                        .changed = WT_INSTANT_NONE,
                        .next = now,
                        .factor = s.factor};
}

/* A source of the configuration that was never asked is due now. */
static wt_status each_new_source(wt_track *track, const track_sources *sources, wt_instant now, wt_watch_each each,
                                 void *context, wt_error *err) {
  for (size_t i = 0; i < sources->count; i++) {
    wt_arena scratch = {0};
    wt_watch_row row;
    wt_status status = wt_index_watch(&row, &scratch, track->index, sources->items[i].url, err);
    wt_arena_release(&scratch);
    if (status == WT_OK) continue;
    if (status != WT_ENOTFOUND) return status;
    row = new_row(&sources->items[i], now);
    if (!each(context, &row)) break;
  }
  return WT_OK;
}

static void release(watch_round *r) {
  forget_waiting(r);
  wt_free(r->waiting);
  wt_free(r->due);
  wt_free(r->shares);
  track_sources_release(&r->sources);
  wt_arena_release(&r->arena);
}

/* Sources that were never asked, then what the index has; shares grow while there is room and something was passed over. */
static wt_status choose(watch_round *r) {
  wt_instant now = now_of(r);
  wt_status status = WT_OK;
  r->most = r->options->most ? r->options->most : ROUND;
  for (r->most_at_host = HOST_ROUND;; r->most_at_host *= 2) {
    r->due_count = r->share_count = 0;
    r->passed_over = false;
    status = each_new_source(r->track, &r->sources, now, add_due, r, r->err);
    if (status == WT_OK && r->status == WT_OK && r->due_count < r->most)
      status = wt_index_watch_due(r->track->index, now, 0, add_due, r, r->err);
    if (r->status) status = r->status;
    if (status || !r->passed_over || r->due_count >= r->most) return status;
  }
}

wt_status wt_track_watch(wt_watch_summary *out, wt_track *track, const wt_watch_options *options, wt_watched_each each,
                         void *context, wt_error *err) {
  watch_round r = {
      .track = track, .options = options, .keep_watching = true, .each = each, .context = context, .err = err};
  r.add_options = (wt_add_options){.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE, .batch = TRACK_ADD_WHOLE};
  wt_status status = track_catch_up(track, err);
  if (status == WT_OK) status = track_sources_read(&r.sources, track, err);
  if (status == WT_OK) status = choose(&r);
  if (status == WT_OK && r.due_count) status = ask_all(&r);
  *out = r.sum;
  release(&r);
  return status;
}

wt_status wt_track_watched(wt_track *track, wt_instant now, wt_watch_each each, void *context, wt_error *err) {
  track_sources sources = {0};
  wt_status status = track_sources_read(&sources, track, err);
  if (status == WT_OK) status = each_new_source(track, &sources, now, each, context, err);
  if (status == WT_OK) status = wt_index_watched(track->index, each, context, err);
  track_sources_release(&sources);
  return status;
}

wt_status wt_track_watch_next(wt_instant *out, wt_track *track, wt_error *err) {
  return wt_index_watch_next(out, track->index, err);
}

wt_status wt_track_add_urls(wt_watch_summary *out, wt_track *track, const wt_span *urls, size_t count_of,
                            const wt_add_options *add, const wt_watch_options *options, wt_watched_each each,
                            void *context, wt_error *err) {
  watch_round r = {
      .track = track, .options = options, .each = each, .context = context, .err = err, .add_options = *add};
  r.add_options.batch = TRACK_ADD_WHOLE;
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < count_of; i++) {
    wt_watch_row row = {.url = urls[i], .first = WT_INSTANT_NONE};
    if (!keep_due(&r, &row)) status = r.status;
  }
  if (status == WT_OK && r.due_count) status = ask_all(&r);
  *out = r.sum;
  release(&r);
  return status;
}
