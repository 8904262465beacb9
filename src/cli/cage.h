/*
 * cage: before it reads bytes of strangers, the process gives up what that work does not need.
 *
 *   extract        reads the files that it was given and the system's own; writes nothing; no network; starts nothing
 *   add, reread    write below the archive alone; no network but for URLs; start nothing
 *   watch          the same, with the network
 *   serve          writes below the archive alone (its index); answers, and asks nobody; starts nothing
 *
 * What may be written and read is Landlock's business (Linux 5.19), the rest is a seccomp filter's. A kernel that has
 * neither, or forbids them, takes nothing away from the command: it runs without. Commands that the archive's owner has
 * configured (hooks, source.*.fetch) are started by this very process and would sit in the cage with it, so there is none
 * then. WRITETHRU_CAGE=say tells on standard error what stands; WRITETHRU_CAGE=off leaves it away.
 */
#ifndef WT_CLI_CAGE_H
#define WT_CLI_CAGE_H

#include "cli.h"

typedef enum cli_network { CLI_NETWORK_NONE, CLI_NETWORK_ANSWER, CLI_NETWORK_ASK } cli_network;

/* What the work still needs. */
typedef struct cli_cage {
  wt_archive *archive;       /* writes below it, and below its work tree; NULL: writes nothing */
  const char *also[2];       /* more folders to write below; NULL: none */
  const char *const *inputs; /* files to read, beside the system's own; NULL: any */
  size_t input_count;
  cli_network network;
} cli_cage;

/* From here on, for this process and all that it starts. Threads must not have been started yet. */
void cli_cage_enter(wt_cli *cli, const cli_cage *needs);

#endif
