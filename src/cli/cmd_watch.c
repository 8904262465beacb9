/* watch: polls the sources of writethru.conf. */
#include "cage.h"
#include "hooks.h"

#include <stdlib.h>
#include <time.h>

enum { PATIENCE_MS = 20000, UNSET = -1 };

typedef struct watch_flags {
  bool once, list, allow_private;
  uint64_t most, delay, per_host;
} watch_flags;

static wt_instant clock_now(void *context) {
  (void)context;
  return cli_now();
}

/* ---- what is told ---- */

static void put_json(wt_cli *cli, const wt_watched *w) {
  wt_json json;
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "url", w->url);
  wt_json_member(&json, "source", w->source);
  wt_json_member(&json, "state", w->state);
  wt_json_member_time(&json, "at", w->at);
  wt_json_member_time(&json, "next", w->next);
  wt_json_member_int(&json, "links", (int64_t)w->links);
  wt_json_member_or_null(&json, "story", w->story);
  wt_json_member_int(&json, "revision", w->revision);
  wt_json_member_or_null(&json, "subject", w->subject);
  wt_json_member_bool(&json, "substantive", w->substantive);
  wt_json_member_or_null(&json, "final", w->final);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static wt_ink ink_of(const wt_watched *w) {
  if (wt_span_starts(w->state, WT_SPAN("failed"))) return WT_INK_RED;
  if (wt_span_equal(w->state, WT_SPAN("new"))) return WT_INK_GREEN;
  return w->revision ? WT_INK_YELLOW : WT_INK_DIM;
}

static void put_line(wt_cli *cli, const wt_watched *w) {
  wt_buf *out = &cli->out;
  wt_term_put_when(out, &cli->term, w->at, false);
  wt_buf_put_char(out, ' ');
  wt_span first = wt_span_sub(w->state, 0, wt_span_find(w->state, WT_SPAN(":")));
  first = wt_span_sub(first, 0, wt_span_find(first, WT_SPAN(" to ")));
  wt_term_put_cell(out, &cli->term, ink_of(w), w->links ? WT_SPAN("new links") : first, 12);
  wt_buf_put_text(out, "  ");
  wt_term_put_ink(out, &cli->term, WT_INK_BOLD, w->story.len ? w->story : w->url);
  if (w->revision) wt_buf_put_format(out, "@%u  ", (unsigned)w->revision);
  if (w->links) wt_buf_put_format(out, "  %llu", (unsigned long long)w->links);
  if (w->revision) wt_term_put(out, w->subject);
  if (first.len < w->state.len) {
    wt_buf_put_text(out, "  ");
    wt_term_put(out, w->state);
  }
  wt_buf_put_char(out, '\n');
}

/* Quiet checks are the rule: only --json tells them all. */
static bool on_watched(void *context, const wt_watched *w) {
  wt_cli *cli = context;
  bool quiet = !w->revision && !w->links && !wt_span_starts(w->state, WT_SPAN("failed")) &&
               !wt_span_starts(w->state, WT_SPAN("moved")) && !wt_span_equal(w->state, WT_SPAN("gone"));
  cli_progress_end(cli);
  if (cli->json)
    put_json(cli, w);
  else if (!quiet)
    put_line(cli, w);
  return cli_flush(cli);
}

/* ---- the list ---- */

static const char NOTHING[] =
    "writethru: nothing is watched: sources are named in writethru.conf (writethru watch --help)";

static void put_state(wt_cli *cli, const wt_watch_row *row) {
  wt_term_put(&cli->out, row->state);
  wt_buf_put_text(&cli->out, row->next == WT_INSTANT_NONE ? ", never again" : ", next ");
  if (row->next != WT_INSTANT_NONE) wt_term_put_time(&cli->out, &cli->term, row->next, false);
}

static bool on_row(void *context, const wt_watch_row *row) {
  wt_cli *cli = context;
  cli->count++;
  wt_watched w = {.url = row->url,
                  .source = row->source,
                  .state = row->state,
                  .story = row->path,
                  .at = row->checked,
                  .next = row->next};
  if (cli->json) {
    put_json(cli, &w);
    return cli_flush_some(cli);
  }
  wt_term_put_ink(&cli->out, &cli->term, WT_INK_BOLD, row->url);
  wt_buf_put_text(&cli->out, "\n    ");
  if (row->state.len == 0) /* its time is whenever the next round is */
    wt_buf_put_text(&cli->out, "not asked yet, in the next round");
  else
    put_state(cli, row);
  wt_buf_put_char(&cli->out, '\n');
  return cli_flush_some(cli);
}

static int list(wt_cli *cli) {
  wt_error err;
  if (wt_track_watched(cli->track, cli_now(), on_row, cli, &err)) return cli_error(cli, &err);
  if (cli->count == 0 && cli->progress) cli_note(cli, "%s", NOTHING);
  return CLI_DONE;
}

/* ---- rounds ---- */

/* Sleeps until the next round has something to do, at most a minute: the configuration may change, another may add. At least a
   second, for a host may not have had its turn yet. */
