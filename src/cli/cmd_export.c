/* export: tables for pandas and R. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- to standard output ---- */

static bool flush_out(void *context, wt_buf *out) {
  (void)out; /* it is cli->out */
  return cli_flush(context);
}

/* ---- to files ---- */

typedef struct file {
  FILE *stream;
  bool failed;
} file;

static bool flush_file(void *context, wt_buf *out) {
  file *f = context;
  if (fwrite(out->data ? out->data : "", 1, out->len, f->stream) != out->len) f->failed = true;
  wt_buf_clear(out);
  return !f->failed;
}

static int failed(wt_cli *cli, const char *path) {
  wt_error err;
  wt_fail(&err, WT_EIO, path, -1, "cannot write: %s", strerror(errno));
  return cli_error(cli, &err);
}

static int write_table(wt_cli *cli, const char *dir, wt_table table, bool csv) {
  char path[4096];
  wt_buf out = {0};
  wt_error err;
  snprintf(path, sizeof path, "%s/%s.%s", dir, wt_table_name(table), csv ? "csv" : "jsonl");
  file f = {.stream = fopen(path, "we")};
  if (!f.stream) return failed(cli, path);
  wt_status status = wt_track_export(&out, cli->track, table, csv, flush_file, &f, &err);
  wt_buf_release(&out);
  if (fclose(f.stream) != 0) f.failed = true;
  if (f.failed) return failed(cli, path);
  if (status) return cli_error(cli, &err);
  cli_note(cli, "%s", path);
  return CLI_DONE;
}

static int write_dictionary(wt_cli *cli, const char *dir) {
  char path[4096];
  wt_buf out = {0};
  wt_error err;
  snprintf(path, sizeof path, "%s/README.md", dir);
  wt_status status = wt_track_export_dictionary(&out, &err);
  if (status == WT_OK) status = wt_file_write(path, wt_buf_span(&out), &err);
  wt_buf_release(&out);
  return status ? cli_error(cli, &err) : CLI_DONE;
}

static int write_all(wt_cli *cli, const char *dir, const wt_table *only, bool csv) {
  wt_error err;
  if (strlen(dir) > 4000) return cli_usage(cli, "-o: the path is too long");
  if (wt_dir_make(dir, &err)) return cli_error(cli, &err);
  for (int t = 0; t < WT_TABLES; t++)
    if ((!only || (int)*only == t) && write_table(cli, dir, (wt_table)t, csv) != CLI_DONE) return CLI_TROUBLE;
  return write_dictionary(cli, dir);
}

static int run(wt_cli *cli, int argc, char **argv) {
  const char *dir = NULL, *name = NULL, *format = "csv";
  wt_table table;
  wt_error err;
  const cli_option options[] = {
      {"table", 0, CLI_TEXT, "NAME", "stories, revisions, edits, sightings, copies or findings", &name},
      {"format", 0, CLI_TEXT, "FORMAT", "csv (the default) or jsonl", &format},
      {"output", 'o', CLI_TEXT, "DIR", "write files there, with a data dictionary", &dir},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  bool csv = strcmp(format, "csv") == 0 && !cli->json;
  if (at < argc) return cli_usage(cli, "export takes no operands");
  if (strcmp(format, "csv") != 0 && strcmp(format, "jsonl") != 0)
    return cli_usage(cli, "--format: csv or jsonl, not \"%s\"", format);
  if (name && !wt_table_parse(&table, wt_span_of(name))) return cli_usage(cli, "--table: there is no \"%s\"", name);
  if (!name && !dir) return cli_usage(cli, "which table? give --table, or -o for all of them");
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  if (dir) return write_all(cli, dir, name ? &table : NULL, csv);
  wt_status status = wt_track_export(&cli->out, cli->track, table, csv, flush_out, cli, &err);
  return status && status != WT_ECANCELED ? cli_error(cli, &err) : CLI_DONE;
}

const cli_command cmd_export = {
    .name = "export",
    .group = "Export",
    .usage = "",
    .summary = "tables for pandas and R",
    .help = "Ids are names of the archive and last; times are RFC 3339 in UTC. The dictionary beside the files says\n"
            "what each column is. In CSV a cell that a spreadsheet would run begins with an apostrophe.\n",
    .run = run};
