/* Reads a page that nobody tracks: fetched politely, in memory, and nothing of it is kept. */
#include "wt/track.h"

typedef struct reading {
  wt_story *out;
  wt_arena *arena;
  wt_span url;
  wt_status status;
  wt_error *err;
} reading;

static wt_status refuse(const reading *r, const wt_fetch_result *result) {
  wt_span where = wt_span_keep(r->arena, r->url);
  const char *why = result->why[0] != 0 ? result->why : wt_fetch_state_name(result->state);
  wt_status status = result->state == WT_FETCH_FORBIDDEN ? WT_EREFUSED
                     : result->state == WT_FETCH_GONE    ? WT_ENOTFOUND
                                                         : WT_EIO;
  return wt_fail(r->err, status, where.data, -1, "%s", why);
}

static bool on_answer(void *context, size_t index, const wt_fetch_result *result) {
  reading *r = context;
  (void)index;
  if (result->state != WT_FETCH_OK) {
    r->status = refuse(r, result);
    return true;
  }
  wt_span bytes = wt_span_keep(r->arena, result->body), url = wt_span_keep(r->arena, result->url);
  wt_source source = {.name = url,
                      .url = url,
                      .content_type = result->content_type,
                      .language = result->content_language,
                      .captured = WT_INSTANT_NONE};
  if (bytes.data == NULL || url.data == NULL)
    r->status = wt_fail(r->err, WT_ENOMEM, "fetch", -1, "out of memory");
  else
    r->status = wt_ingest(r->out, r->arena, bytes, &source, NULL, r->err);
  return true;
}

wt_status wt_track_read_url(wt_story *out, wt_arena *arena, wt_span url, const wt_fetch_options *options,
                            wt_error *err) {
  reading r = {out, arena, url, WT_OK, err};
  wt_fetch_request request = {.url = url};
  wt_fetcher *fetcher;
  wt_status status = wt_fetcher_open(&fetcher, options, err);
  if (status != WT_OK) return status;
  r.status = wt_fail(err, WT_EIO, "fetch", -1, "no answer");
  status = wt_fetch_all(fetcher, &request, 1, on_answer, &r, err);
  wt_fetcher_close(fetcher);
  return status != WT_OK ? status : r.status;
}
