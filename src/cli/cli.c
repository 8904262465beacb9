/* cli: from the command line to a command, and back to an exit code. */
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* ---- help ---- */

static void put_group(wt_buf *out, const char *group) {
  wt_buf_put_format(out, "\n%s\n", group);
  for (size_t i = 0; cli_commands[i]; i++) {
    const cli_command *command = cli_commands[i];
    if (strcmp(command->group, group) != 0) continue;
    size_t begin = out->len;
    wt_buf_put_format(out, "  %s %s", command->name, command->usage);
    cli_help_beside(out, begin, 33, command->summary);
  }
}

static bool told_before(size_t i) {
  for (size_t k = 0; k < i; k++)
    if (strcmp(cli_commands[k]->group, cli_commands[i]->group) == 0) return true;
  return false;
}

void cli_help_all(wt_buf *out) {
  wt_buf_put_text(out, "writethru: version control for news stories that get republished\n");
  for (size_t i = 0; cli_commands[i]; i++)
    if (!told_before(i)) put_group(out, cli_commands[i]->group);
  wt_buf_put_text(out, "\nSTORY is a path in the archive, a URL, or any unambiguous part; STORY@2 a\n"
                       "revision; STORY@2024-06-20 the one then in force. Every command has --help and\n"
                       "--json, but fingerprint, candidates and copies --pairs, which have a form of\n"
                       "their own. Exit 0 done or same, 1 different or nothing found, 2 trouble.\n");
}

/* ---- dispatch ---- */

static int no_command(wt_cli *cli, const char *name) {
  wt_error err;
  const cli_command *near = cli_command_near(name);
  if (near)
    wt_fail(&err, WT_EINVAL, name, -1, "there is no such command; did you mean %s? (see writethru --help)", near->name);
  else
    wt_fail(&err, WT_EINVAL, name, -1, "there is no such command (see writethru --help)");
  return cli_error(cli, &err);
}

static int help(wt_cli *cli, char *name) {
  cli->command = name ? cli_command_find(name) : NULL;
  if (cli->command) {
    char *argv[] = {name, "--help", NULL};
    return cli->command->run(cli, 2, argv);
  }
  bool answers = !name || name[0] == '-' || strcmp(name, "help") == 0 || strcmp(name, "version") == 0;
  if (!answers) return no_command(cli, name);
  cli_help_all(&cli->out);
  return CLI_DONE;
}

/* Common options may stand before the command: writethru -C DIR log. */
static int dispatch(wt_cli *cli, int argc, char **argv) {
  bool asks_help = false, asks_version = false;
  int at = cli_parse_leading(cli, &asks_help, &asks_version, argc, argv);
  if (at < 0) return cli->exit_code;
  const char *name = at < argc ? argv[at] : NULL;
  if (asks_help) return help(cli, at < argc ? argv[at] : NULL);
  if (asks_version || (name && strcmp(name, "version") == 0)) {
    wt_buf_put_format(&cli->out, "writethru %s\n", wt_version());
    return CLI_DONE;
  }
  if (!name) {
    help(cli, NULL);
    return CLI_TROUBLE;
  }
  if (strcmp(name, "help") == 0) return help(cli, at + 1 < argc ? argv[at + 1] : NULL);
  cli->command = cli_command_find(name);
  return cli->command ? cli->command->run(cli, argc - at, argv + at) : no_command(cli, name);
}

int cli_main(int argc, char **argv, const cli_lent *lent) {
  wt_cli cli = {.lent = lent};
  signal(SIGPIPE, SIG_IGN);
  cli.progress = isatty(STDERR_FILENO);
  int code = dispatch(&cli, argc, argv);
  cli_progress_end(&cli);
  bool written = cli_flush(&cli);
  if (cli.track) wt_track_close(cli.track);
  cli_scratch_end(&cli);
  cli_page_end(&cli);
  wt_buf_release(&cli.out);
  if (!written && cli.exit_code == CLI_TROUBLE) return CLI_TROUBLE;
  return cli.exit_code == CLI_TROUBLE ? CLI_TROUBLE : code;
}
