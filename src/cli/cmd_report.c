/* report: the archive as a static site, as a digest for mail, or one comparison as a picture. */
#include "cli.h"

#include <string.h>

typedef struct report_flags {
  const char *out, *base_url, *title;
  bool excerpts, digest, picture;
  wt_instant since;
} report_flags;

/* ---- the site ---- */

static void on_progress(void *context, const char *what, uint64_t done, uint64_t total) {
  cli_progress(context, what, done, total);
}

static void put_summary(wt_cli *cli, const char *dir, const wt_site_summary *sum) {
  if (!cli->json) {
    wt_term_put_count(&cli->out, sum->stories, "story", "stories");
    wt_buf_put_text(&cli->out, ", ");
    wt_term_put_count(&cli->out, sum->revisions, "revision", "revisions");
    wt_buf_put_text(&cli->out, ": ");
    wt_term_put_count(&cli->out, sum->written, "file", "files");
    wt_buf_put_text(&cli->out, " written, ");
    if (sum->same) wt_buf_put_format(&cli->out, "%llu as they were, ", (unsigned long long)sum->same);
    wt_buf_put_text(&cli->out, "in ");
    wt_term_put(&cli->out, wt_span_of(dir));
    wt_buf_put_char(&cli->out, '\n');
    return;
  }
  wt_json json;
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "dir", wt_span_of(dir));
  wt_json_member_int(&json, "stories", (int64_t)sum->stories);
  wt_json_member_int(&json, "revisions", (int64_t)sum->revisions);
  wt_json_member_int(&json, "written", (int64_t)sum->written);
  wt_json_member_int(&json, "same", (int64_t)sum->same);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static int write_site(wt_cli *cli, const report_flags *flags, wt_report_options report, const char *story) {
  wt_error err;
  wt_arena arena = {0};
  wt_story_row row;
  wt_site_summary sum;
  wt_status status = WT_OK;
  if (story != NULL) {
    status = wt_track_story(&row, &arena, cli->track, wt_span_of(story), &err);
    if (status == WT_OK) report.story = row.path;
  }
  cli_stop_watch();
  wt_site_options options = {.report = report, .progress = on_progress, .stop = cli_stopped, .context = cli};
  if (status == WT_OK) status = wt_site_write(&sum, cli->track, flags->out, &options, &err);
  cli_progress_end(cli);
  if (status == WT_OK)
    put_summary(cli, flags->out, &sum);
  else
    cli_error(cli, &err);
  wt_arena_release(&arena);
  return status == WT_OK ? CLI_DONE : CLI_TROUBLE;
}

/* ---- picture and digest ---- */

static int put_picture(wt_cli *cli, wt_span old, wt_span new) {
  wt_error err;
  wt_arena arena = {0};
  wt_comparison c;
  wt_status status = wt_track_compare(&c, &arena, cli->track, old, new, &err);
  if (status == WT_OK) status = wt_report_comparison_svg(&cli->out, &c, &err);
  if (status) cli_error(cli, &err);
  wt_arena_release(&arena);
  return status == WT_OK ? CLI_DONE : CLI_TROUBLE;
}

static int put_digest(wt_cli *cli, const report_flags *flags, const wt_report_options *report) {
  wt_error err;
  bool any = false;
  wt_status status = wt_report_digest(&cli->out, &any, cli->track, flags->since, report, &err);
  if (status) return cli_error(cli, &err);
  return any ? CLI_DONE : CLI_DIFFERENT;
}

/* ---- the command ---- */

/* With a `/` at the end. False for what is no address of the web. */
static bool take_base(wt_buf *base, const char *url) {
  wt_buf probe = {0};
  bool fit = wt_escape_link(&probe, wt_span_of(url));
  wt_buf_release(&probe);
  wt_buf_put_text(base, url);
  if (base->len > 0 && base->data[base->len - 1] != '/') wt_buf_put_char(base, '/');
  return fit;
}

static int act(wt_cli *cli, const report_flags *flags, const wt_report_options *report, int count, char **names) {
  if (flags->picture && (count < 1 || count > 2)) return cli_usage(cli, "--picture wants OLD and NEW, or one revision");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (flags->picture)
    return put_picture(cli, count > 1 ? wt_span_of(names[0]) : (wt_span){NULL, 0}, wt_span_of(names[count - 1]));
  if (flags->digest) return put_digest(cli, flags, report);
  return write_site(cli, flags, *report, count > 0 ? names[0] : NULL);
}

static int run(wt_cli *cli, int argc, char **argv) {
  report_flags flags = {.since = WT_INSTANT_NONE};
  const cli_option options[] = {
      {"out", 'o', CLI_TEXT, "DIR", "write the site there; only what changed is written", &flags.out},
      {"base-url", 0, CLI_TEXT, "URL", "where the site will lie: makes feeds and digest lead there", &flags.base_url},
      {"title", 0, CLI_TEXT, "TEXT", "name of the site (default: writethru)", &flags.title},
      {"excerpts", 0, CLI_FLAG, NULL, "changed passages only, never a whole text", &flags.excerpts},
      {"digest", 0, CLI_FLAG, NULL, "print what changed as plain text, for mail, instead", &flags.digest},
      {"since", 0, CLI_TIME, "TIME", "with --digest: from then on (default: all)", &flags.since},
      {"picture", 0, CLI_FLAG, NULL, "print the comparison of OLD and NEW as SVG instead", &flags.picture},
      {0}};
  wt_buf base = {0};
  int at = cli_parse(cli, options, argc, argv), code;
  if (at < 0) return cli->exit_code;
  if (!flags.digest && !flags.picture && flags.out == NULL) return cli_usage(cli, "-o DIR says where to write");
  if ((flags.digest || flags.picture) && flags.out != NULL) return cli_usage(cli, "-o goes with a site alone");
  if (!flags.picture && argc - at > 1) return cli_usage(cli, "one story or none, not %d", argc - at);
  if (flags.base_url != NULL && !take_base(&base, flags.base_url)) {
    code = cli_usage(cli, "--base-url wants an http or https address");
  } else {
    wt_report_options report = {.base_url = base.data, .title = flags.title, .excerpts = flags.excerpts};
    code = act(cli, &flags, &report, argc - at, argv + at);
  }
  wt_buf_release(&base);
  return code;
}

const cli_command cmd_report = {.name = "report",
                                .group = "Export",
                                .usage = "[STORY] -o DIR",
                                .summary = "a static site of the archive or of one story; a digest; a picture",
                                .help = "The site needs no server: open DIR/index.html. A second run writes only what\n"
                                        "changed since. --picture with one revision compares it with the one before.\n",
                                .run = run};
