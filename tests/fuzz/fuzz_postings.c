/* The files of the index of shingles: whatever lies in them, it opens or says that it is damaged. The first byte chooses
   the file. */
#include "fuzz/fuzz.h"
#include "wt/index/postings.h"

static bool count_document(void *context, size_t key_number, uint32_t document) {
  size_t *count = context;
  (void)key_number;
  (void)document;
  return ++*count < 1000;
}

static void ask(wt_postings *postings, wt_span bytes) {
  uint64_t keys[8] = {0, 1, UINT64_MAX};
  size_t found = 0;
  wt_postings_name name;
  memcpy(keys + 3, bytes.data, bytes.len < 40 ? bytes.len : 40);
  wt_postings_find(postings, keys, 8, 100, count_document, &found);
  for (uint32_t i = 0; i < wt_postings_count(postings) && i < 4; i++) wt_postings_name_of(&name, postings, i, NULL);
  wt_postings_name_of(&name, postings, UINT32_MAX, NULL);
  fuzz_expect(wt_postings_stamp(postings).len <= WT_POSTINGS_STAMP, "the stamp is within its bound");
}

/* A run whose header and table are sound, since no fuzzer finds a checksum: the input is its pairs. */
static void write_run(wt_span bytes) {
  enum { BUCKETS = 1 << 16 };
  static uint32_t table[BUCKETS + 1];
  uint64_t count = bytes.len / 8, header[3] = {count, 16, 0};
  wt_buf file = {0};
  for (uint64_t i = 0; i <= BUCKETS; i++) table[i] = (uint32_t)(i * count / BUCKETS);
  header[2] = wt_hash64((wt_span){(const char *)table, sizeof table});
  wt_buf_put(&file, "wtrun001", 8);
  wt_buf_put(&file, header, sizeof header);
  wt_buf_put(&file, table, sizeof table);
  wt_buf_put_span(&file, bytes);
  fuzz_write("run-1", wt_buf_span(&file));
  wt_buf_release(&file);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  static const char *const names[] = {"manifest", "log-0", "log-1", "run-1", "names"};
  wt_postings *postings;
  wt_error err = {.byte = -1};
  uint64_t key = 7;
  uint32_t document;
  if (size < 2) return 0;
  wt_span bytes = {(const char *)data + 1, size - 1};
  for (size_t i = 0; i < 5; i++) fuzz_remove(names[i]);
  if (data[0] % 5 != 0)
    fuzz_write("manifest", data[0] & 128 ? WT_SPAN("wtpostings 1\ngeneration 1\nnext 2\ndocuments 1\nstamp 61\nrun 1\n")
                                         : WT_SPAN("wtpostings 1\ngeneration 0\nnext 1\ndocuments 0\nstamp \n"));
  if (data[0] & 32)
    write_run(bytes);
  else
    fuzz_write(names[data[0] % 5], bytes);
  if (wt_postings_open(&postings, fuzz_folder(), data[0] & 64, &err) != WT_OK) {
    fuzz_expect(err.what[0] != '\0', "what is refused says why");
    return 0;
  }
  ask(postings, bytes);
  if (!(data[0] & 64) && wt_postings_put(&document, postings, (wt_postings_name){{1}}, &key, 1, &err) == WT_OK)
    wt_postings_commit(postings, WT_SPAN("stamp"), &err);
  wt_postings_close(postings);
  return 0;
}
