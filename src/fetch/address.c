/* Which addresses are of the public Internet: the special registries of RFC 6890, as IANA keeps them. */
#include "wt/fetch.h"

#include <string.h>

typedef struct range4 {
  uint32_t start;
  unsigned bits;
} range4;

static const range4 special4[] = {
    {0x00000000, 8},  /* this network */
    {0x0A000000, 8},  /* private */
    {0x64400000, 10}, /* shared by carriers */
    {0x7F000000, 8},  /* loopback */
    {0xA9FE0000, 16}, /* link-local, cloud metadata */
    {0xAC100000, 12}, /* private */
    {0xC0000000, 24}, /* protocol assignments */
    {0xC0000200, 24}, /* documentation */
    {0xC0586300, 24}, /* 6to4 relays */
    {0xC0A80000, 16}, /* private */
    {0xC6120000, 15}, /* benchmarks */
    {0xC6336400, 24}, /* documentation */
    {0xCB007100, 24}, /* documentation */
    {0xE0000000, 3},  /* multicast, reserved, broadcast */
};

static bool public4(const unsigned char *b) {
  uint32_t address = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
  for (size_t i = 0; i < sizeof special4 / sizeof *special4; i++)
    if ((address ^ special4[i].start) >> (32 - special4[i].bits) == 0) return false;
  return true;
}

static bool starts(const unsigned char *b, const char *prefix, size_t len) {
  return memcmp(b, prefix, len) == 0;
}

static bool public6(const unsigned char *b) {
  if (starts(b, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12)) return public4(b + 12);   /* mapped */
  if (starts(b, "\0\x64\xff\x9b\0\0\0\0\0\0\0\0", 12)) return public4(b + 12); /* NAT64 */
  if (starts(b, "\x20\x02", 2)) return public4(b + 2);                         /* 6to4 */
  if (starts(b, "\x20\x01\x0d\xb8", 4)) return false;                          /* documentation */
  if (starts(b, "\x3f\xff", 2) && b[2] < 0x10) return false;                   /* documentation (RFC 9637) */
  if (starts(b, "\x20\x01", 2) && b[2] < 2) return false;                      /* protocol assignments, Teredo */
  return (b[0] & 0xE0) == 0x20;                                                /* only 2000::/3 is given out */
}

bool wt_address_is_public(const unsigned char *bytes, size_t len) {
  if (len == 4) return public4(bytes);
  return len == 16 && public6(bytes);
}
