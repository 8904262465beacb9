/* findings: what `log --findings` prints. */
#ifndef WT_CLI_FINDINGS_H
#define WT_CLI_FINDINGS_H

#include "cli.h"

/* Prints the findings of the revisions that the filter lets through, and counts them in cli->count. `csv`: a table, with its
   heading; else as cli->json says. */
wt_status cli_put_findings(wt_cli *cli, const wt_revision_filter *filter, bool csv, wt_error *err);

#endif
