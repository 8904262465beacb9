/* Copies found elsewhere: taken in by clusters that touch the archive, durably, once. */
#include "support/program.h"

typedef struct place {
  char dir[4096];
} place;

/* An archive of one story, and a result of two clusters, of which one has it as a member. */
static place begin(void) {
  place at;
  check_temp_dir(at.dir, sizeof at.dir);
  program_expect(
      at.dir,
      "printf '{\"url\":\"https://www.post.example/ferry?utm_source=x\",\"captured\":\"2024-03-04T08:00:00Z\","
      "\"headline\":\"Ferry aground\",\"text\":\"A ferry ran aground off the harbour wall early on Monday.\"}\\n' > "
      "in.jsonl && "
      "\"$W\" -C a add in.jsonl > /dev/null && "
      "printf '%s\\n' "
      "'{\"leader\":\"https://wire.example/1\",\"member\":\"https://post.example/ferry\",\"keys\":9,\"share\":0.75,"
      "\"leader_published\":\"2024-03-04T06:00:00Z\",\"published\":\"2024-03-04T08:00:00Z\"}' "
      "'{\"leader\":\"https://wire.example/1\",\"member\":\"https://ledger.example/f\",\"keys\":12,\"share\":1.0}' "
      "'{\"leader\":\"https://far.example/1\",\"member\":\"https://away.example/2\",\"keys\":12,\"share\":1.0}' > "
      "found.jsonl",
      0, "");
  return at;
}

static void a_cluster_that_touches_the_archive_is_kept_whole(void **state) {
  (void)state;
  place at = begin();
  const char *ask =
      "\"$W\" -C a copies post.example --json | grep -o '\"url\":\"[^\"]*\",\"story\":null,\"leads\":[a-z]*,"
      "\"keys\":[0-9]*,\"share\":[0-9.]*'";
  const char *wanted =
      "\"url\":\"https://wire.example/1\",\"story\":null,\"leads\":true,\"keys\":0,\"share\":0.0000\n"
      "\"url\":\"https://ledger.example/f\",\"story\":null,\"leads\":false,\"keys\":12,\"share\":1.0000\n";
  program_expect(at.dir, "\"$W\" -C a import-copies found.jsonl", 0, "2 pairs taken in, 0 known, of 3\n");
  program_expect(at.dir, ask, 0, wanted);
  program_expect(at.dir, "\"$W\" -C a import-copies found.jsonl", 0, "0 pairs taken in, 2 known, of 3\n");
  program_expect(at.dir, "sed -i 's/0.75/0.80/' found.jsonl && \"$W\" -C a import-copies --json found.jsonl", 0,
                 "{\"schema\":1,\"lines\":3,\"taken\":1,\"known\":1}\n");
  program_expect(at.dir, "rm -f a/.git/writethru/index* && \"$W\" -C a reindex > /dev/null", 0, "");
  program_expect(at.dir, ask, 0, wanted);
  program_expect(at.dir, "git clone -q a b 2>&1 && git -C b fetch -q origin 'refs/writethru/*:refs/writethru/*'", 0,
                 "");
  program_expect(at.dir, "\"$W\" -C b copies post.example | grep -c 'ledger.example/f'", 0, "1\n");
  program_expect(at.dir, "\"$W\" -C a log post.example | grep 'found elsewhere'", 0,
                 "found elsewhere: 2 other pages ran it  (writethru copies)\n");
  program_expect(at.dir, "\"$W\" -C a copies --json | grep -c '\"url\":\"https://wire.example/1\",\"imported\"'", 0,
                 "1\n");
  program_expect(at.dir, "\"$W\" -C a report -o site > /dev/null 2>&1 && grep -rl 'ledger.example/f' site | wc -l", 0,
                 "2\n");
  program_expect(at.dir, "\"$W\" -C a verify > /dev/null", 0, "");
  check_remove_dir(at.dir);
}

static void what_is_no_pair_is_named_once(void **state) {
  (void)state;
  place at = begin();
  program_expect(at.dir,
                 "printf 'x\\n{\"leader\":\"a\"}\\n{\"leader\":\"a\",\"member\":\"b\",\"share\":2}\\n' > bad.jsonl && "
                 "cat found.jsonl >> bad.jsonl && \"$W\" -C a import-copies bad.jsonl 2>&1",
                 2,
                 "writethru: bad.jsonl: line 1: no JSON: '[' or '{' expected near 'x' (byte 1)\n"
                 "writethru: bad.jsonl: line 2: \"leader\" and \"member\" are needed (byte 0)\n"
                 "writethru: bad.jsonl: line 3: \"share\" is a number from 0 to 1, and \"keys\" a count (byte 0)\n"
                 "2 pairs taken in, 0 known, of 3\n");
  program_expect(at.dir, "\"$W\" -C a import-copies - < found.jsonl 2>/dev/null", 2, "");
  program_expect(at.dir, "\"$W\" -C a import-copies none.jsonl 2>/dev/null", 2, "");
  program_expect(at.dir, "\"$W\" -C nowhere import-copies found.jsonl 2>/dev/null", 2, "");
  check_remove_dir(at.dir);
}

/* When all of a story goes, so does what says where it ran. */
static void erase_takes_its_pairs_along(void **state) {
  (void)state;
  place at = begin();
  program_expect(
      at.dir,
      "\"$W\" -C a import-copies found.jsonl > /dev/null && \"$W\" -C a erase post.example --reason 'a court order' "
      "> /dev/null 2>&1 && "
      "\"$W\" -C a copies --json | grep -c post.example/ferry",
      1, "0\n");
  program_expect(at.dir, "\"$W\" -C a verify > /dev/null", 0, "");
  check_remove_dir(at.dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cluster_that_touches_the_archive_is_kept_whole),
      cmocka_unit_test(what_is_no_pair_is_named_once),
      cmocka_unit_test(erase_takes_its_pairs_along),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
