/* The parts of the command `copies`. */
#ifndef WT_CLI_COPIES_STREAM_H
#define WT_CLI_COPIES_STREAM_H

#include "cli.h"
#include "wt/track/copies.h"

/* Files of JSON lines, or standard input when there are none. Returns the exit code. */
int cli_copies_stream(wt_cli *cli, const wt_copies_options *options, char **files, int count);

#endif
