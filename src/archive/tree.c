/* The folders of main in memory. */
#include "archive/tree.h"

#include "archive/delta.h"

#include <string.h>

enum { OID = 20, DEPTH = 16 };

typedef struct folder {
  wt_buf bytes;     /* the tree object */
  uint32_t *starts; /* of its entries */
  size_t count, capacity;
  struct folder **below; /* loaded subfolders by entry; NULL until there is one */
  size_t below_capacity;
  uint32_t number;                       /* of the version last written; 0: none in this pack */
  size_t old_len, at, removed, inserted; /* the one change since then */
  unsigned changes;
} folder;

struct wt_trees {
  wt_archive *archive;
  folder *root;
  wt_oid root_oid;
  size_t used;
  wt_buf delta;
};

/* ---- entries ---- */

bool wt_tree_next(wt_tree_entry *out, wt_span *rest, bool *broken) {
  if (rest->len == 0) return false;
  const char *space = memchr(rest->data, ' ', rest->len);
  const char *nul = space ? memchr(space, '\0', rest->len - (size_t)(space - rest->data)) : NULL;
  size_t head = nul ? (size_t)(nul - rest->data) + 1 : 0;
  *broken = !nul || space == rest->data || nul == space + 1 || rest->len - head < OID;
  if (*broken) return false;
  out->mode = (wt_span){rest->data, (size_t)(space - rest->data)};
  out->name = (wt_span){space + 1, (size_t)(nul - space) - 1};
  memcpy(out->oid.bytes, rest->data + head, OID);
  *rest = wt_span_sub(*rest, head + OID, rest->len);
  return true;
}

bool wt_tree_entry_is_folder(const wt_tree_entry *entry) {
  return wt_span_equal(entry->mode, WT_SPAN("40000"));
}

static wt_tree_entry entry_at(const folder *f, size_t i) {
  wt_tree_entry entry = {{NULL, 0}, {NULL, 0}, {{0}}};
  bool broken = false;
  wt_span rest = wt_span_sub(wt_buf_span(&f->bytes), f->starts[i], f->bytes.len);
  wt_tree_next(&entry, &rest, &broken);
  return entry;
}

static int compare(wt_span a, bool a_folder, wt_span b, bool b_folder) {
  size_t common = a.len < b.len ? a.len : b.len;
  int order = common ? memcmp(a.data, b.data, common) : 0;
  if (order) return order;
  unsigned char end_a = a.len > common ? (unsigned char)a.data[common] : a_folder ? '/' : 0;
  unsigned char end_b = b.len > common ? (unsigned char)b.data[common] : b_folder ? '/' : 0;
  return (end_a > end_b) - (end_a < end_b);
}

int wt_tree_entry_compare(const wt_tree_entry *a, const wt_tree_entry *b) {
  return compare(a->name, wt_tree_entry_is_folder(a), b->name, wt_tree_entry_is_folder(b));
}

/* True and its number when the folder has the entry; else where it belongs. */
static bool find(size_t *out, const folder *f, wt_span name, bool is_folder) {
  size_t low = 0, high = f->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    wt_tree_entry entry = entry_at(f, middle);
    int order = compare(entry.name, wt_tree_entry_is_folder(&entry), name, is_folder);
    if (order == 0 && entry.name.len == name.len) {
      *out = middle;
      return true;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *out = low;
  return false;
}

/* ---- loading ---- */

static void folder_free(wt_trees *trees, folder *f) {
  if (!f) return;
  for (size_t i = 0; f->below && i < f->count; i++) folder_free(trees, f->below[i]);
  trees->used -= f->bytes.len;
  wt_buf_release(&f->bytes);
  wt_free(f->starts);
  wt_free(f->below);
  wt_free(f);
}

static wt_status short_of_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "tree", -1, "out of memory for folders");
}

static wt_status index_entries(folder *f, wt_error *err) {
  wt_span all = wt_buf_span(&f->bytes), rest = all;
  wt_tree_entry entry;
  bool broken = false;
  if (all.len >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, "tree", -1, "a folder of more than 4 GB");
  while (wt_tree_next(&entry, &rest, &broken)) {
    if (!wt_grow(&f->starts, &f->capacity, f->count + 1, sizeof *f->starts)) return short_of_memory(err);
    f->starts[f->count++] = (uint32_t)(entry.mode.data - all.data);
  }
  return broken ? wt_fail(err, WT_ECORRUPT, "tree", (int64_t)(all.len - rest.len), "this object is no tree") : WT_OK;
}

