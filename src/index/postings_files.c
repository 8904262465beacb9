/* The files of postings: what each is called, the manifest written and read, the log opened. */
#include "postings_handle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void postings_path(char out[4096], const wt_postings *postings, const char *name, uint64_t number) {
  if (number == UINT64_MAX)
    snprintf(out, 4096, "%s/%s", postings->dir, name);
  else
    snprintf(out, 4096, "%s/%s-%llu", postings->dir, name, (unsigned long long)number);
}

/* ---- manifest ---- */

wt_status postings_write_manifest(const wt_postings *postings, wt_error *err) {
  char path[4096];
  wt_buf text = {0};
  wt_buf_put_format(&text, "wtpostings 1\ngeneration %llu\nnext %llu\ndocuments %lu\nstamp ",
                    (unsigned long long)postings->generation, (unsigned long long)postings->next_run,
                    (unsigned long)postings->stored);
  for (size_t i = 0; i < postings->stamp_len; i++)
    wt_buf_put_format(&text, "%02x", (unsigned)(unsigned char)postings->stamp[i]);
  wt_buf_put_char(&text, '\n');
  for (size_t i = 0; i < postings->run_count; i++)
    wt_buf_put_format(&text, "run %llu\n", (unsigned long long)postings->runs[i].number);
  postings_path(path, postings, "manifest", UINT64_MAX);
  wt_status status = wt_buf_status(&text, path, err);
  if (status == WT_OK) status = wt_file_write(path, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static bool take_number(uint64_t *out, wt_span line, const char *name) {
  wt_span label = wt_span_of(name);
  char digits[24];
  if (!wt_span_starts(line, label) || line.len <= label.len + 1 || line.len - label.len > sizeof digits) return false;
  memcpy(digits, line.data + label.len + 1, line.len - label.len - 1);
  digits[line.len - label.len - 1] = 0;
  char *end;
  *out = strtoull(digits, &end, 10);
  return *end == 0;
}

static bool take_stamp(wt_postings *postings, wt_span line) {
  wt_span hex = wt_span_sub(line, sizeof "stamp " - 1, line.len);
  if (!wt_span_starts(line, WT_SPAN("stamp ")) || hex.len % 2 != 0 || hex.len / 2 > WT_POSTINGS_STAMP) return false;
  for (size_t i = 0; i < hex.len / 2; i++) {
    char digits[3] = {hex.data[2 * i], hex.data[2 * i + 1], 0};
    postings->stamp[i] = (char)strtoul(digits, NULL, 16);
  }
  postings->stamp_len = hex.len / 2;
  return true;
}

static wt_status take_runs(wt_postings *postings, wt_span text, const char *path, wt_error *err) {
  wt_span line;
  while (wt_span_line(&line, &text)) {
    uint64_t number;
    if (!take_number(&number, line, "run") || postings->run_count == POSTINGS_RUNS)
      return wt_fail(err, WT_ECORRUPT, path, -1, "no manifest of postings");
    wt_status status = run_open(&postings->runs[postings->run_count], postings->dir, number, err);
    if (status != WT_OK) return status;
    postings->run_count++;
  }
  return WT_OK;
}

wt_status postings_read_manifest(wt_postings *postings, wt_error *err) {
  char path[4096];
  wt_buf bytes = {0};
  uint64_t documents = 0;
  postings_path(path, postings, "manifest", UINT64_MAX);
  if (access(path, F_OK) != 0) return WT_OK; /* nothing yet */
  wt_status status = wt_file_read(&bytes, path, 1 << 20, err);
  wt_span text = wt_buf_span(&bytes), line;
  if (status == WT_OK) {
    bool fine = wt_span_line(&line, &text) && wt_span_equal(line, WT_SPAN("wtpostings 1"));
    fine = fine && wt_span_line(&line, &text) && take_number(&postings->generation, line, "generation");
    fine = fine && wt_span_line(&line, &text) && take_number(&postings->next_run, line, "next");
    fine = fine && wt_span_line(&line, &text) && take_number(&documents, line, "documents") && documents < UINT32_MAX;
    fine = fine && wt_span_line(&line, &text) && take_stamp(postings, line);
    postings->stored = (uint32_t)documents;
    status =
        fine ? take_runs(postings, text, path, err) : wt_fail(err, WT_ECORRUPT, path, -1, "no manifest of postings");
  }
  wt_buf_release(&bytes);
  return status;
}

/* ---- log ---- */

static wt_status sync_folder(const wt_postings *postings, wt_error *err) {
  int dir = open(postings->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = dir < 0 ? errno : 0;
  if (dir >= 0 && fsync(dir) != 0 && errno != EINVAL && errno != ENOTSUP) error = errno;
  if (dir >= 0) close(dir);
  return error ? wt_fail(err, WT_EIO, postings->dir, -1, "%s", strerror(error)) : WT_OK;
}

wt_status postings_open_log(wt_postings *postings, wt_error *err) {
  char path[4096];
  postings_path(path, postings, "log", postings->generation);
  if (postings->log >= 0) close(postings->log);
  postings->log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (postings->log < 0) return wt_fail(err, WT_EIO, path, -1, "%s", strerror(errno));
  return sync_folder(postings, err); /* else a commit could be lost with its file's name */
}
