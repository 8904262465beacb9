/* commands: what there is. */
#include "cli.h"

#include <string.h>

#define COMMAND(name) extern const cli_command cmd_##name;
#include "commands.h"
#undef COMMAND

const cli_command *const cli_commands[] = {
#define COMMAND(name) &cmd_##name,
#include "commands.h"
#undef COMMAND
    NULL,
};

const cli_command *cli_command_find(const char *name) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
  return NULL;
}
