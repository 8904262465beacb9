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

#include <sys/stat.h>

enum { PENDING_MOST = 256, PATHS = 4096, NODES = 1 << 16, STATES = 1 << 20, NAMES_MOST = 500 };

typedef struct step {
  uint64_t id; /* from 1 */
  wt_io_op op;
  const char *path, *to; /* one pointer a path */
  uint64_t offset;
  wt_buf bytes;
  unsigned batch;
} step;

/* A file as it is after some writes: names point at it, of several disks. It never changes. All live as long as the test. */
typedef struct node {
  wt_buf bytes;
  wt_hash hash; /* of the bytes */
  uint64_t made_by;
  const struct node *made_from; /* by a write */
  struct node *next;
} node;

typedef struct name {
  const char *path;
  node *file;
} name;

typedef struct disk {
  name names[NAMES_MOST];
  size_t count;
} disk;

typedef struct recorder {
  char dir[300], scratch[300];
  char *paths[PATHS];
  node *nodes[NODES]; /* by who made it of what */
  disk durable, made_up, laid_out;
  step pending[PENDING_MOST];
  size_t count;
  bool news; /* since the power was lost the last time */
  uint64_t steps;
  unsigned batch, subsets;
  uint64_t seed;
  wt_oid acknowledged;
  uint64_t tried, checked, verified;
  wt_hash seen[STATES], sound[STATES]; /* disks that were looked at, and what was made of them and verified */
} recorder;

static recorder *the; /* there is one */

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Was it in the table? It is now. What another took the place of is looked at again. */
static bool known(wt_hash *table, wt_hash hash) {
  wt_hash *slot = &table[hash.low % STATES];
  bool yes = wt_hash_equal(*slot, hash);
  *slot = hash;
  return yes;
}

static const char *intern(const char *path) {
  if (!path) return NULL;
  size_t at = wt_hash64(wt_span_of(path)) % PATHS;
  while (the->paths[at] && strcmp(the->paths[at], path) != 0) at = (at + 1) % PATHS;
  if (!the->paths[at]) the->paths[at] = strdup(path);
  return the->paths[at];
}

/* ---- the disk made up ---- */

static name *find(disk *d, const char *path) {
  for (size_t i = 0; i < d->count; i++)
    if (d->names[i].path == path) return &d->names[i];
  return NULL;
}

static void set_name(disk *d, const char *path, node *file) {
  name *n = find(d, path);
  if (!n) {
    assert_true(d->count < NAMES_MOST);
    n = &d->names[d->count++];
    n->path = path;
  }
  n->file = file;
}

static void drop_name(disk *d, const char *path) {
  name *n = find(d, path);
  if (n) *n = d->names[--d->count];
}

/* What the step makes of `old`: made once, however many disks it is done on. */
static node *node_by(const step *s, const node *old) {
  node **chain = &the->nodes[(s->id * 31 + (uintptr_t)old / sizeof *old) % NODES];
  for (node *n = *chain; n; n = n->next)
    if (n->made_by == s->id && n->made_from == old) return n;
  node *made = calloc(1, sizeof *made);
  assert_non_null(made);
  if (old) wt_buf_put_span(&made->bytes, wt_buf_span(&old->bytes));
  while (made->bytes.len < s->offset) wt_buf_put_char(&made->bytes, '\0');
  wt_buf_put_span(&made->bytes, wt_buf_span(&s->bytes));
  made->hash = wt_hash_bytes(wt_buf_span(&made->bytes));
  made->made_by = s->id;
  made->made_from = old;
  made->next = *chain;
  return *chain = made;
}

