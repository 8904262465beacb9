/* Who shares text with whom: copies, cuts, quotations, boilerplate, headlines. */
#include "support/check.h"

#include "wt/track/copies.h"

/* A story of its own: sentences made of words that no other number gives. */
static void put_text(wt_buf *out, unsigned number, unsigned sentences) {
  for (unsigned s = 0; s < sentences; s++) {
    for (unsigned w = 0; w < 12; w++) wt_buf_put_format(out, "%sw%ux%u", w == 0 ? "" : " ", number, s * 12 + w);
    wt_buf_put_text(out, s % 3 == 2 ? ".\n" : ". ");
  }
}

static void add(wt_copies *set, const char *url, const char *outlet, const char *headline, const char *text) {
  wt_copies_story story = {.url = wt_span_of(url),
                           .outlet = wt_span_of(outlet),
                           .headline = wt_span_of(headline),
                           .text = wt_span_of(text),
                           .published = WT_INSTANT_NONE};
  assert_int_equal(wt_copies_add(set, &story, NULL), WT_OK);
}

/* The last answer. */
typedef struct answer_list {
  size_t count;
  wt_copy copies[32];
} answer_list;

static bool keep(void *context, const wt_copy *copy) {
  answer_list *answer = context;
  answer->copies[answer->count++] = *copy;
  return answer->count < 32;
}

static answer_list ask(wt_copies *set, size_t story) {
  answer_list answer = {0};
  assert_int_equal(wt_copies_of(set, story, keep, &answer, NULL), WT_OK);
  return answer;
}

static wt_copies *open_set(void) {
  wt_copies *set;
  assert_int_equal(wt_copies_open(&set, NULL, NULL), WT_OK);
  return set;
}

static void a_copy_a_cut_and_a_quotation_are_told_apart(void **state) {
  (void)state;
  wt_copies *set = open_set();
  wt_buf whole = {0}, cut = {0}, quoting = {0};
  put_text(&whole, 1, 30);
  put_text(&cut, 1, 12);
  put_text(&quoting, 2, 30);
  put_text(&quoting, 1, 2);
  add(set, "a", "one.example", "", whole.data);
  add(set, "b", "two.example", "", whole.data);
  add(set, "c", "three.example", "", cut.data);
  add(set, "d", "four.example", "", quoting.data);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  assert_int_equal(ask(set, 0).count, 0);
  answer_list b = ask(set, 1), c = ask(set, 2), d = ask(set, 3);
  assert_true(b.count == 1 && b.copies[0].other == 0 && b.copies[0].relation == WT_RELATION_COPY);
  assert_true(b.copies[0].contained == 10000 && b.copies[0].contains == 10000 && b.copies[0].shared_words == 360);
  assert_true(c.count == 2 && c.copies[0].relation == WT_RELATION_PARTIAL);
  assert_true(c.copies[0].contained == 10000 && c.copies[0].contains == 4000);
  assert_true(d.count == 3 && d.copies[0].relation == WT_RELATION_QUOTES && d.copies[0].shared_words == 24);
  wt_copies_close(set);
  wt_buf_release(&whole);
  wt_buf_release(&cut);
  wt_buf_release(&quoting);
}

static void an_edited_story_of_one_outlet_is_an_update(void **state) {
  (void)state;
  wt_copies *set = open_set();
  wt_buf first = {0}, second = {0};
  put_text(&first, 1, 20);
  put_text(&second, 1, 15);
  put_text(&second, 2, 8);
  add(set, "a", "one.example", "", first.data);
  add(set, "b", "one.example", "", second.data);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  answer_list b = ask(set, 1);
  assert_true(b.count == 1 && b.copies[0].relation == WT_RELATION_UPDATE);
  wt_copies_close(set);
  wt_buf_release(&first);
  wt_buf_release(&second);
}

static const char line[] =
    "Subscribe now to get all of our stories every morning in your mailbox at no cost to you whatever.\n";

/* The same line in many stories of one outlet makes no pair; the same story in many outlets does. */
static void boilerplate_is_learned(void **state) {
  (void)state;
  wt_copies *set = open_set();
  char url[16], outlet[32];
  for (unsigned i = 0; i < 12; i++) {
    wt_buf text = {0};
    put_text(&text, 100 + i, 20);
    wt_buf_put_text(&text, line);
    snprintf(url, sizeof url, "b%u", i);
    add(set, url, "one.example", "", text.data);
    wt_buf_release(&text);
  }
  for (unsigned i = 0; i < 12; i++) {
    wt_buf text = {0};
    put_text(&text, 1, 20);
    snprintf(url, sizeof url, "s%u", i);
    snprintf(outlet, sizeof outlet, "outlet%u.example", i);
    add(set, url, outlet, "", text.data);
    wt_buf_release(&text);
  }
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  for (size_t i = 0; i < 12; i++) {
    assert_int_equal(ask(set, i).count, 0);
    assert_true(wt_copies_boilerplate(set, i) >= 15);
    assert_int_equal(ask(set, 12 + i).count, i);
    assert_int_equal(wt_copies_boilerplate(set, 12 + i), 0);
  }
  wt_copies_close(set);
}

