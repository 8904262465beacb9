/* outlets: from hosts to outlets. */
#include "track/track.h"

#include <string.h>

void track_outlets_release(track_outlets *outlets) {
  wt_arena_release(&outlets->arena);
  wt_free(outlets->hosts);
  *outlets = (track_outlets){0};
}

bool track_outlets_note(track_outlets *outlets, wt_span name, wt_span value) {
  wt_span prefix = WT_SPAN("outlet."), suffix = WT_SPAN(".host");
  if (!wt_span_starts(name, prefix) || !wt_span_ends(name, suffix) || name.len <= prefix.len + suffix.len) return true;
  if (!wt_grow(&outlets->hosts, &outlets->capacity, outlets->count + 1, sizeof *outlets->hosts)) return false;
  track_outlet_host entry = {.host = wt_span_keep(&outlets->arena, wt_span_trim(value)),
                             .id = wt_span_keep(&outlets->arena, wt_span_sub(name, prefix.len, name.len - suffix.len))};
  if (!entry.host.data || !entry.id.data) return false;
  outlets->hosts[outlets->count++] = entry;
  return true;
}

/* Is `host` the configured one or a subdomain of it? */
static bool belongs(wt_span host, wt_span configured) {
  if (configured.len == 0 || host.len < configured.len) return false;
  wt_span end = wt_span_sub(host, host.len - configured.len, host.len);
  if (!wt_span_equal_ascii_case(end, configured)) return false;
  return host.len == configured.len || host.data[host.len - configured.len - 1] == '.';
}

wt_span track_outlet_of_host(const track_outlets *outlets, wt_span host) {
  wt_span best = host;
  size_t longest = 0;
  for (size_t i = 0; i < outlets->count; i++) {
    if (outlets->hosts[i].host.len <= longest || !belongs(host, outlets->hosts[i].host)) continue;
    longest = outlets->hosts[i].host.len;
    best = outlets->hosts[i].id;
  }
  return best;
}

wt_span track_host_of(wt_span url) {
  size_t at = wt_span_find(url, WT_SPAN("://"));
  if (at == url.len) return (wt_span){0};
  wt_span host = wt_span_sub(url, at + 3, url.len);
  size_t end = 0;
  while (end < host.len && strchr("/?#:", host.data[end]) == NULL) end++;
  host = wt_span_sub(host, 0, end);
  return wt_span_starts(host, WT_SPAN("www.")) ? wt_span_sub(host, 4, host.len) : host;
}

bool track_outlet_owns(const track_outlets *outlets, wt_span outlet, wt_span url) {
  wt_span host = track_host_of(url);
  return host.len > 0 && wt_span_equal_ascii_case(track_outlet_of_host(outlets, host), outlet);
}

static bool note(void *context, wt_span name, wt_span value) {
  return track_outlets_note(context, name, value);
}

wt_status track_outlets_need(wt_track *track, wt_error *err) {
  if (track->outlets_read) return WT_OK;
  wt_status status = wt_archive_config_each(track->archive, note, &track->outlets, err);
  track->outlets_read = status == WT_OK;
  return status;
}
