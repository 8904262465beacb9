/* The journal's records and the configuration, both of which a clone brings along. */
#include "fuzz/fuzz.h"

#include "archive/archive.h"
#include "track/outlets.h"
#include "track/record.h"

static bool note(void *context, wt_span name, wt_span value) {
  fuzz_expect(name.len > 0 && name.data != NULL, "a setting has a name");
  return track_outlets_note(context, name, value);
}

static void check_configuration(wt_span text) {
  track_outlets outlets = {0};
  wt_error err = {.byte = -1};
  wt_status status = wt_archive_config_read(text, note, &outlets, &err);
  fuzz_expect(status == WT_OK || err.what[0] != '\0', "what is refused says why");
  fuzz_expect(err.byte <= (int64_t)text.len, "the byte is in the text");
  for (size_t i = 0; i < outlets.count; i++)
    fuzz_expect(track_outlet_of_host(&outlets, outlets.hosts[i].host).len > 0 || outlets.hosts[i].host.len == 0,
                "a host has an outlet");
  track_outlet_of_host(&outlets, text);
  track_outlets_release(&outlets);
}

static void check_record(wt_span line) {
  wt_arena arena;
  record in;
  wt_error err = {.byte = -1};
  wt_arena_init(&arena, (size_t)64 << 20);
  if (record_parse(&in, &arena, line, &err) == WT_OK) {
    fuzz_expect(in.count <= RECORD_MEMBERS, "members within the bound");
    record_get(&in, "kind");
    record_number(&in, "revision");
  } else {
    fuzz_expect(err.what[0] != '\0', "what is refused says why");
  }
  wt_arena_release(&arena);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span text = {(const char *)data, size}, line, rest = text;
  check_configuration(text);
  while (wt_span_line(&line, &rest)) check_record(line);
  return 0;
}
