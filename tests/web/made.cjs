// Captures as JSON lines: stories of five revisions each, some 400 words, with numbers, quotes and moves that change. The same
// count gives the same bytes.
"use strict";
const count = Number(process.argv[2]);
let seed = 1;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
// 4,000 words out of syllables: with fewer, stories that have nothing to do with each other share phrases.
const SYLLABLES = "ba co da el fi gar hu in jo ka lem mor na ol per qui ras sto tam ul ver wen xi yor zan".split(" ");
const WORDS = Array.from({ length: 4000 }, () => Array.from({ length: 2 + random(2) }, () => SYLLABLES[random(SYLLABLES.length)]).join(""));
const VERBS = "said reported closed opened delayed approved rejected found lost moved built cut raised planned sold".split(" ");
const word = () => WORDS[random(WORDS.length)];
// No form that sentences share: how many words, where the small ones, the verb, the number and the quotation stand is thrown.
const SMALL = "the a of in on to for with by from at as and but after before while near under over".split(" ");
function sentence() {
  const words = Array.from({ length: 9 + random(12) }, () => (random(3) === 0 ? SMALL[random(SMALL.length)] : word()));
  words[1 + random(words.length - 1)] = VERBS[random(VERBS.length)];
  if (random(2) === 0) words[1 + random(words.length - 1)] = `${2 + random(900)} people`;
  const text = words.join(" ");
  const said = text[0].toUpperCase() + text.slice(1);
  return random(6) === 0 ? `\u201C${said},\u201D ${word()} ${word()} said.` : `${said}.`;
}
const paragraph = () => Array.from({ length: 2 + random(2) }, sentence).join(" ");

function edited(text) {
  const next = text.slice();
  const at = random(next.length);
  const was = next[at];
  next[at] = was.replace(/\d+/, (number) => String(2 + (Number(number) + 1 + random(800)) % 900));
  if (next[at] === was) next[at] = paragraph();
  if (random(3) === 0) next.splice(random(next.length), 0, paragraph());
  if (random(4) === 0) next.push(next.splice(random(next.length - 1), 1)[0]);
  return next;
}

const stories = Math.ceil(count / 5);
const start = Date.UTC(2020, 0, 1);
let out = "";
for (let s = 0; s < stories; s++) {
  let text = Array.from({ length: 8 }, paragraph);
  let headline = `${word()} ${word()} ${VERBS[random(VERBS.length)]} ${word()} ${s}`;
  for (let r = 0; r < 5; r++) {
    const captured = new Date(start + s * 600000 + r * 3600000).toISOString().replace(/\.\d+Z/, "Z");
    out += `${JSON.stringify({ url: `https://outlet${s % 40}.example/story-${s}`, outlet: `outlet${s % 40}.example`, captured, headline, text: text.join("\n\n") })}\n`;
    text = edited(text);
    if (random(5) === 0) headline = `${headline}, ${word()}`;
  }
  if (out.length > 1 << 20) { process.stdout.write(out); out = ""; }
}
process.stdout.write(out);
