/* Giving captures to the caller, and complaining to it. */
#include "ingest/sink.h"

#define MAX_BYTES ((size_t)256 << 20)

size_t wt_capture_limit(const wt_ingest_options *options) {
  return options != NULL && options->max_bytes > 0 ? options->max_bytes : MAX_BYTES;
}

wt_status wt_capture_give(wt_sink *sink, const wt_capture *capture, wt_error *err) {
  if (sink->each(sink->context, capture)) return WT_OK;
  return wt_fail(err, WT_ECANCELED, NULL, -1, "stopped by the caller");
}

wt_status wt_capture_complain(wt_sink *sink, const wt_error *trouble, wt_error *err) {
  if (sink->trouble == NULL || sink->trouble(sink->context, trouble)) return WT_OK;
  return wt_fail(err, WT_ECANCELED, NULL, -1, "stopped by the caller");
}

bool wt_capture_elsewhere(const wt_sink *sink) {
  return sink->options != NULL && sink->options->elsewhere;
}

wt_status wt_row_complain(wt_sink *sink, uint64_t line, const char *what, wt_error *err) {
  wt_error trouble = {.status = WT_EFORMAT, .byte = -1};
  wt_fail(&trouble, WT_EFORMAT, NULL, -1, "line %llu: %s", (unsigned long long)line, what);
  wt_read_named_failure(WT_EFORMAT, sink->source, &trouble);
  return wt_capture_complain(sink, &trouble, err);
}