/* What a step does; one whose file is not there does nothing. */
static void apply(disk *d, const step *s) {
  name *n = find(d, s->path);
  if (s->op == WT_IO_CREATE) {
    set_name(d, s->path, node_by(s, NULL));
  } else if (s->op == WT_IO_WRITE && n) {
    node *old = n->file, *changed = node_by(s, old);
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

static void copy_disk(disk *to, const disk *from) {
  memcpy(to->names, from->names, from->count * sizeof *from->names);
  to->count = from->count;
}

static bool is_linked(const disk *d, const node *file) {
  size_t names = 0;
  for (size_t i = 0; i < d->count; i++) names += d->names[i].file == file;
  return names > 1;
}

/* Whatever the order of names. */
static void add_name(wt_hash *sum, const char *path, wt_hash bytes) {
  wt_hash at = wt_hash_bytes(wt_span_of(path));
  sum->low += at.low * (bytes.low | 1);
  sum->high += at.high * (bytes.high | 1);
}

static wt_hash hash_of(const disk *d, wt_oid acknowledged) {
  wt_hash sum = wt_hash_bytes((wt_span){(const char *)acknowledged.bytes, 20});
  for (size_t i = 0; i < d->count; i++) {
    wt_hash bytes = d->names[i].file->hash;
    bytes.low ^= is_linked(d, d->names[i].file) ? 0x9E3779B97F4A7C15u : 0;
    add_name(&sum, d->names[i].path, bytes);
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

static void path_there(char out[700], const recorder *r, const char *path) {
  assert_true(strncmp(path, r->dir, strlen(r->dir)) == 0);
  snprintf(out, 700, "%s%s", r->scratch, path + strlen(r->dir));
}

static void put_file(const recorder *r, const disk *d, size_t i) {
  char path[700], first[700];
  size_t same = 0; /* two names of one file are links */
  path_there(path, r, d->names[i].path);
  unlink(path);
  while (same < i && d->names[same].file != d->names[i].file) same++;
  if (same < i) {
    path_there(first, r, d->names[same].path);
    assert_int_equal(link(first, path), 0);
    return;
  }
  FILE *file = fopen(path, "w");
  if (!file) {
    char *slash = strrchr(path, '/');
    *slash = '\0';
    MADE_OK(wt_dir_make(path, ERR));
    *slash = '/';
    file = fopen(path, "w");
  }
  assert_non_null(file);
  const wt_buf *bytes = &d->names[i].file->bytes;
  if (bytes->len) assert_int_equal(fwrite(bytes->data, 1, bytes->len, file), bytes->len);
  fclose(file);
}

/* Only what is not laid out already: from one disk to the next little changes. */
static void put_files(recorder *r, disk *d) {
  for (size_t i = 0; i < r->laid_out.count; i++) {
    char path[700];
    if (find(d, r->laid_out.names[i].path)) continue;
    path_there(path, r, r->laid_out.names[i].path);
    unlink(path);
  }
  for (size_t i = 0; i < d->count; i++) {
    const name *there = find(&r->laid_out, d->names[i].path);
    if (!there || there->file != d->names[i].file || is_linked(d, there->file)) put_file(r, d, i);
  }
  copy_disk(&r->laid_out, d);
}

/* What the writer that looks after a crash changes is laid out no more. */
static int changed(void *context, const wt_io_event *event) {
  recorder *r = context;
  const char *paths[] = {event->path, event->to};
  for (size_t i = 0; i < 2; i++) {
    char path[700];
    if (!paths[i]) continue;
    assert_true(strncmp(paths[i], r->scratch, strlen(r->scratch)) == 0);
    snprintf(path, sizeof path, "%s%s", r->dir, paths[i] + strlen(r->scratch));
    drop_name(&r->laid_out, intern(path));
    if (event->op != WT_IO_UNLINK && event->op != WT_IO_SYNC_DIR) set_name(&r->laid_out, intern(path), NULL);
  }
  return 0;
}

/* The packs as they lie, and the refs as they now stand: what a verification says hangs on nothing else. */
static wt_hash outcome(recorder *r, wt_archive *archive, const disk *d) {
  static const char *const refs[] = {WT_REF_MAIN, WT_REF_CAPTURES, WT_REF_JOURNAL};
  wt_hash sum = wt_hash_bytes((wt_span){(const char *)r->acknowledged.bytes, 20});
  for (size_t i = 0; i < d->count; i++) {
    char path[700];
    if (!strstr(d->names[i].path, "/objects/pack/")) continue;
    path_there(path, r, d->names[i].path);
    if (access(path, F_OK) == 0) add_name(&sum, d->names[i].path, d->names[i].file->hash);
  }
  for (size_t i = 0; i < 3; i++) {
    wt_oid oid;
    MADE_OK(wt_ref_read(&oid, archive, refs[i], ERR));
    add_name(&sum, refs[i], wt_hash_bytes((wt_span){(const char *)oid.bytes, 20}));
  }
  return sum;
}

static void verify(recorder *r, wt_archive *archive) {
  wt_archive_verified seen;
  if (!wt_oid_is_none(r->acknowledged)) MADE_OK(wt_archive_walk(archive, r->acknowledged, pass, NULL, ERR));
  MADE_OK(wt_archive_verify(&seen, archive, tell, NULL, ERR));
  if (seen.faults) fail_msg("%llu faults after a power loss in batch %u", (unsigned long long)seen.faults, r->batch);
  assert_int_equal(seen.captures, seen.revisions);
  if (r->verified++ % 10 == 0 && seen.revisions) made_fsck(r->scratch);
}

static void look_at(recorder *r, disk *d) {
  wt_archive *archive;
  wt_archive_batch *batch;
  r->tried++;
  if (known(r->seen, hash_of(d, r->acknowledged))) return;
  r->checked++;
  put_files(r, d);
  MADE_OK(wt_archive_open(&archive, r->scratch, NULL, ERR));
  archive->io.hook = changed;
  archive->io.context = r;
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  wt_archive_batch_close(batch);
  if (!known(r->sound, outcome(r, archive, d))) verify(r, archive);
  /* it can be written to: what that writes is swept away with the next disk */
  if (r->checked % 200 == 0) made_fill(archive, 1, 1, 1, true);
  wt_archive_close(archive);
}

static void try_mask(recorder *r, const bool *mask) {
  copy_disk(&r->made_up, &r->durable);
  for (size_t i = 0; i < r->count; i++)
    if (mask[i]) apply(&r->made_up, &r->pending[i]);
  look_at(r, &r->made_up);
}

/* What could be there after a sync that follows another is among what could be there before. */
static void lose_power(recorder *r) {
  bool mask[PENDING_MOST] = {false};
  if (!r->news) return;
  r->news = false;
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

static void flush(recorder *r, const wt_io_event *by) {
  size_t left = 0;
  for (size_t i = 0; i < r->count; i++) {
    step *s = &r->pending[i];
    if ((by && is_flushed(s, by)) || s->batch + 1 < r->batch) {
      apply(&r->durable, s);
      wt_buf_release(&s->bytes);
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
  r->news = true;
  *s = (step){.id = ++r->steps,
              .op = event->op,
              .path = intern(event->path),
              .to = intern(event->to),
              .offset = event->offset,
              .batch = r->batch};
  wt_buf_put_span(&s->bytes, event->bytes);
  return 0;
}

static void release(recorder *r) {
  for (size_t i = 0; i < r->count; i++) wt_buf_release(&r->pending[i].bytes);
  for (size_t i = 0; i < PATHS; i++) free(r->paths[i]);
  for (size_t i = 0; i < NODES; i++)
    for (node *n = r->nodes[i], *next; n; n = next) {
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
  recorder *r = the = calloc(1, sizeof *r);
  char top[256];
  wt_archive *archive;
  wt_archive_options options = {.create = true, .bare = true};
  r->subsets = subsets_text ? (unsigned)atoi(subsets_text) : 20;
  r->seed = 20240620;
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
    r->news = true; /* more is acknowledged */
    lose_power(r);
    wt_archive_batch_close(batch);
  }
  print_message("%u batches: %llu times the power was lost, %llu disks, %llu of them verified\n", batches,
                (unsigned long long)r->tried, (unsigned long long)r->checked, (unsigned long long)r->verified);
  assert_true(r->checked > batches * 5 && r->verified >= batches);
  for (size_t i = 0; i < 5; i++) wt_buf_release(&stories[i].path);
  wt_archive_close(archive);
  made_remove(top);
  release(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(no_loss_of_power_loses_what_was_acknowledged)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
