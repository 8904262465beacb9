/* made: a scratch archive, made-up revisions, and Debian's git, for the tests of archive. */
#ifndef TESTS_ARCHIVE_MADE_H
#define TESTS_ARCHIVE_MADE_H

#include "wt/archive.h"
#include "wt/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define MADE_OK(call)                                                                                                  \
  do {                                                                                                                 \
    wt_error made_err = {0};                                                                                           \
    wt_status made_status = (call);                                                                                    \
    if (made_status) fail_msg("%s: %s: %s (%s)", #call, made_err.where, made_err.what, wt_status_name(made_status));   \
  } while (0)
#define ERR &made_err

/* A fresh folder under $TMPDIR, or in memory where syncs cost nothing, or /tmp; its path in out. */
static inline void made_folder(char out[256]) {
  const char *base = getenv("TMPDIR");
  if (!base) base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(out, 256, "%s/wt-archive-XXXXXX", base);
  assert_non_null(mkdtemp(out));
}

/* Runs a shell command made by format; its output in out (NULL: dropped). Returns the exit status. */
WT_PRINTF(2, 3) static inline int made_run(wt_buf *out, const char *format, ...) {
  char command[4096], bytes[4096];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(command, sizeof command - 8, format, args);
  va_end(args);
  assert_true(len > 0 && (size_t)len < sizeof command - 8);
  strcat(command, " 2>&1");
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  for (size_t got; (got = fread(bytes, 1, sizeof bytes, pipe)) > 0;)
    if (out) wt_buf_put(out, bytes, got);
  int status = pclose(pipe);
  return status < 0 ? -1 : status >> 8;
}

static inline void made_remove(const char *folder) {
  made_run(NULL, "chmod -R u+w %s; rm -rf %s", folder, folder);
}

/* git fsck --strict without a word and without a fault. */
static inline void made_fsck(const char *dir) {
  wt_buf out = {0};
  int code = made_run(&out, "git -C %s fsck --strict --no-dangling --no-progress", dir);
  if (code || out.len) fail_msg("git fsck says (%d): %s", code, out.data);
  wt_buf_release(&out);
}

/* The text of revision `number` of story `story`: 12 sentences, one of which changes from revision to revision. */
static inline void made_text(wt_buf *out, unsigned story, unsigned number) {
  wt_buf_put_format(out, "writethru: 1\nheadline: Story %u of the day\noutlet: example.org\nrevision: %u\n\n", story,
                    number);
  for (unsigned i = 0; i < 12; i++) {
    bool changed = number > 1 && i == number % 12;
    wt_buf_put_format(out, "Sentence %u of story %u says that %u people came to the hall%s.\n", i, story,
                      (story * 31 + i * 7) % 997, changed ? " and went again" : "");
    if (i % 3 == 2 && i < 11) wt_buf_put_char(out, '\n');
  }
}

static inline void made_key(char out[33], wt_span text) {
  wt_arena arena = {0};
  wt_story story;
  MADE_OK(wt_story_parse(&story, &arena, text, ERR));
  wt_hash_hex(out, story.folded);
  wt_arena_release(&arena);
}

typedef struct made_story {
  wt_buf path;
  wt_revision_ids ids;
  unsigned number;
} made_story;

enum { MADE_DAY = 1718841600 }; /* 2024-06-20 */

/* Names the story when it is new and puts its next revision, captured `minute` minutes into the day. */
static inline void made_put(made_story *story, wt_archive_batch *batch, unsigned index, unsigned minute,
                            bool with_raw) {
  char title[64], subject[64], key[33];
  wt_buf text = {0}, raw = {0};
  wt_instant at = MADE_DAY + 60 * (wt_instant)minute;
  snprintf(title, sizeof title, "A story of number %u", index);
  snprintf(subject, sizeof subject, "Story %u, change %u", index, story->number);
  if (story->number == 0)
    MADE_OK(wt_archive_batch_name(&story->path, batch, WT_SPAN("example.org"), at, wt_span_of(title),
                                  wt_hash_bytes(wt_span_of(title)), ERR));
  story->number++;
  made_text(&text, index, story->number);
  made_key(key, wt_buf_span(&text));
  if (with_raw) wt_buf_put_format(&raw, "<html><title>%s</title>%s</html>", title, text.data);
  wt_revision_in in = {.path = wt_buf_span(&story->path),
                       .number = story->number,
                       .text = wt_buf_span(&text),
                       .raw = wt_buf_span(&raw),
                       .raw_url = wt_span_of(title),
                       .captured = at,
                       .subject = wt_span_of(subject),
                       .url = wt_span_of("https://example.org/a"),
                       .key = wt_span_of(key),
                       .classes = WT_SPAN("number"),
                       .reason = WT_SPAN("revision"),
                       .previous = story->ids.commit,
                       .previous_blob = story->ids.blob};
  MADE_OK(wt_archive_batch_put(&story->ids, batch, &in, ERR));
  wt_buf_release(&text);
  wt_buf_release(&raw);
}

/* `stories` stories of `revisions` revisions each, interleaved, `batch_size` captures a batch. */
static inline void made_fill(wt_archive *archive, unsigned stories, unsigned revisions, unsigned batch_size, bool raw) {
  made_story *all = calloc(stories, sizeof *all);
  wt_archive_batch *batch;
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  unsigned done = 0;
  for (unsigned r = 0; r < revisions; r++)
    for (unsigned s = 0; s < stories; s++) {
      made_put(&all[s], batch, s, done, raw);
      if (++done % batch_size == 0) MADE_OK(wt_archive_batch_commit(batch, ERR));
    }
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  wt_archive_batch_close(batch);
  for (unsigned s = 0; s < stories; s++) wt_buf_release(&all[s].path);
  free(all);
}

#endif
