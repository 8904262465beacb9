/* Status codes, the error a call fills, and which version says so. */
#include "wt/base.h"

#include <stdio.h>
#include <string.h>

wt_status wt_fail(wt_error *err, wt_status status, const char *where, int64_t byte, const char *format, ...) {
  if (!err) return status;
  char what[sizeof err->what];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  err->status = status;
  err->byte = byte;
  /* where or an argument may lie in err itself, so what is formatted first */
  memcpy(err->what, what, sizeof what);
  wt_error_at(err, where);
  return status;
}

void wt_error_at(wt_error *err, const char *where) {
  if (!err || where == err->where) return;
  size_t len = where ? strlen(where) : 0;
  if (len >= sizeof err->where) len = sizeof err->where - 1;
  if (len) memmove(err->where, where, len);
  err->where[len] = '\0';
}

const char *wt_version(void) {
  return WT_VERSION;
}

const char *wt_status_name(wt_status status) {
  switch (status) {
  case WT_OK: return "done";
  case WT_EINVAL: return "invalid argument";
  case WT_ENOMEM: return "out of memory";
  case WT_EIO: return "input or output failed";
  case WT_EFORMAT: return "malformed";
  case WT_ELIMIT: return "over a limit";
  case WT_ENOTFOUND: return "not found";
  case WT_EAMBIGUOUS: return "ambiguous";
  case WT_EEXISTS: return "exists already";
  case WT_EREFUSED: return "refused";
  case WT_EBUSY: return "busy";
  case WT_ECORRUPT: return "corrupt";
  case WT_ECANCELED: return "stopped";
  }
  return "unknown status";
}
