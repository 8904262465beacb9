/* copies, fingerprint and candidates, driven as a user would. */
#include "support/program.h"

#include <unistd.h>

/* One line of JSON: a story of `sentences` sentences whose words are its own number's. */
static void put_story(FILE *file, const char *url, const char *outlet, unsigned number, unsigned sentences,
                      const char *more) {
  fprintf(file,
          "{\"url\":\"%s\",\"outlet\":\"%s\",\"headline\":\"Headline of story "
          "%u\",\"published\":\"2024-03-01T08:00:00Z\",\"text\":\"",
          url, outlet, number);
  for (unsigned s = 0; s < sentences; s++) {
    for (unsigned w = 0; w < 11; w++) fprintf(file, "%sw%ux%u", w == 0 ? "" : " ", number, s * 11 + w);
    fprintf(file, "%s", s % 4 == 3 ? ".\\n" : ". ");
  }
  fprintf(file, "%s\"}\n", more);
}

typedef struct place {
  char dir[4096], stories[4200];
} place;

static place begin(void) {
  place place_of;
  check_temp_dir(place_of.dir, sizeof place_of.dir);
  snprintf(place_of.stories, sizeof place_of.stories, "%s/stories.jsonl", place_of.dir);
  FILE *file = fopen(place_of.stories, "w");
  assert_non_null(file);
  put_story(file, "https://one.example/a", "one.example", 1, 20, "");
  put_story(file, "https://two.example/b", "two.example", 2, 20, "");
  put_story(file, "https://three.example/c", "three.example", 1, 20, "");
  put_story(file, "https://four.example/d", "four.example", 1, 8, "");
  fclose(file);
  return place_of;
}

static void expect(const char *command, const place *at, int code, const char *wanted) {
  program_expect(at->dir, command, code, wanted);
}

static void a_stream_is_answered_line_by_line(void **state) {
  (void)state;
  place at = begin();
  expect("\"$W\" copies --stream --json stories.jsonl", &at, 0,
         "{\"schema\":1,\"url\":\"https://one.example/a\",\"copies\":[],\"headline_twins\":[]}\n"
         "{\"schema\":1,\"url\":\"https://two.example/b\",\"copies\":[],\"headline_twins\":[]}\n"
         "{\"schema\":1,\"url\":\"https://three.example/c\",\"copies\":[{\"url\":\"https://one.example/"
         "a\",\"contained\":1.0000,"
         "\"contains\":1.0000,\"shared_words\":220,\"relation\":\"copy\",\"own\":1.0000,\"longest\":220}],\"headline_"
         "twins\":[\"https://one.example/"
         "a\"]}\n"
         "{\"schema\":1,\"url\":\"https://four.example/d\",\"copies\":[{\"url\":\"https://one.example/"
         "a\",\"contained\":1.0000,"
         "\"contains\":0.4000,\"shared_words\":88,\"relation\":\"partial\",\"own\":1.0000,\"longest\":88},{\"url\":"
         "\"https://three.example/c\","
         "\"contained\":1.0000,\"contains\":0.4000,\"shared_words\":88,\"relation\":\"partial\",\"own\":1.0000,"
         "\"longest\":88}],"
         "\"headline_twins\":[\"https://one.example/a\",\"https://three.example/c\"]}\n");
  expect("\"$W\" copies --stream --json < /dev/null", &at, 0, "");
  check_remove_dir(at.dir);
}

