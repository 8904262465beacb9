/*
 * makers: threads that make pages, so that no connection waits while another's page is made.
 *
 * Each has an open archive of its own. Who else ran a story needs the whole archive's texts in memory: one thread alone
 * makes such pages, so that the texts are held once, and whoever asks for them in a loop holds up nobody else.
 */
#ifndef WEB_MAKERS_H
#define WEB_MAKERS_H

#include "wt/track.h"

/* What waits to be made. The first member of the caller's own. */
typedef struct web_job {
  struct web_job *next;
} web_job;

typedef struct web_makers web_makers;

/* Makes what a job asks for and tells whoever waits for it. track is NULL when there is no time left to make it. */
typedef void web_make(void *context, web_job *job, wt_track *track);

wt_status web_makers_open(web_makers **out, const char *dir, unsigned count, web_make *make, void *context,
                          wt_error *err);
/* Ends what is being made, and gives every job that waits to `make` with no track. Then nothing more is taken. */
void web_makers_stop(web_makers *all);
void web_makers_close(web_makers *all); /* stops first; may be NULL */
/* False: too many wait already, or all is over; the job is still the caller's. */
bool web_makers_ask(web_makers *makers, web_job *job, bool needs_all_texts);

#endif
