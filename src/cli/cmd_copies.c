/* copies: who else published it. */
#include "copies_stream.h"

static const char help[] =
    "With --stream, stories are read as JSON lines, one object a line with\n"
    "\"url\", \"outlet\", \"headline\", \"published\" and \"text\" (paragraphs end at\n"
    "line breaks), in the order of time. When the input ends, one line is printed\n"
    "for each: what it shares with earlier stories. Passages that one outlet runs in\n"
    "story after story are learned as boilerplate and make no pair.\n"
    "\n"
    "  copy     most of both stories\n"
    "  partial  a good part of one of them\n"
    "  update   the same outlet told it again with changes\n"
    "  quotes   a passage or a quotation; the stories are two\n";

static int run(wt_cli *cli, int argc, char **argv) {
  bool stream = false;
  uint64_t sample = 0;
  const cli_option options[] = {
      {"stream", 0, CLI_FLAG, NULL, "read stories as JSON lines; no archive is needed", &stream},
      {"sample", 0, CLI_NUMBER, "N", "look at one run of words in N (default 2); more needs less memory", &sample},
      {0}};
  int at = cli_parse(cli, options, argc, argv);
  if (at < 0) return cli->exit_code;
  if (sample > 1024) return cli_usage(cli, "--sample goes up to 1024");
  wt_copies_options how = {.sample = (uint32_t)sample};
  if (stream) return cli_copies_stream(cli, &how, argv + at, argc - at);
  return cli_usage(cli, "--stream is needed");
}

const cli_command cmd_copies = {.name = "copies",
                                .group = "Read",
                                .usage = "--stream [FILE...]",
                                .summary = "who shares text with whom, and how much",
                                .help = help,
                                .run = run};
