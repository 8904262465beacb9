/* candidates: stories that share keys, from sorted keys. */
#include "copies_filter.h"

static const char help[] = "Reads the lines of `writethru fingerprint`, sorted (LC_ALL=C sort), and writes\n"
                           "two stories, later first and a tab between, for each key that they share. A key\n"
                           "that more than 256 stories have is passed over as boilerplate.\n"
                           "\n"
                           "With --parts, reads and writes the packed form that `fingerprint --parts` makes.\n";

static int run(wt_cli *cli, int argc, char **argv) {
  bool hot = false;
  uint64_t parts = 0;
  const cli_option options[] = {{"hot", 0, CLI_FLAG, NULL, "also tell each key passed over: #, key, stories", &hot},
                                {"parts", 0, CLI_NUMBER, "N", "packed, in so many parts; of one file", &parts},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (parts > CLI_MOST_PARTS) return cli_usage(cli, "--parts goes up to 65536");
  if (parts > 0 && (hot || argc - at > 1))
    return cli_usage(cli, "--parts takes one file, and tells what is hot anyway");
  if (parts > 0) return cli_pack_candidates(cli, (uint32_t)parts, argv[at]);
  return cli_filter_candidates(cli, hot, argv + at, argc - at);
}

const cli_command cmd_candidates = {.name = "candidates",
                                    .group = "Tools",
                                    .usage = "[FILE...]",
                                    .summary = "pairs of stories that share keys: a filter of sorted lines",
                                    .help = help,
                                    .run = run,
                                    .filter = true};
