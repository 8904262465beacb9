/*
 * ninjs: the names that our writer (report/ninjs.c) gives to what ninjs has no place for, so that what was written is read back
 * to the same story. A description with the role "writethru:FIELD" holds a field, a list's entry or the status.
 */
#ifndef WT_INGEST_NINJS_H
#define WT_INGEST_NINJS_H

#define WT_NINJS_PROFILE "writethru-story"
#define WT_NINJS_ROLE "writethru:"

#endif
