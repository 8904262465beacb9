/*
 * Power loss. Every write, sync, rename, link and removal of some batches is recorded; then the disk is made up again as
 * it could look had the power failed at each sync: all that was synced is there, and of the rest any part. Where 10 steps
 * or fewer are not synced, every subset; else every prefix, every one left out, and seeded subsets.
 * After each: the archive opens, what was acknowledged is there, and verification finds nothing.
 * WT_BATCHES (3), WT_SUBSETS (20).
 *
 * The disk is taken to keep the order of nothing; a sync of a file makes its bytes and its first name durable, a sync of a
 * folder the names in it. Steps on names nobody syncs are taken as done after one more batch.
 */
#include "made.h"

#include "archive/archive.h"

#include <ftw.h>
#include <sys/stat.h>

enum { PENDING_MOST = 256 };

typedef struct step {
  wt_io_op op;
  char *path, *to;
  uint64_t offset;
  wt_buf bytes;
  unsigned batch;
} step;

/* A file: names point at it, of several disks. All live as long as the test. */
typedef struct node {
  wt_buf bytes;
  struct node *next;
} node;

typedef struct name {
  char *path;
  node *file;
} name;

typedef struct disk {
  node **all; /* every node there is */
  name names[2000];
  size_t count;
} disk;

typedef struct recorder {
  char dir[300], scratch[300];
  node *nodes;
  disk durable;
  step pending[PENDING_MOST];
  size_t count;
  unsigned batch, subsets;
  uint64_t seed;
  wt_oid acknowledged;
  uint64_t checked;
  wt_hash last[4096]; /* states that were looked at, by hash */
} recorder;

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* ---- the disk made up ---- */

static name *find(disk *d, const char *path) {
  for (size_t i = 0; i < d->count; i++)
    if (strcmp(d->names[i].path, path) == 0) return &d->names[i];
  return NULL;
}

static void set_name(disk *d, const char *path, node *file) {
  name *n = find(d, path);
  if (!n) {
    assert_true(d->count < sizeof d->names / sizeof *d->names);
    n = &d->names[d->count++];
    n->path = strdup(path);
  }
  n->file = file;
}

static void drop_name(disk *d, const char *path) {
  name *n = find(d, path);
  if (!n) return;
  free(n->path);
  *n = d->names[--d->count];
}

static node *new_node(disk *d) {
  node *made = calloc(1, sizeof *made);
  assert_non_null(made);
  made->next = *d->all;
  *d->all = made;
  return made;
}

/* What a step does; one whose file is not there does nothing. */
static void apply(disk *d, const step *s) {
  name *n = find(d, s->path);
  if (s->op == WT_IO_CREATE) {
    set_name(d, s->path, new_node(d));
  } else if (s->op == WT_IO_WRITE && n) {
    node *changed = new_node(d), *old = n->file;
    wt_buf_put_span(&changed->bytes, wt_buf_span(&old->bytes));
    while (changed->bytes.len < s->offset) wt_buf_put_char(&changed->bytes, '\0');
    wt_buf_put_span(&changed->bytes, wt_buf_span(&s->bytes));
    for (size_t i = 0; i < d->count; i++)
      if (d->names[i].file == old) d->names[i].file = changed;
  } else if (s->op == WT_IO_RENAME && n) {
    node *file = n->file;
    drop_name(d, s->path);
    set_name(d, s->to, file);
  } else if (s->op == WT_IO_LINK && n) {
    set_name(d, s->to, n->file);
  } else if (s->op == WT_IO_UNLINK) {
    drop_name(d, s->path);
  }
}

static disk *copy_of(const disk *d) {
  disk *copy = calloc(1, sizeof *copy);
  copy->all = d->all;
  copy->count = d->count;
  for (size_t i = 0; i < d->count; i++) copy->names[i] = (name){strdup(d->names[i].path), d->names[i].file};
  return copy;
}

static void free_disk(disk *d) {
  for (size_t i = 0; i < d->count; i++) free(d->names[i].path);
  free(d);
}

