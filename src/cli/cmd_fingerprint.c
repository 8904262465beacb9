/* fingerprint: the keys of stories, for sort and candidates. */
#include "copies_filter.h"

static const char help[] = "Reads stories as JSON lines and writes one line a key: the key in hex, a tab,\n"
                           "and the story as `number keys url`. To find clusters on any number of machines:\n"
                           "\n"
                           "  writethru fingerprint stories.jsonl | LC_ALL=C sort |\n"
                           "  writethru candidates | LC_ALL=C sort | writethru copies --pairs\n"
                           "\n"
                           "Numbers go with time; a part of the stories begins at --first.\n"
                           "\n"
                           "With --parts, keys come packed and by part, for an engine that shuffles bytes:\n"
                           "see src/scale/README.md and the header wt/track/copies.h.\n";

static int run(wt_cli *cli, int argc, char **argv) {
  uint64_t first = 0, parts = 0;
  const cli_option options[] = {{"first", 0, CLI_NUMBER, "N", "number of the first story (default 0)", &first},
                                {"parts", 0, CLI_NUMBER, "N", "packed, in so many parts; of one file", &parts},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (first > UINT32_MAX) return cli_usage(cli, "--first goes up to 2^32 - 1");
  if (parts > CLI_MOST_PARTS) return cli_usage(cli, "--parts goes up to 65536");
  if (parts > 0 && (first > 0 || argc - at > 1)) return cli_usage(cli, "--parts takes one file, and no --first");
  if (parts > 0) return cli_pack_stories(cli, (uint32_t)parts, argv[at]);
  return cli_filter_keys(cli, (uint32_t)first, argv + at, argc - at);
}

const cli_command cmd_fingerprint = {.name = "fingerprint",
                                     .group = "Tools",
                                     .usage = "[FILE...]",
                                     .summary = "keys of stories, one a line: a filter",
                                     .help = help,
                                     .run = run,
                                     .filter = true};
