/* One text read by itself. */
#include "classify/reading.h"

wt_status wt_read_text(wt_passage *out, wt_reading *r, wt_span text, wt_error *err) {
  wt_unit unit = {.text = text};
  wt_units units = {&unit, 1};
  wt_quotes none = {0};
  wt_facts facts = {0};
  wt_status status = wt_passage_cut(out, r->arena, &r->lexicon, &units, 0, 1, &none, err);
  if (status == WT_OK) status = wt_dates_find(&facts, r->arena, out, &r->lexicon, err);
  return status == WT_OK ? wt_numbers_find(&facts, r->arena, out, &r->lexicon, err) : status;
}
