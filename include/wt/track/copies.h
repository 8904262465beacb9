/*
 * track/copies: who shares text with whom, and how much.
 *
 * A set of stories is filled in the order of time, then learns what is boilerplate in it, then answers for each story what
 * it shares with the earlier ones.
 *
 * Boilerplate is learned, never listed: a passage that one outlet runs in several stories that share nothing else, or that
 * comes back over weeks in stories that share nothing else. A syndicated passage is different: the stories around it are
 * one story.
 *
 * Invariants
 *   - A pair counts only when its texts were aligned and share words that are no boilerplate.
 *   - The answer depends on the stories and their order alone.
 *   - The set copies what it keeps.
 *
 *     wt_copies *set;
 *     if (wt_copies_open(&set, NULL, &err) != WT_OK) return ...;
 *     for (each story in order of time) wt_copies_add(set, &story, &err);
 *     wt_copies_learn(set, &err);
 *     for (size_t i = 0; i < wt_copies_count(set); i++) wt_copies_of(set, i, each, context, &err);
 *     wt_copies_close(set);
 */
#ifndef WT_TRACK_COPIES_H
#define WT_TRACK_COPIES_H

#include "../fingerprint.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_copies wt_copies;

typedef struct wt_copies_options {
  uint32_t
      sample;   /* one shingle in so many is kept, of a short story every one; 0: 2, which finds a passage of ten words
                      nearly always */
  size_t limit; /* ceiling of memory in bytes; 0: 16 GiB */
} wt_copies_options;

/* A story as a stream or an archive gives it. All but text may be empty. */
typedef struct wt_copies_story {
  wt_span url, outlet, headline;
  wt_span text;          /* UTF-8, paragraphs end at LF */
  const wt_story *story; /* headline and body instead of `headline` and `text`; NULL: those */
  wt_instant published;  /* WT_INSTANT_NONE: not known */
} wt_copies_story;

/* How much two stories have in common, in the words of a news desk. */
typedef enum wt_relation {
  WT_RELATION_QUOTES,  /* a passage or a quotation: the stories are two */
  WT_RELATION_PARTIAL, /* a good part of one of them */
  WT_RELATION_UPDATE,  /* the same outlet told it again with changes */
  WT_RELATION_COPY     /* most of both */
} wt_relation;
WT_API const char *wt_relation_name(wt_relation relation); /* "copy", "partial", "update", "quotes" */

/* One run of words that both have. */
typedef struct wt_passage {
  uint32_t this_begin, other_begin; /* number of the first word in each */
  uint32_t words;
} wt_passage;

/* A verified pair. */
typedef struct wt_copy {
  size_t other;          /* number of the earlier story */
  uint32_t shared_words; /* of this story's words, those found in the other */
  uint32_t contained;    /* their share of this story, in parts of 10,000 */
  uint32_t contains;     /* the share of the other story's words found in this one */
  uint32_t own;          /* the larger of both among the words that are no boilerplate */
  uint32_t longest;      /* words of the longest run of these that both have */
  wt_relation relation;
} wt_copy;
/* Does the later story belong to the cluster that the earlier one leads? A quarter of a story makes `partial`, which a story
   shares with the one that it follows up; and words of a form agree here and there, but in no run. */
WT_API bool wt_copy_joins(const wt_copy *copy);
/* Most shared words first, then the earlier story. Valid during the call. A false stops (WT_OK). */
typedef bool (*wt_copy_each)(void *context, const wt_copy *copy);
/* An earlier story under the same folded headline; earliest first. */
typedef bool (*wt_twin_each)(void *context, size_t other);

