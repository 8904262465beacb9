/* The packed filters say what the filters of lines say, in any parts and any order. */
#include "support/check.h"

#include "wt/track/copies.h"

#define STORIES 40u
#define MOST 8u

/* What comes out of one step, sorted by what it is for. */
typedef struct heap {
  wt_buf by_part[MOST], stories, bad, read, hot;
} heap;

static void release(heap *h) {
  for (unsigned i = 0; i < MOST; i++) wt_buf_release(&h->by_part[i]);
  wt_buf_release(&h->stories);
  wt_buf_release(&h->bad);
  wt_buf_release(&h->read);
  wt_buf_release(&h->hot);
}

static wt_buf *place_for(heap *h, const char *name, unsigned part) {
  if (strcmp(name, "stories") == 0) return &h->stories;
  if (strcmp(name, "bad") == 0) return &h->bad;
  if (strcmp(name, "read") == 0) return &h->read;
  if (strcmp(name, "hot") == 0) return &h->hot;
  assert_true(strcmp(name, "keys") == 0 || strcmp(name, "pairs") == 0);
  assert_true(part < MOST);
  return &h->by_part[part];
}

static void take_frames(heap *h, wt_buf *out) {
  wt_span head, rest = wt_buf_span(out);
  while (wt_span_line(&head, &rest)) {
    char name[16];
    unsigned part;
    size_t size;
    assert_int_equal(sscanf(head.data, "%15s %u %zu", name, &part, &size), 3);
    assert_true(size > 0 && size <= rest.len);
    wt_buf_put_span(place_for(h, name, part), wt_span_sub(rest, 0, size));
    rest = wt_span_sub(rest, size, rest.len);
  }
  wt_buf_release(out);
}

/* Story n has its own words, and those of story n / 4 * 4; all from `common` on have one line more. */
static void put_line(wt_buf *line, unsigned n, unsigned common) {
  wt_buf_clear(line);
  wt_buf_put_format(line, "{\"url\":\"u %u\",\"published\":%u,\"text\":\"", n, 60 + n);
  for (unsigned w = 0; w < 60; w++) wt_buf_put_format(line, "w%ux%u ", n / 4 * 4, w);
  for (unsigned w = 0; w < 20 * (n % 4); w++) wt_buf_put_format(line, "o%ux%u ", n, w);
  if (n >= common) wt_buf_put_text(line, "\\nThis line stands below every story that is told in this paper");
  wt_buf_put_text(line, "\"}");
}

static void pack_block(heap *h, uint32_t parts, unsigned begin, unsigned end, unsigned common) {
  wt_error err;
  wt_packing packing;
  wt_buf out = {0}, line = {0};
  uint64_t byte = 0;
  assert_ok(wt_packing_init(&packing, parts, &err));
  for (unsigned n = begin; n < end; n++) {
    put_line(&line, n, common);
    assert_ok(wt_pack_story(&out, &packing, n - begin, byte, wt_buf_span(&line), &err));
    byte += line.len + 1;
  }
  assert_ok(wt_pack_read(&out, &packing, end - begin, byte, &err));
  take_frames(h, &out);
  wt_packing_release(&packing);
  wt_buf_release(&line);
}

static void find_pairs(heap *pairs, uint32_t parts, const heap *blocks, const unsigned *firsts, unsigned count) {
  wt_error err;
  for (unsigned part = 0; part < MOST; part++) {
    wt_packing packing;
    wt_buf out = {0};
    assert_ok(wt_packing_init(&packing, parts, &err));
    for (unsigned b = count; b-- > 0;)
      assert_ok(wt_pack_take_keys(&packing, firsts[b], wt_buf_span(&blocks[b].by_part[part]), &err));
    assert_ok(wt_packing_sort(&packing, &err));
    while (wt_pack_candidates(&out, &packing)) {
    }
    take_frames(pairs, &out);
    wt_packing_release(&packing);
  }
}

