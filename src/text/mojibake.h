/* UTF-8 that somebody read as windows-1252 and encoded as UTF-8 again: "itâ€™s". */
#ifndef WT_TEXT_MOJIBAKE_H
#define WT_TEXT_MOJIBAKE_H

#include "wt/base.h"

/* The byte that stands for c in windows-1252; -1 when none does. C1 controls stand for themselves. */
int wt_windows_1252_byte(uint32_t c);
/* The code point of a windows-1252 byte; a byte that it leaves free gives the C1 control. */
uint32_t wt_windows_1252_code_point(unsigned char byte);
/* Appends text with such sequences mended. False, with nothing written, when the text shows no sure sign of them. */
bool wt_mend_double_utf8(wt_buf *out, wt_span text);

#endif
