/*
 * base: bytes, buffers, arenas, status, UTF-8, hashes, inflate, JSON out, times, files.
 *
 * Invariants
 *   - Sizes and offsets are bytes unless a name says otherwise.
 *   - A wt_span borrows: it never owns, and it is valid as long as what it points into.
 *   - Every wt_buf and wt_arena has a ceiling. Passing it is WT_ENOMEM, never an abort.
 *   - A call that can fail returns wt_status and takes a wt_error last. The error may be NULL.
 *     It is written only on failure. There is no global error.
 *   - Nothing here depends on locale, time zone, clock or hash seed.
 */
#ifndef WT_BASE_H
#define WT_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WT_PRINTF(a, b) __attribute__((format(printf, a, b)))
#define WT_API __attribute__((visibility("default")))
#else
#define WT_PRINTF(a, b)
#define WT_API
#endif

#define WT_VERSION "1.0.0"
/* The version of the library that runs, as WT_VERSION was when it was built. */
WT_API const char *wt_version(void);

/* ---- status and error ---- */

typedef enum wt_status {
  WT_OK = 0,
  WT_EINVAL,     /* an argument does not fit */
  WT_ENOMEM,     /* a ceiling was passed, or the allocator refused */
  WT_EIO,        /* a system call failed */
  WT_EFORMAT,    /* bytes are not what they claim to be */
  WT_ELIMIT,     /* untrusted input passed a bound */
  WT_ENOTFOUND,  /* nothing by that name */
  WT_EAMBIGUOUS, /* more than one by that name */
  WT_EEXISTS,    /* there already */
  WT_EREFUSED,   /* understood, and not done: not ours, not safe, diverged */
  WT_EBUSY,      /* somebody holds the lock */
  WT_ECORRUPT,   /* what is stored contradicts itself */
  WT_ECANCELED   /* a callback asked to stop */
} wt_status;

typedef struct wt_error {
  wt_status status;
  int64_t byte;    /* offset in `where`, -1 when it has no meaning */
  char where[512]; /* file, URL, object or field; raw bytes, escape at the sink */
  char what[512];  /* one line, no newline at the end */
} wt_error;

/* Fills err (when not NULL) and returns status, so that a caller can `return wt_fail(...)`. */
WT_API wt_status wt_fail(wt_error *err, wt_status status, const char *where, int64_t byte, const char *format, ...)
    WT_PRINTF(5, 6);
/* Sets where, keeping what and byte; for a caller that knows the file. */
WT_API void wt_error_at(wt_error *err, const char *where);
/* "not found", "input/output", ...: a short constant word for a status. */
WT_API const char *wt_status_name(wt_status status);

/* ---- memory ---- */

/* malloc, realloc and free of the library. Tests make them fail with wt_alloc_fail_after. */
WT_API void *wt_alloc(size_t size);
WT_API void *wt_alloc_zero(size_t count, size_t size);
WT_API void *wt_resize(void *old, size_t size);
WT_API void wt_free(void *old);
/* From the n-th allocation from now on (0: the next), in this thread, all fail. Negative: none fails. Gives what was left of
   the last such count. For tests. */
WT_API int64_t wt_alloc_fail_after(int64_t n);

/* Makes room for `need` items of `size` bytes in *items, doubling. False when out of memory or on overflow. */
WT_API bool wt_grow(void *items, size_t *capacity, size_t need, size_t size);

/* A bump allocator that owns all of one comparison or one story. Zero-initialised is usable, with the default ceiling. */
typedef struct wt_arena {
  struct wt_arena_chunk *chunks;
  size_t used;  /* bytes taken from the allocator */
  size_t limit; /* ceiling of used; 0 means WT_ARENA_LIMIT */
} wt_arena;
#define WT_ARENA_LIMIT ((size_t)4 << 30)

WT_API void wt_arena_init(wt_arena *arena, size_t limit);
WT_API void wt_arena_release(wt_arena *arena);
/* 16-byte aligned, not zeroed. NULL past the ceiling. */
WT_API void *wt_arena_alloc(wt_arena *arena, size_t size);
/* Zeroed array. NULL past the ceiling or on overflow. */
WT_API void *wt_arena_array(wt_arena *arena, size_t count, size_t size);

/* ---- spans ---- */

typedef struct wt_span {
  const char *data; /* may be NULL only when len is 0 */
  size_t len;
} wt_span;