/* The pairs that share enough, of all parts, in order. */
static void verify(wt_buf *lines, const heap *pairs) {
  wt_error err;
  wt_packing packing;
  assert_ok(wt_packing_init(&packing, 1, &err));
  for (unsigned part = 0; part < MOST; part++)
    assert_ok(wt_pack_take_pairs(&packing, wt_buf_span(&pairs->by_part[part]), &err));
  assert_ok(wt_packing_sort(&packing, &err));
  while (wt_pack_verified(lines, &packing)) {
  }
  wt_packing_release(&packing);
}

/* From the stories, in two blocks that meet at `cut`, to the pairs that share enough. */
static void whole_way(wt_buf *lines, wt_buf *hot, uint32_t parts, unsigned count, unsigned cut, unsigned common) {
  heap blocks[2] = {0}, pairs = {0};
  const unsigned firsts[2] = {0, cut};
  pack_block(&blocks[0], parts, 0, cut, common);
  pack_block(&blocks[1], parts, cut, count, common);
  find_pairs(&pairs, parts, blocks, firsts, 2);
  verify(lines, &pairs);
  wt_buf_put_span(hot, wt_buf_span(&pairs.hot));
  release(&blocks[0]);
  release(&blocks[1]);
  release(&pairs);
}

/* What `fingerprint | sort | candidates | sort` gives, as lines of the packed form. */
static void lines_of_filters(wt_buf *lines, unsigned count, unsigned common) {
  wt_error err;
  wt_buf keys = {0}, found = {0}, line = {0};
  wt_filter filter = {0};
  wt_fingerprint room = {0};
  for (unsigned n = 0; n < count; n++) {
    put_line(&line, n, common);
    assert_ok(wt_filter_keys(&keys, &room, n, wt_buf_span(&line), &err));
  }
  assert_ok(wt_filter_sort(&keys, &err));
  wt_span one, rest = wt_buf_span(&keys);
  while (wt_span_line(&one, &rest)) assert_ok(wt_filter_candidates(&found, &filter, one, &err));
  assert_ok(wt_filter_candidates_end(&found, &filter, &err));
  assert_ok(wt_filter_sort(&found, &err));
  unsigned shared = 0;
  wt_span last = {0};
  for (rest = wt_buf_span(&found); wt_span_line(&one, &rest); last = one) {
    shared = wt_span_equal(one, last) ? shared + 1 : 1;
    if (rest.len > one.len && wt_span_starts(rest, one)) continue;
    unsigned later, earlier, later_keys, earlier_keys;
    assert_int_equal(sscanf(one.data, "%u %u u_%*u\t%u %u ", &later, &later_keys, &earlier, &earlier_keys), 4);
    unsigned smaller = later_keys < earlier_keys ? later_keys : earlier_keys;
    if (shared >= 2 && shared * 10000 / smaller >= 3333)
      wt_buf_put_format(lines, "%010u\t%010u %u\t%u\t%u\n", earlier, later, earlier_keys, later_keys, shared);
  }
  assert_ok(wt_filter_sort(lines, &err));
  wt_filter_release(&filter);
  wt_fingerprint_release(&room);
  wt_buf_release(&keys);
  wt_buf_release(&found);
  wt_buf_release(&line);
}

/* The packed form's lines in the same shape. */
static void reshape(wt_buf *to, const wt_buf *lines) {
  wt_span one, rest = wt_buf_span(lines);
  while (wt_span_line(&one, &rest)) {
    unsigned a, a_keys, b, b_keys, shared;
    assert_int_equal(sscanf(one.data, "%u\t%u\t%u\t%u\t%u", &a, &a_keys, &b, &b_keys, &shared), 5);
    assert_true(a < b);
    wt_buf_put_format(to, "%010u\t%010u %u\t%u\t%u\n", a, b, a_keys, b_keys, shared);
  }
}

static void parts_and_order_change_nothing(void **state) {
  (void)state;
  wt_buf wanted = {0};
  lines_of_filters(&wanted, STORIES, STORIES / 2);
  assert_true(wanted.len > 1000);
  for (uint32_t parts = 1; parts <= MOST; parts += 3) {
    for (unsigned cut = 0; cut <= STORIES; cut += 8) {
      wt_buf lines = {0}, hot = {0}, shaped = {0};
      whole_way(&lines, &hot, parts, STORIES, cut, STORIES / 2);
      reshape(&shaped, &lines);
      assert_buf(shaped, wanted.data);
      assert_int_equal(hot.len, 0);
      wt_buf_release(&lines);
      wt_buf_release(&hot);
      wt_buf_release(&shaped);
    }
  }
  wt_buf_release(&wanted);
}

