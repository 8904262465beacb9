// What `serve` says over HTTP: headers, forms, refusals, slow clients, crowds. No browser. With the archive's folder as a second
// argument: whether a page is new once a capture was added.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const http = require("node:http");
const net = require("node:net");

const base = new URL(process.argv[2]);

function ask(path, { method = "GET", headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: base.hostname, port: base.port, path, method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
    });
    request.on("error", reject);
    request.end();
  });
}

async function forms() {
  const front = await ask("/");
  assert.equal(front.status, 200);
  assert.match(front.headers["content-type"], /^text\/html/);
  assert.equal(front.headers.vary, "Accept");
  const json = await ask("/", { headers: { Accept: "application/json" } });
  assert.match(json.headers["content-type"], /^application\/json/);
  const first = JSON.parse(json.text).revisions[0];
  const story = `/story/${first.story.replace(/\.txt$/, "")}`;
  for (const path of ["/index.json", "/days.json", "/outlets.json", `${story}.json`, `${story}/1.json`, "/search.json?q=ferry"]) {
    const answer = await ask(path);
    assert.equal(answer.status, 200, path);
    assert.equal(typeof JSON.parse(answer.text).schema, "number", path);
  }
  const feed = await ask(`${story}.atom`);
  assert.match(feed.headers["content-type"], /^application\/atom\+xml/);
  assert.equal((await ask(`${story}/1.html`)).headers["cache-control"], "no-cache");
  assert.equal((await ask(`${story}.html`)).headers["cache-control"], "no-cache");
  return story;
}

async function caching(story) {
  const fresh = await ask(`${story}.html`);
  const again = await ask(`${story}.html`, { headers: { "If-None-Match": fresh.headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.text, "");
  assert.equal(again.headers.etag, fresh.headers.etag);
  const head = await ask(`${story}.html`, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.text, "");
  assert.equal(head.headers["content-length"], String(Buffer.byteLength(fresh.text)));
}

async function refusals(story) {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const answer = await ask("/", { method });
    assert.equal(answer.status, 405, method);
    assert.equal(answer.headers.allow, "GET, HEAD");
  }
  for (const host of ["evil.example", `evil.example:${base.port}`, "127.0.0.1:1", "127.0.0.1", "page.example.evil.example", "[::1]:1"])
    assert.equal((await ask("/", { headers: { Host: host } })).status, 421, host);
  for (const host of ["page.example", "page.example:443", `localhost:${base.port}`, "PAGE.example"])
    assert.equal((await ask("/", { headers: { Host: host } })).status, 200, host);
  const none = ["/style.css%00.html", "/nothing", "/story/", `${story}/99.html`, `${story}/1-99.html`, "/outlet/none.example.html", "/class/none.html", "/../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd", "/day/2020-01-01.html", "/search.svg", `/story/${"a/".repeat(4000)}`, "/index.html?class=none",
    "/index.html?since=never", "/compare.html?story=../../x&old=1&new=2", "/compare.html?story=x&old=0&new=2"];
  for (const path of none) {
    const answer = await ask(path);
    assert.ok([404, 400, 414, 431].includes(answer.status), `${path}: ${answer.status}`);
  }
  const compare = await ask(`/compare.html?story=${encodeURIComponent(story.slice(7))}.txt&old=2&new=1`);
  assert.equal(compare.status, 303);
  assert.equal(`/${compare.headers.location}`, `${story}/1-2.html`);
}

// One connection for several requests, whatever they are answered with; what is not read to its end closes it.
async function keeping(story) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set();
  for (const path of ["/style.css", "/", "/nothing", `${story}.html`, `${story}/1.html`]) {
    await new Promise((resolve, reject) => {
      http.get({ host: base.hostname, port: base.port, path, agent }, (answer) => {
        ports.add(answer.socket.localPort);
        answer.on("data", () => {});
        answer.on("end", resolve);
      }).on("error", reject);
    });
  }
  agent.destroy();
  assert.equal(ports.size, 1, "the connection is kept");
  const twice = await new Promise((resolve) => {
    const socket = net.connect(base.port, base.hostname, () =>
      socket.write(`GET / HTTP/1.1\r\nHost: localhost:${base.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`));
    let text = "";
    socket.on("data", (part) => { text += part; });
    socket.on("close", () => resolve(text));
  });
  assert.match(twice, /^HTTP\/1.1 400 /, "two Host headers");
}

