/* Words of folded text, by 64 bytes at a time and one by one. */
#include "support/check.h"

#include "fingerprint/tokens.h"

static uint64_t next_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return *seed >> 33;
}

static void vector_and_scalar_classes_agree(void **state) {
  (void)state;
  uint64_t seed = 5;
  for (int round = 0; round < 20000; round++) {
    char bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)next_random(&seed);
    wt_byte_classes fast = wt_classify64(bytes), slow = wt_classify64_scalar(bytes);
    assert_true(fast.word == slow.word && fast.joint == slow.joint && fast.high == slow.high);
  }
}

/* The tokens of text, copied to where zeros follow. */
typedef struct list {
  uint64_t *items;
  size_t count, capacity;
} list;

static list cut(const char *text) {
  list out = {0};
  size_t len = strlen(text);
  char *padded = calloc(1, len + WT_TOKEN_PADDING + 1);
  memcpy(padded, text, len);
  wt_tokens tokens = {&out.items, &out.count, &out.capacity};
  assert_true(wt_tokens_put(tokens, (wt_span){padded, len}));
  free(padded);
  return out;
}

static void assert_tokens(const char *text, size_t count, const char *const *words) {
  list have = cut(text);
  assert_int_equal(have.count, count);
  for (size_t i = 0; i < count; i++) {
    char padded[96 + WT_TOKEN_PADDING] = {0};
    memcpy(padded, words[i], strlen(words[i]));
    assert_true((have.items[i] & ~(uint64_t)WT_TOKEN_CLASS) == wt_token_hash(padded, strlen(words[i])));
  }
  wt_free(have.items);
}
#define TOKENS(text, ...) \
  assert_tokens(text, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), (const char *const[]){__VA_ARGS__})

static void words_are_found(void **state) {
  (void)state;
  list none = cut(" - ");
  assert_int_equal(none.count, 0);
  wt_free(none.items);
  TOKENS("a", "a");
  TOKENS("the u.s. don't pay $1,204.50, no.", "the", "u.s", "don't", "pay", "1,204.50", "no");
  TOKENS("caf\xC3\xA9 na\xC3\xAFve x", "caf\xC3\xA9", "na\xC3\xAFve", "x");
  TOKENS("so\xE2\x82\xAC" "5", "so", "5");
  TOKENS("\xE4\xB8\xAD\xE6\x96\x87 3.5\xE4\xB8\x87\xE3\x80\x82", "\xE4\xB8\xAD", "\xE6\x96\x87", "3.5", "\xE4\xB8\x87");
}

static void classes_are_told(void **state) {
  (void)state;
  list have = cut("ab \xE4\xB8\xAD \xE0\xB8\x81");
  assert_int_equal(have.count, 3);
  assert_int_equal(have.items[0] & WT_TOKEN_CLASS, WT_TOKEN_WORD);
  assert_int_equal(have.items[1] & WT_TOKEN_CLASS, WT_TOKEN_IDEOGRAPH);
  assert_int_equal(have.items[2] & WT_TOKEN_CLASS, WT_TOKEN_CHARACTER);
  wt_free(have.items);
}

/* Where a text begins must not change its words: the same at each of 64 offsets, whatever block edges cut. */
static void block_edges_cut_nothing(void **state) {
  (void)state;
  static const char text[] = "it's 3.5 percent of caf\xC3\xA9s and a-very-long-word-of-the-kind that1,000 others";
  list plain = cut(text);
  for (size_t shift = 0; shift < 64; shift++) {
    char shifted[256];
    memset(shifted, ' ', shift);
    memcpy(shifted + shift, text, sizeof text);
    list moved = cut(shifted);
    assert_int_equal(moved.count, plain.count);
    assert_memory_equal(moved.items, plain.items, plain.count * sizeof *plain.items);
    wt_free(moved.items);
  }
  wt_free(plain.items);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(vector_and_scalar_classes_agree), cmocka_unit_test(words_are_found), cmocka_unit_test(classes_are_told),
      cmocka_unit_test(block_edges_cut_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
