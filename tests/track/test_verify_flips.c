/*
 * A bit flipped in any file of an archive: verify names the file, but where nobody can know. Those are: git's files for
 * people (description, info/exclude, sample hooks), the name of who wrote last in writethru/lock, settings that neither git
 * nor an archive hangs on, and bytes of the index that SQLite does not use, or that are mended on the way.
 * WT_FLIPS=all: every byte of the small files.
 */
#include "support/track.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SMALL = 400, PLACES = 24 };

typedef struct flips {
  char sound[300], broken[300]; /* the archive, and a copy of it */
  wt_buf index, told;           /* what the sound index holds; what verify says */
  unsigned named, harmless;
} flips;

static char files[64][300]; /* below the archive */
static size_t file_count;
static size_t prefix;

static int take(const char *path, const struct stat *info, int type, struct FTW *at) {
  (void)info;
  (void)at;
  if (type != FTW_F) return 0;
  assert_true(file_count < 64 && strlen(path + prefix) < sizeof files[0]);
  strcpy(files[file_count++], path + prefix);
  return 0;
}

static void copy_sound(const flips *f) {
  wt_buf command = {0};
  wt_buf_put_format(&command, "rm -rf %s; cp -a %s %s", f->broken, f->sound, f->broken);
  assert_int_equal(system(command.data), 0);
  wt_buf_release(&command);
}

static void note(void *context, const wt_error *fault) {
  wt_buf_put_format(context, "%s: %s\n", fault->where, fault->what);
}

static uint64_t verify(flips *f) {
  wt_track *track;
  wt_error err = {0};
  uint64_t faults = 0, revisions;
  wt_track_options options = {.as_it_is = true, .calls = {.warning = note, .context = &f->told}};
  wt_buf_clear(&f->told);
  wt_buf_put_text(&f->told, "");
  wt_status status = wt_track_open(&track, f->broken, &options, &err);
  if (status == WT_OK) {
    status = wt_track_verify(&faults, &revisions, track, &err);
    wt_track_close(track);
  }
  if (status) note(&f->told, &err);
  return faults + (status != WT_OK);
}

/* ---- what is harmless ---- */

