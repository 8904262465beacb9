#!/usr/bin/env python3
"""Generated histories with known origins, and how much of them blame gets right.

Sentences and words come from real bodies; each revision edits, adds, deletes, moves, splits, merges and restores. The truth
is carried word by word by the generator itself.
usage: histories.py TRUTH JUDGE [HISTORIES [REVISIONS [SENTENCES [SEED]]]] [--git]
"""
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile


def load(path):
    sentences = []
    for line in open(path, encoding="utf-8"):
        for par in json.loads(line)["paragraphs"]:
            if len(re.findall(r"\b(?:the|and|of|to|in)\b", par)) < len(par.split()) * .1:
                continue
            for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", re.sub(r"\s+", " ", par).strip()):
                if 6 <= len(s.split()) <= 40:
                    sentences.append(s)
    return list(dict.fromkeys(sentences))


class History:
    """A text is paragraphs of sentences of [word, origin]."""

    def __init__(self, pool, rng, size):
        self.pool, self.rng, self.number, self.gone, self.phrases = pool, rng, 1, [], []
        self.text = []
        left = size
        while left > 0:
            n = min(left, rng.randint(1, 4))
            self.text.append([self.fresh() for _ in range(n)])
            left -= n

    def fresh(self):
        return [[w, self.number] for w in self.pool.pop().split()]

    def place(self):
        p = self.rng.randrange(len(self.text))
        return p, self.rng.randrange(len(self.text[p]))

    def edit(self):
        p, s = self.place()
        words = self.text[p][s]
        i = self.rng.randrange(len(words))
        n = self.rng.randint(1, 3)
        new = [[w, self.number] for w in self.rng.choice(self.pool).split()[1:1 + self.rng.randint(0, 4)]]
        self.phrases.append((p, s, [w[0] for w in words[max(0, i - 2):i]], words[i:i + n], [w[0] for w in words[i + n:i + n + 2]]))
        if len(words) - n + len(new) > 3:
            words[i:i + n] = new

    def add(self):
        p, s = self.place()
        self.text[p].insert(s, self.fresh())

    def add_paragraph(self):
        self.text.insert(self.rng.randrange(len(self.text) + 1), [self.fresh() for _ in range(self.rng.randint(1, 3))])

    def delete(self):
        if len(self.text) < 6:
            return
        p, s = self.place()
        self.gone.append(self.text[p].pop(s))
        if not self.text[p]:
            self.text.pop(p)

    def move(self):
        p = self.text.pop(self.rng.randrange(len(self.text)))
        self.text.insert(self.rng.randrange(len(self.text) + 1), p)

    def move_sentence(self):
        p, s = self.place()
        if len(self.text[p]) == 1:
            return
        one = self.text[p].pop(s)
        p = self.rng.randrange(len(self.text))
        self.text[p].insert(self.rng.randrange(len(self.text[p]) + 1), one)

    def split(self):
        p, s = self.place()
        words = self.text[p][s]
        if len(words) < 14:
            return
        i = self.rng.randint(6, len(words) - 6)
        first, second = words[:i], words[i:]
        first[-1] = [first[-1][0].rstrip(",;:.!?") + ".", first[-1][1]]
        second[0] = [second[0][0][:1].upper() + second[0][0][1:], second[0][1]]
        self.text[p][s:s + 1] = [first, second]

    def merge(self):
        p, s = self.place()
        if s + 1 >= len(self.text[p]):
            return
        a, b = self.text[p][s], self.text[p][s + 1]
        a[-1] = [a[-1][0].rstrip(".!?") + ",", a[-1][1]]
        self.text[p][s:s + 2] = [a + [["and", self.number]] + b]

    def restore(self):
        if not self.gone:
            return
        one = self.gone.pop(self.rng.randrange(len(self.gone)))
        p, s = self.place()
        self.text[p].insert(s, one)

    def revise(self):
        self.number += 1
        acts = [self.edit] * 6 + [self.add] * 2 + [self.add_paragraph, self.delete, self.delete, self.move, self.move_sentence,
                                                    self.split, self.merge, self.restore, self.restore]
        for _ in range(self.rng.randint(2, 8)):
            self.rng.choice(acts)()

    def lines(self):
        return "\n\n".join("\n".join(" ".join(w[0] for w in s) for s in p) for p in self.text) + "\n"

    def words(self):
        return [tuple(w) for p in self.text for s in p for w in s]