static wt_status folder_load(folder **out, wt_trees *trees, wt_oid oid, wt_error *err) {
  wt_object object = {NULL, {NULL, 0}};
  folder *f = wt_alloc_zero(1, sizeof *f);
  *out = NULL;
  if (!f) return short_of_memory(err);
  wt_status status = WT_OK;
  if (!wt_oid_is_none(oid)) status = wt_object_read(&object, trees->archive, oid, WT_OBJECT_TREE, err);
  wt_buf_put_span(&f->bytes, object.bytes);
  wt_object_release(&object);
  trees->used += f->bytes.len;
  if (!status && f->bytes.failed) status = short_of_memory(err);
  if (!status) status = index_entries(f, err);
  if (status)
    folder_free(trees, f);
  else
    *out = f;
  return status;
}

wt_status wt_trees_open(wt_trees **out, wt_archive *archive, wt_oid root, wt_error *err) {
  wt_trees *trees = wt_alloc_zero(1, sizeof *trees);
  *out = NULL;
  if (!trees) return short_of_memory(err);
  trees->archive = archive;
  trees->root_oid = root;
  wt_status status = folder_load(&trees->root, trees, root, err);
  if (status)
    wt_trees_close(trees);
  else
    *out = trees;
  return status;
}

void wt_trees_close(wt_trees *trees) {
  if (!trees) return;
  folder_free(trees, trees->root);
  wt_buf_release(&trees->delta);
  wt_free(trees);
}

size_t wt_trees_size(const wt_trees *trees) {
  return trees->used;
}

static void forget_numbers(folder *f) {
  f->number = 0;
  f->changes = 0;
  for (size_t i = 0; f->below && i < f->count; i++)
    if (f->below[i]) forget_numbers(f->below[i]);
}

void wt_trees_settle(wt_trees *trees, size_t limit) {
  folder *root = trees->root;
  forget_numbers(root);
  for (size_t i = 0; trees->used > limit && root->below && i < root->count; i++) {
    folder_free(trees, root->below[i]);
    root->below[i] = NULL;
  }
}

/* ---- changing ---- */

static void note_change(folder *f, size_t at, size_t removed, size_t inserted) {
  f->at = at;
  f->removed = removed;
  f->inserted = inserted;
  f->changes++;
}

static void set_oid(folder *f, size_t i, wt_oid oid) {
  wt_tree_entry entry = entry_at(f, i);
  size_t at = (size_t)(entry.name.data - f->bytes.data) + entry.name.len + 1;
  memcpy(f->bytes.data + at, oid.bytes, OID);
  note_change(f, at, OID, OID);
}

/* Opens `len` bytes at `at`, or closes -len of them; moves the starts of entry i and of those after it. */
static void shift(folder *f, size_t i, size_t at, int64_t len) {
  size_t from = len < 0 ? at + (size_t)-len : at;
  memmove(f->bytes.data + (int64_t)from + len, f->bytes.data + from, f->bytes.len - from);
  f->bytes.len = (size_t)((int64_t)f->bytes.len + len);
  f->bytes.data[f->bytes.len] = '\0';
  for (; i < f->count; i++) f->starts[i] = (uint32_t)((int64_t)f->starts[i] + len);
}

static bool insert(wt_trees *trees, folder *f, size_t i, const char *mode, wt_span name, wt_oid oid) {
  size_t mode_len = strlen(mode), len = mode_len + 1 + name.len + 1 + OID;
  size_t at = i < f->count ? f->starts[i] : f->bytes.len;
  if (!wt_grow(&f->starts, &f->capacity, f->count + 1, sizeof *f->starts) || !wt_buf_reserve(&f->bytes, len))
    return false;
  if (f->below && !wt_grow(&f->below, &f->below_capacity, f->count + 1, sizeof *f->below)) return false;
  shift(f, i, at, (int64_t)len);
  memmove(f->starts + i + 1, f->starts + i, (f->count - i) * sizeof *f->starts);
  f->starts[i] = (uint32_t)at;
  if (f->below) {
    memmove(f->below + i + 1, f->below + i, (f->count - i) * sizeof(folder *));
    f->below[i] = NULL;
  }
  f->count++;
  char *to = f->bytes.data + at;
  memcpy(to, mode, mode_len);
  to[mode_len] = ' ';
  memcpy(to + mode_len + 1, name.data, name.len);
  to[mode_len + 1 + name.len] = '\0';
  memcpy(to + mode_len + 2 + name.len, oid.bytes, OID);
  trees->used += len;
  note_change(f, at, 0, len);
  return true;
}

