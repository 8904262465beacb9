/*
 * date: dates as people write them on pages, in the languages whose months are in the table.
 *
 *   20 June 2024, 2.15pm    June 20, 2024 at 14:15    20. Juni 2024, 14:15 Uhr    le 20 juin 2024    20.06.2024
 *   2024年6月20日 14:15    20 июня 2024    20 Haziran 2024    2024. június 20.    20 มิถุนายน 2567    ٢٠ يونيو ٢٠٢٤
 */
#ifndef WT_INGEST_DATE_H
#define WT_INGEST_DATE_H

#include "wt/base.h"

/* The first whole date in a line of text, with its time of day when one follows; no zone is invented. A numeric date whose
   day and month could be either way round is read only when it is written with points (day first), begins with the year, or
   day_first says that the writer puts the day first. False when there is none. Linear in text, of which at most 400 bytes
   are looked at. */
bool wt_date_find(wt_time *out, wt_span text, bool day_first);
/* The value of a decimal digit of any script that news is written in; -1 for anything else. */
int wt_date_digit(uint32_t code);
/* Is there one? */
bool wt_date_has_digit(wt_span text);

#endif
