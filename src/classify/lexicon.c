/* Reads the embedded lexicons, each language's once for the life of the process; guesses the language by its small words. */
#include "classify/lexicon.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

static const unsigned char numbers[] = {
#include "classify/data/numbers.inc"
};
static const unsigned char dates[] = {
#include "classify/data/dates.inc"
};
static const unsigned char speech[] = {
#include "classify/data/speech.inc"
};
static const unsigned char words[] = {
#include "classify/data/words.inc"
};
static const unsigned char notices[] = {
#include "classify/data/notices.inc"
};
static const unsigned char *const files[] = {numbers, dates, speech, words, notices};

static wt_span text_of(const unsigned char *file) {
  return wt_span_of((const char *)file);
}

static const char *const tag_names[LEX_TAGS] = {
    [LEX_NUMBER] = "number",     [LEX_ORDINAL] = "ordinal",   [LEX_SCALE] = "scale",   [LEX_UNIT] = "unit",
    [LEX_CURRENCY] = "currency", [LEX_BOUND] = "bound",       [LEX_AFTER] = "after",   [LEX_MONTH] = "month",
    [LEX_WEEKDAY] = "weekday",   [LEX_DAY] = "day",           [LEX_CLOCK] = "clock",   [LEX_PERIOD] = "period",
    [LEX_WHICH] = "which",       [LEX_AGO] = "ago",           [LEX_YEARLY] = "yearly", [LEX_SAY] = "say",
    [LEX_HEDGE] = "hedge",       [LEX_NOT] = "not",           [LEX_TITLE] = "title",   [LEX_COMMON] = "common",
    [LEX_STOP] = "stop",         [LEX_PARTICLE] = "particle", [LEX_TOLL] = "toll",     [LEX_SIDE] = "side",
    [LEX_NOTICE] = "notice",     [LEX_STAMP] = "stamp",       [LEX_PAGE] = "page",     [LEX_CLAIM] = "claim",
};

struct wt_lex_slot {
  uint64_t hash;
  const wt_lex_entry *entry; /* NULL: only the start of a longer form, or empty when longest is 0 */
  uint8_t longest;
};

static const char *const languages[] = {"en", "fr", "de", "es", "pt", "it"};
#define LANGUAGES (sizeof languages / sizeof *languages)
#define VOTERS 240u /* words that vote on the language */

/* Which languages have a word among their small ones. */
enum { BALLOTS = 4096 };
typedef struct ballots {
  struct ballot {
    wt_span word; /* empty: the slot is free */
    unsigned languages;
  } items[BALLOTS];
  size_t count;
} ballots;

static struct wt_lex_slot *slot_of(const wt_lexicon *lexicon, wt_span form) {
  uint64_t hash = wt_hash64(form);
  for (size_t i = hash & lexicon->mask;; i = (i + 1) & lexicon->mask) {
    struct wt_lex_slot *slot = &lexicon->slots[i];
    if (slot->longest == 0 || slot->hash == hash) return slot;
  }
}

static void reserve_slot(wt_lexicon *lexicon, struct wt_lex_slot *slot, wt_span form, uint8_t longest) {
  if (slot->longest == 0) {
    lexicon->count++;
    assert(lexicon->count * 2 < lexicon->mask + 1);
    slot->hash = wt_hash64(form);
  }
  if (slot->longest < longest) slot->longest = longest;
}

static wt_lex_tag tag_of(wt_span name) {
  for (unsigned i = 0; i < LEX_TAGS; i++)
    if (tag_names[i][0] == name.data[0] && wt_span_equal(name, wt_span_of(tag_names[i]))) return (wt_lex_tag)i;
  assert(false); /* a lexicon names an unknown tag */
  return LEX_STOP;
}

