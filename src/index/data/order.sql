-- What finds and orders stories and revisions. Made after the rows when all of them are loaded at once.
CREATE UNIQUE INDEX story_path ON story(path);
CREATE INDEX story_order ON story(outlet, first, path);
CREATE UNIQUE INDEX revision_number ON revision(story, number);
CREATE INDEX revision_when ON revision(story, captured);
CREATE INDEX revision_text ON revision(story, folded);
CREATE INDEX revision_time ON revision(captured);
