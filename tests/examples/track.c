/* track ARCHIVE FOLDER: takes every file of a folder in, and tells what became of each. */
#include <stdio.h>
#include <time.h>
#include <wt.h>

static void on_added(void *context, const wt_added *added) {
  (void)context;
  printf("%-16s %.*s@%u %.*s\n", wt_reason_name(added->reason), (int)added->story.len, added->story.data,
         (unsigned)added->revision, (int)added->subject.len, added->subject.data);
}

int main(int argc, char **argv) {
  wt_track_options options = {.create = true, .bare = true, .calls = {.added = on_added}};
  wt_add_options add = {.at = WT_INSTANT_NONE, .now = time(NULL)};
  wt_add_summary sum;
  wt_track *track;
  wt_error err;
  if (argc != 3) return 2;
  wt_status status = wt_track_open(&track, argv[1], &options, &err);
  if (status == WT_OK) {
    status = wt_track_add(&sum, track, (const char *const *)argv + 2, 1, &add, &err);
    wt_track_close(track);
  }
  if (status)
    fprintf(stderr, "%s: %s\n", err.where, err.what);
  else
    printf("%u revisions of %u stories\n", (unsigned)sum.revisions, (unsigned)sum.stories);
  return status ? 2 : 0;
}
