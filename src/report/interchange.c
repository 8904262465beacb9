/* What the writers of ninjs and JSON-LD share: the pairs for what those forms have no place for. */
#include "report/interchange.h"

bool wt_interchange_is_date_time(wt_span value) {
  wt_time time;
  return wt_time_parse(&time, value) && time.precision == WT_TIME_SECOND && time.has_offset;
}

void wt_interchange_rest(wt_json *json, const wt_story *story, uint64_t placed, bool bylines,
                         wt_interchange_pair pair) {
  for (int i = 0; i < WT_FIELDS; i++)
    if (!(placed & WT_PLACED(i)) && story->fields[i].len > 0)
      pair(json, wt_story_field_name((wt_story_field)i), story->fields[i]);
  for (int l = 0; l < WT_LISTS; l++)
    for (size_t i = 0; i < story->lists[l].count && (bylines || l != WT_LIST_BYLINES); i++)
      pair(json, wt_story_list_name((wt_story_list)l), story->lists[l].items[i]);
  if (story->status != WT_STATUS_USABLE) pair(json, "status", wt_span_of(wt_story_status_name(story->status)));
  if (story->state != WT_CAPTURE_WHOLE) pair(json, "state", wt_span_of(wt_capture_state_name(story->state)));
}
