/* writethru: version control for stories that get republished. Everything, in the order of src/LAYERS. */
#ifndef WT_H
#define WT_H

#include "wt/base.h"
#include "wt/text.h"
#include "wt/story.h"
#include "wt/ingest.h"
#include "wt/fingerprint.h"
#include "wt/match.h"
#include "wt/diff.h"
#include "wt/classify.h"
#include "wt/archive.h"
#include "wt/index.h"
#include "wt/track.h"
#include "wt/report.h"

#endif
