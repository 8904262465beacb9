/*
 * refs/writethru/journal: records in batches, one commit each, whose tree holds `records.jsonl`. The trailers say the
 * number of the first record, how many there are, and the blob, so that reading needs no tree.
 */
#include "archive/batch.h"

#include <string.h>

/* ---- writing ---- */

wt_status wt_archive_batch_record(wt_archive_batch *batch, wt_span record, wt_error *err) {
  if (batch->broken) return wt_fail(err, WT_EREFUSED, "batch", -1, "a write of this batch failed before: close it");
  if (record.len == 0 || wt_span_has(record, '\n'))
    return wt_fail(err, WT_EINVAL, "record", -1, "a record is one line that is not empty");
  wt_buf_put_span(&batch->records, record);
  wt_buf_put_char(&batch->records, '\n');
  batch->record_count++;
  wt_status status = wt_buf_status(&batch->records, "journal", err);
  batch->broken = status != WT_OK;
  return status;
}

static wt_status numbers(uint64_t *first, uint64_t *count, wt_oid *blob, const wt_commit *commit, wt_error *err) {
  if (wt_number_parse(first, commit->trailers[WT_TRAILER_JOURNAL_FIRST]) &&
      wt_number_parse(count, commit->trailers[WT_TRAILER_JOURNAL_COUNT]) &&
      wt_oid_parse(blob, commit->trailers[WT_TRAILER_TEXT]) && *count <= UINT64_MAX / 2 && *first <= UINT64_MAX / 2)
    return WT_OK;
  return wt_fail(err, WT_ECORRUPT, WT_REF_JOURNAL, -1, "a commit of the journal has no numbers");
}

wt_status wt_archive_journal_count(uint64_t *out, wt_archive *archive, wt_error *err) {
  wt_oid tip, blob;
  wt_object object;
  wt_commit commit;
  uint64_t first = 0, count = 0;
  *out = 0;
  wt_status status = wt_ref_read(&tip, archive, WT_REF_JOURNAL, err);
  if (status || wt_oid_is_none(tip)) return status;
  status = wt_commit_read(&object, &commit, archive, tip, err);
  if (status) return status;
  status = numbers(&first, &count, &blob, &commit, err);
  wt_object_release(&object);
  *out = first + count;
  return status;
}

wt_status wt_journal_begin(wt_archive_batch *batch, wt_error *err) {
  return wt_archive_journal_count(&batch->record_first, batch->archive, err);
}

static wt_status put_records(wt_oid *blob, wt_oid *tree, wt_archive_batch *batch, wt_error *err) {
  uint32_t number;
  wt_status status = wt_pack_put(blob, &number, batch->pack, WT_OBJECT_BLOB, wt_buf_span(&batch->records), err);
  if (status) return status;
  wt_buf_clear(&batch->text);
  wt_buf_put(&batch->text, "100644 records.jsonl", sizeof "100644 records.jsonl");
  wt_buf_put(&batch->text, blob->bytes, sizeof blob->bytes);
  status = wt_buf_status(&batch->text, "tree", err);
  return status ? status : wt_pack_put(tree, &number, batch->pack, WT_OBJECT_TREE, wt_buf_span(&batch->text), err);
}

wt_status wt_journal_flush(wt_archive_batch *batch, wt_error *err) {
  return wt_journal_flush_at(batch, batch->main.time, err);
}

wt_status wt_journal_flush_at(wt_archive_batch *batch, int64_t time, wt_error *err) {
  if (batch->record_count == 0) return WT_OK;
  wt_oid blob, tree, commit;
  wt_status status = put_records(&blob, &tree, batch, err);
  if (status) return status;
  wt_buf_clear(&batch->text);
  wt_buf_put_format(&batch->text, "Journal: %llu %s\n\n", (unsigned long long)batch->record_count,
                    batch->record_count == 1 ? "record" : "records");
  wt_commit_put_trailer_oid(&batch->text, WT_TRAILER_TEXT, blob);
  wt_commit_put_trailer_number(&batch->text, WT_TRAILER_JOURNAL_FIRST, batch->record_first);
  wt_commit_put_trailer_number(&batch->text, WT_TRAILER_JOURNAL_COUNT, batch->record_count);
  wt_commit_put_trailer(&batch->text, WT_TRAILER_READER, wt_span_of(batch->archive->options.reader));
  status = wt_buf_status(&batch->text, "commit", err);
  if (!status) status = wt_chain_add(&commit, batch, &batch->journal, tree, time, wt_buf_span(&batch->text), 0, err);
  if (status) return status;
  batch->record_first += batch->record_count;
  batch->record_count = 0;
  wt_buf_clear(&batch->records);
  return WT_OK;
}

/* ---- reading ---- */

typedef struct journal_part {
  wt_oid blob;
  uint64_t first, count;
} journal_part;

typedef struct journal_parts {
  journal_part *items; /* newest first */
  size_t count, capacity;
} journal_parts;

/* From the newest back to the part that holds record `since`. */
static wt_status collect(journal_parts *out, wt_archive *archive, uint64_t since, wt_error *err) {
  wt_oid at;
  wt_status status = wt_ref_read(&at, archive, WT_REF_JOURNAL, err);
  while (!status && !wt_oid_is_none(at)) {
    wt_object object;
    wt_commit commit;
    journal_part part;
    status = wt_commit_read(&object, &commit, archive, at, err);
    if (status) break;
    status = numbers(&part.first, &part.count, &part.blob, &commit, err);
    at = commit.parents[0];
    wt_object_release(&object);
    if (status || part.first + part.count <= since) break;
    if (!wt_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items))
      status = wt_fail(err, WT_ENOMEM, WT_REF_JOURNAL, -1, "out of memory");
    else
      out->items[out->count++] = part;
  }
  return status;
}

static wt_status tell(bool *go_on, wt_archive *archive, const journal_part *part, uint64_t since, wt_record_each each,
                      void *context, wt_error *err) {
  wt_object object;
  wt_status status = wt_object_read(&object, archive, part->blob, WT_OBJECT_BLOB, err);
  if (status) return status;
  wt_span rest = object.bytes, line;
  for (uint64_t number = part->first; *go_on && wt_span_line(&line, &rest); number++)
    if (number >= since) *go_on = each(context, number, line);
  wt_object_release(&object);
  return WT_OK;
}

wt_status wt_archive_journal(wt_archive *archive, uint64_t since, wt_record_each each, void *context, wt_error *err) {
  journal_parts parts = {NULL, 0, 0};
  bool go_on = true;
  wt_status status = collect(&parts, archive, since, err);
  for (size_t i = parts.count; !status && go_on && i-- > 0;)
    status = tell(&go_on, archive, &parts.items[i], since, each, context, err);
  wt_free(parts.items);
  if (status) return status;
  return go_on ? WT_OK : wt_fail(err, WT_ECANCELED, WT_REF_JOURNAL, -1, "stopped");
}