static void remove_entry(wt_trees *trees, folder *f, size_t i) {
  size_t at = f->starts[i], end = i + 1 < f->count ? f->starts[i + 1] : f->bytes.len;
  shift(f, i + 1, at, (int64_t)at - (int64_t)end);
  memmove(f->starts + i, f->starts + i + 1, (f->count - i - 1) * sizeof *f->starts);
  if (f->below) {
    folder_free(trees, f->below[i]);
    memmove(f->below + i, f->below + i + 1, (f->count - i - 1) * sizeof(folder *));
  }
  f->count--;
  trees->used -= end - at;
  note_change(f, at, end - at, 0);
}

/* ---- writing ---- */

static wt_status folder_write(wt_oid *oid, wt_trees *trees, folder *f, wt_pack *pack, wt_error *err) {
  wt_span all = wt_buf_span(&f->bytes);
  wt_buf_clear(&trees->delta);
  if (f->number && f->changes == 1) {
    wt_delta_start(&trees->delta, f->old_len, all.len);
    wt_delta_copy(&trees->delta, 0, f->at);
    wt_delta_insert(&trees->delta, wt_span_sub(all, f->at, f->at + f->inserted));
    wt_delta_copy(&trees->delta, f->at + f->removed, f->old_len - f->at - f->removed);
  }
  wt_status status =
      wt_pack_put_delta(oid, &f->number, pack, WT_OBJECT_TREE, all, f->number, wt_buf_span(&trees->delta), err);
  f->old_len = all.len;
  f->changes = 0;
  return status;
}

/* The subfolder at entry i, loaded. */
static wt_status descend(folder **out, wt_trees *trees, folder *f, size_t i, wt_error *err) {
  if (!f->below) {
    if (!wt_grow(&f->below, &f->below_capacity, f->count, sizeof(folder *))) return short_of_memory(err);
    memset(f->below, 0, f->count * sizeof(folder *));
  }
  wt_status status = WT_OK;
  if (!f->below[i]) status = folder_load(&f->below[i], trees, entry_at(f, i).oid, err);
  *out = f->below[i];
  return status;
}

static bool name_fits(wt_span name) {
  return name.len > 0 && name.len < 256 && !wt_span_has(name, '\0') && !wt_span_equal(name, WT_SPAN(".")) &&
         !wt_span_equal(name, WT_SPAN("..")) && !wt_span_equal_ascii_case(name, WT_SPAN(".git"));
}

/* Takes the first name off *path. */
static wt_span first_name(wt_span *path) {
  size_t slash = wt_span_find(*path, WT_SPAN("/"));
  wt_span name = wt_span_sub(*path, 0, slash);
  *path = wt_span_sub(*path, slash < path->len ? slash + 1 : slash, path->len);
  return name;
}

typedef struct setting {
  wt_trees *trees;
  wt_pack *pack;
  const char *mode;
  wt_oid blob;
  wt_error *err;
} setting;

static wt_status set_in(wt_oid *oid, const setting *set, folder *f, wt_span path, unsigned depth);

static wt_status set_file(const setting *set, folder *f, wt_span name) {
  size_t i, other;
  if (find(&i, f, name, false)) {
    bool same_mode = wt_span_equal(entry_at(f, i).mode, wt_span_of(set->mode)), gone = wt_oid_is_none(set->blob);
    if (same_mode && !gone)
      set_oid(f, i, set->blob);
    else
      remove_entry(set->trees, f, i);
    if (same_mode || gone) return WT_OK;
  }
  if (wt_oid_is_none(set->blob)) return WT_OK;
  if (find(&other, f, name, true))
    return wt_fail(set->err, WT_EEXISTS, "tree", -1, "a folder bears the name of this file");
  return insert(set->trees, f, i, set->mode, name, set->blob) ? WT_OK : short_of_memory(set->err);
}

