/* What a page of a revision is made of: a hash that changes when the page does, and not before. */
#include "support/track.h"

#include "wt/report.h"

#define STORY "a.example/2024/03/01/bridge"

static const char *const texts[] = {
    "The bridge closes\n\nThe bridge will close on Monday for three weeks. Buses take another way.\n\nDrivers were "
    "told "
    "late. The council met twice about it.\n",
    "The bridge closes\n\nThe bridge will close on Monday for nine weeks. Buses take another way.\n\nDrivers were told "
    "late. The council met twice about it.\n",
    "The bridge stays open\n\nThe bridge will close on Monday for ten weeks. Buses take another way.\n\nDrivers were "
    "told "
    "late. The council met twice about it.\n",
};

static uint32_t add(bench *b, const char *at, const char *text) {
  return bench_add(b, "a.example", "https://a.example/bridge", at, text).revision;
}

/* The states of the pages and the pages themselves, which have to change together. */
typedef struct looked {
  wt_hash states[4], pages[4];
} looked;

static const wt_address addresses[4] = {
    {.page = WT_PAGE_REVISION, .form = WT_FORM_HTML, .name = {STORY, sizeof STORY - 1}, .newer = 1},
    {.page = WT_PAGE_REVISION, .form = WT_FORM_HTML, .name = {STORY, sizeof STORY - 1}, .newer = 2},
    {.page = WT_PAGE_DIFF, .form = WT_FORM_HTML, .name = {STORY, sizeof STORY - 1}, .old = 1, .newer = 2},
    {.page = WT_PAGE_REVISION, .form = WT_FORM_JSON, .name = {STORY, sizeof STORY - 1}, .newer = 2}};

static looked look(bench *b, const wt_report_options *options) {
  looked out;
  wt_error err;
  for (size_t i = 0; i < 4; i++) {
    wt_buf page = {0};
    assert_ok(wt_page_state(&out.states[i], b->track, &addresses[i], options, &err));
    assert_ok(wt_page_render(&page, b->track, &addresses[i], NULL, options, &err));
    out.pages[i] = wt_hash_bytes(wt_buf_span(&page));
    wt_buf_release(&page);
  }
  return out;
}

/* A bit for each page that is another; a state may never be the same when the page is not. */
static unsigned changed(const looked *old, const looked *new) {
  unsigned bits = 0;
  for (unsigned i = 0; i < 4; i++) {
    bool state = !wt_hash_equal(old->states[i], new->states[i]), page = !wt_hash_equal(old->pages[i], new->pages[i]);
    if (page && !state) fail_msg("page %u changed and its state did not", i);
    bits |= (unsigned)state << i;
  }
  return bits;
}

static void a_state_changes_with_its_page(void **state) {
  (void)state;
  bench b;
  wt_error err;
  wt_archive_erased erased;
  const wt_track_erase_in why = {.reason = WT_SPAN("by order")};
  const wt_report_options plain = {.live = true};
  bench_open(&b);
  add(&b, "2024-03-01T07:00:00Z", texts[0]);
  add(&b, "2024-03-01T09:00:00Z", texts[1]);
  looked first = look(&b, &plain), next;
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < i; k++) assert_false(wt_hash_equal(first.states[i], first.states[k]));

  add(&b, "2024-03-01T10:00:00Z", texts[2]); /* another headline */
  bench_add(&b, "b.example", "https://b.example/our-bridge", "2024-03-02T09:00:00Z", texts[0]);
  next = look(&b, &plain);
  assert_int_equal(changed(&first, &next), 0);

  assert_int_equal(add(&b, "2024-03-01T08:00:00Z", texts[2]), 4); /* late: between the first and the second */
  next = look(&b, &plain);
  assert_int_equal(changed(&first, &next), 1u << 1);

  assert_ok(wt_track_erase(&erased, b.track, WT_SPAN(STORY ".txt@1"), &why, &err));
  looked last = look(&b, &plain);
  assert_int_equal(changed(&next, &last) & 5, 5);
  bench_close(&b);
}

static void a_state_is_of_its_options(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  add(&b, "2024-03-01T07:00:00Z", texts[0]);
  add(&b, "2024-03-01T09:00:00Z", texts[1]);
  const wt_report_options options[] = {{.live = true}, {.live = false}, {.live = true, .title = "Ours"}};
  looked seen[3];
  for (size_t i = 0; i < 3; i++) seen[i] = look(&b, &options[i]);
  assert_int_equal(changed(&seen[0], &seen[1]), 15);
  assert_int_equal(changed(&seen[0], &seen[2]), 15);
  bench_close(&b);
}

static void what_is_not_there_has_none(void **state) {
  (void)state;
  bench b;
  wt_error err;
  wt_hash hash;
  wt_address absent = addresses[0], list = {.page = WT_PAGE_FRONT};
  const wt_report_options plain = {.live = true};
  bench_open(&b);
  add(&b, "2024-03-01T07:00:00Z", texts[0]);
  absent.newer = 9;
  assert_int_equal(wt_page_state(&hash, b.track, &absent, &plain, &err), WT_ENOTFOUND);
  absent.name = WT_SPAN("a.example/2024/03/01/nothing");
  assert_int_equal(wt_page_state(&hash, b.track, &absent, &plain, &err), WT_ENOTFOUND);
  assert_int_equal(wt_page_state(&hash, b.track, &list, &plain, &err), WT_EINVAL);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_state_changes_with_its_page),
                                     cmocka_unit_test(a_state_is_of_its_options),
                                     cmocka_unit_test(what_is_not_there_has_none)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
