#!/usr/bin/env python3
"""The whole way of a capture: how many a second, given as a list and as plain text files.

Made-up stories of some 500 words with names and numbers among them, a hundred a day; 25 of the words changed from one
version to the next, the stories interleaved: FOLDER/list.jsonl, and FOLDER/texts with a file a capture. Each is added to an archive of its own,
three times. The best time counts; where the user may, it is taken ahead of other work on the machine.
usage: way.py FOLDER PROGRAM [STORIES [VERSIONS]]
"""
import json
import os
import random
import shutil
import subprocess
import sys
import time

WORDS_EACH, CHANGED, A_DAY = 500, 25, 100
SMALL = "the of to in a and that for on was with at by from said had were has".split()


class Maker:
    def __init__(self):
        self.rng = random.Random(1)
        syllables = [c + v + e for c in "bdfghklmnprstvw" for v in "aeiou" for e in ("", "n", "r", "s", "l")]
        self.words = sorted({"".join(self.rng.choices(syllables, k=self.rng.choice((1, 2, 2, 3)))) for _ in range(4000)})

    def word(self):
        """Small words often, numbers and names now and then; of the rest a few often and most of them seldom."""
        kind = self.rng.random()
        if kind < .38:
            return self.rng.choice(SMALL)
        if kind < .41:
            return str(self.rng.randrange(2, 9000))
        if kind < .47:
            return " ".join(self.rng.choice(self.words).capitalize() for _ in range(self.rng.choice((1, 2))))
        return self.words[int(len(self.words) * self.rng.random() * self.rng.random())]


def text(words):
    """Sentences of 20 words, three in a paragraph."""
    said = [" ".join(words[i:i + 20]) + "." for i in range(0, len(words), 20)]
    said = [s[0].upper() + s[1:] for s in said]
    return "\n\n".join(" ".join(said[i:i + 3]) for i in range(0, len(said), 3))


def make(folder, stories, versions):
    maker = Maker()
    told = [[maker.word() for _ in range(WORDS_EACH)] for _ in range(stories)]
    heads = [" ".join(maker.rng.choice(maker.words) for _ in range(7)).capitalize() for _ in range(stories)]
    os.makedirs(folder + "/texts", exist_ok=True)
    with open(folder + "/list.jsonl", "w", encoding="utf-8") as lines:
        for at in range(stories * versions):
            story = at % stories
            for _ in range(CHANGED if at >= stories else 0):
                told[story][maker.rng.randrange(WORDS_EACH)] = maker.word()
            when = time.gmtime(1717200000 + 86400 // A_DAY * at)
            body, name = text(told[story]), f"{maker.words[story % len(maker.words)]}-{story}"
            row = {"url": f"https://o{story % 20}.example/news/{name}", "headline": heads[story], "text": body,
                   "captured": time.strftime("%Y-%m-%dT%H:%M:%SZ", when)}
            lines.write(json.dumps(row) + "\n")
            stamp = time.strftime("%Y-%m-%dT%H%M%S", when)
            with open(f"{folder}/texts/{stamp}-{name}.txt", "w", encoding="utf-8") as out:
                out.write(f"{heads[story]}\n\n{body}\n")


def go_ahead():
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:
        pass


def run(program, archive, given):
    shutil.rmtree(archive, ignore_errors=True)
    begin = time.monotonic()
    made = subprocess.Popen([program, "add", "-C", archive, "-q", *given], stdout=subprocess.DEVNULL, preexec_fn=go_ahead)
    _, status, used = os.wait4(made.pid, 0)
    if status:
        sys.exit(f"way.py: {program} failed")
    return time.monotonic() - begin, used.ru_utime + used.ru_stime


def main(folder, program, stories=1000, versions=5):
    captures = int(stories) * int(versions)
    make(folder, int(stories), int(versions))
    texts = ["--outlet", "north.example", "--at-from-name", "%Y-%m-%dT%H%M%S", folder + "/texts"]
    for what, given in (("as JSON lines", [folder + "/list.jsonl"]), ("as text files", texts)):
        runs = [run(program, folder + "/archive", given) for _ in range(3)]
        clock, processor = min(r[0] for r in runs), min(r[1] for r in runs)
        print(f"{captures} captures {what}: {clock:.2f} s, {captures / clock:,.0f} a second; "
              f"{processor:.2f} s of processor; all runs {', '.join(f'{r[0]:.2f}' for r in runs)} s")


main(*sys.argv[1:])
