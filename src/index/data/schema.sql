-- The catalogue of an archive. All of it follows from git; delete the file at any time.
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- What a story's text says is in the row of its current revision.
CREATE TABLE story(
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, outlet TEXT NOT NULL, first INTEGER, last INTEGER, seen INTEGER,
  revisions INTEGER NOT NULL, current INTEGER NOT NULL, tip BLOB, tip_blob BLOB, quarantined INTEGER NOT NULL DEFAULT 0,
  moved_to TEXT);

-- A revision has its place in main, from 1. Up to `words` come from its commit, the rest from its text; words is NULL while
-- that is not read. canonical is 1 where it is the url.
CREATE TABLE revision(
  place INTEGER PRIMARY KEY, story INTEGER NOT NULL, number INTEGER NOT NULL, id BLOB NOT NULL, blob BLOB, capture BLOB,
  previous BLOB, captured INTEGER NOT NULL, subject TEXT, url TEXT, reason TEXT, folded BLOB, classes INTEGER NOT NULL,
  flags INTEGER NOT NULL, moved_to TEXT,
  words INTEGER, status INTEGER, key BLOB, headline TEXT, language TEXT, canonical);

CREATE TABLE sighting(
  record INTEGER PRIMARY KEY, story INTEGER NOT NULL, at INTEGER NOT NULL, assumed INTEGER NOT NULL, state TEXT NOT NULL,
  revision INTEGER NOT NULL, url TEXT, file TEXT, capture BLOB, input BLOB NOT NULL, folded BLOB NOT NULL, decision TEXT,
  given_headline TEXT, given_published TEXT);
CREATE INDEX sighting_story ON sighting(story, at);
CREATE INDEX sighting_waits ON sighting(story, at) WHERE decision IS NULL AND state >= 'quarantined' AND state < 'quarantinee';

-- What names a story within its outlet. The highest `rank` is the present meaning.
CREATE TABLE identity(kind INTEGER NOT NULL, value TEXT NOT NULL, outlet TEXT NOT NULL, story INTEGER NOT NULL, rank INTEGER,
  PRIMARY KEY(kind, value, outlet, story)) WITHOUT ROWID;
CREATE INDEX identity_story ON identity(story);

-- Samples of texts, mixed with their outlet's hash.
CREATE TABLE sample(hash INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY(hash, story)) WITHOUT ROWID;

-- Hash of a folded headline, and the story that carried it.
CREATE TABLE headline(hash INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY(hash, story)) WITHOUT ROWID;

-- Folded words that a revision brought; rowid is story * 2^20 + number. Texts are read from git to verify.
CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 2");

-- What the watcher knows of a URL: the journal's last record of it. next is NULL when it is never asked again.
CREATE TABLE watch(
  url TEXT PRIMARY KEY, source TEXT NOT NULL, is_source INTEGER NOT NULL, etag TEXT, last_modified TEXT, state TEXT NOT NULL,
  path TEXT, first INTEGER, checked INTEGER, changed INTEGER, next INTEGER, factor INTEGER NOT NULL, trouble INTEGER NOT NULL
  ) WITHOUT ROWID;
CREATE INDEX watch_next ON watch(next) WHERE next IS NOT NULL;

-- Copies found elsewhere and imported: a row a pair. leader and member are normal forms of the URLs beside them.
CREATE TABLE imported(
  leader TEXT NOT NULL, member TEXT NOT NULL, leader_url TEXT NOT NULL, member_url TEXT NOT NULL, keys INTEGER NOT NULL,
  share INTEGER NOT NULL, leader_published INTEGER, published INTEGER, at INTEGER NOT NULL, PRIMARY KEY(leader, member)
  ) WITHOUT ROWID;
CREATE INDEX imported_member ON imported(member);