static bool note_needed(void *context, wt_span name, wt_span value) {
  static const char *const names[] = {"core.repositoryformatversion",
                                      "core.bare",
                                      "writethru.archive",
                                      "gc.auto",
                                      "maintenance.auto",
                                      "commitgraph.generationversion",
                                      "diff.writethru.command"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (wt_span_equal(name, wt_span_of(names[i])))
      wt_buf_put_format(context, "%s=%.*s\n", names[i], (int)value.len, value.data);
  return true;
}

static bool same_settings(const flips *f) {
  wt_buf text[2] = {{0}, {0}}, list[2] = {{0}, {0}};
  const char *dirs[] = {f->sound, f->broken};
  wt_error err;
  for (int i = 0; i < 2; i++) {
    char path[400];
    snprintf(path, sizeof path, "%s/config", dirs[i]);
    assert_ok(wt_file_read(&text[i], path, 1 << 20, &err));
    wt_archive_config_read(wt_buf_span(&text[i]), note_needed, &list[i], NULL);
  }
  bool same = wt_span_equal(wt_buf_span(&list[0]), wt_buf_span(&list[1]));
  for (int i = 0; i < 2; i++) {
    wt_buf_release(&text[i]);
    wt_buf_release(&list[i]);
  }
  return same;
}

/* The index says what it said before: the flip was in bytes that nobody uses, or was mended. */
static bool same_index(const flips *f) {
  wt_index *held, *made;
  wt_buf out = {0};
  char path[400];
  wt_error err;
  snprintf(path, sizeof path, "%s/writethru/index.db", f->sound);
  assert_ok(wt_index_open(&made, path, false, &err));
  snprintf(path, sizeof path, "%s/writethru/index.db", f->broken);
  bool same = wt_index_open(&held, path, false, &err) == WT_OK;
  if (same) {
    same = wt_index_compare(&out, held, made, &err) == WT_OK && out.len == 0;
    wt_index_close(held);
  }
  wt_index_close(made);
  wt_buf_release(&out);
  return same;
}

static bool is_for_people(const char *file) {
  return strcmp(file, "description") == 0 || strcmp(file, "info/exclude") == 0 || strncmp(file, "hooks/", 6) == 0 ||
         strcmp(file, "writethru/lock") == 0;
}

static const char *place_of(const char *file) {
  return strcmp(file, "writethru/index.db") == 0 ? "index" : file;
}

static bool is_harmless(const flips *f, const char *file) {
  if (strcmp(file, "config") == 0) return same_settings(f);
  return strcmp(file, "writethru/index.db") == 0 && same_index(f);
}

/* ---- flipping ---- */

static void flip(flips *f, const char *file, off_t at, unsigned bit) {
  char path[620];
  unsigned char byte = 0;
  copy_sound(f);
  snprintf(path, sizeof path, "%s/%s", f->broken, file);
  chmod(path, 0644);
  int fd = open(path, O_RDWR);
  assert_true(fd >= 0 && pread(fd, &byte, 1, at) == 1);
  byte ^= (unsigned char)(1u << bit);
  assert_int_equal(pwrite(fd, &byte, 1, at), 1);
  close(fd);
  bool found = verify(f) > 0;
  if (found && strstr(f->told.data, place_of(file)))
    f->named++;
  else if (!found && is_harmless(f, file))
    f->harmless++;
  else
    fail_msg("bit %u of byte %lld of %s: verify says %s", bit, (long long)at, file, found ? f->told.data : "nothing");
}

static void flip_all_over(flips *f, const char *file) {
  wt_buf path = {0};
  struct stat info;
  wt_buf_put_format(&path, "%s/%s", f->sound, file);
  assert_int_equal(stat(path.data, &info), 0);
  wt_buf_release(&path);
  off_t few = getenv("WT_FLIPS") ? 1 : 5, step = info.st_size <= SMALL ? few : info.st_size / PLACES;
  unsigned named = f->named, harmless = f->harmless;
  for (off_t at = 0; at < info.st_size; at += step) flip(f, file, at, (unsigned)(at * 5 + at / 8) % 8);
  if (step > 1) flip(f, file, info.st_size - 1, 3);
  print_message("%-60s %4u named, %u harmless\n", file, f->named - named, f->harmless - harmless);
}

static void make_sound(bench *b, flips *f) {
  static const char *const texts[] = {"Ferry Runs Again\n\nThe ferry runs again after a week in the dock, the company "
                                      "said on Monday.\n\nThe crossing takes "
                                      "fifty minutes and is the only daily link to the islands.\n",
                                      "Ferry Runs Again\n\nThe ferry runs again after two weeks in the dock, the "
                                      "company said on Monday.\n\nThe crossing "
                                      "takes fifty minutes and is the only daily link to the islands.\n",
                                      "Bridge Closed\n\nThe bridge over the river will stay closed until May, the "
                                      "council said.\n\nDrivers are sent round "
                                      "by the old mill, which adds twenty minutes.\n"};
  wt_error err;
  wt_archive_maintained done;
  bench_open(b);
  bench_add(b, "fjord.example", "https://fjord.example/ferry", "2024-06-20T10:00:00Z", texts[0]);
  bench_add(b, "fjord.example", "https://fjord.example/ferry", "2024-06-20T12:00:00Z", texts[1]);
  bench_add(b, "fjord.example", "https://fjord.example/bridge", "2024-06-21T12:00:00Z", texts[2]);
  assert_ok(wt_archive_maintain(&done, wt_track_archive(b->track), NULL, &err));
  wt_track_close(b->track);
  b->track = NULL;
  snprintf(f->sound, sizeof f->sound, "%s", b->archive);
  snprintf(f->broken, sizeof f->broken, "%s/broken.git", b->dir);
}

static void a_flipped_bit_is_named(void **state) {
  (void)state;
  bench b;
  flips f = {.named = 0};
  make_sound(&b, &f);
  prefix = strlen(f.sound) + 1;
  assert_int_equal(nftw(f.sound, take, 8, FTW_PHYS), 0);
  copy_sound(&f);
  if (verify(&f)) fail_msg("a sound archive: %s", f.told.data);
  for (size_t i = 0; i < file_count; i++)
    if (!is_for_people(files[i])) flip_all_over(&f, files[i]);
  assert_true(f.named > 150 && f.named > f.harmless * 5);
  wt_buf_release(&f.told);
  wt_arena_release(&b.arena);
  check_remove_dir(b.dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_flipped_bit_is_named)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