static void bad_lines_are_named_and_the_others_read(void **state) {
  (void)state;
  place at = begin();
  expect("printf '{\"url\":\"a\",\"text\":\"x\"}\\n\\n[1]\\n{\"url\":\"b\",\"text\":\"y\"}\\n' | \"$W\" copies "
         "--stream --json 2>&1 | sort",
         &at, 0,
         "writethru: standard input: line 3: no JSON object (byte 0)\n"
         "{\"schema\":1,\"url\":\"a\",\"copies\":[],\"headline_twins\":[]}\n"
         "{\"schema\":1,\"url\":\"b\",\"copies\":[],\"headline_twins\":[]}\n");
  expect("printf '[1]\\n{\"url\":\"b\",\"text\":\"y\"}\\n' | \"$W\" copies --stream --json 2>/dev/null", &at, 0,
         "{\"schema\":1,\"url\":\"b\",\"copies\":[],\"headline_twins\":[]}\n");
  expect("echo '[1]' | \"$W\" copies --stream --json 2>/dev/null", &at, 2, "");
  expect("\"$W\" copies --stream no-such-file 2>/dev/null", &at, 2, "");
  expect("printf '{\"url\":1,\"text\":\"x\"}\\n{\"url\":\"a\",\"text\":[]}\\n{\"url\":\"b\",\"headline\":null}\\n' | "
         "\"$W\" "
         "copies --stream --json 2>&1 | LC_ALL=C sort",
         &at, 0,
         "writethru: standard input: line 1: \"url\" is no string (byte 1)\n"
         "writethru: standard input: line 2: \"text\" is no string (byte 11)\n"
         "{\"schema\":1,\"url\":\"b\",\"copies\":[],\"headline_twins\":[]}\n");
  check_remove_dir(at.dir);
}

static void an_archive_gives_the_stream_s_answer(void **state) {
  (void)state;
  place at = begin();
  expect(
      "sed 's/\"published\"/\"captured\"/; s/T08:00:00Z/T08:00:00Z/' stories.jsonl | awk '{sub(\"T08\", \"T0\" NR)} 1' "
      "> captures.jsonl && "
      "\"$W\" -C a.git add captures.jsonl > /dev/null && "
      "\"$W\" -C a.git copies https://four.example/d --json | "
      "grep -o "
      "'\"url\":\"[^\"]*\",\"contained\":[0-9.]*,\"contains\":[0-9.]*,\"shared_words\":[0-9]*,\"relation\":\"[a-z]*\"'",
      &at, 0,
      "\"url\":\"https://one.example/"
      "a\",\"contained\":1.0000,\"contains\":0.4000,\"shared_words\":88,\"relation\":\"partial\"\n"
      "\"url\":\"https://three.example/"
      "c\",\"contained\":1.0000,\"contains\":0.4000,\"shared_words\":88,\"relation\":\"partial\"\n");
  expect("\"$W\" -C a.git copies https://two.example/b", &at, 1, "");
  expect("\"$W\" -C a.git copies --json | grep -o '\"leader\":\"[^\"]*\"'", &at, 0,
         "\"leader\":\"one.example/2024/03/01/headline-of-story-1.txt\"\n");
  check_remove_dir(at.dir);
}

static void filters_and_index_agree(void **state) {
  (void)state;
  place at = begin();
  expect("\"$W\" fingerprint stories.jsonl | LC_ALL=C sort | \"$W\" candidates | LC_ALL=C sort | \"$W\" copies --pairs "
         "> filters && "
         "\"$W\" copies --stream --pairs stories.jsonl > whole && cmp filters whole && cut -f 1,2 filters",
         &at, 0,
         "https://one.example/a\thttps://three.example/c\n"
         "https://one.example/a\thttps://four.example/d\n");
  expect("echo junk | \"$W\" candidates 2>&1", &at, 2,
         "writethru: standard input: line 1: no line of a key and a story (byte 0)\n");
  check_remove_dir(at.dir);
}

