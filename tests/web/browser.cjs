// The pages in headless Chromium: `serve` and the static site, with and without script, on a phone and on a wide screen, in
// light and dark; axe-core; the keyboard; hostile text. Screenshots are kept for people to look at.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { spawnSync } = require("node:child_process");
const { createRequire } = require("node:module");

const tools = createRequire(path.join(process.env.WT_WEB_TOOLS, "x.js"));
const { chromium } = tools("playwright-core");
const axe = fs.readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");
const [, , base, site, shots] = process.argv;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const troubles = [];
let pages = 0;

function trouble(where, what) {
  troubles.push(`${where}: ${what}`);
}

// ---- which pages ----

async function json(address) {
  return (await fetch(new URL(address, base))).json();
}

// Every kind of page, and every page of the stories that hurt.
async function addresses() {
  const front = await json("index.json");
  const stories = [...new Set(front.revisions.map((revision) => revision.story.replace(/\.txt$/, "")))];
  const hurt = stories.filter((story) => /hostile|marks/.test(story));
  const most = stories.find((story) => /ferry-runs/.test(story));
  const list = ["index.html", "substantive.html", "unannounced.html", "class/number.html", "days.html", "outlets.html", "clusters.html",
    "day/2024-03-04.html", "outlet/northwire.example.html", "outlet/hostile.example.html"];
  for (const story of [...hurt, most]) {
    const { revisions } = await json(`story/${story}.json`);
    list.push(`story/${story}.html`, `story/${story}/1.html`);
    if (revisions.length > 1) list.push(`story/${story}/1-2.html`);
  }
  list.push(`story/${most}/1-${(await json(`story/${most}.json`)).revisions.length}.html`);
  for (const cluster of (await json("clusters.json")).clusters ?? []) list.push(cluster.page);
  return { list, most };
}

// ---- one page ----

async function look(page, url, name, { scripted, width, scheme }) {
  const where = `${name} ${width} ${scheme}${scripted ? "" : " no script"}`;
  const answer = await page.goto(url, { waitUntil: "load" });
  if (answer && answer.status() >= 400) trouble(where, `status ${answer.status()}`);
  const found = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    owned: window.owned,
    handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on|^style$/i.test(a.name))).length,
    scripts: document.scripts.length,
    links: [...document.links].map((a) => a.getAttribute("href")).filter((href) => /^\s*(javascript|data|vbscript):/i.test(href)),
    heads: document.querySelectorAll("h1").length,
    body: getComputedStyle(document.body).display,
  }));
  if (found.wide > 0) trouble(where, `${found.wide} px too wide`);
  if (found.owned !== undefined) trouble(where, `script of the archive ran: ${found.owned}`);
  if (found.handlers) trouble(where, `${found.handlers} handlers or style attributes`);
  if (found.scripts !== 1) trouble(where, `${found.scripts} scripts`);
  if (found.links.length) trouble(where, `links that run: ${found.links}`);
  if (found.heads !== 1) trouble(where, `${found.heads} h1`);
  if (found.body !== "block") trouble(where, `body is ${found.body}`);
  pages++;
}

async function audit(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), RULES);
  for (const one of violations) trouble(where, `axe ${one.id}: ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`);
}

function shot_name(name, width, scheme) {
  return path.join(shots, `${name.replace(/[^a-z0-9-]+/gi, "_").slice(0, 90)}-${width}-${scheme}.png`);
}

// ---- all pages ----

async function open(scripted, scheme, width) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "wt-web-"));
  const context = await chromium.launchPersistentContext(dir, { executablePath: "/usr/bin/chromium", headless: true, args: FLAGS,
    javaScriptEnabled: scripted, colorScheme: scheme, viewport: { width, height: 900 } });
  const page = context.pages()[0] ?? (await context.newPage());
  const hosts = new Set([new URL(base).host, ""]);
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && !hosts.has(url.host)) trouble(page.url(), `asked ${url.host}`);
  });
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble(page.url(), message.text()));
  page.on("pageerror", (error) => trouble(page.url(), String(error)));
  page.on("dialog", (dialog) => { trouble(page.url(), "a dialog"); dialog.dismiss(); });
  return { page, close: async () => { await context.close(); fs.rmSync(dir, { recursive: true, force: true }); } };
}

async function all(list, { scripted, scheme, width, axed, kept }) {
  const { page, close } = await open(scripted, scheme, width);
  for (const name of list) {
    await look(page, new URL(name, base).href, name, { scripted, width, scheme });
    if (axed) await audit(page, `${name} ${width} ${scheme}`);
    if (kept) await page.screenshot({ path: shot_name(name, width, scheme), fullPage: true });
  }
  await close();
}

// ---- the keyboard ----

const focus = (page) => page.evaluate(() => ({ text: document.activeElement.textContent.trim().slice(0, 40), tag: document.activeElement.tagName,
  class: document.activeElement.getAttribute("class"), id: document.activeElement.id,
  ring: getComputedStyle(document.activeElement).outlineStyle }));

async function tab_to(page, test, most = 200) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const here = await focus(page);
    if (test(here)) return here;
  }
  throw new Error(`the Tab key does not reach ${test}`);
}

