/*
 * How often the first of a family of copies is found, weighed without an archive, so that thousands of families take seconds.
 *
 *     bench_first FAMILIES.jsonl     one line: the share of copies, asked about each, whose family's first is found
 *
 * A line is a member: [family, member, seconds, [text, ...]]. Members of a family follow each other, the first is 0; several
 * texts are revisions.
 */
#include "track/copies_kin.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct family {
  track_copies_row rows[KIN_MOST];
  char outlets[KIN_MOST][16];
  track_kin kin;
  json_int_t number;
} family;

static void *need(void *memory) {
  if (memory == NULL) exit(2);
  return memory;
}

static wt_words_of words_of(const json_t *text) {
  wt_fingerprint print = {0};
  wt_span bytes = {json_string_value(text), json_string_length(text)};
  if (wt_fingerprint_text(&print, (wt_span){0}, bytes, NULL, NULL) != WT_OK) exit(2);
  uint32_t *words = need(wt_alloc_zero(print.token_count + 1, sizeof *words));
  for (size_t i = 0; i < print.token_count; i++) words[i] = (uint32_t)(print.tokens[i] >> 32);
  wt_words_of out = {words, NULL, (uint32_t)print.token_count};
  wt_fingerprint_release(&print);
  return out;
}

static void add_member(family *f, const json_t *line) {
  if (f->kin.count == KIN_MOST) return;
  size_t at = f->kin.count++, texts = json_array_size(json_array_get(line, 3));
  track_copies_row *row = &f->rows[at];
  track_kin_member *member = &f->kin.members[at];
  json_int_t number = json_integer_value(json_array_get(line, 1));
  snprintf(f->outlets[at], sizeof f->outlets[at], "o%d.example", (int)number);
  wt_span outlet = wt_span_of(f->outlets[at]);
  wt_instant time = (wt_instant)json_number_value(json_array_get(line, 2));
  *row = (track_copies_row){.time = time, .story = {.id = number + 1, .outlet = outlet, .url = outlet, .first = time}};
  *member = (track_kin_member){.row = row};
  member->revisions = need(wt_alloc_zero(texts + 1, sizeof *member->revisions));
  for (size_t i = 0; i < texts; i++) member->revisions[i] = words_of(json_array_get(json_array_get(line, 3), i));
  member->words = member->revisions[texts - 1];
  member->revision_count = texts > 1 ? texts : 0;
}

/* Asks about each copy in its turn: it is then the first member. */
static void ask(family *f, unsigned *asked, unsigned *right) {
  for (size_t i = 1; i < f->kin.count; i++) {
    track_kin kin = f->kin;
    track_kin_table table;
    kin.members[0] = f->kin.members[i];
    kin.members[i] = f->kin.members[0];
    if (track_kin_weigh(&table, &kin, 0, NULL) != WT_OK) exit(2);
    ++*asked;
    *right += kin.members[table.first].row->story.id == 1;
  }
  f->kin.count = 0; /* what its texts took goes with the program */
}

int main(int argc, char **argv) {
  static family f;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t len;
  unsigned asked = 0, right = 0;
  FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (file == NULL) {
    fprintf(stderr, "bench_first FAMILIES.jsonl\n");
    return 2;
  }
  while ((len = getline(&line, &capacity, file)) > 0) {
    json_t *read = json_loadb(line, (size_t)len, 0, NULL);
    json_int_t number = json_integer_value(json_array_get(read, 0));
    if (number != f.number) ask(&f, &asked, &right);
    f.number = number;
    add_member(&f, read);
    json_decref(read);
  }
  ask(&f, &asked, &right);
  printf("%u copies, first publisher right %.4f\n", asked, asked == 0 ? 0 : (double)right / asked);
  free(line);
  fclose(file);
  return 0;
}