/* What an engine does that counts pairs by itself. */
static void counted_pairs_give_the_same_clusters(void **state) {
  (void)state;
  place at = begin();
  expect("\"$W\" fingerprint stories.jsonl | LC_ALL=C sort | \"$W\" candidates | LC_ALL=C sort | uniq -c | "
         "sed -E 's/^ *([0-9]+) (.*)/\\2\\t\\1/' | \"$W\" copies --pairs > counted && "
         "\"$W\" copies --stream --pairs stories.jsonl | cmp - counted && wc -l < counted",
         &at, 0, "2\n");
  expect("printf '0000000001 9 b\\t0000000000 9 a\\t3\\n' | \"$W\" copies --pairs", &at, 0, "a\tb\t3\t0.3333\n");
  expect("printf '0000000001 9 b\\t0000000000 9 a\\t2\\n' | \"$W\" copies --pairs", &at, 0, "");
  expect("for n in 0 x -1 99999999999; do printf \"0000000001 9 b\\t0000000000 9 a\\t$n\\n\"; done | "
         "\"$W\" copies --pairs 2>&1 | grep -c 'no line of two stories'",
         &at, 0, "4\n");
  check_remove_dir(at.dir);
}

/* A key of too many stories is told once, with how many there are, and makes no pair. */
static void keys_passed_over_are_told(void **state) {
  (void)state;
  place at = begin();
  expect("for n in $(seq 300); do printf 'aa\\t%010d 9 u%d\\n' $n $n; done > keys && printf 'aa\\t0000000300 9 "
         "u300\\n' >> keys && "
         "printf 'bb\\t0000000001 9 u1\\nbb\\t0000000001 9 u1\\nbb\\t0000000002 9 u2\\n' >> keys && \"$W\" candidates "
         "--hot keys",
         &at, 0, "#\taa\t300\n0000000002 9 u2\t0000000001 9 u1\n");
  expect("\"$W\" candidates keys", &at, 0, "0000000002 9 u2\t0000000001 9 u1\n");
  check_remove_dir(at.dir);
}

/* Keys of one part, as `fingerprint --parts 1` gives them, are what `candidates --parts 1` takes; its pairs go bare. */
static void packed_filters_join(void **state) {
  (void)state;
  place at = begin();
  expect("\"$W\" fingerprint --parts 1 stories.jsonl > frames && head -n 1 frames | grep -q '^keys 0 [0-9]*$' && "
         "size=$(head -n 1 frames | cut -d ' ' -f 3) && line=$(head -n 1 frames | wc -c) && "
         "head -c $((line + size)) frames | \"$W\" candidates --parts 1 > pairs && tail -n +2 pairs | "
         "\"$W\" copies --pairs --packed | cut -f 1,3",
         &at, 0, "0\t2\n0\t3\n2\t3\n");
  expect("grep -a -A 4 'stories 0' frames | tail -n +2 | cut -f 1,3", &at, 0,
         "0\thttps://one.example/a\n1\thttps://two.example/b\n2\thttps://three.example/c\n"
         "3\thttps://four.example/d\n");
  expect("printf '\\n [1]\\n\\n' | \"$W\" fingerprint --parts 3", &at, 0,
         "bad 0 32\n1\t2\tno JSON object (byte 0)\t[1]\nread 0 4\n3\t7\n");
  expect("\"$W\" fingerprint --parts 3 < /dev/null", &at, 0, "read 0 4\n0\t0\n");
  expect("\"$W\" candidates --parts 3 < /dev/null && \"$W\" copies --pairs --packed < /dev/null", &at, 0, "");
  check_remove_dir(at.dir);
}

static void packed_filters_refuse_what_is_not_theirs(void **state) {
  (void)state;
  place at = begin();
  expect("echo junk | \"$W\" candidates --parts 1 2>&1", &at, 2, "writethru: standard input: no frame of keys\n");
  expect("printf 'keys 0 32\\n0123456789abcdef' | \"$W\" candidates --parts 1 2>&1", &at, 2,
         "writethru: standard input: a frame of keys is cut short\n");
  expect("echo junk | \"$W\" copies --pairs --packed 2>&1", &at, 2,
         "writethru: standard input: no whole records of 16 bytes\n");
  expect("\"$W\" candidates --parts 1 no-such-file 2>&1", &at, 2,
         "writethru: no-such-file: No such file or directory\n");
  expect("\"$W\" fingerprint --parts 1 no-such-file 2>/dev/null | grep -c .", &at, 0, "2\n");
  expect("\"$W\" fingerprint --parts 2 --first 3 2>/dev/null < /dev/null", &at, 2, "");
  expect("\"$W\" fingerprint --parts 65537 2>/dev/null < /dev/null", &at, 2, "");
  expect("\"$W\" candidates --parts 2 --hot 2>/dev/null < /dev/null", &at, 2, "");
  expect("\"$W\" copies --packed 2>/dev/null", &at, 2, "");
  check_remove_dir(at.dir);
}