/* A quotation that six sites have, in lines that name no outlet, is no boilerplate of one. */
static void a_line_without_an_outlet_is_of_its_host(void **state) {
  (void)state;
  wt_copies *set = open_set();
  for (unsigned i = 0; i < 6; i++) {
    wt_buf text = {0}, url = {0}, json = {0};
    wt_json out;
    put_text(&text, 100 + i, 6);
    wt_buf_put_text(&text, line);
    wt_buf_put_format(&url, "https://www.Site%u.example:80/story", i);
    wt_json_init(&out, &json);
    wt_json_object(&out);
    wt_json_member(&out, "url", wt_buf_span(&url));
    wt_json_member(&out, "text", wt_buf_span(&text));
    wt_json_object_end(&out);
    assert_int_equal(wt_copies_add_line(set, wt_buf_span(&json), NULL), WT_OK);
    wt_buf_release(&text);
    wt_buf_release(&url);
    wt_buf_release(&json);
  }
  assert_true(wt_span_equal(wt_copies_outlet(set, 2), WT_SPAN("site2.example")));
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  assert_int_equal(wt_copies_boilerplate(set, 5), 0);
  assert_int_equal(ask(set, 5).count, 5);
  wt_copies_close(set);
}

/* A dividend notice has no room for a long passage, and another with the same figures has most of it. */
static void short_notices_are_told(void **state) {
  (void)state;
  wt_copies *set = open_set();
  static const char *const months[] = {"April", "May", "June"};
  char url[16], text[200];
  for (unsigned i = 0; i < 12; i++) {
    snprintf(url, sizeof url, "n%u", i);
    snprintf(text, sizeof text, "Quarterly dividend %u cents against %u cents before\nPay %s %u\nRecord %s 30",
             i * 7 % 5, i * 7 % 5, months[i % 3], 11 + i, months[i % 3]);
    add(set, url, "one.example", "", text);
  }
  add(set, "same", "two.example", "", text);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  answer_list last = ask(set, 11), same = ask(set, 12);
  assert_int_equal(last.count, 2);
  assert_true(same.count >= 1 && same.copies[0].other == 11 && same.copies[0].contained == 10000);
  wt_copies_close(set);
}

/* Notices of one form agree in a good part of their words, and are no copies of each other: their names and figures differ. */
static void a_form_filled_in_again_is_no_copy(void **state) {
  (void)state;
  wt_copies *set = open_set();
  char url[16], text[200];
  for (unsigned i = 0; i < 12; i++) {
    snprintf(url, sizeof url, "n%u", i);
    snprintf(text, sizeof text,
             "Shr %u cts vs loss %u cts. Net %u,000 vs loss %u,000. Year shr %u cts vs loss %u cts. Name%u inc", 20 + i,
             40 + i, 600 + i, 800 + i, 100 + i, 300 + i, i);
    add(set, url, "one.example", "", text);
  }
  add(set, "same", "two.example", "", text);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  answer_list last = ask(set, 11), same = ask(set, 12);
  for (size_t i = 0; i < last.count; i++) assert_int_equal(last.copies[i].relation, WT_RELATION_QUOTES);
  assert_true(same.count >= 1 && same.copies[0].other == 11 && same.copies[0].relation != WT_RELATION_QUOTES);
  wt_copies_close(set);
}

/* A third of a story that is gone on from is `partial`, and the two lead clusters of their own. */
static void a_follow_up_joins_no_cluster(void **state) {
  (void)state;
  wt_copies *set = open_set();
  wt_buf first = {0}, second = {0};
  put_text(&first, 1, 20);
  put_text(&second, 2, 14);
  put_text(&second, 1, 6);
  add(set, "a", "one.example", "", first.data);
  add(set, "b", "two.example", "", second.data);
  add(set, "c", "three.example", "", first.data);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  answer_list b = ask(set, 1), c = ask(set, 2);
  assert_true(b.count == 1 && b.copies[0].relation == WT_RELATION_PARTIAL && !wt_copy_joins(&b.copies[0]));
  assert_true(c.count == 2 && c.copies[0].other == 0 && wt_copy_joins(&c.copies[0]));
  wt_copies_close(set);
  wt_buf_release(&first);
  wt_buf_release(&second);
}

