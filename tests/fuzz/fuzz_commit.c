/* Our commits, as bytes of an object: trailers read, unescaped, and written again come out the same. */
#include "fuzz/fuzz.h"

#include "archive/commit.h"
#include "archive/name.h"

static void check_trailer(wt_trailer trailer, wt_span escaped) {
  wt_buf room = {0}, line = {0}, again = {0};
  wt_error err = {.byte = -1};
  wt_buf_reserve(&room, escaped.len);
  wt_span value = wt_trailer_value(&room, escaped), rest;
  wt_commit_put_trailer(&line, trailer, value);
  rest = wt_buf_span(&line);
  if (value.len > 0 && memchr(rest.data, '\n', rest.len) != rest.data + rest.len - 1)
    fuzz_fail("a trailer of more than one line", &err, rest);
  rest = wt_span_sub(rest, wt_span_find(rest, WT_SPAN(": ")) + 2, rest.len - (rest.len > 0));
  wt_buf_reserve(&again, rest.len);
  if (!wt_span_equal(wt_trailer_value(&again, rest), value)) fuzz_fail("a trailer reads back otherwise", &err, value);
  wt_buf_release(&room);
  wt_buf_release(&line);
  wt_buf_release(&again);
}

static void check_names(wt_span text) {
  wt_buf path = {0};
  wt_name_put_outlet(&path, text);
  wt_buf_put_text(&path, "/2024/06/20/");
  size_t slug = path.len;
  wt_name_put_slug(&path, text);
  if (path.len == slug) wt_buf_put_text(&path, "x");
  wt_buf_put_text(&path, ".txt");
  fuzz_expect(wt_name_is_story(wt_buf_span(&path)), "a name made of anything is a story's");
  wt_name_is_story(text);
  wt_buf_release(&path);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span bytes = {(const char *)data, size};
  wt_commit commit;
  wt_buf subject = {0};
  uint64_t number;
  if (wt_commit_parse(&commit, bytes, NULL) == WT_OK) {
    for (int i = 0; i < WT_TRAILERS; i++)
      if (commit.trailers[i].len > 0) check_trailer((wt_trailer)i, commit.trailers[i]);
    wt_commit_is_revision(&commit);
    wt_commit_is_rung(&commit);
    wt_number_parse(&number, commit.trailers[WT_TRAILER_REVISION]);
  }
  check_trailer(WT_TRAILER_URL, bytes);
  wt_commit_put_subject(&subject, bytes);
  fuzz_expect(subject.len > 0 && memchr(subject.data, '\n', subject.len) == subject.data + subject.len - 1,
              "a subject is one line");
  check_names(bytes);
  wt_buf_release(&subject);
  return 0;
}