#define WT_SPAN(literal) ((wt_span){(literal), sizeof(literal) - 1})

WT_API wt_span wt_span_of(const char *text); /* NULL gives an empty span */

/* These stand here so that comparing with a literal is no call: it is done for every word. */

/* Bytes [begin, end), clamped. */
static inline wt_span wt_span_sub(wt_span span, size_t begin, size_t end) {
  if (end > span.len) end = span.len;
  if (begin > end) begin = end;
  wt_span part = {NULL, 0};
  if (span.data == NULL) return part;
  part.data = span.data + begin;
  part.len = end - begin;
  return part;
}

static inline bool wt_span_equal(wt_span a, wt_span b) {
  /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): only a span of no bytes may have none */
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool wt_span_starts(wt_span span, wt_span prefix) {
  return span.len >= prefix.len && (prefix.len == 0 || memcmp(span.data, prefix.data, prefix.len) == 0);
}

static inline bool wt_span_ends(wt_span span, wt_span suffix) {
  return span.len >= suffix.len &&
         (suffix.len == 0 || memcmp(span.data + (span.len - suffix.len), suffix.data, suffix.len) == 0);
}

/* Whether the byte stands in it. An empty span may have no data, which memchr must not be given. */
static inline bool wt_span_has(wt_span span, char byte) {
  return span.len > 0 && memchr(span.data, byte, span.len) != NULL;
}

WT_API bool wt_span_equal_ascii_case(wt_span a, wt_span b);
WT_API int wt_span_compare(wt_span a, wt_span b);         /* bytes, then length: <0, 0, >0 */
WT_API size_t wt_span_find(wt_span span, wt_span needle); /* offset, or span.len when absent */
WT_API wt_span wt_span_trim(wt_span span);                /* ASCII white space off both ends */
/* Takes the next line off *rest, without its LF or CRLF. False at the end. */
WT_API bool wt_span_line(wt_span *line, wt_span *rest);
/* Copies into the arena, with a NUL after it. {NULL, 0} past the ceiling; an empty span gives "" . */
WT_API wt_span wt_span_keep(wt_arena *arena, wt_span span);

/* ---- buffers ---- */

/* Bytes that grow. Write freely, then ask wt_buf_status once. data is NUL-terminated whenever it is not NULL. */
typedef struct wt_buf {
  char *data;
  size_t len;
  size_t capacity;
  size_t limit; /* ceiling of len; 0 means WT_BUF_LIMIT */
  bool failed;  /* a write was lost */
} wt_buf;
#define WT_BUF_LIMIT ((size_t)1 << 30)

WT_API void wt_buf_init(wt_buf *buf, size_t limit);
WT_API void wt_buf_release(wt_buf *buf);
/* Releases a part whose text has gone into `out`: what the part lost, out has lost. */
WT_API void wt_buf_release_part(wt_buf *part, wt_buf *out);
WT_API void wt_buf_clear(wt_buf *buf); /* keeps memory, forgets failure */
WT_API void wt_buf_put(wt_buf *buf, const void *bytes, size_t len);
WT_API void wt_buf_put_char(wt_buf *buf, char c);
WT_API void wt_buf_put_span(wt_buf *buf, wt_span span);
WT_API void wt_buf_put_text(wt_buf *buf, const char *text);
WT_API void wt_buf_put_code_point(wt_buf *buf, uint32_t code_point);                 /* U+FFFD for what is none */
WT_API void wt_buf_put_format(wt_buf *buf, const char *format, ...) WT_PRINTF(2, 3); /* no %n$, %f: locale */
WT_API bool wt_buf_reserve(wt_buf *buf, size_t more);
WT_API wt_span wt_buf_span(const wt_buf *buf);
/* WT_OK, or WT_ENOMEM naming `where`. */
WT_API wt_status wt_buf_status(const wt_buf *buf, const char *where, wt_error *err);

/* ---- UTF-8 (RFC 3629) ---- */

#define WT_NOT_UTF8 UINT32_MAX
/* The code point at *at, and *at moved past it. On an ill-formed byte WT_NOT_UTF8, and *at moved by one maximal
   subpart (Unicode 15, 3.9). at must be < text.len. */
WT_API uint32_t wt_utf8_next(wt_span text, size_t *at);
/* Length of the well-formed prefix; equal to text.len when all is well-formed. */
WT_API size_t wt_utf8_valid(wt_span text);
WT_API size_t wt_utf8_count(wt_span text); /* code points */