static wt_status add_entry(wt_lexicon *lexicon, wt_arena *arena, wt_span form, wt_lex_tag tag, wt_span value,
                           wt_error *err) {
  wt_lex_entry *entry = wt_arena_array(arena, 1, sizeof *entry);
  if (entry == NULL) return wt_fail(err, WT_ENOMEM, "lexicon", -1, "no memory left");
  entry->form = form;
  entry->value = value;
  entry->tag = tag;
  entry->words = 1;
  for (size_t i = 0; i < form.len; i++) entry->words = (uint8_t)(entry->words + (form.data[i] == ' '));
  for (size_t i = 0; i < form.len; i++)
    if (form.data[i] == ' ') {
      wt_span first = wt_span_sub(form, 0, i);
      reserve_slot(lexicon, slot_of(lexicon, first), first, entry->words);
      break;
    }
  struct wt_lex_slot *slot = slot_of(lexicon, form);
  reserve_slot(lexicon, slot, form, entry->words);
  entry->next = slot->entry;
  slot->entry = entry;
  return WT_OK;
}

/* One line `form, form = tag value`. Without a value the form is its own. */
static wt_status add_line(wt_lexicon *lexicon, wt_arena *arena, wt_span line, wt_error *err) {
  size_t equals = wt_span_find(line, WT_SPAN(" = "));
  if (equals == line.len) return WT_OK;
  wt_span forms = wt_span_sub(line, 0, equals), rest = wt_span_sub(line, equals + 3, line.len);
  size_t space = wt_span_find(rest, WT_SPAN(" "));
  wt_lex_tag tag = tag_of(wt_span_sub(rest, 0, space));
  wt_span value = wt_span_sub(rest, space + 1, rest.len);
  wt_status status = WT_OK;
  while (status == WT_OK && forms.len) {
    size_t comma = wt_span_find(forms, WT_SPAN(", "));
    wt_span form = wt_span_sub(forms, 0, comma);
    status = add_entry(lexicon, arena, form, tag, value.len ? value : form, err);
    forms = wt_span_sub(forms, comma + 2, forms.len);
  }
  return status;
}

/* The lines of the parts that are for all languages, or for the one chosen. */
static wt_status load(wt_lexicon *lexicon, wt_arena *arena, const unsigned char *file, wt_error *err) {
  wt_span rest = text_of(file), line;
  bool mine = true;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &rest)) {
    if (line.len == 0 || line.data[0] == '#') continue;
    if (line.data[0] == '[')
      mine = line.data[1] == '*' || wt_span_find(line, wt_span_of(lexicon->language)) == 1;
    else if (mine)
      status = add_line(lexicon, arena, line, err);
  }
  return status;
}

static bool is_letter(unsigned char c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0x80 || c == '\'';
}

/* ---- the vote ---- */

/* The lines of data/words from `[xx]` to the next part: the first forms there are the language's small words. */
static wt_span part_of(const char *language) {
  char mark[8] = {'\n', '[', language[0], language[1], ']', '\n', 0};
  wt_span all = text_of(words);
  size_t begin = wt_span_find(all, wt_span_of(mark));
  wt_span rest = wt_span_sub(all, begin + 6 < all.len ? begin + 6 : all.len, all.len);
  return wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("\n# common")));
}

/* Of the word, or where it would be. */
static size_t ballot_of(const ballots *all, wt_span word) {
  size_t i = wt_hash64(word) & (BALLOTS - 1);
  while (all->items[i].word.len && !wt_span_equal(all->items[i].word, word)) i = (i + 1) & (BALLOTS - 1);
  return i;
}

/* A small word is what stands before the first space of a line. */
static void read_ballots(ballots *all) {
  for (unsigned l = 0; l < LANGUAGES; l++) {
    wt_span rest = part_of(languages[l]), line;
    while (wt_span_line(&line, &rest)) {
      wt_span word = wt_span_sub(line, 0, wt_span_find(line, WT_SPAN(" ")));
      if (word.len == 0 || word.len == line.len) continue;
      struct ballot *ballot = &all->items[ballot_of(all, word)];
      if (ballot->word.len == 0) all->count++;
      assert(all->count * 2 < BALLOTS);
      ballot->word = word;
      ballot->languages |= 1u << l;
    }
  }
}

static void vote(unsigned votes[LANGUAGES], const ballots *all, wt_span word) {
  unsigned of = all->items[ballot_of(all, word)].languages;
  for (unsigned l = 0; of; l++, of >>= 1) votes[l] += of & 1;
}

