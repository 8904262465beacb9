/* json_flat: where it is sure, it says what jansson says. */
#include "ingest/json_flat.h"
#include "support/check.h"

#include <jansson.h>
#include <string.h>

enum { MEMBERS = 64 };

typedef struct heard {
  wt_flat_member members[MEMBERS]; /* by name, the last of each */
  size_t count;
} heard;

static void hear(void *context, const wt_flat_member *member) {
  heard *h = context;
  size_t i = 0;
  while (i < h->count && !wt_span_equal(h->members[i].name, member->name)) i++;
  assert_true(i < MEMBERS);
  h->members[i] = *member;
  if (i == h->count) h->count++;
}

static bool is_text(const json_t *value, wt_span text) {
  return json_string_length(value) == text.len && memcmp(json_string_value(value), text.data, text.len) == 0;
}

static void check_member(const json_t *object, const wt_flat_member *member) {
  const json_t *value = json_object_getn(object, member->name.data, member->name.len);
  assert_non_null(value);
  switch (member->kind) {
  case WT_FLAT_STRING:
    assert_true(json_is_string(value));
    if (member->text.len) assert_true(is_text(value, member->text));
    assert_int_equal(json_string_length(value), member->text.len);
    break;
  case WT_FLAT_INTEGER:
    assert_true(json_is_integer(value));
    assert_int_equal(json_integer_value(value), member->number);
    break;
  default: assert_false(json_is_string(value) || json_is_integer(value));
  }
}

/* Was it sure? Then jansson reads the same. */
static bool agree(wt_span line) {
  heard h = {.count = 0};
  wt_buf text = {0};
  json_error_t trouble;
  bool sure = wt_json_flat(&text, line, hear, &h);
  if (sure) {
    json_t *object = json_loadb(line.data, line.len, 0, &trouble);
    assert_non_null(object);
    assert_int_equal(json_object_size(object), h.count);
    for (size_t i = 0; i < h.count; i++) check_member(object, &h.members[i]);
    json_decref(object);
  }
  wt_buf_release(&text);
  return sure;
}

static const char *const fine[] = {
    "{}",
    " \t{ } \r",
    "{\"url\":\"https://north.example/a\",\"text\":\"One.\\n\\nTwo.\"}",
    "{\"\\u0075rl\" : \"a\\/b\", \"t\\ne\" : \"\\\"\\\\\\b\\f\\n\\r\\t\"}",
    "{\"url\":\"first\",\"url\":\"second\",\"url\":null}",
    "{\"a\":1,\"b\":-0,\"c\":123456789012345678,\"d\":1.5,\"e\":true,\"f\":false,\"g\":null,\"h\":\"\",\"\":\"x\"}",
    "{\"tags\":[\"a\",[],{\"b\":{\"url\":\"inner\"}},[1,2.0,{}]],\"url\":\"outer\"}",
    "{\"text\":\"caf\\u00e9 caf\xC3\xA9 \\ud83d\\ude00 \xF0\x9F\x98\x80 \\u20ac \x7F\"}",
    "{\"captured\":1718841600}",
};

static const char *const doubtful[] = {
    "",
    "[]",
    "{",
    "{\"a\"}",
    "{\"a\":1,}",
    "{\"a\":1}}",
    "{\"a\":1} x",
    "{\"a\":01}",
    "{\"a\":-}",
    "{\"a\":1e5}",
    "{\"a\":1.}",
    "{\"a\":1234567890123456789}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\\u0000\":1}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\ud800\\u0041\"}",
    "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\",
    "{\"a\":\"tab\tinside\"}",
    "{\"a\":\"\xFF\"}",
    "{\"a\":\"\xED\xA0\x80\"}",
    "{\"a\":nul}",
    "{\"a\":truer}",
    "{'a':1}",
    "{\"a\":[1,2}",
    "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]}",
};

static void test_lines(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
    if (!agree(wt_span_of(fine[i]))) fail_msg("not sure of %s", fine[i]);
  for (size_t i = 0; i < sizeof doubtful / sizeof *doubtful; i++)
    if (agree(wt_span_of(doubtful[i]))) fail_msg("sure of %s", doubtful[i]);
  assert_false(agree((wt_span){"{\"a\":\"x\0y\"}", 11}));
}

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Bytes of what is fine put otherwise, taken out and doubled: most of it is wrong, some of it is not. */
static void test_mutated(void **state) {
  static const char bytes[] = "\"\\{}[]:,u0d8c1eE.-+tfn \t\n\x01\x80\xC3\xED\xF4";
  (void)state;
  uint64_t r = 88172645463325252u;
  size_t sure = 0;
  for (size_t round = 0; round < 200000; round++) {
    char line[256];
    const char *from = fine[next_random(&r) % (sizeof fine / sizeof *fine)];
    size_t len = strlen(from);
    memcpy(line, from, len);
    for (uint64_t n = 1 + next_random(&r) % 3; n > 0 && len > 1; n--) {
      size_t at = next_random(&r) % len;
      switch (next_random(&r) % 3) {
      case 0: line[at] = bytes[next_random(&r) % (sizeof bytes - 1)]; break;
      case 1: memmove(line + at, line + at + 1, --len - at); break;
      default: memmove(line + at + 1, line + at, len++ - at);
      }
    }
    sure += agree((wt_span){line, len});
  }
  assert_in_range(sure, 20000, 180000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines), cmocka_unit_test(test_mutated)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
