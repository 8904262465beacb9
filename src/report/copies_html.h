/* copies_html: who else published a story, in words: how much, from which revision, what it lacks. */
#ifndef REPORT_COPIES_HTML_H
#define REPORT_COPIES_HTML_H

#include "report/html.h"

/* A section of a story's page; nothing when nobody shares text with it. */
void copies_put_html(html *page, const wt_copiers *copiers);
/* Members of an object: "copies":[...]. */
void copies_put_json(wt_json *json, const wt_copiers *copiers);
/* A section of what was found elsewhere; nothing when there is none. */
void copies_put_imported(html *page, const wt_imported_list *list);
/* "87%" of parts of 10,000; never 100% for less than all, never 0% for something. */
void copies_put_share(html *page, uint32_t parts);

#endif
