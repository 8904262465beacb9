/* site_file: files of a static site: written whole or not at all, and only when their bytes differ. */
#ifndef REPORT_SITE_FILE_H
#define REPORT_SITE_FILE_H

#include "wt/report.h"

typedef struct site_dir {
  const char *dir;
  wt_buf path, made, there; /* of the file in hand; the folder made last; what lies there */
  uint64_t written, same;
} site_dir;

void site_dir_init(site_dir *site, const char *dir);
void site_dir_release(site_dir *site);
/* Is a file there already? */
bool site_has(site_dir *site, const wt_address *address);
/* Removes the file when there is one. */
wt_status site_remove(site_dir *site, const wt_address *address, wt_error *err);
wt_status site_put(site_dir *site, const wt_address *address, wt_span bytes, wt_error *err);

#endif