/* ---- hashes ---- */

typedef struct wt_hash {
  uint64_t high, low;
} wt_hash; /* XXH3-128, seed 0 */

WT_API wt_hash wt_hash_bytes(wt_span bytes);
WT_API uint64_t wt_hash64(wt_span bytes); /* XXH3-64, seed 0 */
WT_API bool wt_hash_equal(wt_hash a, wt_hash b);
WT_API int wt_hash_compare(wt_hash a, wt_hash b);
/* The value of a hexadecimal digit of either case; -1: it is none. */
static inline int wt_hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
WT_API void wt_hash_hex(char out[33], wt_hash hash); /* 32 lower-case digits, high half first: as xxhsum -H2 prints */
WT_API bool wt_hash_parse(wt_hash *out, wt_span hex);
WT_API void wt_sha256_hex(char out[65], wt_span bytes);

/* SHA-1, to name what is written to git. Not a safeguard: libgit2 hashes again, with collision detection. */
typedef struct wt_sha1 {
  uint64_t state[16]; /* nettle's */
} wt_sha1;
WT_API void wt_sha1_init(wt_sha1 *sha1);
WT_API void wt_sha1_put(wt_sha1 *sha1, wt_span bytes);
WT_API void wt_sha1_end(unsigned char out[20], wt_sha1 *sha1);

/* ---- inflate ---- */

/* Is it gzip, by its magic? */
WT_API bool wt_gzip_is(wt_span bytes);
/* All members of a gzip file, appended to out. WT_ELIMIT past `limit` bytes of output, WT_EFORMAT with the byte. */
WT_API wt_status wt_gunzip(wt_buf *out, wt_span bytes, size_t limit, wt_error *err);
/* One member; *used says how many input bytes it took. For WARC. */
WT_API wt_status wt_gunzip_member(wt_buf *out, size_t *used, wt_span bytes, size_t limit, wt_error *err);
/* A raw deflate or zlib stream (HTTP "deflate", ZIP members). */
WT_API wt_status wt_inflate(wt_buf *out, wt_span bytes, bool raw, size_t limit, wt_error *err);
/* A Brotli stream (HTTP "br"), under the same rules. */
WT_API wt_status wt_unbrotli(wt_buf *out, wt_span bytes, size_t limit, wt_error *err);
/* Deflates as one gzip member with no name and no time: the same bytes give the same bytes. */
WT_API wt_status wt_gzip(wt_buf *out, wt_span bytes, wt_error *err);

/* Many small zlib streams (RFC 1950) with one state: level 2 to 9 as zlib counts, or WT_DEFLATE_QUICK, which spends no
   time on a Huffman table of its own, neither here nor where it is read. close(NULL) is fine. */
typedef struct wt_deflater wt_deflater;
#define WT_DEFLATE_QUICK 1
WT_API wt_status wt_deflater_open(wt_deflater **out, int level, wt_error *err);
/* Appends one stream of all the bytes. Short bytes are stored, which costs less than a Huffman table. */
WT_API wt_status wt_deflater_put(wt_buf *out, wt_deflater *deflater, wt_span bytes, wt_error *err);
WT_API void wt_deflater_close(wt_deflater *deflater);
/* The checksum of gzip, ZIP and git's packs. */
WT_API uint32_t wt_crc32(wt_span bytes);

/* ---- CSV out ---- */

/* A cell in quotation marks (RFC 4180). One that a spreadsheet would run (it begins with = + - @, one of these in full
   width, TAB, CR or LF) begins with an apostrophe. */
WT_API void wt_csv_put(wt_buf *out, wt_span text);
/* The same, and as it is where nothing in it needs the marks. */
WT_API void wt_csv_put_bare(wt_buf *out, wt_span text);

/* ---- JSON out ---- */

/* A writer without a tree. Strings are escaped, ill-formed UTF-8 becomes U+FFFD, commas come by themselves. */
typedef struct wt_json {
  wt_buf *out;
  uint64_t first; /* bit d: nothing written yet at depth d */
  unsigned depth; /* at most 63, asserted */
  bool after_key;
} wt_json;

