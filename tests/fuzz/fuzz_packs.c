/* The files of an archive that are read directly: a pack and its index (the first two bytes say where one ends), and the
   notes of what was seen. */
#include "fuzz/fuzz.h"

#include "archive/packs.h"
#include "archive/seen.h"

#define NAME "pack-0123456789012345678901234567890123456789"

static void read_packs(wt_archive *archive) {
  wt_packs packs = {0};
  wt_error err = {.byte = -1};
  if (wt_packs_list(&packs, archive, &err) != WT_OK) {
    wt_packs_release(&packs);
    return;
  }
  for (size_t i = 0; i < packs.count; i++) {
    if (wt_pack_file_open(&packs.items[i], archive, &err) != WT_OK) continue;
    for (size_t k = 0; k < packs.items[i].count; k++) {
      wt_packed packed;
      if (wt_pack_file_at(&packed, &packs.items[i], k, &err) != WT_OK) continue;
      fuzz_expect(packed.deflated.data >= packs.items[i].pack.data &&
                      packed.deflated.data + packed.deflated.len <= packs.items[i].pack.data + packs.items[i].pack.len,
                  "an object lies in its pack");
      wt_pack_file_by_offset(&packs.items[i], packed.base);
    }
    wt_pack_file_close(&packs.items[i]);
  }
  wt_packs_release(&packs);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_archive archive = {0};
  char folder[64];
  if (size < 2) return 0;
  wt_span all = {(const char *)data + 2, size - 2};
  size_t cut = ((size_t)data[0] << 8 | data[1]) % (all.len + 1);
  snprintf(folder, sizeof folder, "%s", fuzz_folder());
  archive.dir = archive.own = archive.stage = archive.pack_dir = folder;
  fuzz_write(NAME ".pack", wt_span_sub(all, 0, cut));
  fuzz_write(NAME ".idx", wt_span_sub(all, cut, all.len));
  fuzz_write("main", all);
  read_packs(&archive);
  wt_seen_read(&archive, WT_SEEN_MAIN);
  return 0;
}
