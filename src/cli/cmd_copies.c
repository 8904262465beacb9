/* copies: who else published it, from which revision, and what they changed. */
#include "copies_filter.h"
#include "copies_stream.h"

#include <stdlib.h>
#include <string.h>

static const char help[] = "STORY is a story of the archive, STORY@REV one of its revisions, FILE any file,\n"
                           "URL a page: one that is not tracked is fetched, asked about and not kept.\n"
                           "Without one, the clusters of the archive are listed, newest first.\n"
                           "\n"
                           "With --stream, stories are read as JSON lines, one object a line with\n"
                           "\"url\", \"outlet\", \"headline\", \"published\" and \"text\" (paragraphs end at\n"
                           "line breaks), in the order of time. When the input ends, one line is printed\n"
                           "for each: what it shares with earlier stories. A line that is no story is named\n"
                           "and left out.\n"
                           "\n"
                           "  copy     most of both stories\n"
                           "  partial  a good part of one of them\n"
                           "  update   the same outlet told it again with changes\n"
                           "  quotes   a passage or a quotation; the stories are two\n"
                           "\n"
                           "Passages that one outlet runs in story after story are learned as boilerplate\n"
                           "and make no pair. Clusters are led by the earliest clock and hold what shares\n"
                           "two fifths of a story with it; of one story, who was first is weighed from its\n"
                           "revisions and its cuts too.\n"
                           "\n"
                           "In JSON and CSV \"url\" is where a story was captured, else the canonical\n"
                           "address that it gives at its own outlet, else its path in the archive.\n"
                           "\n"
                           "Exit status 1 when nothing shares text. With --stream: 0, also when no story\n"
                           "shares anything or some lines were no stories, and 2 when all were none or a\n"
                           "file could not be read.\n";

typedef struct copies_flags {
  bool stream, stale, csv, html, allow_private, pairs, packed;
  uint64_t sample;
} copies_flags;

/* ---- clusters ---- */

static bool on_cluster(void *context, const wt_cluster *cluster) {
  wt_cli *cli = context;
  cli->count++;
  if (cli->json) {
    wt_json_put_cluster(&cli->out, cluster);
    wt_buf_put_char(&cli->out, '\n');
  } else {
    wt_term_put_cluster(&cli->out, &cli->term, cluster);
  }
  return cli_flush_some(cli);
}

static bool put_imported(wt_cli *cli, wt_error *err) {
  wt_arena arena = {0};
  wt_imported_list list;
  bool fine = wt_track_imported(&list, &arena, cli->track, NULL, err) == WT_OK;
  if (fine && cli->json) wt_json_put_imported_clusters(&cli->out, &list);
  if (fine && !cli->json) wt_term_put_imported(&cli->out, &cli->term, &list);
  if (fine) cli->count += list.count;
  wt_arena_release(&arena);
  return fine;
}

static int run_clusters(wt_cli *cli) {
  wt_error err;
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  cli_page(cli);
  if (wt_track_clusters(cli->track, on_cluster, cli, &err) != WT_OK || !put_imported(cli, &err))
    return cli_error(cli, &err);
  return cli_found(cli, cli->count, "no story shares text with another");
}

/* ---- one story ---- */

/* A file of nobody's has no page. */
static wt_status put_page(wt_cli *cli, const wt_copiers *copiers, wt_error *err) {
  wt_address address = {.page = WT_PAGE_CLUSTER, .form = WT_FORM_HTML, .name = copiers->story.path};
  wt_report_options options = {.alone = true};
  if (copiers->story.path.len == 0) return wt_fail(err, WT_EINVAL, "--html", -1, "only for a story of the archive");
  return wt_page_render(&cli->out, cli->track, &address, NULL, &options, err);
}

static wt_status put_copiers(wt_cli *cli, const wt_copiers *copiers, const copies_flags *flags, wt_error *err) {
  if (flags->html) return put_page(cli, copiers, err);
  if (flags->csv) {
    wt_csv_put_copiers_head(&cli->out);
    wt_csv_put_copiers(&cli->out, copiers);
  } else if (cli->json) {
    wt_json_put_copiers(&cli->out, copiers);
    wt_buf_put_char(&cli->out, '\n');
  } else if (flags->stale) {
    wt_term_put_stale(&cli->out, &cli->term, copiers);
  } else {
    wt_term_put_copiers(&cli->out, &cli->term, copiers);
  }
  return WT_OK;
}

