/*
 * How near the ends of passages are to the truth: copies are made of the paragraphs of stories by cutting, moving and writing
 * between, so that it is known word by word what was taken.
 *
 *     bench_passages STORIES.jsonl     one line a half: passages, and the share whose two ends are within one word
 */
#include "wt/ingest.h"
#include "wt/track/copies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 40, PIECES = 8 };

typedef struct truth {
  uint32_t this_begin, other_begin, words;
} truth;

typedef struct made {
  wt_buf text;
  uint32_t words;
  truth passages[PIECES];
  size_t count;
} made;

static uint64_t seed = 1;

static uint32_t draw(uint32_t below) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % below;
}

/* Words as the program counts them, by itself: runs of letters and digits, so that a text of these needs no rule for marks. */
static size_t cut_words(wt_span *out, size_t most, wt_span text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len && count < most;) {
    size_t begin = i;
    while (i < text.len && (text.data[i] | 0x20) >= 'a' && (text.data[i] | 0x20) <= 'z') i++;
    if (i > begin)
      out[count++] = wt_span_sub(text, begin, i);
    else
      i++;
  }
  return count;
}

static void put_words(made *m, const wt_span *words, size_t begin, size_t count) {
  for (size_t i = 0; i < count; i++) {
    wt_buf_put_span(&m->text, words[begin + i]);
    wt_buf_put_char(&m->text, ' ');
  }
  m->words += (uint32_t)count;
}

/* Two or three pieces of the source in any order, with words of another story before, between and after. */
static void make_copy(made *m, const wt_span *source, size_t source_count, const wt_span *other, size_t other_count) {
  size_t pieces = 2 + draw(2), each = source_count / pieces;
  size_t first = draw((uint32_t)pieces);
  for (size_t p = 0; p < pieces; p++) {
    size_t piece = (first + p) % pieces, words = 12 + draw((uint32_t)(each - 16)),
           begin = piece * each + draw((uint32_t)(each - words));
    put_words(m, other, draw((uint32_t)(other_count - 40)), 8 + draw(30));
    m->passages[m->count++] = (truth){m->words, (uint32_t)begin, (uint32_t)words};
    put_words(m, source, begin, words);
  }
  put_words(m, other, draw((uint32_t)(other_count - 40)), 8 + draw(30));
}

static bool within_one(uint32_t a, uint32_t b) {
  return a > b ? a - b <= 1 : b - a <= 1;
}

static void count_ends(size_t *right, const made *m, wt_copies *set) {
  const wt_passage *found;
  size_t count;
  if (wt_copies_passages(&found, &count, set, 1, 0, NULL) != WT_OK) exit(2);
  for (size_t p = 0; p < m->count; p++) {
    const truth *t = &m->passages[p];
    for (size_t i = 0; i < count; i++) {
      bool begins = within_one(found[i].this_begin, t->this_begin) && within_one(found[i].other_begin, t->other_begin);
      if (!begins || !within_one(found[i].this_begin + found[i].words, t->this_begin + t->words)) continue;
      ++*right;
      break;
    }
  }
}

static void judge(size_t *passages, size_t *right, wt_span source_text, wt_span other_text) {
  static wt_span source[4000], other[4000];
  size_t source_count = cut_words(source, 4000, source_text), other_count = cut_words(other, 4000, other_text);
  if (source_count < 120 || other_count < 80) return;
  made whole = {0}, copy = {0};
  wt_copies *set;
  put_words(&whole, source, 0, source_count);
  make_copy(&copy, source, source_count, other, other_count);
  wt_copies_story stories[] = {{.text = wt_buf_span(&whole.text), .published = WT_INSTANT_NONE},
                               {.text = wt_buf_span(&copy.text), .published = WT_INSTANT_NONE}};
  if (wt_copies_open(&set, NULL, NULL) != WT_OK || wt_copies_add(set, &stories[0], NULL) != WT_OK ||
      wt_copies_add(set, &stories[1], NULL) != WT_OK || wt_copies_learn(set, NULL) != WT_OK)
    exit(2);
  count_ends(right, &copy, set);
  *passages += copy.count;
  wt_copies_close(set);
  wt_buf_release(&whole.text);
  wt_buf_release(&copy.text);
}

int main(int argc, char **argv) {
  wt_buf bytes = {0};
  wt_arena arena = {0};
  if (argc < 2 || wt_file_read(&bytes, argv[1], (size_t)1 << 30, NULL) != WT_OK) return 2;
  size_t passages[2] = {0}, right[2] = {0}, number = 0;
  wt_span rest = wt_buf_span(&bytes), line, before = {0};
  while (wt_span_line(&line, &rest)) {
    wt_story_line story;
    if (wt_story_line_parse(&story, &arena, line, NULL) != WT_OK) continue;
    size_t half = number++ & 1;
    if (before.len > 0) judge(&passages[half], &right[half], story.text, before);
    before = story.text;
  }
  for (int half = 0; half < 2; half++)
    printf("half %d: %zu passages, both ends within one word: %.4f\n", half, passages[half],
           passages[half] > 0 ? (double)right[half] / (double)passages[half] : 0.0);
  wt_arena_release(&arena);
  wt_buf_release(&bytes);
  return 0;
}
