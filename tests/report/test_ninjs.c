/* ninjs out: what it says, and that it reads back to the same story. */
#include "support/roundtrip.h"
#include "wt/report.h"

#include <jansson.h>

/* ---- the form of ninjs 3.0, as far as we write it: names, types, values ---- */

typedef enum form { TEXT, WHOLE, NUMBER, TIME, URI, LIST, OBJECT } form;

typedef struct member {
  const char *name;
  form form;
  const char *values; /* between bars; NULL: any */
} member;

/* Properties of ninjs, of an entry of its lists, and of its standard; none but these may be there. */
static const member of_item[] = {{"uri", URI, NULL},
                                 {"type", TEXT, "|text|"},
                                 {"representationType", TEXT, "|full|partial|"},
                                 {"profile", TEXT, NULL},
                                 {"version", TEXT, NULL},
                                 {"firstCreated", TIME, NULL},
                                 {"versionCreated", TIME, NULL},
                                 {"embargoed", TIME, NULL},
                                 {"pubStatus", TEXT, "|usable|withheld|canceled|"},
                                 {"urgency", NUMBER, NULL},
                                 {"edNote", TEXT, NULL},
                                 {"language", TEXT, NULL},
                                 {"descriptions", LIST, NULL},
                                 {"bodies", LIST, NULL},
                                 {"headlines", LIST, NULL},
                                 {"infoSources", LIST, NULL},
                                 {"by", TEXT, NULL},
                                 {"slugline", TEXT, NULL},
                                 {"located", TEXT, NULL},
                                 {"standard", OBJECT, NULL}};
static const member of_entry[] = {{"role", TEXT, NULL}, {"contentType", TEXT, NULL}, {"value", TEXT, NULL}};
static const member of_body[] = {
    {"role", TEXT, NULL}, {"contentType", TEXT, NULL}, {"value", TEXT, NULL}, {"wordCount", WHOLE, NULL}};
static const member of_source[] = {{"name", TEXT, NULL}};
static const member of_standard[] = {{"name", TEXT, "|ninjs|"}, {"version", TEXT, "|3.0|"}, {"schema", URI, NULL}};

/* RFC 3339: a day, a T, seconds and a zone. */
static bool is_date_time(const char *text) {
  size_t length = strlen(text);
  return length >= 20 && text[4] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
         (text[length - 1] == 'Z' || text[length - 6] == '+' || text[length - 6] == '-');
}

static void assert_value(const member *is, const json_t *value) {
  char among[200];
  const char *text = json_string_value(value);
  bool string = is->form == TEXT || is->form == TIME || is->form == URI;
  assert_int_equal(string, json_is_string(value));
  assert_int_equal(is->form == WHOLE || is->form == NUMBER, json_is_integer(value));
  assert_int_equal(is->form == LIST, json_is_array(value));
  assert_int_equal(is->form == OBJECT, json_is_object(value));
  if (is->form == TIME) assert_true(is_date_time(text));
  if (is->form == URI) assert_true(strchr(text, ':') != NULL && strpbrk(text, " <>\"{}|\\^`") == NULL);
  if (is->values == NULL) return;
  snprintf(among, sizeof among, "|%s|", text);
  assert_non_null(strstr(is->values, among));
}

static void assert_members(const json_t *object, const member *members, size_t count) {
  const char *name;
  json_t *value;
  assert_true(json_is_object(object));
  json_object_foreach((json_t *)object, name, value) {
    const member *is = NULL;
    for (size_t i = 0; i < count; i++)
      if (strcmp(members[i].name, name) == 0) is = &members[i];
    if (is == NULL) fail_msg("ninjs has no property %s here", name);
    assert_value(is, value);
  }
}
#define ASSERT_MEMBERS(object, members) assert_members(object, members, sizeof members / sizeof *members)

