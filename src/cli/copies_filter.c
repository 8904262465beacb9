/* Filters of lines: JSON lines to keys, keys to candidates, candidates to clusters. */
#include "copies_filter.h"

#include "lines.h"
#include "wt/track/copies.h"

#define IN_MEMORY ((size_t)16 << 30)

typedef struct keying {
  wt_buf *out; /* NULL: standard output */
  wt_fingerprint room;
  uint32_t number;
} keying;

static bool take_story(wt_cli *cli, void *context, wt_span line, const cli_place *place) {
  keying *k = context;
  wt_error err;
  wt_status status = wt_filter_keys(k->out, &k->room, k->number, line, &err);
  if (status == WT_OK) {
    k->number++;
    return k->out != &cli->out || cli_flush_some(cli);
  }
  cli_line_error(cli, &err, place);
  return status == WT_EFORMAT; /* the others are still read */
}

int cli_filter_keys(wt_cli *cli, uint32_t first, char **files, int count) {
  keying k = {.out = &cli->out, .number = first};
  cli_lines(cli, files, count, take_story, &k);
  wt_fingerprint_release(&k.room);
  return cli->exit_code;
}

typedef wt_status (*filter_line)(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err);
typedef wt_status (*filter_end)(wt_buf *out, wt_filter *filter, wt_error *err);

typedef struct filtering {
  wt_filter filter;
  filter_line each;
} filtering;

static bool take_line(wt_cli *cli, void *context, wt_span line, const cli_place *place) {
  filtering *f = context;
  wt_error err;
  if (f->each(&cli->out, &f->filter, line, &err) == WT_OK) return cli_flush_some(cli);
  cli_line_error(cli, &err, place);
  return err.status == WT_EFORMAT;
}

static int run_filter(wt_cli *cli, bool hot, filter_line each, filter_end end, char **files, int count) {
  filtering f = {.filter = {.tell_hot = hot}, .each = each};
  wt_error err;
  if (cli_lines(cli, files, count, take_line, &f) && end(&cli->out, &f.filter, &err) != WT_OK) cli_error(cli, &err);
  wt_filter_release(&f.filter);
  return cli->exit_code;
}

int cli_filter_candidates(wt_cli *cli, bool hot, char **files, int count) {
  return run_filter(cli, hot, wt_filter_candidates, wt_filter_candidates_end, files, count);
}

int cli_filter_pairs(wt_cli *cli, char **files, int count) {
  return run_filter(cli, false, wt_filter_pairs, wt_filter_pairs_end, files, count);
}

/* ---- the three in one ---- */

/* Sorts `in` and sends its lines through a filter. */
static wt_status pass(wt_buf *out, wt_buf *in, filter_line each, filter_end end, wt_error *err) {
  wt_filter filter = {0};
  wt_status status = wt_filter_sort(in, err);
  wt_span line, rest = wt_buf_span(in);
  while (status == WT_OK && wt_span_line(&line, &rest)) status = each(out, &filter, line, err);
  if (status == WT_OK) status = end(out, &filter, err);
  wt_filter_release(&filter);
  return status;
}

int cli_filter_clusters(wt_cli *cli, char **files, int count) {
  wt_buf keys = {.limit = IN_MEMORY}, pairs = {.limit = IN_MEMORY};
  keying k = {.out = &keys};
  wt_error err;
  if (cli_lines(cli, files, count, take_story, &k)) {
    wt_status status = pass(&pairs, &keys, wt_filter_candidates, wt_filter_candidates_end, &err);
    if (status == WT_OK) status = pass(&cli->out, &pairs, wt_filter_pairs, wt_filter_pairs_end, &err);
    if (status != WT_OK) cli_error(cli, &err);
  }
  wt_fingerprint_release(&k.room);
  wt_buf_release(&keys);
  wt_buf_release(&pairs);
  return cli->exit_code;
}
