/* Reads the embedded lexicons into one hash table in the comparison's arena; guesses the language by its small words. */
#include "classify/lexicon.h"

#include <assert.h>
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

/* Votes of one word: a `stop` form of a language's part of data/words that equals it. */
static void vote(unsigned votes[LANGUAGES], wt_span word, const wt_span stops[LANGUAGES]) {
  char form[24];
  if (word.len + 2 > sizeof form) return;
  form[0] = '\n';
  memcpy(form + 1, word.data, word.len);
  memcpy(form + 1 + word.len, " ", 1);
  wt_span line = {form, word.len + 2};
  for (size_t i = 0; i < LANGUAGES; i++)
    if (wt_span_find(stops[i], line) < stops[i].len) votes[i]++;
}

/* The lines of data/words from `[xx]` to the next part: the first forms there are the language's small words. */
static wt_span part_of(const char *language) {
  char mark[8] = {'\n', '[', language[0], language[1], ']', '\n', 0};
  wt_span all = text_of(words);
  size_t begin = wt_span_find(all, wt_span_of(mark));
  wt_span rest = wt_span_sub(all, begin + 5 < all.len ? begin + 5 : all.len, all.len);
  return wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("\n# common")));
}

static unsigned count_votes(unsigned votes[LANGUAGES], const wt_units *units, unsigned left,
                            const wt_span stops[LANGUAGES]) {
  for (size_t u = 0; u < units->count && left; u++) {
    wt_span text = units->items[u].text;
    for (size_t i = 0; i < text.len && left;) {
      size_t begin = i;
      while (i < text.len && is_letter((unsigned char)text.data[i])) i++;
      if (i > begin) {
        vote(votes, wt_span_sub(text, begin, i), stops);
        left--;
      } else {
        i++;
      }
    }
  }
  return left;
}

static void choose_language(wt_lexicon *lexicon, const wt_units *old, const wt_units *new, wt_span hint) {
  unsigned votes[LANGUAGES] = {0};
  wt_span stops[LANGUAGES];
  for (size_t i = 0; i < LANGUAGES; i++) stops[i] = part_of(languages[i]);
  unsigned left = count_votes(votes, new, VOTERS, stops);
  left = count_votes(votes, old, left, stops);
  unsigned voters = VOTERS - left, best = 0;
  for (unsigned i = 1; i < LANGUAGES; i++)
    if (votes[i] > votes[best]) best = i;
  const char *chosen = voters >= 40 && votes[best] * 8 < voters ? "" : languages[best];
  if (voters < 12)
    for (size_t i = 0; i < LANGUAGES; i++)
      if (hint.len >= 2 && memcmp(hint.data, languages[i], 2) == 0) chosen = languages[i];
  memcpy(lexicon->language, chosen, strlen(chosen) + 1);
  lexicon->decimal_comma = strcmp(chosen, "en") != 0;
  lexicon->noun_capitals = strcmp(chosen, "de") == 0;
}

wt_status wt_lexicon_open(wt_lexicon *out, wt_arena *arena, const wt_units *old, const wt_units *new, wt_span hint,
                          wt_error *err) {
  memset(out, 0, sizeof *out);
  choose_language(out, old, new, hint);
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
