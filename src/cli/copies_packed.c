/* The copy filters in packed form, for an engine that shuffles bytes: see wt/track/copies.h. */
#include "copies_filter.h"

#include "lines.h"
#include "wt/track/copies.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define CHUNK ((size_t)1 << 20) /* bytes taken at a time: whole records */

/* ---- stories ---- */

static bool take_story(wt_cli *cli, void *context, wt_span line, const cli_place *place) {
  wt_error err;
  if (wt_pack_story(&cli->out, context, place->number - 1, place->byte, line, &err) == WT_OK)
    return cli_flush_some(cli);
  cli_line_error(cli, &err, place);
  return false;
}

int cli_pack_stories(wt_cli *cli, uint32_t parts, const char *file) {
  wt_packing packing;
  wt_error err;
  cli_place end;
  if (wt_packing_init(&packing, parts, &err) != WT_OK) return cli_error(cli, &err);
  if (cli_lines_of(cli, file ? file : "-", take_story, &packing, &end) &&
      wt_pack_read(&cli->out, &packing, end.number, end.byte, &err) != WT_OK)
    cli_error(cli, &err);
  wt_packing_release(&packing);
  return cli->exit_code;
}

/* ---- records ---- */

typedef wt_status (*take)(wt_packing *packing, FILE *file, wt_error *err);
typedef bool (*next)(wt_buf *out, wt_packing *packing);

/* Takes `left` bytes, or all there are, and tells by how much it fell short. */
static wt_status take_bytes(uint64_t *left, wt_packing *packing, FILE *file, uint64_t first, bool keys, wt_error *err) {
  wt_buf chunk = {0};
  wt_status status = wt_buf_reserve(&chunk, CHUNK) ? WT_OK : wt_buf_status(&chunk, NULL, err);
  while (status == WT_OK && *left > 0) {
    chunk.len = fread(chunk.data, 1, *left < CHUNK ? (size_t)*left : CHUNK, file);
    if (chunk.len == 0) break;
    *left -= chunk.len;
    status = keys ? wt_pack_take_keys(packing, first, wt_buf_span(&chunk), err)
                  : wt_pack_take_pairs(packing, wt_buf_span(&chunk), err);
  }
  wt_buf_release(&chunk);
  return status;
}

static wt_status take_pairs(wt_packing *packing, FILE *file, wt_error *err) {
  uint64_t left = UINT64_MAX;
  return take_bytes(&left, packing, file, 0, false, err);
}

static wt_status take_keys(wt_packing *packing, FILE *file, wt_error *err) {
  char head[64];
  wt_status status = WT_OK;
  while (status == WT_OK && fgets(head, sizeof head, file) != NULL) {
    unsigned long long first, left;
    char end;
    if (sscanf(head, "keys %20llu %20llu%c", &first, &left, &end) != 3 || end != '\n' || first > UINT32_MAX)
      return wt_fail(err, WT_EFORMAT, NULL, -1, "no frame of keys");
    uint64_t rest = left;
    status = take_bytes(&rest, packing, file, first, true, err);
    if (status == WT_OK && rest > 0) status = wt_fail(err, WT_EFORMAT, NULL, -1, "a frame of keys is cut short");
  }
  return status;
}

static wt_status read_records(wt_packing *packing, const char *name, take all, wt_error *err) {
  bool opened = name != NULL && strcmp(name, "-") != 0;
  FILE *file = opened ? fopen(name, "re") : stdin;
  if (file == NULL) return wt_fail(err, WT_EIO, NULL, -1, "%s", strerror(errno));
  wt_status status = all(packing, file, err);
  if (status == WT_OK && ferror(file)) status = wt_fail(err, WT_EIO, NULL, -1, "%s", strerror(errno));
  if (opened) fclose(file);
  return status;
}

static int run_packed(wt_cli *cli, uint32_t parts, const char *name, take all, next each) {
  wt_packing packing;
  wt_error err;
  wt_status status = wt_packing_init(&packing, parts, &err);
  if (status == WT_OK) status = read_records(&packing, name, all, &err);
  if (status == WT_OK) status = wt_packing_sort(&packing, &err);
  while (status == WT_OK && each(&cli->out, &packing) && cli_flush_some(cli)) {
  }
  if (status != WT_OK) {
    wt_error_at(&err, name == NULL || strcmp(name, "-") == 0 ? "standard input" : name);
    cli_error(cli, &err);
  }
  wt_packing_release(&packing);
  return cli->exit_code;
}

int cli_pack_candidates(wt_cli *cli, uint32_t parts, const char *file) {
  return run_packed(cli, parts, file, take_keys, wt_pack_candidates);
}

int cli_pack_pairs(wt_cli *cli, const char *file) {
  return run_packed(cli, 1, file, take_pairs, wt_pack_verified);
}