async function keyboard(most) {
  const { page, close } = await open(true, "light", 1440);
  await page.goto(base);
  await page.keyboard.press("Tab");
  assert.match((await focus(page)).text, /Skip/);
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#main$/);
  await tab_to(page, (here) => here.tag === "SUMMARY" || here.tag === "A");
  await page.goto(new URL(`story/${most}.html`, base).href);
  const mark = await tab_to(page, (here) => here.tag === "a" || here.tag === "A");
  assert.ok(mark);
  const since = await tab_to(page, (here) => here.class === "since");
  assert.notEqual(since.ring, "none", "the focus is seen");
  assert.ok(await page.locator(".age:focus-within > .tip").isVisible(), "a tip on focus");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator(".age:focus-within > .tip").isVisible()), "Escape puts the tip away");
  await page.goto(new URL(`story/${most}/1-2.html`, base).href);
  await tab_to(page, (here) => here.id === "see-inline");
  assert.ok(await page.locator(".views > .inline").isVisible());
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator(".views > .side").isVisible(), "side by side by the arrow key");
  assert.ok(!(await page.locator(".views > .inline").isVisible()));
  await page.screenshot({ path: shot_name("side-by-side", 1440, "light"), fullPage: true });
  await audit(page, "side by side");
  await close();
}

// ---- search, filters, comparison: without script ----

async function asking(most) {
  const { page, close } = await open(false, "light", 1440);
  await page.goto(base);
  await page.fill("#q", "ferry fog");
  await page.press("#q", "Enter");
  assert.match(await page.textContent("h1"), /ferry fog/);
  assert.ok((await page.locator(".front > li").count()) > 0, "the search finds the ferry");
  await page.goto(base);
  await page.selectOption("#f-class", "number");
  await page.check("#f-substantive");
  await page.click(".filters button");
  assert.ok((await page.locator(".front > li").count()) > 0);
  assert.equal(await page.locator(".front > li").count(), await page.locator(".front > li .chips .fact", { hasText: "number" }).count());
  await page.goto(new URL(`story/${most}.html`, base).href);
  await page.selectOption("#c-old", "2");
  await page.selectOption("#c-new", "4");
  await page.click(".choose button");
  assert.match(page.url(), /2-4\.html$/);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: shot_name("print", 1440, "light"), fullPage: true });
  await close();
}

// ---- the static site ----

// Every link of every page leads to a file of the site.
function static_links() {
  let count = 0;
  const walk = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(path.join(dir, e.name)) : [path.join(dir, e.name)]));
  for (const file of walk(site).filter((name) => name.endsWith(".html"))) {
    for (const [, href] of fs.readFileSync(file, "utf8").matchAll(/(?:href|src|action)="([^"#]*)(?:#[^"]*)?"/g)) {
      if (href === "" || /^(https?|data):/.test(href)) continue;
      const target = path.resolve(path.dirname(file), decodeURIComponent(href));
      if (!fs.existsSync(target)) trouble(path.relative(site, file), `a link to nothing: ${href}`);
      count++;
    }
  }
  return count;
}

async function static_pages(list) {
  const { page, close } = await open(false, "dark", 390);
  for (const name of list) {
    const file = path.join(site, decodeURIComponent(name));
    if (!fs.existsSync(file)) trouble(name, "not in the static site");
    else await look(page, `file://${file}`, `static ${name}`, { scripted: false, width: 390, scheme: "dark" });
  }
  await close();
}

// Words that moved inside a sentence: seen by their colour, heard by notes that are not seen.
async function heard() {
  const { page, close } = await open(true, "light", 1440);
  const fixture = path.join(__dirname, "../../fixtures/diff/phrase-moved");
  for (const view of ["--inline", "--side-by-side"]) {
    const html = spawnSync(process.env.WT_PROGRAM, ["diff", "--format", "html", view, "--sentences", `${fixture}/old`, `${fixture}/new`]);
    await page.setContent(html.stdout.toString());
    const said = await page.locator("body").ariaSnapshot();
    assert.match(said, /\[moved to here\] on Monday \[end of move\]/);
    if (view === "--side-by-side") assert.match(said, /\[moved from here\] On Monday \[end of move\]/);
    for (const note of await page.locator(".wt-aloud").all()) {
      const box = await note.boundingBox();
      assert.ok(box.width <= 1 && box.height <= 1, "a note for the ear is not seen");
    }
    await audit(page, `moved words ${view}`);
  }
  await close();
}

(async () => {
  const { list, most } = await addresses();
  await Promise.all([
    all(list, { scripted: true, scheme: "light", width: 1440, axed: true, kept: true }),
    all(list, { scripted: true, scheme: "dark", width: 390, axed: true, kept: true }),
  ]);
  await Promise.all([
    all(list, { scripted: false, scheme: "light", width: 390 }),
    all(list, { scripted: false, scheme: "dark", width: 1440 }),
    static_pages(list),
  ]);
  await keyboard(most);
  await asking(most);
  await heard();
  const links = static_links();
  for (const one of [...new Set(troubles)].slice(0, 60)) console.error(one);
  console.log(`browser: ${list.length} addresses, ${pages} pages looked at, ${links} links followed, ${new Set(troubles).size} troubles`);
  process.exit(troubles.length ? 1 : 0);
})().catch((error) => {
  for (const one of [...new Set(troubles)].slice(0, 60)) console.error(one);
  console.error(error);
  process.exit(1);
});