/* A page read by extract and its text as a line have the same keys. */
static void a_line_of_extract_is_a_story(void **state) {
  (void)state;
  place at = begin();
  expect("printf 'One story of a harbour\\n\\nThe harbour was closed for the whole of the morning, the port said.\\n' "
         "> a.txt && \"$W\" extract --json a.txt | \"$W\" fingerprint | cut -f 1 > read && "
         "printf '{\"headline\":\"x\",\"text\":\"The harbour was closed for the whole of the morning, the port "
         "said.\"}' | \"$W\" fingerprint | cut -f 1 | cmp - read && test -s read",
         &at, 0, "");
  check_remove_dir(at.dir);
}

/* The words are the same in both revisions: the order tells which was taken, and what lies elsewhere is a sentence too. */
static void order_tells_the_revision(void **state) {
  (void)state;
  place at = begin();
  expect(
      "awk 'BEGIN {for (p = 1; p <= 6; p++) {t = \"\"; for (w = 1; w < 15; w++) t = t (w > 1 ? \" \" : \"\") \"W\" p "
      "\"x\" w;"
      " para[p] = t \".\"} split(\"1 2 3 4 5 6|3 1 2 6 4 5|1 2 3 4 5 6|3 1 2 6 4 5\", orders, \"|\");"
      " for (i = 1; i <= 4; i++) {n = split(orders[i], o, \" \"); t = \"\";"
      " for (p = 1; p <= n; p++) t = t (p > 1 ? \"\\\\n\" : \"\") para[o[p]];"
      " printf "
      "\"{\\\"url\\\":\\\"https://%s/x\\\",\\\"captured\\\":\\\"2024-03-01T0%d:00:00Z\\\",\\\"headline\\\":\\\"Of many"
      " words\\\",\\\"text\\\":\\\"%s\\\"}\\n\", i < 3 ? \"wire.example\" : i == 3 ? \"first.example\" : "
      "\"second.example\", i, t}}'"
      " > order.jsonl && \"$W\" -C o.git add -q order.jsonl > /dev/null && for s in first second; do "
      "\"$W\" -C o.git copies $s.example --json | grep -o '\"url\":\"https://wire[^}]*}' | grep -o '\"fits.*}'; done",
      &at, 0,
      "\"fits\":1,\"sentences\":{\"kept\":6,\"edited\":0,\"added\":0,\"deleted\":0,\"moved\":0}\n"
      "\"fits\":2,\"sentences\":{\"kept\":6,\"edited\":0,\"added\":0,\"deleted\":0,\"moved\":0}\n");
  expect("\"$W\" -C o.git copies wire.example | grep -o '(of.*)'", &at, 0, "(of 6 sentences)\n(of 6 sentences)\n");
  check_remove_dir(at.dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_stream_is_answered_line_by_line),
      cmocka_unit_test(bad_lines_are_named_and_the_others_read),
      cmocka_unit_test(an_archive_gives_the_stream_s_answer),
      cmocka_unit_test(order_tells_the_revision),
      cmocka_unit_test(filters_and_index_agree),
      cmocka_unit_test(counted_pairs_give_the_same_clusters),
      cmocka_unit_test(keys_passed_over_are_told),
      cmocka_unit_test(packed_filters_join),
      cmocka_unit_test(packed_filters_refuse_what_is_not_theirs),
      cmocka_unit_test(a_line_of_extract_is_a_story),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