static unsigned count_votes(unsigned votes[LANGUAGES], const ballots *all, const wt_units *units, unsigned left) {
  for (size_t u = 0; u < units->count && left; u++) {
    wt_span text = units->items[u].text;
    for (size_t i = 0; i < text.len && left;) {
      size_t begin = i;
      while (i < text.len && is_letter((unsigned char)text.data[i])) i++;
      if (i > begin) {
        vote(votes, all, wt_span_sub(text, begin, i));
        left--;
      } else {
        i++;
      }
    }
  }
  return left;
}

/* The language's number, or LANGUAGES for one that we do not know. */
static unsigned choose_language(const ballots *all, const wt_units *old, const wt_units *new, wt_span hint) {
  unsigned votes[LANGUAGES] = {0};
  unsigned left = count_votes(votes, all, new, VOTERS);
  left = count_votes(votes, all, old, left);
  unsigned voters = VOTERS - left, best = 0;
  for (unsigned i = 1; i < LANGUAGES; i++)
    if (votes[i] > votes[best]) best = i;
  unsigned chosen = voters >= 40 && votes[best] * 8 < voters ? LANGUAGES : best;
  if (voters < 12)
    for (unsigned i = 0; i < LANGUAGES; i++)
      if (hint.len >= 2 && memcmp(hint.data, languages[i], 2) == 0) chosen = i;
  return chosen;
}

/* ---- what is kept ---- */

static wt_status read_lexicon(wt_lexicon *out, wt_arena *arena, const char *language, wt_error *err) {
  memset(out, 0, sizeof *out);
  memcpy(out->language, language, strlen(language) + 1);
  out->decimal_comma = strcmp(language, "en") != 0;
  out->noun_capitals = strcmp(language, "de") == 0;
  size_t bytes = 0;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) bytes += text_of(files[i]).len;
  size_t slots = 1024;
  while (slots < bytes / 8) slots *= 2; /* a line has more than 8 bytes, and most are of other languages */
  out->mask = slots - 1;
  out->slots = wt_arena_array(arena, slots, sizeof *out->slots);
  if (out->slots == NULL) return wt_fail(err, WT_ENOMEM, "lexicon", -1, "no memory left");
  wt_status status = WT_OK;
  for (size_t i = 0; i < sizeof files / sizeof *files && status == WT_OK; i++) status = load(out, arena, files[i], err);
  return status;
}

/* Read when first asked for and kept to the end: the files are built in, so what was read never changes. */
static struct {
  pthread_mutex_t lock;
  ballots ballots;
  wt_lexicon lexicons[LANGUAGES + 1];
  wt_arena arenas[LANGUAGES + 1];
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const ballots *kept_ballots(void) {
  pthread_mutex_lock(&kept.lock);
  if (kept.ballots.count == 0) read_ballots(&kept.ballots);
  pthread_mutex_unlock(&kept.lock);
  return &kept.ballots;
}

wt_status wt_lexicon_open(wt_lexicon *out, const wt_units *old, const wt_units *new, wt_span hint, wt_error *err) {
  unsigned chosen = choose_language(kept_ballots(), old, new, hint);
  wt_lexicon *lexicon = &kept.lexicons[chosen];
  wt_status status = WT_OK;
  pthread_mutex_lock(&kept.lock);
  if (lexicon->slots == NULL) {
    status = read_lexicon(lexicon, &kept.arenas[chosen], chosen < LANGUAGES ? languages[chosen] : "", err);
    if (status != WT_OK) {
      wt_arena_release(&kept.arenas[chosen]);
      lexicon->slots = NULL;
    }
  }
  *out = *lexicon;
  pthread_mutex_unlock(&kept.lock);
  return status;
}

const wt_lex_entry *wt_lexicon_find(const wt_lexicon *lexicon, wt_span form, unsigned *longest) {
  const struct wt_lex_slot *slot = slot_of(lexicon, form);
  if (longest) *longest = slot->longest;
  if (slot->longest == 0 || slot->entry == NULL || !wt_span_equal(slot->entry->form, form)) return NULL;
  return slot->entry;
}

const wt_lex_entry *wt_lex_tagged(const wt_lex_entry *entry, wt_lex_tag tag) {
  while (entry && entry->tag != tag) entry = entry->next;
  return entry;
}