WT_API void wt_json_init(wt_json *json, wt_buf *out);
WT_API void wt_json_object(wt_json *json);     /* { */
WT_API void wt_json_object_end(wt_json *json); /* } */
WT_API void wt_json_array(wt_json *json);
WT_API void wt_json_array_end(wt_json *json);
WT_API void wt_json_key(wt_json *json, const char *key);
WT_API void wt_json_span(wt_json *json, wt_span value);
WT_API void wt_json_text(wt_json *json, const char *value); /* NULL gives null */
WT_API void wt_json_int(wt_json *json, int64_t value);
WT_API void wt_json_bool(wt_json *json, bool value);
WT_API void wt_json_null(wt_json *json);
/* A share as a decimal: parts of 10,000 (8734 gives 0.8734). No floating point is involved. */
WT_API void wt_json_share(wt_json *json, int64_t parts_of_10000);
/* key and value at once; an empty span gives null in _or_null. */
WT_API void wt_json_member(wt_json *json, const char *key, wt_span value);
WT_API void wt_json_member_or_null(wt_json *json, const char *key, wt_span value);
WT_API void wt_json_member_int(wt_json *json, const char *key, int64_t value);
WT_API void wt_json_member_bool(wt_json *json, const char *key, bool value);
/* Ends the line of a JSON Lines stream and starts afresh. */
WT_API void wt_json_line_end(wt_json *json);

/* ---- times ---- */

/* Seconds since 1970-01-01T00:00:00Z, proleptic Gregorian, no leap seconds. */
typedef int64_t wt_instant;
#define WT_INSTANT_NONE INT64_MIN

typedef struct wt_time {
  wt_instant instant; /* of the start of what is known; a time without a zone is read as UTC here */
  int16_t offset;     /* minutes east of UTC; meaningful when has_offset */
  uint8_t precision;  /* WT_TIME_* */
  bool has_offset;
} wt_time;
enum { WT_TIME_NONE, WT_TIME_YEAR, WT_TIME_MONTH, WT_TIME_DAY, WT_TIME_MINUTE, WT_TIME_SECOND };

/* Parses what ISO 8601 / RFC 3339 and RFC 5322 / RFC 850 write. The whole span must be a time. */
WT_API bool wt_time_parse(wt_time *out, wt_span text);
/* As precise as it is: 2024-06-20, 2024-06-20T14:03Z, 2024-06-20T14:03:05+01:00, 2024-06-20T14:03:05 (no zone known). Nothing
   for no time. */
WT_API void wt_time_put(wt_buf *out, wt_time time);
/* 2024-06-20T13:03:05Z */
WT_API void wt_instant_put(wt_buf *out, wt_instant instant);
/* Key and value as wt_instant_put has it; null for WT_INSTANT_NONE. */
WT_API void wt_json_member_time(wt_json *json, const char *key, wt_instant at);
WT_API bool wt_instant_parse(wt_instant *out,
                             wt_span text); /* any wt_time_parse time; no zone is UTC, a day is its 00:00 */
WT_API int64_t wt_days_from_civil(int64_t year, unsigned month, unsigned day);
WT_API void wt_civil_from_days(int64_t days, int64_t *year, unsigned *month, unsigned *day);

/* ---- files ---- */

/* Reads a whole file, or standard input for "-". WT_ELIMIT past limit bytes. */
WT_API wt_status wt_file_read(wt_buf *out, const char *path, size_t limit, wt_error *err);
/* Writes beside, syncs, renames over, syncs the directory: whole or not at all, and durable. */
WT_API wt_status wt_file_write(const char *path, wt_span bytes, wt_error *err);
/* mkdir -p, mode 0777 less umask. */
WT_API wt_status wt_dir_make(const char *path, wt_error *err);
/* Calls `each` for every regular file below path, in byte order of paths. Symbolic links to directories are followed,
   but not to one that was walked already; a loop is reported through `trouble` and skipped, as is what cannot be
   read. A false from either stops the walk (WT_ECANCELED). Depth is bounded by 64. Passed over: below path, names
   that begin with a dot (.git and what else is hidden); bare git repositories (HEAD, objects and refs) and the work
   trees of archives (writethru.conf and .git). `trouble` hears of these only when path itself is one. */
typedef bool (*wt_file_each)(void *context, const char *path);
typedef bool (*wt_file_trouble)(void *context, const wt_error *err);
WT_API wt_status wt_dir_walk(const char *path, wt_file_each each, wt_file_trouble trouble, void *context,
                             wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
