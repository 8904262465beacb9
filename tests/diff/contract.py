#!/usr/bin/env python3
"""What `writethru diff --json` promises, held to on made-up prose in many scripts.

contract.py PROGRAM [COUNT [SEED]]: so many pairs of texts, half of them as lines already cut, half as plain text that the reader
cuts, some with a byte order mark, a NUL, bytes that are no UTF-8. Each is made of its own number, which is named when it fails.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

CLASSES = set("headline deck byline dateline number date name quote attribution hedge negation correction lede moved split merge "
              "wording typography spelling furniture".split())
SHAPES = {"keep": (1, 1), "move": (1, 1), "edit": (1, 1), "add": (0, 1), "delete": (1, 0)}
WORDS = ("the mayor said on Monday that 12 people were killed in fire at Vell bridge police two of them not allegedly 15 Berg "
         "claimed council will vote $1.5 million 40% in May 2024 ferry ran aground north of Skarholm").split()
LETTERS = ["abcdefghij klmnop \u00e9\u00fc\u00f1\u00e7\u00f8", "\u0430\u0431\u0432\u0433\u0434\u0435 \u0436\u0437\u0438",
           "\u0627\u0628\u062a\u062b\u062c \u062d\u062e\u062f", "\u05d0\u05d1\u05d2\u05d3 \u05d4\u05d5\u05d6",
           "\u4e2d\u6587\u65b0\u95fb\u62a5\u9053\u5e02\u957f\u4eca\u5929\u706b\u707e",
           "\u5e02\u9577\u306f\u6708\u66dc\u65e5\u306b", "\uc2dc\uc7a5\uc740 \uc6d4\uc694\uc77c\uc5d0",
           "\u0e19\u0e32\u0e22\u0e01\u0e40\u0e17\u0e28\u0e21\u0e19\u0e15\u0e23\u0e35",
           "\u092e\u0939\u093e\u092a\u094c\u0930 \u0928\u0947 \u0915\u0939\u093e",
           ["\U0001F468\u200d\U0001F469\u200d\U0001F467", "\U0001F44D\U0001F3FD", "\U0001F1F3\U0001F1F4", "e\u0301",
            "a\u0308\u0323", " "],
           ["\u201c", "\u201d", "\"", "'", "\u2019", "\u2014", "-", "\u00a0", ".", "!", "(", "]", "\u00ad", "\u200b", "10,000 "],
           ["\u2028", "\u0085", "\u202e", "\t", "\f", "x ", "y "]]


class Broken(Exception):
    pass


def need(holds, what):
    if not holds:
        raise Broken(what)


# ---- what is promised ----

def folded(text):
    """As the design says it, and what typewriters make of dashes and ellipses."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    text = "".join(c for c in text if unicodedata.category(c) != "Cf" and not "\ufe00" <= c <= "\ufe0f")
    for kept, forms in (("'", "[\u2018\u2019]"), ('"', "[\u201c\u201d]|''|``"), ("...", "\u2026"), ("-", "[-\u2010-\u2015]+")):
        text = re.sub(forms, kept, text)
    return re.sub(r"\s+", " ", text).strip()


def boundaries(text):
    return {i for i in range(len(text) + 1) if i == len(text) or text[i] & 0xC0 != 0x80}


def check_span(span, edit, old, new):
    (o, n), op = span["unit"], span["op"]
    taken, put = "", ""
    if op != "insert":
        need(o in edit["old"] and set(span["old"]) <= boundaries(old[o]), f"old span {span}")
        taken = old[o][slice(*span["old"])].decode()
    if op != "delete":
        need(n in edit["new"] and set(span["new"]) <= boundaries(new[n]), f"new span {span}")
        put = new[n][slice(*span["new"])].decode()
    need(op != "insert" or (span["old"][0] == span["old"][1] and put), "an insertion has new text alone")
    need(op != "delete" or (span["new"][0] == span["new"][1] and taken), "a deletion has old text alone")
    need(op not in ("keep", "move") or folded(taken) == folded(put), f"{op} of {taken!r} as {put!r}")


def check_cover(edit, side, units):
    """Spans of one side, in the order of the text, are that text."""
    at, other = (0, "insert") if side == "old" else (1, "delete")
    for number in edit[side]:
        mine = [s[side] for s in edit["words"] if s["unit"][at] == number and s["op"] != other]
        if side == "old":
            mine.sort()  # but for what moved the old text is in order, too
        need(b"".join(units[number][slice(*s)] for s in mine) == units[number], f"{side} unit {number} is not covered")


def check_edit(edit, old, new):
    kind, classes = edit["kind"], edit["classes"]
    shape = (len(edit["old"]), len(edit["new"]))
    need(SHAPES.get(kind, shape) == shape, f"{kind} of {shape}")
    need((kind == "split") == (shape[1] > 1) and (kind == "merge") == (shape[0] > 1), f"{kind} of {shape}")
    need(set(classes) <= CLASSES and len(set(classes)) == len(classes), f"classes {classes}")
    need(edit["moved"] == ("moved" in classes), "moved and not of the class, or the reverse")
    need(kind in ("edit", "split", "merge") or edit["moved"] == (kind == "move"), f"{kind}, moved {edit['moved']}")
    need(kind not in ("split", "merge") or kind in classes, f"{kind} without its class")
    need(not edit["substantive"] or classes, "substantive, of no class")
    if kind in ("keep", "move"):
        same = old[edit["old"][0]] == new[edit["new"][0]]
        need(not edit["substantive"] and ("typography" in classes) != same, f"{kind} of class {classes}")
    else:
        need(classes, f"{kind} of no class")
    for span in edit["words"]:
        check_span(span, edit, old, new)
    if edit["words"] or kind in ("edit", "split", "merge"):
        check_cover(edit, "old", old)
        check_cover(edit, "new", new)


