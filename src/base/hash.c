/* XXH3 for keys, SHA-256 for naming captures. */
#include "wt/base.h"

#include <nettle/sha2.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

wt_hash wt_hash_bytes(wt_span bytes) {
  XXH128_hash_t hash = XXH3_128bits(bytes.data, bytes.len);
  return (wt_hash){hash.high64, hash.low64};
}

uint64_t wt_hash64(wt_span bytes) {
  return XXH3_64bits(bytes.data, bytes.len);
}

bool wt_hash_equal(wt_hash a, wt_hash b) {
  return a.high == b.high && a.low == b.low;
}

int wt_hash_compare(wt_hash a, wt_hash b) {
  if (a.high != b.high) return a.high < b.high ? -1 : 1;
  return (a.low > b.low) - (a.low < b.low);
}

static const char digits[] = "0123456789abcdef";

void wt_hash_hex(char out[33], wt_hash hash) {
  for (unsigned i = 0; i < 16; i++) {
    out[i] = digits[hash.high >> (60 - 4 * i) & 15];
    out[16 + i] = digits[hash.low >> (60 - 4 * i) & 15];
  }
  out[32] = '\0';
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool wt_hash_parse(wt_hash *out, wt_span hex) {
  if (hex.len != 32) return false;
  uint64_t half[2] = {0, 0};
  for (size_t i = 0; i < 32; i++) {
    int value = digit_value(hex.data[i]);
    if (value < 0) return false;
    half[i / 16] = half[i / 16] << 4 | (uint64_t)value;
  }
  *out = (wt_hash){half[0], half[1]};
  return true;
}

void wt_sha256_hex(char out[65], wt_span bytes) {
  struct sha256_ctx context;
  uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_init(&context);
  sha256_update(&context, bytes.len, (const uint8_t *)bytes.data);
  sha256_digest(&context, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) {
    out[2 * i] = digits[digest[i] >> 4];
    out[2 * i + 1] = digits[digest[i] & 15];
  }
  out[64] = '\0';
}
