/* headlines: which headline a story showed when, and which more than one story carried. */
#include "cli.h"

#include <string.h>

/* ---- rows, gathered: totals come before their parts ---- */

typedef struct headline_list {
  wt_arena arena;
  wt_headline_row *items;
  size_t count, capacity;
  bool failed; /* out of memory */
} headline_list;

static bool on_headline(void *context, const wt_headline_row *row) {
  headline_list *list = context;
  list->failed = true;
  if (!wt_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items)) return false;
  wt_headline_row *kept = &list->items[list->count++];
  *kept = *row;
  kept->path = wt_span_keep(&list->arena, row->path);
  kept->outlet = wt_span_keep(&list->arena, row->outlet);
  kept->headline = wt_span_keep(&list->arena, row->headline);
  list->failed = !kept->path.data || !kept->outlet.data || !kept->headline.data;
  return !list->failed;
}

static bool same(const wt_headline_row *a, const wt_headline_row *b) {
  return wt_hash_equal(a->folded, b->folded);
}

/* ---- one story ---- */

typedef struct dwell {
  int64_t seconds;
  unsigned runs;
  bool stands;
} dwell;

static dwell dwell_of(const headline_list *list, size_t which) {
  dwell d = {0};
  for (size_t i = 0; i < list->count; i++) {
    if (!same(&list->items[i], &list->items[which])) continue;
    d.runs++;
    if (list->items[i].until == WT_INSTANT_NONE)
      d.stands = true;
    else
      d.seconds += list->items[i].until - list->items[i].from;
  }
  return d;
}

static void put_run(wt_cli *cli, const headline_list *list, size_t i) {
  enum { HEADLINE = 5 + WT_TERM_WHEN + 19 };
  const wt_headline_row *row = &list->items[i];
  wt_buf *out = &cli->out;
  wt_buf_put_format(out, "@%-4u", (unsigned)row->number);
  wt_term_put_when(out, &cli->term, row->from, false);
  wt_buf_put_text(out, row->until == WT_INSTANT_NONE ? " stands          " : " for ");
  if (row->until != WT_INSTANT_NONE) {
    size_t begin = out->len;
    wt_term_put_span(out, row->until - row->from);
    while (out->len - begin < 12) wt_buf_put_char(out, ' ');
  }
  wt_buf_put_text(out, "  ");
  wt_term_put_wrapped(out, &cli->term, WT_INK_BOLD, row->headline, HEADLINE, HEADLINE);
  wt_buf_put_char(out, '\n');
}

static void put_sum(wt_cli *cli, const headline_list *list) {
  wt_buf *out = &cli->out;
  for (size_t i = 0; i < list->count; i++) {
    bool told = false;
    for (size_t k = 0; k < i && !told; k++) told = same(&list->items[k], &list->items[i]);
    dwell d = dwell_of(list, i);
    if (told || d.runs < 2) continue;
    size_t begin = out->len;
    wt_buf_put_text(out, "came back ");
    wt_term_put_count(out, d.runs - 1, "time", "times");
    wt_buf_put_text(out, d.stands ? " and stands; ran " : "; ran ");
    wt_term_put_span(out, d.seconds);
    wt_buf_put_text(out, d.stands ? " before: " : " in all: ");
    wt_term_put_wrapped(out, &cli->term, WT_INK_BOLD, list->items[i].headline, out->len - begin, 4);
    wt_buf_put_char(out, '\n');
  }
}

/* ---- headlines of several stories ---- */

static void put_shared(wt_cli *cli, const headline_list *list) {
  wt_buf *out = &cli->out;
  for (size_t i = 0; i < list->count; i++) {
    const wt_headline_row *row = &list->items[i];
    if (i == 0 || !same(row, row - 1)) {
      wt_buf_put_text(out, i ? "\n" : "");
      wt_term_put_wrapped(out, &cli->term, WT_INK_BOLD, row->headline, 0, 0);
      wt_buf_put_char(out, '\n');
    }
    wt_buf name = {0};
    wt_buf_put_span(&name, row->path);
    wt_buf_put_format(&name, "@%u", (unsigned)row->number);
    wt_buf_put_text(out, "  ");
    wt_term_put_when(out, &cli->term, row->from, false);
    wt_term_put_beside(out, &cli->term, WT_INK_NONE, wt_buf_span(&name), 2 + WT_TERM_WHEN);
    wt_buf_put_char(out, '\n');
    wt_buf_release_part(&name, out);
  }
}

static void put(wt_cli *cli, const headline_list *list, bool one) {
  for (size_t i = 0; i < list->count && cli_flush_some(cli); i++) {
    if (cli->json) {
      wt_json_put_headline(&cli->out, &list->items[i]);
      wt_buf_put_char(&cli->out, '\n');
    } else if (one)
      put_run(cli, list, i);
  }
  if (cli->json) return;
  if (one)
    put_sum(cli, list);
  else
    put_shared(cli, list);
}

static int run(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (argc - at > 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  headline_list list = {.count = 0};
  wt_arena arena = {0};
  wt_error err;
  wt_story_row story = {.id = 0};
  wt_status status = at < argc ? wt_track_story(&story, &arena, cli->track, wt_span_of(argv[at]), &err) : WT_OK;
  if (status == WT_OK) status = wt_index_headlines(wt_track_index(cli->track), story.id, on_headline, &list, &err);
  if (status == WT_OK && list.failed) status = wt_fail(&err, WT_ENOMEM, "headlines", -1, "out of memory");
  if (status == WT_OK) {
    cli_page(cli);
    put(cli, &list, at < argc);
  }
  size_t count = list.count;
  wt_free(list.items);
  wt_arena_release(&list.arena);
  wt_arena_release(&arena);
  if (status) return cli_error(cli, &err);
  return cli_found(cli, count, "no headline is shared");
}

const cli_command cmd_headlines = {.name = "headlines",
                                   .group = "Read",
                                   .usage = "[STORY]",
                                   .summary =
                                       "when a story ran which headline; without STORY, headlines of several stories",
                                   .run = run};
