// Runs Readability.js on jsdom over pages: a JSON line a page on standard output, speed on standard error.
'use strict';
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const root = path.resolve(process.argv[2]);
const { Readability } = require(path.join(root, 'node_modules/@mozilla/readability'));
const { JSDOM, VirtualConsole } = require(path.join(root, 'node_modules/jsdom'));
let spent = 0;
let size = 0;
for (const file of process.argv.slice(3)) {
  const html = zlib.gunzipSync(fs.readFileSync(file));
  size += html.length;
  const start = process.cpuUsage();
  let row = { title: null, text: [], authors: [], published: null };
  try {
    const dom = new JSDOM(html, { url: 'https://page.example/', virtualConsole: new VirtualConsole() });
    const found = new Readability(dom.window.document).parse();
    if (found) {
      const body = new JSDOM(found.content).window.document;
      const blocks = [...body.querySelectorAll('p,li,h2,h3,h4,blockquote')].filter((e) => !e.querySelector('p,li'));
      row = {
        title: found.title, text: blocks.map((e) => e.textContent),
        authors: found.byline ? found.byline.split(/, | and /) : [], published: found.publishedTime || null,
      };
    }
  } catch (error) {
    row.error = String(error);
  }
  const used = process.cpuUsage(start);
  spent += (used.user + used.system) / 1e6;
  console.log(JSON.stringify({ file: path.basename(file), ...row }));
}
console.error(`readability.js ${(size / 1e6 / spent).toFixed(2)} MB/s`);