static wt_hash hash_of(const disk *d, wt_oid acknowledged) {
  wt_hash sum = wt_hash_bytes((wt_span){(const char *)acknowledged.bytes, 20});
  for (size_t i = 0; i < d->count; i++) {
    wt_hash path = wt_hash_bytes(wt_span_of(d->names[i].path)),
            bytes = wt_hash_bytes(wt_buf_span(&d->names[i].file->bytes));
    sum.low += path.low * (bytes.low | 1);
    sum.high += path.high * (bytes.high | 1);
  }
  return sum;
}

/* ---- looking at one such disk ---- */

static bool pass(void *context, const wt_revision *revision) {
  (void)context;
  (void)revision;
  return true;
}

static bool tell(void *context, const wt_error *fault) {
  (void)context;
  print_error("%s: %s\n", fault->where, fault->what);
  return true;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *at) {
  (void)info;
  (void)type;
  return at->level ? remove(path) : 0;
}

/* Takes out all that batches write; the rest is as the archive was made. */
static void clear(const recorder *r) {
  static const char *const folders[] = {"objects/pack", "refs/heads", "refs/writethru", "writethru"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    char path[700];
    snprintf(path, sizeof path, "%s/%s", r->scratch, folders[i]);
    nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  }
}

static void put_files(const recorder *r, const disk *d) {
  size_t len = strlen(r->dir);
  char path[700];
  clear(r);
  for (size_t i = 0; i < d->count; i++) {
    assert_true(strncmp(d->names[i].path, r->dir, len) == 0);
    snprintf(path, sizeof path, "%s%s", r->scratch, d->names[i].path + len);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    MADE_OK(wt_dir_make(path, ERR));
    *slash = '/';
    size_t same = 0; /* two names of one file are links */
    while (same < i && d->names[same].file != d->names[i].file) same++;
    if (same < i) {
      char first[700];
      snprintf(first, sizeof first, "%s%s", r->scratch, d->names[same].path + len);
      assert_int_equal(link(first, path), 0);
      continue;
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    const wt_buf *bytes = &d->names[i].file->bytes;
    if (bytes->len) assert_int_equal(fwrite(bytes->data, 1, bytes->len, file), bytes->len);
    fclose(file);
  }
}

static void look_at(recorder *r, const disk *d) {
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_archive_verified seen;
  wt_hash hash = hash_of(d, r->acknowledged), *slot = &r->last[hash.low % 4096];
  if (wt_hash_equal(*slot, hash)) return;
  *slot = hash;
  r->checked++;
  put_files(r, d);
  MADE_OK(wt_archive_open(&archive, r->scratch, NULL, ERR));
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  wt_archive_batch_close(batch);
  if (!wt_oid_is_none(r->acknowledged)) MADE_OK(wt_archive_walk(archive, r->acknowledged, pass, NULL, ERR));
  MADE_OK(wt_archive_verify(&seen, archive, tell, NULL, ERR));
  if (seen.faults) fail_msg("%llu faults after a power loss in batch %u", (unsigned long long)seen.faults, r->batch);
  assert_int_equal(seen.captures, seen.revisions);
  if (r->checked % 50 == 0) {
    made_fill(archive, 1, 1, 1, true);
    made_fsck(r->scratch);
  }
  wt_archive_close(archive);
}

static void try_mask(recorder *r, const bool *mask) {
  disk *d = copy_of(&r->durable);
  for (size_t i = 0; i < r->count; i++)
    if (mask[i]) apply(d, &r->pending[i]);
  look_at(r, d);
  free_disk(d);
}

static void lose_power(recorder *r) {
  bool mask[PENDING_MOST] = {false};
  if (r->count <= 10) {
    for (unsigned bits = 0; bits < 1u << r->count; bits++) {
      for (size_t i = 0; i < r->count; i++) mask[i] = bits >> i & 1;
      try_mask(r, mask);
    }
    return;
  }
  for (size_t n = 0; n <= r->count; n++) {
    for (size_t i = 0; i < r->count; i++) mask[i] = i < n;
    try_mask(r, mask);
    for (size_t i = 0; i < r->count; i++) mask[i] = i != n;
    try_mask(r, mask);
  }
  for (unsigned k = 0; k < r->subsets; k++) {
    uint64_t bits = 0;
    for (size_t i = 0; i < r->count; i++) {
      if (i % 32 == 0) bits = next_random(&r->seed);
      mask[i] = bits >> i % 32 & 1;
    }
    try_mask(r, mask);
  }
}

/* ---- recording ---- */

static bool in_folder(const char *path, const char *folder) {
  size_t len = strlen(folder);
  return path && strncmp(path, folder, len) == 0 && path[len] == '/' && !strchr(path + len + 1, '/');
}

static bool is_flushed(const step *s, const wt_io_event *by) {
  bool content = s->op == WT_IO_CREATE || s->op == WT_IO_WRITE;
  if (by->op == WT_IO_SYNC) return content && strcmp(s->path, by->path) == 0;
  return !content && (in_folder(s->path, by->path) || in_folder(s->to, by->path));
}

static void release_step(step *s) {
  free(s->path);
  free(s->to);
  wt_buf_release(&s->bytes);
}

static void flush(recorder *r, const wt_io_event *by) {
  size_t left = 0;
  for (size_t i = 0; i < r->count; i++) {
    step *s = &r->pending[i];
    if ((by && is_flushed(s, by)) || s->batch + 1 < r->batch) {
      apply(&r->durable, s);
      release_step(s);
    } else {
      r->pending[left++] = *s;
    }
  }
  r->count = left;
}

static int record(void *context, const wt_io_event *event) {
  recorder *r = context;
  if (event->op == WT_IO_SYNC || event->op == WT_IO_SYNC_DIR) {
    lose_power(r);
    flush(r, event);
    return 0;
  }
  assert_true(r->count < PENDING_MOST);
  step *s = &r->pending[r->count++];
  *s = (step){.op = event->op,
              .path = strdup(event->path),
              .to = event->to ? strdup(event->to) : NULL,
              .offset = event->offset,
              .batch = r->batch};
  wt_buf_put_span(&s->bytes, event->bytes);
  return 0;
}

static void release(recorder *r) {
  for (size_t i = 0; i < r->count; i++) release_step(&r->pending[i]);
  for (size_t i = 0; i < r->durable.count; i++) free(r->durable.names[i].path);
  for (node *n = r->nodes, *next; n; n = next) {
    next = n->next;
    wt_buf_release(&n->bytes);
    free(n);
  }
  free(r);
}

static void no_loss_of_power_loses_what_was_acknowledged(void **state) {
  (void)state;
  const char *batches_text = getenv("WT_BATCHES"), *subsets_text = getenv("WT_SUBSETS");
  unsigned batches = batches_text ? (unsigned)atoi(batches_text) : 3;
  recorder *r = calloc(1, sizeof *r);
  char top[256];
  wt_archive *archive;
  wt_archive_options options = {.create = true, .bare = true};
  r->subsets = subsets_text ? (unsigned)atoi(subsets_text) : 20;
  r->seed = 20240620;
  r->durable.all = &r->nodes;
  made_folder(top);
  snprintf(r->dir, sizeof r->dir, "%s/disk", top);
  snprintf(r->scratch, sizeof r->scratch, "%s/scratch", top);
  MADE_OK(wt_archive_open(&archive, r->dir, &options, ERR));
  assert_int_equal(made_run(NULL, "cp -r %s %s", r->dir, r->scratch), 0);
  archive->io.hook = record;
  archive->io.context = r;
  made_story stories[5] = {{.number = 0}};
  for (r->batch = 1; r->batch <= batches; r->batch++) {
    wt_archive_batch *batch;
    flush(r, NULL);
    MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
    for (unsigned i = 0; i < 1 + r->batch % 4; i++)
      made_put(&stories[(r->batch + i) % 5], batch, (r->batch + i) % 5, r->batch, true);
    if (r->batch % 3 == 0) MADE_OK(wt_archive_batch_record(batch, WT_SPAN("{}"), ERR));
    MADE_OK(wt_archive_batch_commit(batch, ERR));
    MADE_OK(wt_archive_tip(&r->acknowledged, archive, ERR));
    lose_power(r);
    wt_archive_batch_close(batch);
  }
  print_message("%llu disks looked at over %u batches\n", (unsigned long long)r->checked, batches);
  assert_true(r->checked > batches * 5);
  for (size_t i = 0; i < 5; i++) wt_buf_release(&stories[i].path);
  wt_archive_close(archive);
  made_remove(top);
  release(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(no_loss_of_power_loses_what_was_acknowledged)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
