/* SHA-1 for the names of git objects. */
#include "wt/base.h"

#include <nettle/sha1.h>

_Static_assert(sizeof(struct sha1_ctx) <= sizeof(wt_sha1), "wt_sha1 holds nettle's state");

void wt_sha1_init(wt_sha1 *sha1) {
  sha1_init((struct sha1_ctx *)(void *)sha1);
}

void wt_sha1_put(wt_sha1 *sha1, wt_span bytes) {
  sha1_update((struct sha1_ctx *)(void *)sha1, bytes.len, (const uint8_t *)bytes.data);
}

void wt_sha1_end(unsigned char out[20], wt_sha1 *sha1) {
  sha1_digest((struct sha1_ctx *)(void *)sha1, SHA1_DIGEST_SIZE, out);
}