static wt_status set_folder(const setting *set, folder *f, wt_span name, wt_span rest, unsigned depth) {
  size_t i, other;
  folder *below;
  if (!find(&i, f, name, true)) {
    if (wt_oid_is_none(set->blob)) return WT_OK;
    if (find(&other, f, name, false))
      return wt_fail(set->err, WT_EEXISTS, "tree", -1, "a file bears the name of this folder");
    if (!insert(set->trees, f, i, "40000", name, (wt_oid){{0}})) return short_of_memory(set->err);
    if (!f->below) {
      if (!wt_grow(&f->below, &f->below_capacity, f->count, sizeof(folder *))) return short_of_memory(set->err);
      memset(f->below, 0, f->count * sizeof(folder *));
    }
    wt_status status = folder_load(&f->below[i], set->trees, (wt_oid){{0}}, set->err);
    if (status) return status;
  }
  wt_status status = descend(&below, set->trees, f, i, set->err);
  wt_oid oid = {{0}};
  if (!status) status = set_in(&oid, set, below, rest, depth + 1);
  if (status) return status;
  unsigned made = f->changes; /* a new entry is one change with its id: the id is not a second one */
  if (wt_oid_is_none(oid)) {
    remove_entry(set->trees, f, i);
  } else if (made) {
    wt_tree_entry entry = entry_at(f, i);
    memcpy(f->bytes.data + (entry.name.data - f->bytes.data) + entry.name.len + 1, oid.bytes, OID);
  } else {
    set_oid(f, i, oid);
  }
  return WT_OK;
}

/* oid: of the folder as written; none when it became empty. */
static wt_status set_in(wt_oid *oid, const setting *set, folder *f, wt_span path, unsigned depth) {
  wt_span rest = path, name = first_name(&rest);
  if (!name_fits(name) || depth > DEPTH) return wt_fail(set->err, WT_EINVAL, "tree", -1, "git takes no such path");
  wt_status status = rest.len ? set_folder(set, f, name, rest, depth) : set_file(set, f, name);
  if (status) return status;
  *oid = (wt_oid){{0}};
  return f->count || depth == 0 ? folder_write(oid, set->trees, f, set->pack, set->err) : WT_OK;
}

wt_status wt_trees_set(wt_oid *root, wt_trees *trees, wt_pack *pack, wt_span path, wt_oid blob, wt_error *err) {
  return wt_trees_set_mode(root, trees, pack, path, "100644", blob, err);
}

wt_status wt_trees_set_mode(wt_oid *root, wt_trees *trees, wt_pack *pack, wt_span path, const char *mode, wt_oid blob,
                            wt_error *err) {
  setting set = {trees, pack, mode, blob, err};
  wt_status status = set_in(root, &set, trees->root, path, 0);
  if (!status) trees->root_oid = *root;
  return status;
}

/* ---- looking ---- */

/* The folder at path; NULL when there is none. */
static wt_status look(folder **out, wt_trees *trees, wt_span path, wt_error *err) {
  folder *f = trees->root;
  wt_status status = WT_OK;
  *out = NULL;
  while (!status && path.len) {
    size_t i;
    if (!find(&i, f, first_name(&path), true)) return WT_OK;
    status = descend(&f, trees, f, i, err);
  }
  if (!status) *out = f;
  return status;
}

wt_status wt_trees_count(size_t *out, bool *taken, wt_trees *trees, wt_span path, wt_span name, wt_error *err) {
  folder *f;
  size_t i;
  *out = 0;
  *taken = false;
  wt_status status = look(&f, trees, path, err);
  if (status || !f) return status;
  *out = f->count;
  *taken = find(&i, f, name, false) || find(&i, f, name, true);
  return WT_OK;
}

wt_status wt_trees_get(wt_oid *out, wt_trees *trees, wt_span path, wt_error *err) {
  folder *f;
  size_t i, slash = path.len;
  while (slash > 0 && path.data[slash - 1] != '/') slash--;
  *out = (wt_oid){{0}};
  wt_status status = look(&f, trees, wt_span_sub(path, 0, slash ? slash - 1 : 0), err);
  if (!status && f && find(&i, f, wt_span_sub(path, slash, path.len), false)) *out = entry_at(f, i).oid;
  return status;
}
