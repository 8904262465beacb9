/* sweep: what killed writers left lying. */
#ifndef ARCHIVE_SWEEP_H
#define ARCHIVE_SWEEP_H

#include "archive/archive.h"

/* Under the writer's lock: empties the staging folder, and takes out packs that never got their index and git's own
   temporary packs once they are an hour old by the file system's clock; a younger one may belong to a fetch at work. */
void wt_sweep(wt_archive *archive);

#endif
