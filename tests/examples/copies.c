/* copies ARCHIVE STORY: who shares text with a story, and from which revision it was taken. */
#include <stdio.h>
#include <wt.h>

int main(int argc, char **argv) {
  wt_track_options options = {0};
  wt_arena arena = {0};
  wt_copiers copiers;
  wt_track *track;
  wt_error err;
  if (argc != 3) return 2;
  wt_status status = wt_track_open(&track, argv[1], &options, &err);
  if (status == WT_OK) {
    status = wt_track_copies(&copiers, &arena, track, wt_span_of(argv[2]), &err);
    wt_track_close(track);
  }
  for (size_t i = 0; status == WT_OK && i < copiers.count; i++) {
    const wt_copier *c = &copiers.items[i];
    printf("%.*s: %u words, fits revision %u%s\n", (int)c->story.path.len, c->story.path.data,
           (unsigned)c->shared_words, (unsigned)c->fits, c->ignores_kill ? ", ignores the kill" : "");
  }
  if (status) fprintf(stderr, "%s: %s\n", err.where, err.what);
  wt_arena_release(&arena);
  return status ? 2 : 0;
}
