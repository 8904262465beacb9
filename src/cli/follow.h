/* follow: revisions as they come, whoever writes them. */
#ifndef WT_CLI_FOLLOW_H
#define WT_CLI_FOLLOW_H

#include "cli.h"

/* Would the index let this row through that filter? */
bool cli_follow_passes(const wt_revision_filter *filter, const wt_revision_row *row);
/* Tells the revisions of main after *last that the filter lets through (NULL: all), oldest first, and moves *last on. */
wt_status cli_follow_once(wt_oid *last, wt_cli *cli, const wt_revision_filter *filter, wt_revision_row_each each,
                          void *context, wt_error *err);
/* Looks four times a second until stopped, or until nobody reads any more. */
wt_status cli_follow(wt_cli *cli, const wt_revision_filter *filter, wt_revision_row_each each, void *context,
                     wt_error *err);

#endif