def score(units, truth):
    """Words of the generator (between spaces) whose cut words all have the true origin."""
    right, t = 0, 0
    for text, *words in units:
        k, at = 0, 0
        for token in text.split(" "):
            end = at + len(token.encode())
            mine = []
            while k < len(words) and words[k][0] < end:
                mine.append(words[k][2])
                k += 1
            if mine:
                right += all(o == truth[t][1] for o in mine)
            else:
                right += 1  # a mark by itself has no origin to get wrong
            t += 1
            at = end + 1
    return right, t


def git_score(revisions, truth, options):
    with tempfile.TemporaryDirectory() as d:
        env = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a",
                   GIT_COMMITTER_EMAIL="a@b")
        run = lambda *a: subprocess.run(["git", "-C", d, *a], env=env, stdout=subprocess.PIPE, check=True).stdout.decode()
        run("init", "-q")
        number = {}
        for n, words in enumerate(revisions, 1):
            with open(os.path.join(d, "f"), "w") as f:
                f.write("".join(w + "\n" for w in words))
            run("add", "f")
            run("commit", "-qm", str(n), "--allow-empty")
            number[run("rev-parse", "HEAD").strip()] = n
        found = [number[l.split()[0].lstrip("^")] for l in run("blame", "-l", "-s", "--root", *options, "f").splitlines()]
        return sum(a == b[1] for a, b in zip(found, truth)) / len(truth)


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    truth_path, judge = args[:2]
    histories, revisions, size, seed = (list(map(int, args[2:])) + [4, 120, 60, 1][len(args) - 2:])[:4]
    pool_all, right, total, ns, diff_ns, replays, git, early, late = load(truth_path), 0, 0, [], [], True, [], [], []
    for h in range(histories):
        rng = random.Random(seed + h)
        pool = list(pool_all)
        rng.shuffle(pool)
        history = History(pool, rng, size)
        texts, truths = [history.lines()], [history.words()]
        for _ in range(revisions - 1):
            history.revise()
            texts.append(history.lines())
            truths.append(history.words())
        feed = "".join(t + "\x1d\n" for t in texts).encode()
        lines = subprocess.run([judge], input=feed, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
        for n, line in enumerate(lines):
            answer = json.loads(line)
            replays &= answer["replay"]
            if n:
                ns.append(answer["ns"])
                diff_ns.append(answer["diff_ns"])
                (early if n < revisions / 3 else late if n > revisions * 2 / 3 else []).append(answer["ns"])
            if n + 1 == len(lines):
                r, t = score(answer["units"], truths[n])
                right += r
                total += t
        if "--git" in sys.argv and h < 1:
            words = [[w for w, _ in t] for t in truths]
            git = [git_score(words, truths[-1], o) for o in ([], ["-M"])]
    print(f"{histories} histories of {revisions} revisions, {total // histories} words at the end: "
          f"{100 * right / total:.2f}% of words have their true origin; every replay byte for byte: {'yes' if replays else 'NO'}")
    print(f"a revision: blame {statistics.median(ns) / 1e6:.3f} ms (first third {statistics.median(early) / 1e6:.3f}, last third "
          f"{statistics.median(late) / 1e6:.3f}, worst {max(ns) / 1e6:.3f}), diff {statistics.median(diff_ns) / 1e6:.3f} ms")
    if git:
        print(f"git blame, a word a line, on the first of them: {100 * git[0]:.1f}%; with -M {100 * git[1]:.1f}%")


main()