WT_API wt_status wt_copies_open(wt_copies **out, const wt_copies_options *options, wt_error *err);
WT_API void wt_copies_close(wt_copies *set); /* NULL is fine */
/* Adds the next story in the order of time. WT_ENOMEM; WT_ELIMIT past 2^31 stories or words. Some 10 microseconds. */
WT_API wt_status wt_copies_add(wt_copies *set, const wt_copies_story *story, wt_error *err);
/* The same from a line of JSON, {"url","outlet","headline","published","text"}: WT_EFORMAT with the byte when it is none. */
WT_API wt_status wt_copies_add_line(wt_copies *set, wt_span line, wt_error *err);
/* To be called after the last story and before the first question. */
WT_API wt_status wt_copies_learn(wt_copies *set, wt_error *err);
WT_API size_t wt_copies_count(const wt_copies *set);
WT_API wt_span wt_copies_url(const wt_copies *set, size_t story);
WT_API wt_span wt_copies_outlet(const wt_copies *set, size_t story);
WT_API uint32_t wt_copies_words(const wt_copies *set, size_t story);
/* How many of a story's words are boilerplate. */
WT_API uint32_t wt_copies_boilerplate(const wt_copies *set, size_t story);
/* What `story` shares with earlier ones. Some 5 microseconds a candidate. */
WT_API wt_status wt_copies_of(wt_copies *set, size_t story, wt_copy_each each, void *context, wt_error *err);
/* The same with earlier and later ones. */
WT_API wt_status wt_copies_around(wt_copies *set, size_t story, wt_copy_each each, void *context, wt_error *err);
/* The runs of five words and more that two stories have in common, in the order of the other one. Borrowed until the next
   call on the set. */
WT_API wt_status wt_copies_passages(const wt_passage **out, size_t *count, wt_copies *set, size_t story, size_t other,
                                    wt_error *err);
WT_API wt_status wt_copies_twins(wt_copies *set, size_t story, wt_twin_each each, void *context, wt_error *err);
/* Appends the line of `copies --stream --json` for a story, without a line end. */
WT_API wt_status wt_copies_print_json(wt_buf *out, wt_copies *set, size_t story, wt_error *err);

/* ---- filters: the same in three steps that sort, or any map-reduce engine, joins ----
 *
 *   stories        one JSON object a line
 *   fingerprint    KEY TAB STORY, one line a key; STORY is `number keys url`, the number in ten digits and by time
 *     sort
 *   candidates     STORY TAB STORY, later first, one line for each key that two stories share
 *     sort
 *   copies --pairs leader's url TAB member's url TAB shared keys TAB their share of the smaller story's keys
 *
 * sort is `LC_ALL=C sort`. Nothing is aligned: a pair needs two keys and a third of the smaller story's, and a key that more
 * than WT_FILTER_OF_ONE_KEY stories have is passed over as boilerplate.
 *
 * A line of candidates may end in TAB COUNT and then stands for so many. With tell_hot a key that is passed over gives
 * `# TAB KEY TAB STORIES`.
 */
#define WT_FILTER_OF_ONE_KEY 256u

/* Appends the lines of one story. room is reused: zero it first, release it last. WT_EFORMAT: the line is no JSON object;
   WT_ELIMIT: the number is 2^32 - 1. */
WT_API wt_status wt_filter_keys(wt_buf *out, wt_fingerprint *room, uint32_t number, wt_span json_line, wt_error *err);

/* Zero it first. */
typedef struct wt_filter {
  wt_buf last;         /* the key, or the pair, of the lines before */
  wt_buf stories;      /* of that key, LF after each; the last alone when there are too many */
  size_t story_at;     /* where the last begins */
  bool tell_hot;       /* set by the caller: tell the keys that are passed over */
  uint32_t count;      /* of stories, or of equal pairs */
  uint64_t *followers; /* a bit a story: it leads no cluster */
  size_t follower_words;
  uint64_t joined; /* 1 + number of the last story that joined a cluster */
} wt_filter;
WT_API void wt_filter_release(wt_filter *filter);
/* Takes the next sorted line and appends what is complete; _end appends the rest. WT_EFORMAT: no such line. */
WT_API wt_status wt_filter_candidates(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err);
WT_API wt_status wt_filter_candidates_end(wt_buf *out, wt_filter *filter, wt_error *err);
WT_API wt_status wt_filter_pairs(wt_buf *out, wt_filter *filter, wt_span line, wt_error *err);
WT_API wt_status wt_filter_pairs_end(wt_buf *out, wt_filter *filter, wt_error *err);
/* Sorts the lines of a buffer as `LC_ALL=C sort` does. */
WT_API wt_status wt_filter_sort(wt_buf *lines, wt_error *err);

