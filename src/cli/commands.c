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

/* ---- near names ---- */

enum { LONGEST = 31, FAR = 2 };

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Letters put in, left out or changed to make one of the other; b of at most LONGEST. */
static size_t distance(const char *a, const char *b) {
  size_t row[LONGEST + 1], len = strlen(b);
  for (size_t k = 0; k <= len; k++) row[k] = k;
  for (size_t i = 0; a[i]; i++) {
    size_t corner = row[0];
    row[0] = i + 1;
    for (size_t k = 0; k < len; k++) {
      size_t changed = corner + (a[i] != b[k]);
      corner = row[k + 1];
      row[k + 1] = least(changed, least(row[k], corner) + 1);
    }
  }
  return row[len];
}

const cli_command *cli_command_near(const char *name) {
  const cli_command *best = NULL;
  size_t len = strlen(name), nearest = 2 * least(FAR, len / 2) + 2;
  if (len > LONGEST) return NULL;
  for (size_t i = 0; cli_commands[i]; i++) {
    size_t far = 2 * distance(cli_commands[i]->name, name) + (cli_commands[i]->name[0] != name[0]);
    if (far < nearest) nearest = far, best = cli_commands[i];
  }
  for (size_t i = 0; !best && len > 1 && cli_commands[i]; i++)
    if (strncmp(cli_commands[i]->name, name, len) == 0) best = cli_commands[i];
  return best;
}
