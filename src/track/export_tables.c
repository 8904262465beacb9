/* The columns of every table, as the data dictionary prints them. */
#include "track/export.h"

static const export_column stories[] = {{"story", "text", "the story's name: its path in the archive"},
                                        {"outlet", "text", "who published it"},
                                        {"headline", "text", "of the current revision"},
                                        {"url", "text", "where the current revision was fetched"},
                                        {"canonical", "text", "the URL that the page itself calls canonical"},
                                        {"language", "text", "BCP 47"},
                                        {"first", "time", "capture of the earliest revision"},
                                        {"last", "time", "capture of the current revision"},
                                        {"seen", "time", "last sighting of any state"},
                                        {"revisions", "integer", "highest revision number"},
                                        {"current", "integer", "number of the current revision"},
                                        {"status", "text", "usable, corrected, withheld or canceled"},
                                        {"words", "integer", "of the current body"},
                                        {"quarantined", "integer", "captures that wait for a decision"},
                                        {"moved_to", "text", "the story that regroup made of it; empty: it stands"},
                                        {0}};

static const export_column revisions[] = {
    {"revision", "text", "STORY@N"},
    {"story", "text", "its story"},
    {"number", "integer", "from 1, never renumbered"},
    {"captured", "time", "time of capture"},
    {"headline", "text", "as this revision has it"},
    {"url", "text", "where it was fetched"},
    {"subject", "text", "what changed, in words"},
    {"reason", "text", "the reason code"},
    {"classes", "text", "what the edits mean, against the revision before it"},
    {"substantive", "boolean", "an edit can change what a reader believes"},
    {"unannounced", "boolean", "a change of fact with no notice in the new version"},
    {"developing", "boolean", "what changed is a toll, time or result that moves forward"},
    {"quiet", "boolean", "noise by its reason: log leaves it out"},
    {"status", "text", "usable, corrected, withheld or canceled"},
    {"words", "integer", "of the body"},
    {"commit", "text", "the git commit; erase changes it, the revision's name stays"},
    {0}};

static const export_column edits[] = {{"edit", "text", "STORY@N#K, K from 0 in the order of the new text, fields last"},
                                      {"revision", "text", "the revision that made it"},
                                      {"story", "text", "its story"},
                                      {"captured", "time", "of the revision"},
                                      {"kind", "text", "edit, add, delete, move, split, merge, typography or field"},
                                      {"field", "text", "of kind field: headline, deck, byline, ..."},
                                      {"moved", "boolean", "it stands elsewhere now"},
                                      {"classes", "text", "what it means"},
                                      {"substantive", "boolean", "it can change what a reader believes"},
                                      {"developing", "boolean", "a toll, time or result that moves forward"},
                                      {"why", "text", "a line for each class that a person can check"},
                                      {"old", "text", "the old sentences"},
                                      {"new", "text", "the new sentences"},
                                      {0}};

static const export_column sightings[] = {
    {"sighting", "integer", "number of its record in the journal"},
    {"story", "text", "its story; empty: none"},
    {"at", "time", "when it was seen"},
    {"assumed", "boolean", "the time is that of a file"},
    {"state", "text", "reason code, or not-modified, gone"},
    {"revision", "text", "the revision it made or confirmed"},
    {"url", "text", "where it was seen"},
    {"file", "text", "the file it came from"},
    {"decision", "text", "of a quarantined one: accepted or rejected; empty: it waits"},
    {0}};

static const export_column copies[] = {
    {"story", "text", "the story"},
    {"other", "text", "another story that shares its text"},
    {"earlier", "boolean", "the other was there first"},
    {"fits", "text", "the revision of the earlier of the two that the later one fits best"},
    {"relation", "text", "copy, partial, update or quotes"},
    {"contained", "share", "share of this story's words found in the other"},
    {"contains", "share", "share of the other's words found in this story"},
    {"shared_words", "integer", "words in common"},
    {0}};

static const export_column findings[] = {
    {"revision", "text", "STORY@N"},
    {"story", "text", "its story"},
    {"captured", "time", "of the revision"},
    {"finding", "text",
     "unannounced, developing, unmentioned, unmatched-notice, notice-came, notice-went, returned, status"},
    {"classes", "text", "what the edits of the revision mean"},
    {"text", "text", "what changed in words, the notice, the sentence that came back, or the status"},
    {"last_in", "text", "of returned: the revision that had the sentence last, STORY@N"},
    {0}};

const export_table export_tables[WT_TABLES] = {
    [WT_TABLE_STORIES] = {"One row a story.", stories},
    [WT_TABLE_REVISIONS] = {"One row a revision, by time of capture.", revisions},
    [WT_TABLE_EDITS] = {"One row an edit, each revision against the one before it by time of capture.", edits},
    [WT_TABLE_SIGHTINGS] = {"One row a capture, whatever became of it.", sightings},
    [WT_TABLE_COPIES] = {"One row a pair of stories that share text, in both directions.", copies},
    [WT_TABLE_FINDINGS] = {"One row a finding, by story and then by time of capture.", findings},
};
