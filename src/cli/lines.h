/* Lines of standard input or of files, for commands that are filters. */
#ifndef WT_CLI_LINES_H
#define WT_CLI_LINES_H

#include "cli.h"

typedef struct cli_place {
  const char *file;
  size_t number; /* of the line, from 1 */
  uint64_t byte; /* where its text begins, white space before it left out */
} cli_place;
/* Tells trouble with a line, at "FILE: line N". */
void cli_line_error(wt_cli *cli, wt_error *err, const cli_place *place);

/* Takes one line, without its LF. False stops. */
typedef bool (*cli_line_each)(wt_cli *cli, void *context, wt_span line, const cli_place *place);
/* Calls each for every line of the files named, or of standard input when there are none or for "-". A file that cannot be
   read is told as trouble and the others are still read. Blank lines are passed over. False when `each` stopped. */
bool cli_lines(wt_cli *cli, char **files, int count, cli_line_each each, void *context);
/* The same for one file. `end` tells how many lines and bytes it had, blank ones too. */
bool cli_lines_of(wt_cli *cli, const char *name, cli_line_each each, void *context, cli_place *end);

#endif