def check(diff, code, same):
    need(diff["schema"] == 1 and code == (0 if same else 1), f"exit {code}")
    old, new = ([u["text"].encode() for u in diff[side]["units"]] for side in ("old", "new"))
    for side, units in (("old", old), ("new", new)):
        taken = sorted(number for edit in diff["edits"] for number in edit[side])
        need(taken == list(range(len(units))), f"an {side} unit is not in exactly one edit")
    counts = {}
    for one in diff["edits"] + diff["fields"]:
        for name in one["classes"]:
            counts[name] = counts.get(name, 0) + 1
    need({k: v for k, v in diff["classes"].items() if v} == counts, "classes do not add up")
    need(diff["substantive"] or not any(edit["substantive"] for edit in diff["edits"]), "an edit is substantive, the whole not")
    for edit in diff["edits"]:
        check_edit(edit, old, new)


# ---- prose ----

def word(chance):
    if chance.random() < .6:
        return chance.choice(WORDS)
    letters = chance.choice(LETTERS)
    return "".join(chance.choice(letters) for _ in range(chance.randint(1, 8)))


def sentence(chance):
    text = " ".join(word(chance) for _ in range(chance.choice((1, 2, 5, 12, 25))))
    return text[:1].upper() + text[1:] + chance.choice((".", ".", "!", "?", "", "\u3002", "\u0964", ".\u201d"))


def reworded(chance, text):
    words = text.split(" ")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(words))
        how = chance.randrange(6)
        if how == 0:
            words[at] = word(chance)
        elif how == 1:
            words.insert(at, word(chance))
        elif how == 2 and len(words) > 1:
            words.pop(at)
        elif how == 3:
            other = chance.randrange(len(words))
            words[at], words[other] = words[other], words[at]
        elif how == 4:
            words = [w.replace("'", "\u2019").replace("-", "\u2013") for w in words]
        else:
            words[at] = chance.choice((words[at].upper(), unicodedata.normalize("NFD", words[at])))
    return " ".join(words)


def edited(chance, paragraphs):
    text = [list(p) for p in paragraphs]
    for _ in range(chance.randint(0, 6)):
        filled = [p for p in text if p]
        if not filled:
            text.append([sentence(chance)])
            continue
        here = chance.choice(filled)
        at, how = chance.randrange(len(here)), chance.randrange(7)
        if how < 2:
            here[at] = reworded(chance, here[at])
        elif how == 2:
            here.insert(at, sentence(chance))
        elif how == 3:
            here.pop(at)
        elif how == 4:
            chance.choice(text).append(here.pop(at))
        elif how == 5:
            text.insert(chance.randrange(len(text)), text.pop())
        else:
            words = here[at].split(" ")
            half = (len(words) + 1) // 2
            here[at:at + 1] = [part for part in (" ".join(words[:half]) + ".", " ".join(words[half:])) if part]
    return text


def as_bytes(chance, paragraphs, lines):
    end = chance.choice(("\n", "\r\n"))
    text = (end + end).join((end if lines else " ").join(p) for p in paragraphs) + end
    raw = text.encode()
    at = chance.randrange(len(raw) + 1)
    odd = chance.randrange(12)
    if odd == 0:
        return b"\xef\xbb\xbf" + raw
    if odd == 1:
        return raw[:at] + b"\0" + raw[at:]
    if odd == 2:
        return raw[:at] + bytes([chance.randrange(128, 256)]) + raw[at:]
    return raw + b"x" * 100000 if odd == 3 else raw


def run(program, folder, seed):
    chance = random.Random(seed)
    before = [[sentence(chance) for _ in range(chance.randint(1, 4))] for _ in range(chance.choice((0, 1, 2, 5, 12, 30)))]
    lines = seed % 2 == 0
    texts = [as_bytes(chance, before, lines), as_bytes(chance, edited(chance, before), lines)]
    for name, text in zip(("old", "new"), texts):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text)
    command = [program, "diff", "--json"] + (["--sentences"] if lines else []) + ["old", "new"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    if answer.returncode == 2 and not lines and answer.stderr:
        return  # bytes that are no text: said in a line
    need(answer.returncode in (0, 1), f"exit {answer.returncode}: {answer.stderr[:200]}")
    check(json.loads(answer.stdout), answer.returncode, texts[0] == texts[1])


def main():
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300
    first, broken = int(sys.argv[3]) if len(sys.argv) > 3 else 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            try:
                run(program, folder, seed)
            except (Broken, ValueError, KeyError) as trouble:
                broken += 1
                print(f"pair {seed}: {trouble}")
    print(f"contract of diff --json: {count} pairs, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
