/* The spool: captures of files of many wait here for their turn, in memory while they are few. */
#include "track/add_inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SPOOL_MEMORY = 128 << 20 };

/* A file without a name in the archive's folder, which has room for as much and may be written in a cage; what a kill leaves
   there is swept. An archive that cannot be written can still be asked what would be done. */
static FILE *open_file(const wt_archive *archive) {
  wt_buf path = {0};
  wt_buf_put_format(&path, "%s/stage/captures-XXXXXX", wt_archive_own_dir(archive));
  int fd = path.failed ? -1 : mkostemp(path.data, O_CLOEXEC);
  if (fd >= 0) unlink(path.data);
  wt_buf_release(&path);
  FILE *file = fd >= 0 ? fdopen(fd, "w+") : tmpfile();
  if (!file && fd >= 0) close(fd);
  return file;
}

static bool to_disk(track_inputs *inputs) {
  if (inputs->spool) return true;
  inputs->spool = open_file(inputs->track->archive);
  if (!inputs->spool) return false;
  bool ok = fwrite(inputs->memory.data, 1, inputs->memory.len, inputs->spool) == inputs->memory.len;
  wt_buf_release(&inputs->memory);
  return ok;
}

wt_status track_spool_put(track_inputs *inputs, track_input *input, wt_span bytes, wt_error *err) {
  input->spooled = true;
  input->offset = inputs->spooled;
  input->len = bytes.len;
  inputs->spooled += bytes.len;
  if (!inputs->spool && inputs->spooled <= SPOOL_MEMORY) {
    wt_buf_put_span(&inputs->memory, bytes);
    return wt_buf_status(&inputs->memory, "spool", err);
  }
  if (to_disk(inputs) && fseeko(inputs->spool, (off_t)input->offset, SEEK_SET) == 0 && /* it may have been read from */
      fwrite(bytes.data, 1, bytes.len, inputs->spool) == bytes.len)
    return WT_OK;
  return wt_fail(err, WT_EIO, "spool", -1, "%s", strerror(errno));
}

wt_status track_spool_get(wt_buf *out, track_inputs *inputs, const track_input *input, wt_error *err) {
  if (!inputs->spool) {
    wt_buf_put_span(out, wt_span_sub(wt_buf_span(&inputs->memory), input->offset, input->offset + input->len));
    return wt_buf_status(out, "spool", err);
  }
  if (!wt_buf_reserve(out, input->len)) return wt_fail(err, WT_ENOMEM, "spool", -1, "out of memory");
  if (fseeko(inputs->spool, (off_t)input->offset, SEEK_SET) == 0 &&
      fread(out->data, 1, input->len, inputs->spool) == input->len) {
    out->len = input->len;
    return WT_OK;
  }
  return wt_fail(err, WT_EIO, "spool", -1, "%s", strerror(errno));
}
