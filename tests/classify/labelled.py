#!/usr/bin/env python3
"""Scores the classes against tests/classify/labels.txt: precision, recall and F1 by class, macro F1, counts by source.

usage: labelled.py LABELS DATA JUDGE PROGRAM [--misses]
"""
import collections
import gzip
import hashlib
import json
import re
import subprocess
import sys

SKIP = {"lede", "moved", "split", "merge"}  # structure
BREAK = "\x1e"


def rows(data):
    texts = {}
    for line in gzip.open(f"{data}/alignment/news-pairs.jsonl.gz", "rt"):
        pair = json.loads(line)
        for i, (old, new) in enumerate(pair["rows"]):
            texts["news-pairs", f"{pair['id']}/{i}"] = (old, new)
    for n, line in enumerate(gzip.open(f"{data}/alignment/argrewrite.jsonl.gz", "rt")):
        doc = json.loads(line)
        for i, j in doc["links"]:
            texts["argrewrite", f"{n}/{i}-{j}"] = (doc["old"][i], doc["new"][j])
    return texts


def add_terms(texts, data, entries):
    """Lines of two neighbouring versions of a long document."""
    versions = collections.defaultdict(list)
    for line in gzip.open(f"{data}/histories/terms.jsonl.gz", "rt"):
        row = json.loads(line)
        versions[re.sub(r"[^a-z0-9]+", "-", row["doc"].lower()).strip("-")].append(row["text"].split("\n"))
    for source, row, _ in entries:
        if source == "terms":
            slug, version, pair = row.split("/")
            old, new = map(int, pair.split("-"))
            texts[source, row] = (plain(versions[slug][int(version) - 1][old]), plain(versions[slug][int(version)][new]))


def plain(line):
    """A line of Markdown as it is read: no link targets, no marks of its own."""
    line = re.sub(r"\[((?:[^\[\]])*)\]\([^)]*\)", r"\1", line)
    return " ".join(re.sub(r"\\|[*_#`]|^\s*(\d+\.|\*)\s", "", line).split())


def edit_of(program, data, row, cache={}):
    """What `writethru diff --json` says of the edit that holds a unit."""
    old, new, unit = row.split("|")
    if (old, new) not in cache:
        out = subprocess.run([program, "diff", "--json", f"{data}/{old}", f"{data}/{new}"], stdout=subprocess.PIPE).stdout
        cache[old, new] = json.loads(out)["edits"]
    side = "old" if unit[0] == "o" else "new"
    return next(e for e in cache[old, new] if int(unit[1:]) in e[side])


def score(items, name):
    right, said, want = collections.Counter(), collections.Counter(), collections.Counter()
    for labels, found in items:
        for c in labels:
            want[c] += 1
            right[c] += c in found
        for c in found:
            said[c] += 1
    f1 = {}
    for c in sorted(want):
        p, r = right[c] / max(1, said[c]), right[c] / want[c]
        f1[c] = 2 * p * r / (p + r) if p + r else 0
        if name == "all":
            print(f"  {c:12} {want[c]:4} labelled, {said[c]:4} said: precision {p:.3f} recall {r:.3f} F1 {f1[c]:.3f}")
    for c in sorted(set(said) - set(want)):
        print(f"  {c:12} said {said[c]} times, never labelled")
    print(f"{name}: {len(items)} rows, macro F1 {sum(f1.values()) / max(1, len(f1)):.3f}")


def main():
    labels_path, data, judge, program = sys.argv[1:5]
    texts, entries = rows(data), []
    for line in open(labels_path, encoding="utf-8"):
        if not line.startswith("#"):
            source, row, classes = line.split()
            entries.append((source, row, set(classes.split(","))))
    add_terms(texts, data, entries)
    context = ("The paragraph before this one says nothing of note to anybody.", "The paragraph behind it does the same again for all.")
    feed = ""
    for source, row, _ in entries:
        if source == "files":
            continue
        for side in texts[source, row]:
            feed += BREAK.join(t for t in (context[0], side.strip(), context[1]) if t) + "\t"
        feed = feed[:-1] + "\n"
    answers = subprocess.run([judge], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    items, by_source, halves = [], collections.defaultdict(list), ([], [])
    answers = iter(answers)
    for source, row, labels in entries:
        answer = edit_of(program, data, row) if source == "files" else json.loads(next(answers))
        found = set(answer["classes"]) - SKIP
        items.append((labels, found))
        by_source[source].append((labels, found))
        halves[int(hashlib.md5(row.encode()).hexdigest(), 16) % 2].append((labels, found))
        if "--misses" in sys.argv and labels != found:
            print(f"{source} {row} labelled {sorted(labels)} said {sorted(found)} {answer['why']}")
    for source in sorted(by_source):
        score(by_source[source], source)
    if all(halves) and len(items) > 200:
        score(halves[0], "half a")
        score(halves[1], "half b")
    score(items, "all")


main()
