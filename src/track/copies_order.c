/*
 * Which of two stories was first, in words. What a story says of itself goes before all: a canonical address at the other's
 * host, the credit of the other's agency. Then what the texts and the clocks say together (copies_kin.c). The clock is told
 * with it, also where it says the contrary.
 */
#include "copies_said.h"
#include "copies_source.h"

#define CLEAR 10 /* a weight below leaves it open */
#define DAY 86400

/* ---- clocks ---- */

static void put_span_of_time(wt_buf *out, wt_instant seconds) {
  if (seconds < 2 * 3600)
    wt_buf_put_format(out, "%d min", (int)(seconds / 60));
  else if (seconds < 2 * DAY)
    wt_buf_put_format(out, "%d h", (int)(seconds / 3600));
  else
    wt_buf_put_format(out, "%lld days", (long long)(seconds / DAY));
}

static void say_clock(wt_buf *out, const track_copies_row *this, const track_copies_row *other) {
  wt_instant apart = other->time - this->time;
  bool published = this->time != this->story.first || other->time != other->story.first;
  wt_buf_put_text(out, published ? "published " : "seen ");
  if (apart == 0) {
    wt_buf_put_text(out, "at the same time");
    return;
  }
  put_span_of_time(out, apart < 0 ? -apart : apart);
  wt_buf_put_text(out, apart < 0 ? " earlier" : " later");
}

/* ---- the decision ---- */

/* What the texts say, when it is what was believed; else NULL. */
static const char *what_texts_say(const track_kin_evidence *e, bool earlier) {
  int sign = earlier ? -1 : 1;
  if (sign * e->versions > CLEAR + CLEAR)
    return earlier ? "this one has what a later revision there brought" : "it has what a later revision here brought";
  if (sign * e->end > 0) return earlier ? "this one lacks its end" : "it lacks the end of this one";
  if (sign * e->lead > 0)
    return earlier ? "it stands here under another lead" : "this one stands there under another lead";
  if (sign * e->versions > 0) return earlier ? "it was worked on after" : "this one was worked on after";
  return NULL;
}

static void say(wt_copier *copier, wt_buf *why, const track_copies_row *this, const track_copies_row *other,
                const track_kin_evidence *evidence) {
  int said = track_copies_said(this, other), sign = copier->earlier ? -1 : 1;
  const char *texts = evidence != NULL ? what_texts_say(evidence, copier->earlier) : NULL;
  wt_instant apart = other->time - this->time;
  if (said * sign > 0) {
    wt_buf_put_text(why, track_copies_what_is_said(this, other, copier->earlier));
    return;
  }
  bool contrary = apart != 0 && (apart < 0) != copier->earlier;
  if (texts != NULL) {
    wt_buf_put_text(why, texts);
    wt_buf_put_text(why, contrary ? ", though " : ", and ");
  } else if (contrary) {
    wt_buf_put_text(why, "as the others that share it say, though ");
  }
  say_clock(why, this, other);
  bool own_outlet = wt_span_equal(this->story.outlet, other->story.outlet);
  int weight = evidence != NULL ? sign * track_kin_sum(evidence) : (apart < 0 ? -apart : apart) < 3600 ? 0 : CLEAR;
  copier->unsure = !own_outlet && weight < CLEAR;
  if (copier->unsure && texts == NULL && !contrary && apart != 0) wt_buf_put_text(why, ", too close to tell");
}

wt_status track_copies_order(wt_copier *copier, wt_arena *arena, const track_copies_row *this,
                             const track_copies_row *other, const track_kin_evidence *evidence, wt_error *err) {
  wt_buf why = {0};
  int said = track_copies_said(this, other);
  if (evidence == NULL) {
    copier->earlier = other->time < this->time ||
                      (other->time == this->time && wt_span_compare(other->story.path, this->story.path) < 0);
    copier->earlier = said != 0 ? said < 0 : copier->earlier;
  }
  say(copier, &why, this, other, evidence);
  wt_status status = wt_buf_status(&why, "copies", err);
  if (status == WT_OK) copier->because = wt_span_keep(arena, wt_buf_span(&why));
  wt_buf_release(&why);
  if (status == WT_OK && copier->because.data == NULL) status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  return status;
}
