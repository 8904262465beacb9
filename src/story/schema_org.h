/* schema_org: the properties of a schema.org NewsArticle that are fields of a story. The writer (report/jsonld.c) and the reader
   of what it wrote (ingest/jsonld_file.c) go by this one list, so that a story comes back. */
#ifndef WT_STORY_SCHEMA_ORG_H
#define WT_STORY_SCHEMA_ORG_H

#include "wt/story.h"

static const struct {
  wt_story_field field;
  const char *name;
} schema_org[] = {
    {WT_FIELD_HEADLINE, "headline"},          {WT_FIELD_DECK, "description"},    {WT_FIELD_KICKER, "articleSection"},
    {WT_FIELD_DATELINE, "dateline"},          {WT_FIELD_CREDIT, "creditText"},   {WT_FIELD_URL, "url"},
    {WT_FIELD_CANONICAL, "mainEntityOfPage"}, {WT_FIELD_LANGUAGE, "inLanguage"}, {WT_FIELD_PUBLISHED, "datePublished"},
    {WT_FIELD_MODIFIED, "dateModified"},      {WT_FIELD_VERSION, "version"}};
enum { SCHEMA_ORG_FIELDS = sizeof schema_org / sizeof *schema_org };

#endif
