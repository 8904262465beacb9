/* commands: what there is, in the order that help prints. A new command is a file cmd_NAME.c and two lines here. */
#include "cli.h"

#include <string.h>

extern const cli_command cmd_add, cmd_copies, cmd_init;

const cli_command *const cli_commands[] = {
    &cmd_add,
    &cmd_copies,
    &cmd_init,
    NULL,
};

const cli_command *cli_command_find(const char *name) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
  return NULL;
}
