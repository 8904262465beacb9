/* add: captures stories. */
#include "cage.h"
#include "hooks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct add_flags {
  const char *story, *outlet, *url, *name_pattern, *archive, *from;
  wt_instant at;
  cli_list map;
  bool dry_run, no_captures, one_thread, quiet, allow_private;
} add_flags;

/* ---- one capture ---- */

static void put_json(wt_cli *cli, const wt_added *a) {
  wt_json json;
  char hex[41];
  wt_json_init(&json, &cli->out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member(&json, "file", a->file);
  if (a->record) wt_json_member_int(&json, "record", (int64_t)a->record);
  wt_json_member(&json, "reason", wt_span_of(wt_reason_name(a->reason)));
  if (a->returned_to) wt_json_member_int(&json, "returned_to", a->returned_to);
  wt_json_member_or_null(&json, "story", a->story);
  if (a->revision) wt_json_member_int(&json, "revision", a->revision);
  wt_json_member_time(&json, "captured", a->captured);
  wt_json_member_bool(&json, "assumed", a->assumed);
  wt_json_member_or_null(&json, "because", a->because);
  wt_json_member_or_null(&json, "subject", a->subject);
  wt_json_member_or_null(&json, "headline", a->headline);
  wt_json_member_or_null(&json, "outlet", a->outlet);
  wt_json_member_or_null(&json, "url", a->url);
  wt_json_member_bool(&json, "substantive", a->substantive);
  wt_json_member_int(&json, "capture", (int64_t)a->capture);
  wt_oid_hex(hex, a->commit);
  wt_json_member_or_null(&json, "commit", wt_span_of(wt_oid_is_none(a->commit) ? NULL : hex));
  if (a->error) wt_json_member(&json, "error", wt_span_of(a->error->what));
  wt_json_object_end(&json);
  wt_json_line_end(&json);
}

static wt_ink ink_of(wt_reason reason) {
  if (reason == WT_REASON_NEW_STORY) return WT_INK_GREEN;
  if (reason == WT_REASON_REVISION || reason == WT_REASON_LATE) return WT_INK_YELLOW;
  return wt_reason_is_quarantine(reason) ? WT_INK_RED : WT_INK_DIM;
}

/* The reason as it fits its column: "waits: shrunk" for "quarantined: shrunk". */
static void put_reason(wt_buf *out, wt_reason reason) {
  const char *name = wt_reason_name(reason);
  if (wt_reason_is_quarantine(reason))
    wt_buf_put_format(out, "waits%s", strchr(name, ':'));
  else
    wt_buf_put_text(out, reason == WT_REASON_EXTRACTOR_UPGRADE ? "reader changed" : name);
}

/* What a line ends with: why it is of its story, or how to decide what waits. */
static void put_rest(wt_buf *out, const wt_added *a, bool dry_run) {
  if (dry_run) {
    wt_buf_put_char(out, '(');
    wt_buf_put_span(out, a->because);
    wt_buf_put_text(out, "; ");
    wt_buf_put_span(out, a->file);
    wt_buf_put_char(out, ')');
  } else if (wt_reason_is_quarantine(a->reason)) {
    wt_buf_put_format(out, "accept %llu, or reject", (unsigned long long)a->capture);
  }
}

/* On one line; in a window that it does not fit, what changed comes first and the story below it. */
static void put_parts(wt_cli *cli, wt_span story, wt_span subject, wt_span rest, size_t column) {
  wt_buf *out = &cli->out;
  const wt_term *term = &cli->term;
  size_t need = column + 2 + wt_term_columns(story);
  if (subject.len) need += 2 + wt_term_columns(subject);
  if (!term->window || need <= term->width) {
    wt_buf_put_text(out, "  ");
    wt_term_put_ink(out, term, WT_INK_BOLD, story);
    wt_buf_put_text(out, subject.len ? "  " : "");
    wt_term_put(out, subject);
  } else {
    wt_buf_put_text(out, subject.len ? "  " : "");
    wt_term_put_wrapped(out, term, WT_INK_NONE, subject, column + 2, column + 2);
    wt_buf_put_text(out, "\n    ");
    wt_term_put_ink(out, term, WT_INK_BOLD, story);
    need = 4 + wt_term_columns(story);
  }
  if (rest.len) wt_term_put_beside(out, term, WT_INK_NONE, rest, need);
  wt_buf_put_char(out, '\n');
}

static void put_line(wt_cli *cli, const wt_added *a, bool dry_run) {
  enum { REASON = 16 };
  wt_buf reason = {0}, story = {0}, rest = {0};
  put_reason(&reason, a->reason);
  if (a->returned_to) wt_buf_put_format(&reason, " %u", (unsigned)a->returned_to);
  wt_buf_put_span(&story, a->story.len ? a->story : a->url);
  if (a->revision) wt_buf_put_format(&story, "@%u", (unsigned)a->revision);
  put_rest(&rest, a, dry_run);
  wt_term_put_when(&cli->out, &cli->term, a->captured, a->assumed);
  wt_buf_put_char(&cli->out, ' ');
  wt_term_put_cell(&cli->out, &cli->term, ink_of(a->reason), wt_buf_span(&reason), REASON);
  wt_span subject = a->reason == WT_REASON_UNCHANGED ? (wt_span){0} : a->subject;
  put_parts(cli, wt_buf_span(&story), subject, wt_buf_span(&rest), WT_TERM_WHEN + 1 + REASON);
  wt_buf_release_part(&reason, &cli->out);
  wt_buf_release_part(&story, &cli->out);
  wt_buf_release_part(&rest, &cli->out);
}

static void on_added(void *context, const wt_added *added) {
  wt_cli *cli = context;
  const add_flags *flags = cli->user;
  cli_progress_end(cli);
  if (added->error) cli_error(cli, added->error);
  if (cli->json)
    put_json(cli, added);
  else if (!added->error && !(flags->quiet && added->reason == WT_REASON_UNCHANGED))
    put_line(cli, added, flags->dry_run);
  cli_flush_some(cli);
}

/* ---- the sum ---- */

static void put_sum(wt_cli *cli, const wt_add_summary *sum, bool dry_run) {
  wt_buf line = {0}, *out = &line;
  const char *before = ": ";
  wt_term_put_count(out, sum->captures, "capture", "captures");
  for (unsigned i = 0; i < WT_REASONS; i++) {
    if (sum->by_reason[i] == 0) continue;
    wt_buf_put_format(out, "%s%llu %s", before, (unsigned long long)sum->by_reason[i],
                      i == WT_REASON_TROUBLE ? "not read" : wt_reason_name((wt_reason)i));
    before = ", ";
  }
  if (dry_run) wt_buf_put_text(out, " (nothing was written)");
  if (cli->term.window)
    wt_term_put_wrapped(&cli->out, &cli->term, WT_INK_NONE, wt_buf_span(out), 0, 4);
  else
    wt_buf_put_span(&cli->out, wt_buf_span(out));
  wt_buf_put_char(&cli->out, '\n');
  wt_buf_release_part(out, &cli->out);
}

static bool fits_name(wt_cli *cli, const char *name) {
  wt_error err;
  bool bad = name && (*name == 0 || strstr(name, "..") || name[0] == '/' || strlen(name) > 200);
  for (const char *c = name; c && *c && !bad; c++) bad = (unsigned char)*c < 0x20 || *c == 0x7F || *c == '\\';
  if (!bad) return true;
  wt_fail(&err, WT_EINVAL, name, -1, "is no name for a story");
  cli_error(cli, &err);
  return false;
}

static bool fits_pattern(wt_cli *cli, const char *pattern) {
  wt_error err;
  if (!pattern || wt_add_pattern_check(pattern, &err) == WT_OK) return true;
  cli_usage(cli, "--at-from-name: %s", err.what);
  return false;
}

static bool maps_columns(wt_cli *cli, const cli_list *map) {
  wt_error err;
  for (size_t i = 0; i < map->count; i++) {
    if (wt_column_map_check(map->items[i], &err) == WT_OK) continue;
    cli_usage(cli, "--map: %s", err.what);
    return false;
  }
  return true;
}

/* ---- URLs ---- */

static bool is_url(const char *operand) {
  return strncmp(operand, "http://", 7) == 0 || strncmp(operand, "https://", 8) == 0;
}

/* An address without its https://: host.example/path, and no such file. */
static bool lacks_scheme(const char *operand) {
  size_t host = strcspn(operand, "/"), dot = strcspn(operand, ".");
  return dot > 0 && dot < host && operand[host] == '/' && access(operand, F_OK) != 0;
}

static void tell_scheme(wt_cli *cli, const char *operand) {
  wt_error err;
  wt_fail(&err, WT_ENOTFOUND, operand, -1, "no such file; the address of a page begins with https://");
  cli_error(cli, &err);
}

static wt_instant clock_now(void *context) {
  (void)context;
  return cli_now();
}

/* What came of a page is told by on_added; here only what did not come at all. */
static bool on_fetched(void *context, const wt_watched *w) {
  wt_cli *cli = context;
  wt_error err;
  if (wt_span_starts(w->state, WT_SPAN("failed")) || wt_span_equal(w->state, WT_SPAN("gone"))) {
    wt_fail(&err, WT_EIO, "", -1, "%.*s", (int)(w->state.len < 400 ? w->state.len : 400), w->state.data);
    wt_arena scratch = {0};
    wt_error_at(&err, wt_span_keep(&scratch, w->url).data);
    cli_error(cli, &err);
    wt_arena_release(&scratch);
  }
  return !cli_stopped(cli);
}

static wt_status add_urls(wt_cli *cli, wt_span *urls, size_t count, const wt_add_options *add, wt_error *err) {
  wt_watch_options options = {.fetch = *add->fetch, .now = clock_now};
  wt_watch_summary sum;
  return count ? wt_track_add_urls(&sum, cli->track, urls, count, add, &options, on_fetched, cli, err) : WT_OK;
}

/* The readers of what is added work in the cage. The index of another archive may have to be brought up to date; a dry
   run's own archive is removed at the end, out of its parent. */
static void shut(wt_cli *cli, const add_flags *f, const wt_add_options *add, size_t url_count) {
  const char *base = getenv("TMPDIR");
  cli_cage needs = {.archive = wt_track_archive(cli->track),
                    .also = {f->from, cli->scratch == NULL ? NULL
                                      : base && *base      ? base
                                                           : "/tmp"},
                    .network = url_count > 0 || add->archive != NULL ? CLI_NETWORK_ASK : CLI_NETWORK_NONE};
  cli_cage_enter(cli, &needs);
}

/* Files and URLs of one call, then the hooks. */
static int add_all(wt_cli *cli, char **operands, size_t count, const add_flags *f, const wt_add_options *add) {
  wt_arena arena = {0};
  wt_span *urls = wt_arena_array(&arena, count, sizeof *urls);
  const char **files = wt_arena_array(&arena, count, sizeof *files);
  size_t url_count = 0, file_count = 0;
  cli_hooks *hooks = NULL;
  wt_add_summary sum = {0};
  wt_error err;
  wt_status status =
      urls && files ? cli_hooks_open(&hooks, cli, &err) : wt_fail(&err, WT_ENOMEM, "add", -1, "out of memory");
  for (size_t i = 0; status == WT_OK && i < count; i++) {
    if (is_url(operands[i]))
      urls[url_count++] = wt_span_of(operands[i]);
    else if (lacks_scheme(operands[i]))
      tell_scheme(cli, operands[i]);
    else
      files[file_count++] = operands[i];
  }
  if (status == WT_OK) shut(cli, f, add, url_count);
  if (status == WT_OK && f->from) status = wt_track_add_from(&sum, cli->track, f->from, add, &err);
  if (status == WT_OK && f->from && !cli->json) put_sum(cli, &sum, f->dry_run);
  if (status == WT_OK && file_count) status = wt_track_add(&sum, cli->track, files, file_count, add, &err);
  if (status == WT_OK) status = add_urls(cli, urls, url_count, add, &err);
  if (status == WT_OK && !cli->json && file_count) put_sum(cli, &sum, f->dry_run);
  if (status == WT_OK) status = cli_hooks_run(hooks, &err);
  cli_hooks_close(hooks);
  wt_arena_release(&arena);
  if ((status == WT_OK || status == WT_ECANCELED) && cli_stopped(cli)) {
    cli_note(cli, "writethru: stopped; the same command again goes on where this one ended");
    return CLI_TROUBLE;
  }
  return status ? cli_error(cli, &err) : CLI_DONE;
}

static int run(wt_cli *cli, int argc, char **argv) {
  add_flags f = {.at = WT_INSTANT_NONE};
  const cli_option options[] = {
      {"story", 0, CLI_TEXT, "NAME", "all of it is of this story, made when it is new", &f.story},
      {"outlet", 0, CLI_TEXT, "HOST", "who published it", &f.outlet},
      {"url", 0, CLI_TEXT, "URL", "where it was fetched", &f.url},
      {"at", 0, CLI_TIME, "TIME", "when it was captured", &f.at},
      {"at-from-name", 0, CLI_TEXT, "PATTERN", "the time stands in file names: %Y %m %d %H %M %S", &f.name_pattern},
      {"map", 0, CLI_LIST, "OURS=THEIRS", "a column of a CSV or JSON lines file has another name", &f.map},
      {"dry-run", 'n', CLI_FLAG, NULL, "say whose story each would be, write nothing", &f.dry_run},
      {"quiet", 'q', CLI_FLAG, NULL, "say nothing of what is unchanged", &f.quiet},
      {"no-captures", 0, CLI_FLAG, NULL, "do not keep the raw bytes", &f.no_captures},
      {"one-thread", 0, CLI_FLAG, NULL, "use one processor; what is written is the same", &f.one_thread},
      {"from", 0, CLI_TEXT, "DIR", "the captures that another archive holds", &f.from},
      {"archive", 0, CLI_TEXT, "URL", "ask this web archive for the rows of a CDX list", &f.archive},
      {"allow-private", 0, CLI_FLAG, NULL, "fetch URLs of loopback and private addresses too", &f.allow_private},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (at == argc && !f.from) return cli_usage(cli, "nothing to add");
  if (!maps_columns(cli, &f.map) || !fits_pattern(cli, f.name_pattern)) return cli->exit_code;
  if (!fits_name(cli, f.story)) return CLI_TROUBLE;
  wt_track_options track = {.create = true,
                            .bare = true,
                            .no_captures = f.no_captures,
                            .one_thread = f.one_thread,
                            .calls = {.added = on_added, .stop = cli_stopped}};
  cli->user = &f;
  if (!(f.dry_run ? cli_open_dry(cli, track) : cli_open_with(cli, track))) return CLI_TROUBLE;
  cli_stop_watch();
  wt_fetch_options fetch = {
      .allow_private = f.allow_private, .ca_file = getenv("SSL_CERT_FILE"), .stop = cli_stopped, .context = cli};
  wt_add_options add = {.story = wt_span_of(f.story),
                        .outlet = wt_span_of(f.outlet),
                        .url = wt_span_of(f.url),
                        .at = f.at,
                        .at_from_name = f.name_pattern,
                        .now = cli_now(),
                        .map = f.map.items,
                        .dry_run = f.dry_run,
                        .fetch = &fetch,
                        .archive = f.archive};
  return add_all(cli, argv + at, (size_t)(argc - at), &f, &add);
}

const cli_command cmd_add = {
    .name = "add",
    .group = "Capture",
    .usage = "FILE|DIR|URL|-...",
    .summary = "capture stories",
    .help = "Pages, wire files, text, mail, feeds, WARC, and CSV or JSON lines of captures with the columns\n"
            "url, outlet, captured, published, headline, and one of html, text and file. Gzipped files are read\n"
            "as they are. The time of capture is --at, else the file's own (a column, a WARC's date), else\n"
            "--at-from-name, else the time the file was modified (marked ?), else now. All that one call is\n"
            "given goes in by order of time. The same again adds nothing. URLs are fetched once, politely;\n"
            "watch follows them. Of a folder, hidden files, git's own and archives are passed over.\n"
            "\n"
            "A CDX list (the text or JSON answer of a web archive, CDXJ, or a plain list of its addresses) gives\n"
            "each page that it names, as it was at that time: out of the WARC file that the row names, or out of\n"
            "TIME/HOST/PATH, HOST/TIME/PATH or TIME.html beside the list, or else from the archive, at most one a\n"
            "second, and never twice. Rows of redirects, errors and pictures are passed over.\n"
            "\n"
            "--from takes in what another archive was given and kept, in order of time: two archives whose mains\n"
            "have diverged are never merged.\n"
            "\n"
            "A hook is told of each revision, as JSON on standard input; in the archive:\n"
            "  git config hook.desk.command 'notify-desk'\n"
            "  git config hook.desk.class 'number, quote'  (and .outlet, .substantive)\n",
    .run = run};
