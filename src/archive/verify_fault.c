/* Telling a fault, and whether to go on. */
#include "archive/verify.h"

#include <stdarg.h>
#include <stdio.h>

void wt_verify_fault(wt_verifier *v, const char *where, const char *format, ...) {
  wt_error fault = {.status = WT_ECORRUPT, .byte = -1};
  va_list args;
  va_start(args, format);
  vsnprintf(fault.what, sizeof fault.what, format, args);
  va_end(args);
  snprintf(fault.where, sizeof fault.where, "%s", where);
  v->seen->faults++;
  if (v->each && !v->stopped && !v->each(v->context, &fault)) v->stopped = true;
}

wt_status wt_verify_stopped(const wt_verifier *v, wt_error *err) {
  return v->stopped ? wt_fail(err, WT_ECANCELED, "verify", -1, "stopped") : WT_OK;
}