/* One word in five misread on each side leaves few runs of eight words: the stretch as a whole tells. */
static void a_misread_copy_is_found(void **state) {
  (void)state;
  wt_copies *set = open_set();
  wt_buf clean = {0}, first = {0}, second = {0};
  put_text(&clean, 1, 25);
  uint64_t draw = 0;
  for (size_t i = 0; i < clean.len; i++) {
    bool begins = i == 0 || clean.data[i - 1] == ' ' || clean.data[i - 1] == '\n';
    draw = begins ? wt_hash64((wt_span){(const char *)&i, sizeof i}) : 31;
    wt_buf_put_char(&first, draw % 5 == 0 ? 'q' : clean.data[i]);
    wt_buf_put_char(&second, draw / 5 % 5 == 0 ? 'z' : clean.data[i]);
  }
  add(set, "a", "one.example", "", first.data);
  add(set, "b", "two.example", "", second.data);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  answer_list b = ask(set, 1);
  assert_true(b.count == 1 && b.copies[0].relation != WT_RELATION_QUOTES && b.copies[0].contained > 5000);
  wt_copies_close(set);
  wt_buf_release(&clean);
  wt_buf_release(&first);
  wt_buf_release(&second);
}

static bool count_twin(void *context, size_t other) {
  size_t *twins = context;
  twins[1 + twins[0]++] = other;
  return true;
}

static void headlines_are_paired_as_folded(void **state) {
  (void)state;
  wt_copies *set = open_set();
  size_t twins[8] = {0};
  add(set, "a", "", "Crane falls into \"old\" harbour", "One text.");
  add(set, "b", "", "Weather", "Another text.");
  add(set, "c", "", "Crane falls into \xE2\x80\x9COld\xE2\x80\x9D harbour", "Third text.");
  add(set, "d", "", "Weather", "Two short words of headline tell nothing.");
  add(set, "e", "", "CRANE FALLS INTO 'OLD' HARBOUR", "Fifth text.");
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  assert_int_equal(wt_copies_twins(set, 4, count_twin, twins, NULL), WT_OK);
  assert_true(twins[0] == 2 && twins[1] == 0 && twins[2] == 2);
  twins[0] = 0;
  assert_int_equal(wt_copies_twins(set, 3, count_twin, twins, NULL), WT_OK);
  assert_int_equal(twins[0], 0);
  wt_copies_close(set);
}

static void the_line_is_as_promised(void **state) {
  (void)state;
  wt_copies *set = open_set();
  wt_buf text = {0}, json = {0};
  put_text(&text, 1, 10);
  add(set, "http://a.example/\"1\"", "a.example", "Crane falls into harbour", text.data);
  add(set, "http://b.example/2", "b.example", "Crane falls into harbour", text.data);
  assert_int_equal(wt_copies_learn(set, NULL), WT_OK);
  assert_int_equal(wt_copies_print_json(&json, set, 1, NULL), WT_OK);
  assert_buf(json, "{\"schema\":1,\"url\":\"http://b.example/2\",\"copies\":[{\"url\":\"http://a.example/\\\"1\\\"\","
                   "\"contained\":1.0000,\"contains\":1.0000,\"shared_words\":120,\"relation\":\"copy\",\"own\":1.0000,"
                   "\"longest\":120}],"
                   "\"headline_twins\":[\"http://a.example/\\\"1\\\"\"]}");
  wt_copies_close(set);
  wt_buf_release(&text);
  wt_buf_release(&json);
}

static void memory_has_a_ceiling(void **state) {
  (void)state;
  wt_copies *set;
  wt_copies_options options = {.limit = 100000};
  wt_status status = WT_OK;
  assert_int_equal(wt_copies_open(&set, &options, NULL), WT_OK);
  wt_buf text = {0};
  put_text(&text, 1, 20);
  for (int i = 0; i < 1000 && status == WT_OK; i++) {
    wt_copies_story story = {.text = wt_buf_span(&text)};
    status = wt_copies_add(set, &story, NULL);
  }
  assert_int_equal(status, WT_ENOMEM);
  wt_copies_close(set);
  wt_buf_release(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_copy_a_cut_and_a_quotation_are_told_apart),
      cmocka_unit_test(an_edited_story_of_one_outlet_is_an_update),
      cmocka_unit_test(boilerplate_is_learned),
      cmocka_unit_test(a_line_without_an_outlet_is_of_its_host),
      cmocka_unit_test(short_notices_are_told),
      cmocka_unit_test(a_form_filled_in_again_is_no_copy),
      cmocka_unit_test(a_follow_up_joins_no_cluster),
      cmocka_unit_test(a_misread_copy_is_found),
      cmocka_unit_test(headlines_are_paired_as_folded),
      cmocka_unit_test(the_line_is_as_promised),
      cmocka_unit_test(memory_has_a_ceiling),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
