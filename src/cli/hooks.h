/*
 * hooks: commands of the user's that are told of each revision, as one line of JSON on standard input.
 *
 * They stand in the repository's own configuration alone (git config), never in the tracked file, so that a clone runs
 * nothing:
 *
 *   git config hook.desk.command 'notify-desk'
 *   git config hook.desk.class 'number, quote'      any of these; else all
 *   git config hook.desk.outlet post.example        else all
 *   git config hook.desk.substantive true           else all
 */
#ifndef WT_CLI_HOOKS_H
#define WT_CLI_HOOKS_H

#include "cli.h"

typedef struct cli_hooks cli_hooks;

/* Reads the configuration and remembers where main stands. *out is NULL when there are no hooks. */
wt_status cli_hooks_open(cli_hooks **out, wt_cli *cli, wt_error *err);
/* Tells every hook of the revisions made since; a hook that fails, or takes longer than 30 seconds, is a warning. */
wt_status cli_hooks_run(cli_hooks *hooks, wt_error *err);
void cli_hooks_close(cli_hooks *hooks);

#endif