static void wait_for(wt_cli *cli, wt_instant next) {
  wt_instant now = cli_now(), until = now + 60;
  if (next != WT_INSTANT_NONE && next < until) until = next > now ? next : now + 1;
  while (!cli_stopped(cli) && (now = cli_now()) < until) {
    struct timespec pause = {.tv_nsec = 200 * 1000 * 1000};
    if (next != WT_INSTANT_NONE && next > now)
      cli_progress(cli, "seconds to the next check:", (uint64_t)(next - now), 0);
    nanosleep(&pause, NULL);
  }
  cli_progress_end(cli);
}

static bool on_any(void *context, const wt_watch_row *row) {
  (void)row;
  *(bool *)context = true;
  return false;
}

/* Whoever forgot to name sources would wait for ever. */
static wt_status say_if_nothing(bool *any, wt_cli *cli, wt_error *err) {
  *any = false;
  wt_status status = wt_track_watched(cli->track, cli_now(), on_any, any, err);
  if (status == WT_OK && !*any) cli_note(cli, "%s", NOTHING);
  return status;
}

static wt_watch_options options_of(wt_cli *cli, const watch_flags *flags) {
  wt_watch_options out = {.fetch = {.allow_private = flags->allow_private,
                                    .ca_file = getenv("SSL_CERT_FILE"),
                                    .host_connections = (unsigned)flags->per_host,
                                    .patience_ms = flags->once ? 0 : PATIENCE_MS,
                                    .stop = cli_stopped,
                                    .context = cli},
                          .now = clock_now,
                          .most = (uint32_t)flags->most};
  if (flags->delay != (uint64_t)UNSET) out.fetch.host_delay_ms = flags->delay ? (int64_t)flags->delay : -1;
  return out;
}

static int watch(wt_cli *cli, const watch_flags *flags, cli_hooks *hooks) {
  wt_watch_options options = options_of(cli, flags);
  wt_watch_summary round, sum = {0};
  wt_error err;
  bool any;
  wt_status status = say_if_nothing(&any, cli, &err);
  if (status) return cli_error(cli, &err);
  do {
    wt_instant next;
    status = wt_track_watch(&round, cli->track, &options, on_watched, cli, &err);
    if (status == WT_ECANCELED && cli_stopped(cli)) break; /* what came is asked for again */
    if (status) return cli_error(cli, &err);
    sum.asked += round.asked;
    status = cli_hooks_run(hooks, &err);
    if (status == WT_OK) status = wt_track_watch_next(&next, cli->track, &err);
    if (status) return cli_error(cli, &err);
    bool more = next != WT_INSTANT_NONE && next <= cli_now() && round.asked > 0;
    if (!more && flags->once) break;
    if (!more) wait_for(cli, next);
  } while (!cli_stopped(cli));
  if (any && sum.asked == 0 && !cli->json && flags->once) cli_note(cli, "nothing was due");
  return CLI_DONE;
}

static int run(wt_cli *cli, int argc, char **argv) {
  watch_flags f = {.delay = (uint64_t)UNSET};
  const cli_option options[] = {
      {"once", 0, CLI_FLAG, NULL, "ask what is due now, then end: for cron", &f.once},
      {"list", 0, CLI_FLAG, NULL, "list what is watched, and when it is asked next", &f.list},
      {"most", 0, CLI_NUMBER, "N", "URLs in one round (256)", &f.most},
      {"delay", 0, CLI_NUMBER, "MS", "between two requests to a host (1000; robots.txt may ask for more)", &f.delay},
      {"per-host", 0, CLI_NUMBER, "N", "requests to a host at once (1)", &f.per_host},
      {"allow-private", 0, CLI_FLAG, NULL, "ask loopback and private addresses too", &f.allow_private},
      {0}};
  wt_error err;
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (at < argc) return cli_usage(cli, "watch takes its sources from writethru.conf");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (f.list) return list(cli);
  cli_stop_watch();
  cli_hooks *hooks = NULL;
  if (cli_hooks_open(&hooks, cli, &err)) return cli_error(cli, &err);
  cli_cage_enter(cli, &(cli_cage){.archive = wt_track_archive(cli->track), .network = CLI_NETWORK_ASK});
  int code = watch(cli, &f, hooks);
  cli_hooks_close(hooks);
  return code;
}

const cli_command cmd_watch = {
    .name = "watch",
    .group = "Capture",
    .usage = "",
    .summary = "poll the feeds and pages in the configuration",
    .help = "Sources stand in writethru.conf (writethru config), in the syntax of git-config:\n"
            "\n"
            "  [source \"post\"]\n"
            "    url = https://post.example/feed.xml\n"
            "    outlet = post.example      (else by host)\n"
            "    kind = auto                (auto, feed, section or page)\n"
            "    every = 10m                (else at its own pace)\n"
            "\n"
            "Feeds, sitemaps and section pages give links; what they lead to is asked often while it is fresh and\n"
            "seldom when it has settled. robots.txt, Crawl-delay and Retry-After are obeyed. What is asked, and\n"
            "when next, is kept in the archive. A page that a script builds: `git config source.post.fetch COMMAND`\n"
            "in the archive names a command of yours that prints the page of the URL it is given. Hooks: add --help.\n"
            "SSL_CERT_FILE names certificates to trust instead of the system's.\n",
    .run = run};
