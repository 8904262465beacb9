/* copies_said: which of two stories was first, by what they say of themselves. */
#ifndef WT_TRACK_COPIES_SAID_H
#define WT_TRACK_COPIES_SAID_H

#include "copies_archive.h"

/* 1: the second names the first as where its text belongs, or credits its agency; -1 the reverse; 0 neither. */
int track_copies_said(const track_copies_row *first, const track_copies_row *second);
/* That in words, when it is the reason why `other` came earlier or later. */
const char *track_copies_what_is_said(const track_copies_row *this, const track_copies_row *other, bool earlier);

#endif