/* With --stale only what is stale is left. */
static void keep_stale(wt_copiers *copiers) {
  size_t kept = 0, earliest = SIZE_MAX;
  for (size_t i = 0; i < copiers->count; i++) {
    if (!wt_copier_is_stale(&copiers->items[i])) continue;
    if (i == copiers->earliest) earliest = kept;
    copiers->items[kept++] = copiers->items[i];
  }
  copiers->count = kept;
  copiers->earliest = earliest;
}

static bool is_url(const char *name) {
  return strncmp(name, "http://", 7) == 0 || strncmp(name, "https://", 8) == 0;
}

/* A page that nobody tracks is fetched and asked about, and not kept. */
static wt_status ask_page(wt_copiers *copiers, wt_arena *arena, wt_cli *cli, const char *url, const copies_flags *flags,
                          wt_error *err) {
  wt_story text;
  wt_fetch_options fetch = {
      .allow_private = flags->allow_private, .ca_file = getenv("SSL_CERT_FILE"), .stop = cli_stopped, .context = cli};
  cli_stop_watch();
  wt_status status = wt_track_read_url(&text, arena, wt_span_of(url), &fetch, err);
  return status == WT_OK ? wt_track_copies_text(copiers, arena, cli->track, &text, err) : status;
}

static int run_story(wt_cli *cli, const char *name, const copies_flags *flags) {
  wt_arena arena = {0};
  wt_copiers copiers;
  wt_error err;
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  wt_status status = wt_track_copies(&copiers, &arena, cli->track, wt_span_of(name), &err);
  if (status == WT_ENOTFOUND && is_url(name)) status = ask_page(&copiers, &arena, cli, name, flags, &err);
  if (status == WT_OK && flags->stale) keep_stale(&copiers);
  if (status == WT_OK) status = put_copiers(cli, &copiers, flags, &err);
  bool found = status == WT_OK && copiers.count + copiers.twin_count + copiers.imported.count > 0;
  wt_arena_release(&arena);
  if (status != WT_OK) return cli_error(cli, &err);
  return cli_found(cli, found, flags->stale ? "no copy lacks a change" : "nothing shares text with it");
}

static int run(wt_cli *cli, int argc, char **argv) {
  copies_flags flags = {0};
  const cli_option options[] = {
      {"stale", 0, CLI_FLAG, NULL, "who copied it and lacks its correction, or ignores its kill", &flags.stale},
      {"csv", 0, CLI_FLAG, NULL, "a line for each story that shares text", &flags.csv},
      {"html", 0, CLI_FLAG, NULL, "the story's page of who ran it", &flags.html},
      {"allow-private", 0, CLI_FLAG, NULL, "fetch a URL of loopback and private addresses too", &flags.allow_private},
      {"stream", 0, CLI_FLAG, NULL, "read stories as JSON lines; no archive is needed", &flags.stream},
      {"pairs", 0, CLI_FLAG, NULL, "clusters from the sorted lines of candidates; with --stream from stories",
       &flags.pairs},
      {"packed", 0, CLI_FLAG, NULL, "with --pairs: packed ones, in any order; gives those that share enough",
       &flags.packed},
      {"sample", 0, CLI_NUMBER, "N", "with --stream: look at one run of words in N (default 2)", &flags.sample},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (flags.sample > 1024) return cli_usage(cli, "--sample goes up to 1024");
  wt_copies_options how = {.sample = (uint32_t)flags.sample};
  if (flags.pairs && cli->json) return cli_usage(cli, "--pairs has a form of its own, and no JSON");
  if (flags.packed && (!flags.pairs || flags.stream || argc - at > 1))
    return cli_usage(cli, "--packed goes with --pairs, and takes one file");
  if (flags.packed) return cli_pack_pairs(cli, argv[at]);
  if (flags.pairs && flags.stream) return cli_filter_clusters(cli, argv + at, argc - at);
  if (flags.pairs) return cli_filter_pairs(cli, argv + at, argc - at);
  if (flags.stream) return cli_copies_stream(cli, &how, argv + at, argc - at);
  if (flags.sample > 0) return cli_usage(cli, "--sample goes with --stream");
  if (argc - at > 1) return cli_usage(cli, "one story, not %d", argc - at);
  if (argc == at && (flags.stale || flags.csv || flags.html)) return cli_usage(cli, "which story?");
  return argc == at ? run_clusters(cli) : run_story(cli, argv[at], &flags);
}

const cli_command cmd_copies = {.name = "copies",
                                .group = "Read",
                                .usage = "[STORY[@REV]|FILE|URL] | --stream [FILE...] | --pairs [FILE...]",
                                .summary = "who shares text with whom, from which revision, and what they changed",
                                .help = help,
                                .run = run};
