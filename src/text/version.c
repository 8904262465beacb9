/* What reads text beside our own rules, and its version. */
#include "wt/text.h"

#include <stdio.h>

#include <unicode/uversion.h>

void wt_text_version(char out[WT_TEXT_VERSION]) {
  UVersionInfo version;
  u_getVersion(version);
  snprintf(out, WT_TEXT_VERSION, "ICU %u.%u", version[0], version[1]);
}
