/* The names of the classes, as machine forms and trailers carry them. */
#include "wt/classify.h"

#include <assert.h>

static const char *const names[WT_CLASSES] = {
    [WT_CLASS_HEADLINE] = "headline", [WT_CLASS_DECK] = "deck",           [WT_CLASS_BYLINE] = "byline",
    [WT_CLASS_DATELINE] = "dateline", [WT_CLASS_NUMBER] = "number",       [WT_CLASS_DATE] = "date",
    [WT_CLASS_NAME] = "name",         [WT_CLASS_QUOTE] = "quote",         [WT_CLASS_ATTRIBUTION] = "attribution",
    [WT_CLASS_HEDGE] = "hedge",       [WT_CLASS_NEGATION] = "negation",   [WT_CLASS_CORRECTION] = "correction",
    [WT_CLASS_LEDE] = "lede",         [WT_CLASS_MOVED] = "moved",         [WT_CLASS_SPLIT] = "split",
    [WT_CLASS_MERGE] = "merge",       [WT_CLASS_WORDING] = "wording",     [WT_CLASS_TYPOGRAPHY] = "typography",
    [WT_CLASS_SPELLING] = "spelling", [WT_CLASS_FURNITURE] = "furniture",
};

const char *wt_class_name(wt_class class) {
  assert((unsigned)class < WT_CLASSES);
  return names[class];
}

bool wt_class_parse(wt_class *out, wt_span name) {
  for (unsigned i = 0; i < WT_CLASSES; i++) {
    if (!wt_span_equal(wt_span_of(names[i]), name)) continue;
    *out = (wt_class)i;
    return true;
  }
  return false;
}

void wt_classes_put(wt_buf *out, uint32_t classes) {
  bool first = true;
  for (unsigned i = 0; i < WT_CLASSES; i++) {
    if (!(classes & 1u << i)) continue;
    if (!first) wt_buf_put_text(out, ", ");
    wt_buf_put_text(out, names[i]);
    first = false;
  }
}

void wt_classes_put_json(wt_json *json, uint32_t classes) {
  wt_json_key(json, "classes");
  wt_json_array(json);
  for (unsigned i = 0; i < WT_CLASSES; i++)
    if (classes & 1u << i) wt_json_text(json, names[i]);
  wt_json_array_end(json);
}
