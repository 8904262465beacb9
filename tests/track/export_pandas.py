"""Loads every exported table with pandas, as a researcher would: types, ids and joins hold."""
import pathlib
import sys

import pandas

folder = pathlib.Path(sys.argv[1])
tables = {name: pandas.read_csv(folder / f"{name}.csv") for name in
          ("stories", "revisions", "edits", "sightings", "copies", "findings")}
stories, revisions, edits = tables["stories"], tables["revisions"], tables["edits"]

assert stories["story"].is_unique and revisions["revision"].is_unique and edits["edit"].is_unique
assert revisions["story"].isin(stories["story"]).all()
assert edits["revision"].isin(revisions["revision"]).all()
assert tables["findings"]["revision"].isin(revisions["revision"]).all()
assert tables["copies"]["contained"].between(0, 1).all()
times = pandas.to_datetime(revisions["captured"], utc=True)
assert times.notna().all()
assert revisions["substantive"].dtype == bool
joined = edits.merge(revisions, on="revision", suffixes=("", "_of"))
assert len(joined) == len(edits)
for name, table in tables.items():
    lines = pandas.read_json(folder / f"{name}.jsonl", lines=True)
    assert len(lines) == len(table) and list(lines.columns) == ["schema", *table.columns], name
print(f"{len(tables)} passed, 0 failed")
