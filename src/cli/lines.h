/* Lines of standard input or of files, for commands that are filters. */
#ifndef WT_CLI_LINES_H
#define WT_CLI_LINES_H

#include "cli.h"

/* Takes one line, without its LF; where is "FILE: line N". False stops. */
typedef bool (*cli_line_each)(wt_cli *cli, void *context, wt_span line, const char *where);
/* Calls each for every line of the files named, or of standard input when there are none or for "-". A file that cannot be
   read is told as trouble and the others are still read. Blank lines are passed over. False when `each` stopped. */
bool cli_lines(wt_cli *cli, char **files, int count, cli_line_each each, void *context);

#endif