static void assert_list(const json_t *item, const char *name, const member *members, size_t count, const char *needed) {
  const json_t *list = json_object_get(item, name), *entry;
  size_t i;
  json_array_foreach((json_t *)list, i, entry) {
    assert_members(entry, members, count);
    assert_non_null(json_object_get(entry, needed));
  }
}
#define ASSERT_LIST(item, name, members, needed)                                                                       \
  assert_list(item, name, members, sizeof members / sizeof *members, needed)

/* Writes ninjs, and holds what it wrote against the form. */
static wt_status write_checked(wt_buf *out, const wt_story *story, wt_error *err) {
  wt_status status = wt_report_ninjs(out, story, err);
  assert_int_equal(status, WT_OK);
  json_t *item = json_loadb(out->data, out->len, 0, NULL);
  assert_non_null(item);
  assert_non_null(json_object_get(item, "uri"));
  ASSERT_MEMBERS(item, of_item);
  ASSERT_MEMBERS(json_object_get(item, "standard"), of_standard);
  ASSERT_LIST(item, "descriptions", of_entry, "value");
  ASSERT_LIST(item, "headlines", of_entry, "value");
  ASSERT_LIST(item, "bodies", of_body, "value");
  ASSERT_LIST(item, "infoSources", of_source, "name");
  json_int_t urgency = json_integer_value(json_object_get(item, "urgency"));
  assert_true(urgency >= 0 && urgency <= 9);
  json_decref(item);
  return status;
}

static void reads_back(void **state) {
  (void)state;
  check_roundtrip_full(write_checked);
}

static void reads_wire_stories_back(void **state) {
  (void)state;
  check_roundtrip_wire(write_checked);
}

static wt_status write_as(wt_story *story, wt_story_status status, wt_capture_state state) {
  wt_buf out = {0};
  wt_error err;
  story->status = status;
  story->state = state;
  wt_status written = write_checked(&out, story, &err);
  wt_buf_release(&out);
  return written;
}

/* Every status and state, and fields with values that ninjs has another form for. */
static void keeps_the_form_whatever_a_story_says(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_error err;
  wt_story_init(&story, &arena);
  for (int s = WT_STATUS_USABLE; s <= WT_STATUS_CANCELED; s++)
    for (int c = WT_CAPTURE_WHOLE; c <= WT_CAPTURE_NOT_FOUND; c++)
      assert_ok(write_as(&story, (wt_story_status)s, (wt_capture_state)c));
  static const char *const values[] = {"0",   "10",       "x", "a b:c", "2024", "2024-06-20", "2024-06-20T14:03",
                                       "1:2", "http://[<"};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    for (int f = 0; f < WT_FIELDS; f++) {
      assert_ok(wt_story_set(&story, (wt_story_field)f, wt_span_of(values[i]), &err));
      assert_ok(write_as(&story, WT_STATUS_USABLE, WT_CAPTURE_WHOLE));
    }
  wt_arena_release(&arena);
}

static void has_what_ninjs_asks_for(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_buf out = {0};
  wt_error err;
  wt_story_init(&story, &arena);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE, WT_SPAN("Ferry"), &err));
  assert_ok(wt_story_set(&story, WT_FIELD_PUBLISHED, WT_SPAN("2024-06-20T10:00:00Z"), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, WT_SPAN("It <sails> & waits."), &err));
  assert_ok(wt_story_seal(&story, &err));
  assert_ok(wt_report_ninjs(&out, &story, &err));
  assert_non_null(strstr(out.data, "\"uri\":\"urn:writethru:"));
  assert_non_null(strstr(out.data, "\"pubStatus\":\"usable\""));
  assert_non_null(strstr(out.data, "\"firstCreated\":\"2024-06-20T10:00:00Z\""));
  assert_non_null(strstr(out.data, "\"headlines\":[{\"role\":\"main\",\"value\":\"Ferry\"}]"));
  assert_non_null(strstr(out.data, "<p>It &lt;sails&gt; &amp; waits.</p>"));
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_back),
      cmocka_unit_test(reads_wire_stories_back),
      cmocka_unit_test(has_what_ninjs_asks_for),
      cmocka_unit_test(keeps_the_form_whatever_a_story_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
