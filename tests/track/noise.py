#!/usr/bin/env python3
"""How much of what brings no new text stays out of `log`, over real histories; and that nothing else does.

Truth does not ask the program: a version brings no new text when its bytes are those of an earlier version, or differ from
one in typography (case, spaces, quotation marks, dashes, Markdown's own signs) or in link targets alone.
usage: noise.py HISTORIES PROGRAM ARCHIVE [--pages] [--show]
"""
import collections
import gzip
import html
import json
import re
import subprocess
import sys
import unicodedata

LINK = re.compile(r'(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)')


def without_targets(text):
    return LINK.sub(lambda m: m.group(1), text)


def folded(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"^\s*(?:[-=*_]\s*){3,}$|^\s*(?:[*+-]|#+)\s", " ", text, flags=re.M)
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0xAD: None})
    return " ".join(re.sub(r"[*_`\\]", "", text).split())


def kind_of(version, earlier):
    """What a version brings against all before it: exact, typography, links, or None for new text."""
    if any(version == e for e in earlier):
        return "return"
    if any(folded(version) == folded(e) for e in earlier):
        return "typography"
    if any(folded(without_targets(version)) == folded(without_targets(e)) for e in earlier):
        return "link targets"
    return None


def inline(text):
    text = html.escape(text, quote=False)
    text = re.sub(r'\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(((?:[^()\s]|\([^()\s]*\))*)[^()]*\)', r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", text)


def page(text):
    """The page that such Markdown was made from, near enough: paragraphs, headings, items, links."""
    out = []
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip().split("\n")
        if len(lines) == 2 and re.fullmatch(r"[-=]{3,}", lines[1].strip()):
            out.append(f"<h{1 if lines[1][0] == '=' else 2}>{inline(lines[0])}</h{1 if lines[1][0] == '=' else 2}>")
        elif re.match(r"#+ ", lines[0]):
            level = min(6, len(lines[0].split()[0]))
            out.append(f"<h{level}>{inline(lines[0].lstrip('# '))}</h{level}>")
        elif re.match(r"\s*([*+-]|\d+\.)\s", lines[0]):
            items = re.split(r"\n\s*(?:[*+-]|\d+\.)\s+", "\n" + block)
            out.append("<ul>" + "".join(f"<li>{inline(' '.join(i.split()))}</li>" for i in items if i.strip()) + "</ul>")
        elif block.strip():
            out.append(f"<p>{inline(' '.join(block.split()))}</p>")
    return "<!doctype html><html><head><title>Terms</title></head><body><article>" + "\n".join(out) + "</article></body></html>"


def main():
    histories, program, archive = sys.argv[1:4]
    pages, show = "--pages" in sys.argv, "--show" in sys.argv
    docs, rows = collections.OrderedDict(), []
    for line in gzip.open(histories, "rt", encoding="utf-8"):
        row = json.loads(line)
        slug = re.sub(r"[^a-z0-9]+", "-", row["doc"].lower()).strip("-")
        versions = docs.setdefault(slug, [])
        rows.append((slug, len(versions), kind_of(row["text"], versions) if versions else "first"))
        versions.append(row["text"])
        rows[-1] += (row["at"], row["text"])
    feed = ""
    for slug, _, _, at, text in rows:
        body = {"html": page(text)} if pages else {"text": text}
        feed += json.dumps({"url": f"https://terms.example.org/{slug}", "captured": at, **body}) + "\n"
    with open(archive + ".jsonl", "w") as out:
        out.write(feed)
    said = subprocess.run([program, "add", "-C", archive, "--json", archive + ".jsonl"], stdout=subprocess.PIPE).stdout
    answers = {json.loads(line)["record"]: json.loads(line) for line in said.decode().splitlines()}
    logged = subprocess.run([program, "log", "-C", archive, "--json"], stdout=subprocess.PIPE, check=True).stdout
    shown = {(r["story"], r["revision"]) for r in map(json.loads, logged.decode().splitlines())}
    total, quiet, loud = collections.Counter(), collections.Counter(), collections.Counter()
    for record, (slug, n, kind, _, _) in enumerate(rows, 1):
        a = answers.get(record, {"reason": "none", "story": "", "revision": 0})
        told = a["reason"] in ("revision", "new-story") or (a["reason"] != "unchanged" and (a["story"], a.get("revision")) in shown)
        total[kind] += 1
        quiet[kind] += not told
        loud[kind, a["reason"]] += 1
        if show and kind != "first" and told == (kind is not None):
            print(f"{slug} {n} {kind}: {a['reason']}: {a.get('subject')}")
    noise = [k for k in total if k not in (None, "first")]
    print(f"{len(rows)} versions of {len(docs)} documents as {'pages' if pages else 'text'}")
    for kind in noise:
        print(f"  {kind}: {quiet[kind]} of {total[kind]} carry a code and stay out of log")
    n, q = sum(total[k] for k in noise), sum(quiet[k] for k in noise)
    print(f"bring no new text: {n}; carry a code and stay out of log: {q} ({100 * q / max(1, n):.1f}%, wanted 95%)")
    print(f"bring new text: {total[None]}; of these kept out of log: {quiet[None]}")


main()
