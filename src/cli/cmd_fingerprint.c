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
                           "With --by-story, one line comes out for each line that is not blank: the time\n"
                           "in seconds since 1970, the URL, a count of keys and the keys, tabs between\n"
                           "them, for an engine that numbers stories itself. For what is no story: `!`, a\n"
                           "tab, the reason.\n";

static int run(wt_cli *cli, int argc, char **argv) {
  uint64_t first = 0;
  bool by_story = false;
  const cli_option options[] = {{"first", 0, CLI_NUMBER, "N", "number of the first story (default 0)", &first},
                                {"by-story", 0, CLI_FLAG, NULL, "one line a story, unnumbered", &by_story},
                                {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (first > UINT32_MAX) return cli_usage(cli, "--first goes up to 2^32 - 1");
  if (by_story && first) return cli_usage(cli, "--by-story numbers nothing");
  if (by_story) return cli_filter_stories(cli, argv + at, argc - at);
  return cli_filter_keys(cli, (uint32_t)first, argv + at, argc - at);
}

const cli_command cmd_fingerprint = {.name = "fingerprint",
                                     .group = "Tools",
                                     .usage = "[FILE...]",
                                     .summary = "keys of stories, one a line: a filter",
                                     .help = help,
                                     .run = run,
                                     .filter = true};
