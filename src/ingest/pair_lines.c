/* One line of JSON as a pair of copies that were found elsewhere: what `import-copies` reads. */
#include "ingest/json_line.h"

static wt_instant instant_of(const json_t *object, const char *name) {
  wt_instant at;
  const json_t *value = json_object_get(object, name);
  return wt_instant_parse(&at, (wt_span){json_string_value(value), json_string_length(value)}) ? at : WT_INSTANT_NONE;
}

static bool take_share(uint32_t *out, const json_t *object) {
  const json_t *share = json_object_get(object, "share");
  double value = json_number_value(share);
  *out = 0;
  if (!json_is_number(share) || !(value >= 0 && value <= 1)) return false;
  *out = (uint32_t)(value * 10000 + 0.5);
  return true;
}

wt_status wt_pair_line_parse(wt_pair_line *out, wt_arena *arena, wt_span line, wt_error *err) {
  json_t *object;
  *out = (wt_pair_line){.leader_published = WT_INSTANT_NONE, .published = WT_INSTANT_NONE};
  wt_status status = wt_json_line_load(&object, line, err);
  if (status != WT_OK) return status;
  const json_t *keys = json_object_get(object, "keys");
  bool fits = wt_json_line_take(&out->leader, arena, object, "leader") &&
              wt_json_line_take(&out->member, arena, object, "member");
  bool numbers =
      take_share(&out->share, object) && json_integer_value(keys) >= 0 && json_integer_value(keys) <= INT32_MAX;
  out->keys = (uint64_t)json_integer_value(keys);
  out->leader_published = instant_of(object, "leader_published");
  out->published = instant_of(object, "published");
  json_decref(object);
  if (!fits) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  if (out->leader.len == 0 || out->member.len == 0)
    return wt_fail(err, WT_EFORMAT, NULL, 0, "\"leader\" and \"member\" are needed");
  return numbers ? WT_OK : wt_fail(err, WT_EFORMAT, NULL, 0, "\"share\" is a number from 0 to 1, and \"keys\" a count");
}
