/* site_file: an address becomes a file. Nothing is synced: the site can be made again from the archive. */
#include "report/site_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void site_dir_init(site_dir *site, const char *dir) {
  *site = (site_dir){.dir = dir};
}

void site_dir_release(site_dir *site) {
  wt_buf_release(&site->path);
  wt_buf_release(&site->made);
  wt_buf_release(&site->there);
}

/* Undoes the percent-encoding of wt_address_put. */
static void put_decoded(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] != '%') {
      wt_buf_put_char(out, text.data[i]);
      continue;
    }
    wt_buf_put_char(out, (char)(wt_hex_digit(text.data[i + 1]) << 4 | wt_hex_digit(text.data[i + 2])));
    i += 2;
  }
}

/* Fills site->path. An address that does not read back could lead out of the folder: an archive may come from anywhere. */
static bool find_path(site_dir *site, const wt_address *address) {
  wt_buf encoded = {0};
  wt_address back;
  wt_address_put(&encoded, address);
  wt_buf_clear(&site->path);
  wt_buf_put_format(&site->path, "%s/", site->dir);
  size_t begin = site->path.len;
  put_decoded(&site->path, wt_buf_span(&encoded));
  wt_buf_release(&encoded);
  wt_span name = wt_span_sub(wt_buf_span(&site->path), begin, site->path.len);
  return !wt_span_has(name, '\0') && wt_address_parse(&back, name);
}

bool site_has(site_dir *site, const wt_address *address) {
  struct stat st;
  return find_path(site, address) && lstat(site->path.data, &st) == 0 && S_ISREG(st.st_mode);
}

wt_status site_remove(site_dir *site, const wt_address *address, wt_error *err) {
  if (!find_path(site, address) || unlink(site->path.data) == 0 || errno == ENOENT || errno == ENOTDIR) return WT_OK;
  return wt_fail(err, WT_EIO, site->path.data, -1, "cannot remove: %s", strerror(errno));
}

static bool is_same(site_dir *site, wt_span bytes) {
  struct stat st;
  if (lstat(site->path.data, &st) != 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size != bytes.len) return false;
  wt_buf_clear(&site->there);
  return wt_file_read(&site->there, site->path.data, bytes.len + 1, NULL) == WT_OK &&
         wt_span_equal(wt_buf_span(&site->there), bytes);
}

static wt_status make_folder(site_dir *site, wt_error *err) {
  size_t end = site->path.len;
  while (end > 0 && site->path.data[end - 1] != '/') end--;
  wt_span folder = wt_span_sub(wt_buf_span(&site->path), 0, end);
  if (wt_span_equal(folder, wt_buf_span(&site->made))) return WT_OK;
  wt_buf_clear(&site->made);
  wt_buf_put_span(&site->made, folder);
  wt_status status = wt_buf_status(&site->made, site->dir, err);
  return status == WT_OK ? wt_dir_make(site->made.data, err) : status;
}

static bool write_all(int fd, wt_span bytes) {
  while (bytes.len > 0) {
    ssize_t done = write(fd, bytes.data, bytes.len);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes = wt_span_sub(bytes, (size_t)done, bytes.len);
  }
  return true;
}

/* Beside it, then over it: a reader of the site never meets half a page. */
static wt_status replace(site_dir *site, wt_span bytes, wt_error *err) {
  wt_buf beside = {0};
  wt_buf_put_format(&beside, "%s~", site->path.data);
  wt_status status = wt_buf_status(&beside, site->path.data, err);
  int fd = -1;
  if (status != WT_OK) goto done;
  fd = open(beside.data, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  bool whole = fd >= 0 && write_all(fd, bytes);
  int why = errno;
  if (fd >= 0 && close(fd) != 0 && whole) {
    whole = false;
    why = errno;
  }
  if (whole && rename(beside.data, site->path.data) != 0) {
    whole = false;
    why = errno;
  }
  if (!whole) {
    unlink(beside.data);
    status = wt_fail(err, WT_EIO, site->path.data, -1, "cannot write: %s", strerror(why));
  }
done:
  wt_buf_release(&beside);
  return status;
}

wt_status site_put(site_dir *site, const wt_address *address, wt_span bytes, wt_error *err) {
  if (!find_path(site, address))
    return wt_fail(err, WT_EREFUSED, site->path.data, -1, "not a name that may become a file");
  if (is_same(site, bytes)) {
    site->same++;
    return WT_OK;
  }
  wt_status status = make_folder(site, err);
  if (status == WT_OK) status = replace(site, bytes, err);
  if (status == WT_OK) site->written++;
  return status;
}