/* ---- packed filters: the same for an engine that shuffles bytes and leaves sorting to the program ----
 *
 *   stories                  a block of them, one JSON object a line; the number of a story is its line's, from 0
 *   fingerprint --parts N    frames `keys PART`, `stories 0`, `bad 0` and last `read 0`
 *     the keys of one part from all blocks come together, as frames `keys FIRST`: the number of their block's first line
 *   candidates --parts N     frames `pairs PART`, `hot 0`
 *     the pairs of one part come together, bare
 *   copies --pairs --packed  NUMBER TAB KEYS TAB NUMBER TAB KEYS TAB SHARED, by number: pairs that share enough
 *
 * A frame is a line `NAME NUMBER BYTES` and then so many bytes:
 *
 *   keys     16 bytes each: key (8), number of the story (4), how many keys it has (4); the high byte first
 *   pairs    16 bytes for each key that two stories share: the lower number (4), the other one (4), the keys of each (4, 4)
 *   stories  lines: NUMBER TAB seconds since 1970, or nothing TAB URL
 *   bad      lines: NUMBER TAB byte TAB reason TAB the first 200 bytes of the line
 *   read     a line: LINES TAB BYTES of the block
 *   hot      lines: KEY in hex TAB STORIES
 *
 * What comes out does not depend on the order of what goes in. A part must fit into memory: 32 bytes a record.
 */
typedef struct wt_packed { /* a key, or two numbers in one; number and keys, or the keys of both */
  uint64_t key;
  uint32_t a, b;
} wt_packed;

typedef struct wt_packing {
  uint32_t parts;
  size_t frame;             /* bytes at which a part is sent on */
  wt_buf *by_part;          /* keys or pairs that wait */
  wt_buf stories, bad, hot; /* lines that wait */
  wt_packed *records;       /* keys or pairs of one part */
  size_t count, capacity, at;
  wt_fingerprint room;
} wt_packing;
/* parts is 1 or more; of what writes no parts, 1. WT_ENOMEM. */
WT_API wt_status wt_packing_init(wt_packing *packing, uint32_t parts, wt_error *err);
WT_API void wt_packing_release(wt_packing *packing);
/* Appends the frames that are full. A line that is no story is told in `bad`. WT_ELIMIT: the number is 2^32 - 1 or more. */
WT_API wt_status wt_pack_story(wt_buf *out, wt_packing *packing, uint64_t number, uint64_t byte, wt_span line,
                               wt_error *err);
/* Appends the frames that are left. */
WT_API wt_status wt_pack_read(wt_buf *out, wt_packing *packing, uint64_t lines, uint64_t bytes, wt_error *err);
/* Takes keys or pairs; after the last, sort. WT_EFORMAT: no whole records; WT_ELIMIT: too many, or numbers too high. */
WT_API wt_status wt_pack_take_keys(wt_packing *packing, uint64_t first, wt_span keys, wt_error *err);
WT_API wt_status wt_pack_take_pairs(wt_packing *packing, wt_span pairs, wt_error *err);
WT_API wt_status wt_packing_sort(wt_packing *packing, wt_error *err);
/* Appends what the next key, or the next pair, gives. False after the last; ask wt_buf_status then. */
WT_API bool wt_pack_candidates(wt_buf *out, wt_packing *packing);
WT_API bool wt_pack_verified(wt_buf *out, wt_packing *packing);

#ifdef __cplusplus
}
#endif
#endif
