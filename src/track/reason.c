/* reason: the codes that a capture ends with. */
#include "wt/track.h"

static const char *const names[WT_REASONS] = {
    [WT_REASON_NEW_STORY] = "new-story",
    [WT_REASON_REVISION] = "revision",
    [WT_REASON_UNCHANGED] = "unchanged",
    [WT_REASON_TYPOGRAPHY_ONLY] = "typography-only",
    [WT_REASON_FURNITURE_ONLY] = "furniture-only",
    [WT_REASON_TIMESTAMP_ONLY] = "timestamp-only",
    [WT_REASON_RETURNED_TO] = "returned-to",
    [WT_REASON_HEADLINE_VARIANT] = "headline-variant",
    [WT_REASON_LATE] = "late",
    [WT_REASON_SHRUNK] = "quarantined: shrunk",
    [WT_REASON_PAYWALL] = "quarantined: paywall",
    [WT_REASON_NOT_FOUND] = "quarantined: not-found",
    [WT_REASON_EXTRACTOR_UPGRADE] = "extractor-upgrade",
    [WT_REASON_REGROUPED] = "regrouped",
    [WT_REASON_ERASED] = "erased",
    [WT_REASON_TROUBLE] = "trouble",
};

const char *wt_reason_name(wt_reason reason) {
  return names[reason];
}

static bool parse_number(uint32_t *out, wt_span digits) {
  uint64_t value = 0;
  if (digits.len == 0 || digits.len > 9) return false;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9') return false;
    value = value * 10 + (uint64_t)(digits.data[i] - '0');
  }
  *out = (uint32_t)value;
  return true;
}

bool wt_reason_parse(wt_reason *out, uint32_t *returned_to, wt_span text) {
  wt_span returned = WT_SPAN("returned-to ");
  *returned_to = 0;
  if (wt_span_starts(text, returned)) {
    *out = WT_REASON_RETURNED_TO;
    return parse_number(returned_to, wt_span_sub(text, returned.len, text.len));
  }
  for (unsigned i = 0; i < WT_REASONS; i++) {
    if (!wt_span_equal(text, wt_span_of(names[i]))) continue;
    *out = (wt_reason)i;
    return true;
  }
  return false;
}

bool wt_reason_is_quarantine(wt_reason reason) {
  return reason == WT_REASON_SHRUNK || reason == WT_REASON_PAYWALL || reason == WT_REASON_NOT_FOUND;
}
