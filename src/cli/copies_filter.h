/* The filters fingerprint, candidates and copies --pairs, and the three of them in one. */
#ifndef WT_CLI_COPIES_FILTER_H
#define WT_CLI_COPIES_FILTER_H

#include "cli.h"

int cli_filter_keys(wt_cli *cli, uint32_t first, char **files, int count);
/* A line a story, and for a line that is none its reason. */
int cli_filter_stories(wt_cli *cli, char **files, int count);
int cli_filter_candidates(wt_cli *cli, bool hot, char **files, int count);
int cli_filter_pairs(wt_cli *cli, char **files, int count);
int cli_filter_verified(wt_cli *cli, char **files, int count);
/* Stories in, clusters out, sorted in memory. */
int cli_filter_clusters(wt_cli *cli, char **files, int count);

#endif
