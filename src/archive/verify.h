/* verify: what the parts of verification share. */
#ifndef ARCHIVE_VERIFY_H
#define ARCHIVE_VERIFY_H

#include "archive/archive.h"

typedef struct wt_verifier {
  wt_archive *archive;
  wt_archive_verified *seen;
  wt_archive_fault_each each;
  void *context;
  bool stopped; /* the callback asked */
} wt_verifier;

/* Tells one fault. */
void wt_verify_fault(wt_verifier *v, const char *where, const char *format, ...) WT_PRINTF(3, 4);
/* WT_ECANCELED once the callback has asked to stop. */
wt_status wt_verify_stopped(const wt_verifier *v, wt_error *err);

/* The files around the objects: checksums, refs, HEAD, settings. */
void wt_verify_files(wt_verifier *v);
/* Each returns a status only when it cannot go on. */
wt_status wt_verify_objects(wt_verifier *v, wt_error *err);
wt_status wt_verify_main(wt_verifier *v, wt_error *err);
wt_status wt_verify_captures(wt_verifier *v, wt_error *err);
wt_status wt_verify_journal(wt_verifier *v, wt_error *err);
/* The text of one revision, and its capture. where: the commit. */
wt_status wt_verify_text(wt_verifier *v, const char *where, const wt_commit *commit, wt_error *err);

#endif