/* 257 stories with one line: the key of the paragraph, and those of its runs, make no pair and are told. */
static void keys_of_too_many_are_told(void **state) {
  (void)state;
  wt_buf lines = {0}, hot = {0}, wanted = {0}, shaped = {0};
  whole_way(&lines, &hot, 5, 257 + 8, 100, 8);
  wt_span one, rest = wt_buf_span(&hot);
  unsigned told = 0;
  while (wt_span_line(&one, &rest)) {
    assert_true(one.len == 16 + 4 && memcmp(one.data + 16, "\t257", 4) == 0);
    told++;
  }
  assert_true(told >= 1);
  lines_of_filters(&wanted, 257 + 8, 8);
  reshape(&shaped, &lines);
  assert_buf(shaped, wanted.data);
  wt_buf_release(&lines);
  wt_buf_release(&hot);
  wt_buf_release(&wanted);
  wt_buf_release(&shaped);
}

static void what_is_no_story_is_told_with_its_place(void **state) {
  (void)state;
  wt_error err;
  wt_packing packing;
  wt_buf out = {0}, whole = {0};
  heap h = {0};
  assert_ok(wt_packing_init(&packing, 2, &err));
  assert_ok(wt_pack_story(&out, &packing, 0, 0, WT_SPAN("{\"url\":\"a\tb\"}"), &err));
  assert_ok(wt_pack_story(&out, &packing, 3, 99, WT_SPAN("[1]\t2"), &err));
  for (unsigned i = 0; i < 100; i++) wt_buf_put_text(&whole, "[1] and so on");
  assert_ok(wt_pack_story(&out, &packing, 4, 105, wt_buf_span(&whole), &err));
  assert_int_equal(wt_pack_story(&out, &packing, UINT32_MAX, 200, WT_SPAN("{}"), &err), WT_ELIMIT);
  assert_ok(wt_pack_read(&out, &packing, 5, 1406, &err));
  take_frames(&h, &out);
  assert_buf(h.read, "5\t1406\n");
  assert_true(wt_span_starts(wt_buf_span(&h.bad), WT_SPAN("0\t0\t")) || h.stories.len > 0);
  wt_span found = wt_buf_span(&h.bad);
  assert_true(wt_span_find(found, WT_SPAN("3\t99\t")) < found.len);
  assert_true(wt_span_find(found, WT_SPAN("\t[1]\t2\n")) < found.len);
  wt_span last = wt_span_sub(found, wt_span_find(found, WT_SPAN("4\t105\t")), found.len);
  assert_int_equal(last.len - wt_span_find(last, WT_SPAN("\t[1] and")), 1 + 200 + 1);
  release(&h);
  wt_packing_release(&packing);
  wt_buf_release(&whole);
}

static void what_are_no_records_is_refused(void **state) {
  (void)state;
  wt_error err;
  wt_packing packing;
  char record[17] = {0};
  assert_ok(wt_packing_init(&packing, 1, &err));
  assert_int_equal(wt_pack_take_keys(&packing, 0, (wt_span){record, 15}, &err), WT_EFORMAT);
  assert_int_equal(wt_pack_take_pairs(&packing, (wt_span){record, 17}, &err), WT_EFORMAT);
  assert_int_equal(wt_pack_take_keys(&packing, UINT32_MAX, (wt_span){record, 16}, &err), WT_ELIMIT);
  assert_ok(wt_pack_take_keys(&packing, UINT32_MAX - 1u, (wt_span){record, 16}, &err));
  assert_ok(wt_packing_sort(&packing, &err));
  wt_packing_release(&packing);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_and_order_change_nothing),
      cmocka_unit_test(keys_of_too_many_are_told),
      cmocka_unit_test(what_is_no_story_is_told_with_its_place),
      cmocka_unit_test(what_are_no_records_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
