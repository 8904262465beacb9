/* pager: what output.c asks of the pager; commands ask for one with cli_page. */
#ifndef WT_CLI_PAGER_H
#define WT_CLI_PAGER_H

#include "cli.h"

/* Starts the user's pager when one was asked for. Returns $PAGER when that names a program that is not there; else NULL. */
const char *cli_pager_start(wt_cli *cli);
/* Writes to standard output, a pager or not. False with errno: EPIPE when nobody reads any more. */
bool cli_pager_write(wt_cli *cli, wt_span text);

#endif
