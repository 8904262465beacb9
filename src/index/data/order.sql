-- What finds and orders stories and revisions. Made after the rows when all of them are loaded at once.
CREATE UNIQUE INDEX IF NOT EXISTS story_path ON story(path);
CREATE INDEX IF NOT EXISTS story_order ON story(outlet, first, path);
CREATE UNIQUE INDEX IF NOT EXISTS revision_number ON revision(story, number);
CREATE INDEX IF NOT EXISTS revision_when ON revision(story, captured);
CREATE INDEX IF NOT EXISTS revision_text ON revision(story, folded);
CREATE INDEX IF NOT EXISTS revision_time ON revision(captured);
