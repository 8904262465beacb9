/* Fills a set of copies from JSON lines of stories, which ingest reads. */
#include "wt/ingest.h"
#include "wt/track/copies.h"

wt_status wt_copies_add_line(wt_copies *set, wt_span line, wt_error *err) {
  wt_arena arena = {0};
  wt_story_line read;
  wt_status status = wt_story_line_parse(&read, &arena, line, err);
  if (status == WT_OK) {
    wt_copies_story story = {.url = read.url,
                             .outlet = read.outlet,
                             .headline = read.headline,
                             .text = read.text,
                             .published = read.instant};
    status = wt_copies_add(set, &story, err);
  }
  wt_arena_release(&arena);
  return status;
}
