/* A bump allocator: one comparison, or one story, freed at once. */
#include "wt/base.h"

#include <string.h>

typedef struct wt_arena_chunk {
  struct wt_arena_chunk *next;
  size_t used, size; /* of the bytes that follow this header */
} wt_arena_chunk;

enum { ALIGN = 16, FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };
#define HEADER ((sizeof(wt_arena_chunk) + ALIGN - 1) / ALIGN * ALIGN)

void wt_arena_init(wt_arena *arena, size_t limit) {
  *arena = (wt_arena){.limit = limit};
}

void wt_arena_release(wt_arena *arena) {
  for (wt_arena_chunk *chunk = arena->chunks; chunk;) {
    wt_arena_chunk *next = chunk->next;
    wt_free(chunk);
    chunk = next;
  }
  *arena = (wt_arena){.limit = arena->limit};
}

/* Chunks double, so that a small story costs one small chunk and a large one few large ones. */
static size_t chunk_size(const wt_arena *arena, size_t need) {
  size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
  if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
  return size < need ? need : size;
}

static bool add_chunk(wt_arena *arena, size_t need) {
  size_t limit = arena->limit ? arena->limit : WT_ARENA_LIMIT;
  size_t size = chunk_size(arena, need);
  if (size > SIZE_MAX - HEADER) return false;
  if (size + HEADER > limit - arena->used) size = need;
  if (need > SIZE_MAX - HEADER || size + HEADER > limit - arena->used) return false;
  wt_arena_chunk *chunk = wt_alloc(HEADER + size);
  if (!chunk) return false;
  *chunk = (wt_arena_chunk){.next = arena->chunks, .size = size};
  arena->chunks = chunk;
  arena->used += HEADER + size;
  return true;
}

void *wt_arena_alloc(wt_arena *arena, size_t size) {
  if (size > SIZE_MAX - ALIGN) return NULL;
  size = (size + ALIGN - 1) / ALIGN * ALIGN;
  if (size == 0) size = ALIGN;
  if (!arena->chunks || arena->chunks->size - arena->chunks->used < size) {
    if (!add_chunk(arena, size)) return NULL;
  }
  char *start = (char *)arena->chunks + HEADER + arena->chunks->used;
  arena->chunks->used += size;
  return start;
}

void *wt_arena_array(wt_arena *arena, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) return NULL;
  void *array = wt_arena_alloc(arena, count * size);
  if (array) memset(array, 0, count * size);
  return array;
}

wt_span wt_span_keep(wt_arena *arena, wt_span span) {
  char *copy = span.len < SIZE_MAX ? wt_arena_alloc(arena, span.len + 1) : NULL;
  if (!copy) return (wt_span){NULL, 0};
  if (span.len) memcpy(copy, span.data, span.len);
  copy[span.len] = '\0';
  return (wt_span){copy, span.len};
}
