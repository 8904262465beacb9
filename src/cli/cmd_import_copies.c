/* import-copies: what a copies job on other machines found, into the archive. */
#include "lines.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
    "FILE is the result of the copies job, JSON lines of pairs: \"leader\", \"member\", \"keys\",\n"
    "\"share\" and their times. Each cluster that has a story of this archive is kept whole,\n"
    "by URL, and durably; copies, log and the page show it. The files are read twice, so\n"
    "standard input will not do. The same result again adds nothing.\n";

typedef wt_status (*import_line)(wt_import *import, wt_span line, wt_error *err);

typedef struct importing {
  wt_import *import;
  import_line each;
  bool quiet; /* of lines that are none: the first pass told them */
  bool failed;
} importing;

static bool take_line(wt_cli *cli, void *context, wt_span line, const cli_place *place) {
  importing *i = context;
  wt_error err;
  wt_status status = i->each(i->import, line, &err);
  if (status == WT_OK || (status == WT_EFORMAT && i->quiet)) return !cli_stopped(NULL);
  cli_line_error(cli, &err, place);
  i->failed = status != WT_EFORMAT;
  return !i->failed;
}

static void put_summary(wt_cli *cli, const wt_import_summary *summary) {
  if (cli->json) {
    wt_json json;
    wt_json_init(&json, &cli->out);
    wt_json_object(&json);
    wt_json_member_int(&json, "schema", 1);
    wt_json_member_int(&json, "lines", (int64_t)summary->lines);
    wt_json_member_int(&json, "taken", (int64_t)summary->taken);
    wt_json_member_int(&json, "known", (int64_t)summary->known);
    wt_json_object_end(&json);
    wt_json_line_end(&json);
    return;
  }
  wt_term_put_count(&cli->out, summary->taken, "pair taken in", "pairs taken in");
  wt_buf_put_format(&cli->out, ", %llu known, of %llu\n", (unsigned long long)summary->known,
                    (unsigned long long)summary->lines);
}

static bool read_twice(wt_cli *cli, wt_import *import, char **files, int count) {
  importing looking = {.import = import, .each = wt_import_look};
  importing taking = {.import = import, .each = wt_import_take, .quiet = true};
  return cli_lines(cli, files, count, take_line, &looking) && cli_lines(cli, files, count, take_line, &taking);
}

/* Can all be read, and twice? */
static bool fit(wt_cli *cli, char **files, int count) {
  struct stat info;
  for (int i = 0; i < count; i++) {
    bool named = strcmp(files[i], "-") != 0;
    if (named && (stat(files[i], &info) != 0 || access(files[i], R_OK) != 0)) {
      wt_error err;
      wt_fail(&err, WT_EIO, files[i], -1, "cannot open: %s", strerror(errno));
      cli_error(cli, &err);
    } else if (!named || !S_ISREG(info.st_mode))
      cli_usage(cli, "%s: only a plain file can be read twice", files[i]);
  }
  return cli->exit_code != CLI_TROUBLE;
}

static int run(wt_cli *cli, int argc, char **argv) {
  const cli_option options[] = {{0}};
  wt_import *import = NULL;
  wt_import_summary summary;
  wt_error err;
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (at == argc) return cli_usage(cli, "nothing to import");
  if (!fit(cli, argv + at, argc - at)) return CLI_TROUBLE;
  if (!cli_open(cli, false)) return CLI_TROUBLE;
  cli_stop_watch();
  wt_status status = wt_import_open(&import, cli->track, cli_now(), &err);
  if (status == WT_OK && read_twice(cli, import, argv + at, argc - at)) {
    status = wt_import_commit(&summary, import, &err);
    if (status == WT_OK) put_summary(cli, &summary);
  }
  wt_import_close(import);
  return status == WT_OK ? cli->exit_code : cli_error(cli, &err);
}

const cli_command cmd_import_copies = {.name = "import-copies",
                                       .group = "Capture",
                                       .usage = "FILE...",
                                       .summary = "take in what a copies job on other machines found",
                                       .help = help,
                                       .run = run};
