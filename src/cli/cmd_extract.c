/* extract: the reader alone. */
#include "cage.h"

#define MAX_FILE ((size_t)4 << 30) /* a WARC file of a large crawl is a GiB and more */

typedef struct extraction {
  wt_cli *cli;
  const char *file;
  bool found;
} extraction;

/* One line a piece, as much of it as the line holds. */
static void put_dropped(wt_cli *cli, const wt_dropped *dropped) {
  enum { LEAST = 20 };
  size_t taken = sizeof "left out, : " - 1 + dropped->reason.len, width = wt_term_columns(dropped->text);
  size_t line = cli->term.width > 0 ? cli->term.width : 80, room = line > taken + LEAST ? line - taken : LEAST;
  wt_term_put_ink(&cli->out, &cli->term, WT_INK_DIM, WT_SPAN("left out, "));
  wt_term_put_ink(&cli->out, &cli->term, WT_INK_DIM, dropped->reason);
  wt_buf_put_text(&cli->out, ": ");
  wt_term_put_cell(&cli->out, &cli->term, WT_INK_DIM, dropped->text, width < room ? width : room);
  wt_buf_put_char(&cli->out, '\n');
}

static void put_story(wt_cli *cli, const wt_story *story, const char *file, wt_instant captured) {
  wt_error err;
  if (cli->json) {
    wt_story_origin origin = {.file = wt_span_of(file), .captured = captured};
    if (wt_story_print_json(&cli->out, story, &origin, &err)) cli_error(cli, &err);
    wt_buf_put_char(&cli->out, '\n');
    return;
  }
  wt_term_put_story(&cli->out, &cli->term, story, NULL);
  for (size_t i = 0; i < story->dropped_count; i++) {
    if (i == 0) wt_buf_put_char(&cli->out, '\n');
    put_dropped(cli, &story->dropped[i]);
  }
  wt_buf_put_char(&cli->out, '\n');
}

static bool on_capture(void *context, const wt_capture *capture) {
  extraction *e = context;
  wt_arena arena = {0};
  wt_story story;
  wt_error err;
  e->found = true;
  wt_status status = wt_ingest(&story, &arena, capture->bytes, &capture->source, NULL, &err);
  if (status == WT_OK)
    put_story(e->cli, &story, e->file, capture->source.captured);
  else {
    if (!err.where[0]) wt_error_at(&err, e->file);
    cli_error(e->cli, &err);
  }
  wt_arena_release(&arena);
  return cli_flush_some(e->cli);
}

static bool on_trouble(void *context, const wt_error *err) {
  extraction *e = context;
  wt_error named = *err;
  if (!named.where[0]) wt_error_at(&named, e->file);
  cli_error(e->cli, &named);
  return true;
}

static void extract(wt_cli *cli, const char *file, const wt_source *given) {
  wt_buf bytes = {0};
  wt_error err;
  wt_source source = *given;
  extraction e = {.cli = cli, .file = file};
  source.name = wt_span_of(file);
  wt_status status = wt_file_read(&bytes, file, MAX_FILE, &err);
  if (status == WT_OK) status = wt_captures(wt_buf_span(&bytes), &source, NULL, on_capture, on_trouble, &e, &err);
  if (status && status != WT_ECANCELED) on_trouble(&e, &err);
  wt_buf_release(&bytes);
}

static int run(wt_cli *cli, int argc, char **argv) {
  const char *url = NULL, *outlet = NULL;
  const cli_option options[] = {{"url", 0, CLI_TEXT, "URL", "where it was fetched", &url},
                                {"outlet", 0, CLI_TEXT, "HOST", "who published it", &outlet},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (at == argc) return cli_usage(cli, "nothing to read");
  cli_page(cli);
  wt_source source = {.url = wt_span_of(url), .outlet = wt_span_of(outlet), .captured = WT_INSTANT_NONE};
  cli_cage_enter(cli, &(cli_cage){.inputs = (const char *const *)(argv + at), .input_count = (size_t)(argc - at)});
  for (; at < argc; at++) extract(cli, argv[at], &source);
  return cli->exit_code;
}

const cli_command cmd_extract = {.name = "extract",
                                 .group = "Tools",
                                 .usage = "FILE...",
                                 .summary = "the reader alone: what the story is, and what was left out",
                                 .run = run};
