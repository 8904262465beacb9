/* The filters fingerprint, candidates and copies --pairs, and the three of them in one. */
#ifndef WT_CLI_COPIES_FILTER_H
#define WT_CLI_COPIES_FILTER_H

#include "cli.h"

int cli_filter_keys(wt_cli *cli, uint32_t first, char **files, int count);
int cli_filter_candidates(wt_cli *cli, bool hot, char **files, int count);
int cli_filter_pairs(wt_cli *cli, char **files, int count);
/* Stories in, clusters out, sorted in memory. */
int cli_filter_clusters(wt_cli *cli, char **files, int count);

/* The same in packed form: of one file, or of standard input for NULL. */
#define CLI_MOST_PARTS 65536u
int cli_pack_stories(wt_cli *cli, uint32_t parts, const char *file);
int cli_pack_candidates(wt_cli *cli, uint32_t parts, const char *file);
int cli_pack_pairs(wt_cli *cli, const char *file);

#endif
