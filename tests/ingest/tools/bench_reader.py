#!/usr/bin/env python3
"""Scores article readers against truth.jsonl: paragraphs (exact after folding, and word 4-grams), title, day, authors.

usage: bench_reader.py ARTICLES OURS.jsonl [--peer NAME=FILE.jsonl ...] [--show] [--half A|B]

A line of OURS is `extract --json`. A line of a peer is {"file","title","text":[paragraphs],"authors","published"}.
Half A is every second page from the first, half B the rest: rules are tuned on A alone.
"""
import argparse
import collections
import json
import os
import re
import unicodedata

QUOTES = {ord(c): "'" for c in "\u2018\u2019\u201a\u201b`\u00b4"}
QUOTES.update({ord(c): '"' for c in "\u201c\u201d\u201e\u201f\u00ab\u00bb"})
QUOTES.update({ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"})
QUOTES.update({ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"})
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def fold(text):
    text = unicodedata.normalize("NFC", text or "").casefold().translate(QUOTES)
    return " ".join(text.split())


def f1(hit, found, wanted):
    if found + wanted == 0:
        return 1.0
    return 2 * hit / (found + wanted)


def overlap(found, wanted):
    return sum((found & wanted).values()), sum(found.values()), sum(wanted.values())


def paragraphs(texts):
    return collections.Counter(t for t in map(fold, texts) if t)


def grams(texts):
    words = WORD.findall(" ".join(map(fold, texts)))
    if len(words) < 4:
        return collections.Counter([tuple(words)] if words else [])
    return collections.Counter(zip(words, words[1:], words[2:], words[3:]))


def day(text):
    return (text or "")[:10]


def ours(line):
    row = json.loads(line)
    body = [p["text"] for p in row["paragraphs"] if p["kind"] in ("paragraph", "subhead", "quote", "item")]
    authors = list(row.get("bylines") or [])
    return row["file"], {
        "title": row["headline"], "text": ([row["deck"]] if row.get("deck") else []) + body,
        "authors": authors + ([row["credit"]] if not authors and row.get("credit") else []),
        "published": row.get("published"), "row": row}


def peer(line):
    row = json.loads(line)
    return row["file"], row


def load(path, read):
    with open(path, encoding="utf-8") as lines:
        return dict(read(line) for line in lines if line.strip())


def score(truth, rows):
    total = collections.Counter()
    para_mean, gram_mean = [], []
    per_page = []
    for want in truth:
        got = rows.get(want["file"]) or {"title": None, "text": [], "authors": [], "published": None}
        p = overlap(paragraphs(got["text"]), paragraphs(want["paragraphs"]))
        g = overlap(grams(got["text"]), grams(want["paragraphs"]))
        for name, value in zip(("ph", "pf", "pw", "gh", "gf", "gw"), p + g):
            total[name] += value
        para_mean.append(f1(*p))
        gram_mean.append(f1(*g))
        title = fold(got["title"]) == fold(want["title"])
        total["title"] += title
        right_day = day(got["published"]) == day(want["published"])
        total["day"] += right_day
        a = overlap(paragraphs(got["authors"] or []), paragraphs(want["authors"] or []))
        for name, value in zip(("ah", "af", "aw"), a):
            total[name] += value
        per_page.append((f1(*p), f1(*g), title, right_day, f1(*a), want["file"]))
    n = len(truth)
    return {
        "par": f1(total["ph"], total["pf"], total["pw"]), "par mean": sum(para_mean) / n,
        "4gram": f1(total["gh"], total["gf"], total["gw"]), "4gram mean": sum(gram_mean) / n,
        "title": total["title"] / n, "day": total["day"] / n, "authors": f1(total["ah"], total["af"], total["aw"])}, per_page


def main():
    args = argparse.ArgumentParser()
    args.add_argument("articles")
    args.add_argument("ours")
    args.add_argument("--peer", action="append", default=[])
    args.add_argument("--show", action="store_true")
    args.add_argument("--half")
    args = args.parse_args()
    with open(os.path.join(args.articles, "truth.jsonl"), encoding="utf-8") as lines:
        truth = [json.loads(line) for line in lines]
    halves = {"A": truth[0::2], "B": truth[1::2]}
    systems = {"writethru": load(args.ours, ours)}
    for name in args.peer:
        name, path = name.split("=", 1)
        systems[name] = load(path, peer)
    for half, rows in halves.items():
        if args.half and half != args.half:
            continue
        print(f"half {half}, {len(rows)} pages")
        for name, found in systems.items():
            figures, pages = score(rows, found)
            print(f"  {name:14}" + "  ".join(f"{k} {v:.4f}" for k, v in figures.items()))
            if args.show and name == "writethru":
                for page in sorted(pages):
                    print("    par %.3f  4gram %.3f  title %d  day %d  authors %.2f  %s" % page)


if __name__ == "__main__":
    main()