async function policy() {
  for (const path of ["/", "/nothing", "/style.css", "/index.json"]) {
    const { headers } = await ask(path);
    const csp = headers["content-security-policy"];
    assert.match(csp, /default-src 'none'/, path);
    assert.doesNotMatch(csp, /unsafe/, path);
    assert.match(csp, /frame-ancestors 'none'/, path);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
}

// More connections than there are places, each dripping a part of a request: others are still answered.
async function drip(start) {
  const sockets = [];
  for (let i = 0; i < 700; i++) {
    const socket = net.connect(base.port, base.hostname);
    socket.on("error", () => {});
    socket.write(start);
    sockets.push(socket);
  }
  const dripping = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write("x")), 500);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const asked = Date.now();
  const answer = await ask("/style.css");
  clearInterval(dripping);
  sockets.forEach((socket) => socket.destroy());
  assert.equal(answer.status, 200);
  assert.ok(Date.now() - asked < 12000, `answered after ${Date.now() - asked} ms`);
  return Date.now() - asked;
}

async function garbage() {
  for (const bytes of ["\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0", "GET /%00%ff%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    `GET / HTTP/1.1\r\nHost: localhost\r\n${"X-A: b\r\n".repeat(5000)}\r\n`]) {
    await new Promise((resolve) => {
      const socket = net.connect(base.port, base.hostname, () => socket.end(bytes));
      socket.on("data", () => {});
      socket.on("error", resolve);
      socket.on("close", resolve);
    });
  }
  assert.equal((await ask("/")).status, 200);
}

// More pages to make at once than there are threads: each comes, or is put off, and one that many ask for is one page.
async function crowd(story) {
  const name = story.slice("/story/".length);
  const paths = Array.from({ length: 300 }, (_, i) => (i % 3 ? `/index.html?outlet=o${i}.example` : `/copies/${name}.html`));
  const answers = await Promise.all(paths.map((path) => ask(path)));
  for (const [i, answer] of answers.entries()) {
    assert.ok([200, 404, 503].includes(answer.status), `${paths[i]}: ${answer.status}`);
    if (answer.status === 503) assert.ok(Number(answer.headers["retry-after"]) > 0);
  }
  const copies = answers.filter((answer, i) => i % 3 === 0 && answer.status !== 503);
  assert.ok(copies.length > 0 && copies.every((answer) => answer.text === copies[0].text && answer.status === copies[0].status));
  assert.ok(answers.filter((answer) => answer.status === 200).length >= 100, "most are answered");
}

// A capture comes while the server runs: soon the front page leads with it.
async function news(archive) {
  const before = await ask("/");
  const capture = { url: "https://late.example/last", outlet: "late.example", captured: "2030-01-01T00:00:00Z",
    headline: "The last of all", text: "It came when everybody had looked already. Nobody expected it." };
  execFileSync(process.env.WT_PROGRAM, ["-C", archive, "add", "-"], { input: `${JSON.stringify(capture)}\n` });
  for (let i = 0; i < 50; i++) {
    const now = await ask("/");
    assert.equal(now.status, 200);
    if (now.text.includes("The last of all")) return assert.notEqual(now.headers.etag, before.headers.etag);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("the front page stays as it was");
}

(async () => {
  if (process.argv[3]) return news(process.argv[3]);
  const story = await forms();
  await caching(story);
  await refusals(story);
  await keeping(story);
  await policy();
  await garbage();
  await crowd(story);
  const head = await drip("GET / HTTP/1.1\r\nHost: ");
  const body = await drip(`GET / HTTP/1.1\r\nHost: localhost:${base.port}\r\nContent-Length: 1000000\r\n\r\n`);
  console.log(`http: forms, caching, refusals, policy, garbage, a crowd; answered ${head} ms into 700 dripping heads, ${body} ms into 700 bodies`);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
