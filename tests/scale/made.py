"""made.py COUNT [SEED] [WORDS]: stories as JSON lines in the order of time, made up, the same for the same arguments.

Of ten stories seven are new, two are copies of a recent one (cut, with some words changed and a lead of their own), and one
carries a line of its outlet that hundreds share. All words are made of syllables.
"""
import json
import random
import sys
from datetime import datetime, timedelta

count = int(sys.argv[1])
rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
length = int(sys.argv[3]) if len(sys.argv) > 3 else 166
syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "el")]
words = ["".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(60000)]
recent, at = [], datetime(2024, 1, 1)


def sentence():
    return " ".join(rng.choices(words, k=rng.randint(12, 24))).capitalize() + "."


def new():
    return [" ".join(sentence() for _ in range(2)) for _ in range(max(1, length // 36))]


def copy(old):
    kept = old[: max(1, int(len(old) * rng.uniform(0.4, 1)))]
    if rng.random() < 0.5:
        i = rng.randrange(len(kept))
        kept[i] = " ".join(w if rng.random() < 0.95 else rng.choice(words) for w in kept[i].split())
    return ([sentence()] if rng.random() < 0.5 else []) + kept


for n in range(count):
    kind = rng.random()
    text = copy(list(rng.choice(recent))) if kind < 0.2 and recent else new()
    outlet = f"outlet{rng.randrange(40)}.example"
    if kind > 0.9:
        text.append(f"This report of {outlet} was made by its own newsroom and is read every morning by many people.")
    recent = recent[-1999:] + [text]
    at += timedelta(seconds=rng.randint(1, 40))
    print(json.dumps({"url": f"https://{outlet}/{n}", "outlet": outlet, "headline": sentence(),
                      "published": at.isoformat() + "Z", "text": "\n".join(text)}))
