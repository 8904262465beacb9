/* What an analyser that sees one file at a time must be told: wt_fail() gives back the status that it is given. */
#include "wt/base.h"

void analysed_uses(const char *where, int64_t byte, const char *format, ...);
#define wt_fail(err, status, ...) ((void)(err), analysed_uses(__VA_ARGS__), (status))
