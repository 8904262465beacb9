/* JSON Feed 1 and 1.1. */
#include "ingest/links.h"
#include "ingest/json_parse.h"

#include <jansson.h>

static wt_span text_of(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  if (!json_is_string(value)) return (wt_span){NULL, 0};
  return (wt_span){json_string_value(value), json_string_length(value)};
}

static bool put_item(wt_links_out *out, const json_t *item) {
  wt_time published = {0};
  wt_span href = text_of(item, "url");
  if (href.len == 0) href = text_of(item, "id");
  if (!wt_time_parse(&published, text_of(item, "date_published"))) published = (wt_time){0};
  return wt_links_put(out, href, text_of(item, "title"), published, false);
}

void wt_links_json(wt_links_out *out, wt_span bytes) {
  json_error_t where;
  json_t *feed = wt_json_parse(bytes, JSON_DISABLE_EOF_CHECK, &where);
  const json_t *items = json_object_get(feed, "items");
  if (!json_is_array(items)) {
    out->status = wt_fail(out->err, WT_EFORMAT, "links", feed ? 0 : where.position, "no JSON Feed");
  } else {
    for (size_t i = 0; i < json_array_size(items) && put_item(out, json_array_get(items, i)); i++) {
    }
  }
  json_decref(feed);
}
