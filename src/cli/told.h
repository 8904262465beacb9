/*
 * told: how far the hooks have been told, shared by all processes on an archive: the id of a commit in the file "told" beside
 * the index. It is taken under a lock, so that two processes never tell one revision twice, and moved on after each revision,
 * so that one that was killed is told again rather than never.
 */
#ifndef WT_CLI_TOLD_H
#define WT_CLI_TOLD_H

#include "cli.h"

/* Waits for whoever tells just now, until stopped: then false. `at` becomes what the file says; it stays when there is none. */
bool cli_told_begin(int *lock, wt_oid *at, wt_cli *cli);
wt_status cli_told_put(int lock, wt_oid at, wt_error *err);
void cli_told_end(int lock);
/* Where no hook is set up nothing is remembered: the first one begins where main stands then. */
void cli_told_forget(wt_cli *cli);

#endif
