"use strict";

// Uses the page in a browser. The browser has no access to the network, and a violation of the policy of the page fails the test.

const assert = require("node:assert/strict");
const { createServer } = require("node:http");
const { mkdirSync, mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { extname, join } = require("node:path");
const { after, before, test } = require("node:test");
const { chromium } = require("playwright-core");

const folder = process.env.PAGE;
const screenshots = process.env.SCREENSHOTS;
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let server;
let context;
let profile;
let address;

before(async () => {
  mkdirSync(screenshots, { recursive: true });
  server = createServer((request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1) || "index.html";
    try {
      const body = readFileSync(join(folder, name));
      response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${server.address().port}/`;
  profile = mkdtempSync(join(tmpdir(), "page-test-"));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.BROWSER,
    headless: true,
    args: ARGUMENTS,
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
});

after(async () => {
  await context?.close();
  server?.close();
  if (profile) rmSync(profile, { recursive: true, force: true });
});

/** Opens the page, and fails the test after an error or a violation of the policy. */
async function open(hash = "", options = {}) {
  const page = await context.newPage();
  const errors = [];
  const requests = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  if (options.viewport) await page.setViewportSize(options.viewport);
  if (options.media) await page.emulateMedia(options.media);
  await page.goto((options.address ?? address) + hash);
  await page.waitForSelector("html[data-ready]");
  const close = async () => {
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
    assert.deepEqual(errors, []);
    const others = requests.filter((url) => !url.startsWith(options.address ?? address) && !url.startsWith("data:"));
    assert.deepEqual(others, []);
    await page.close();
  };
  return { page, close };
}

const verdict = (page) => page.textContent("#verdict");
const shot = (page, name) => page.screenshot({ path: join(screenshots, `${name}.png`) });

/** Replaces the text of the editor as a person does. */
async function paste(page, text) {
  await page.focus("#text");
  await page.keyboard.press("Control+A");
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await page.keyboard.press("Control+V");
}

test("the example with mistakes has marks, and clicks on suggestions fix them", async () => {
  const { page, close } = await open();
  assert.match(await verdict(page), /5 errors, 1 hint/);
  assert.equal(await page.locator(".problems > li").count(), 6);
  const marks = await page.locator(".paper .mark").allTextContents();
  assert.ok(marks.includes('"@mira"') && marks.includes('"ofer"'), marks.join());
  await shot(page, "page");
  for (let count = 0; count < 8 && (await page.locator(".fix").count()); count += 1) await page.locator(".fix").first().click();
  assert.match(await verdict(page), /1 error/);
  await page.keyboard.press("Control+Z");
  assert.match(await verdict(page), /2 errors/);
  await close();
});

test("marks explain themselves on hover", async () => {
  const { page, close } = await open();
  const box = await page.locator(".paper .mark", { hasText: '"60000"' }).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  assert.match(await page.textContent("#tip"), /expected an integer, found a string/);
  await close();
});

test("pasted text is validated", async () => {
  const { page, close } = await open();
  const event = { type: "m.room.member", state_key: "@mira:example.org", sender: "@mira:example.org", event_id: "$1", origin_server_ts: 1, content: { membership: "join", displayname: 7 } };
  await paste(page, JSON.stringify(event));
  assert.match(await verdict(page), /1 error.*m\.room\.member.*event of \/sync/);
  assert.ok((await page.inputValue("#text")).includes('\n  "type"'), "a text of one line is formatted");
  assert.match(await page.textContent("#panel-read"), /AnySyncTimelineEvent::RoomMember.*\/content\/displayname/);
  await paste(page, '{"type": }');
  assert.match(await verdict(page), /Not JSON/);
  await paste(page, "");
  await close();
});

test("documents have a list of their events", async () => {
  const { page, close } = await open("#example=Start/Response of /sync");
  assert.match(await verdict(page), /13 events · \/sync/);
  assert.equal(await page.locator(".row").count(), 13);
  await shot(page, "sync");
  await page.check("#only-problems");
  const shown = await page.locator(".row").count();
  assert.ok(shown > 1 && shown < 13, String(shown));
  await page.locator(".row", { hasText: "m.presence" }).click();
  assert.match(await page.textContent("#panel-read"), /AnyPresenceEvent::Presence/);
  await page.selectOption("#example", "Start/PDU of the federation");
  assert.match(await verdict(page), /PDU/);
  await page.selectOption("#example", "Start/One event per line");
  assert.match(await verdict(page), /6 events/);
  await close();
});

test("the page is usable with the keyboard alone", async () => {
  const { page, close } = await open();
  await page.focus("#text");
  await page.keyboard.press("F8");
  const selected = () => page.evaluate(() => document.getSelection().toString() || document.querySelector("#text").value.slice(document.querySelector("#text").selectionStart, document.querySelector("#text").selectionEnd));
  const first = await selected();
  await page.keyboard.press("F8");
  assert.notEqual(await selected(), first);
  await page.keyboard.press("F8");
  const before = await page.locator(".problems > li").count();
  await page.keyboard.press("Alt+Enter");
  assert.ok((await page.locator(".problems > li").count()) < before);
  // Tab leaves the editor, and reaches each control.
  const reached = [];
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName));
  }
  assert.ok(reached.includes("problem") && reached.includes("tab-read") && reached.includes("panel-read"), reached.join());
  await page.focus("#tab-read");
  await page.keyboard.press("ArrowRight");
  assert.match(await page.textContent("#panel-fields"), /sdp_stream_metadata/);
  await page.keyboard.press("ArrowRight");
  assert.match(await page.textContent("#panel-redaction"), /removes \d+ members/);
  await close();
});

test("a link opens the same text with the same settings", async () => {
  const { page, close } = await open();
  await page.check("[name=level][value=schema]", { force: true });
  await paste(page, '{\n  "type": "m.room.name",\n  "content": {"name": "ü😀 Lobby"}\n}');
  await page.click("#link");
  await page.waitForFunction(() => location.hash.includes("text="));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  const other = await open(new URL(link).hash);
  assert.match(await other.page.inputValue("#text"), /ü😀 Lobby/);
  assert.ok(await other.page.isChecked("[name=level][value=schema]"));
  await other.close();
});

test("the page fits narrow screens and dark mode", async () => {
  const { page, close } = await open("", { viewport: { width: 320, height: 640 }, media: { colorScheme: "dark" } });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  for (const tab of ["fields", "redaction", "help", "read"]) {
    await page.click(`#tab-${tab}`);
    assert.ok((await width()) <= 320, `${tab}: ${await width()} pixels`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok((await width()) <= 390, `${await width()} pixels`);
  await page.screenshot({ path: join(screenshots, "narrow.png"), fullPage: true });
  await close();
  const dark = await open("#example=Start/Valid message", { media: { colorScheme: "dark" } });
  assert.match(await verdict(dark.page), /Valid/);
  await shot(dark.page, "dark");
  await dark.close();
  const light = await open("#example=Start/Valid message", { media: { colorScheme: "light" } });
  await shot(light.page, "valid");
  await light.close();
});

test("the page cannot reach the network", async () => {
  const { page } = await open();
  const outcomes = await page.evaluate(async () => {
    const image = new Image();
    const loaded = new Promise((resolve) => Object.assign(image, { onload: () => resolve("loaded"), onerror: () => resolve("blocked") }));
    image.src = `${location.origin}/style.css`;
    const fetched = await fetch(location.href).then(() => "loaded", () => "blocked");
    return [fetched, await loaded, navigator.sendBeacon(location.href, "text")];
  });
  assert.deepEqual(outcomes.slice(0, 2), ["blocked", "blocked"]);
  const violations = await page.evaluate(() => globalThis.violations);
  assert.ok(violations.some((one) => one.startsWith("connect-src")) && violations.some((one) => one.startsWith("img-src")), violations.join());
  await page.close();
});

test("each example opens without an error of the page", async () => {
  const { page, close } = await open();
  const outcomes = await page.evaluate(() =>
    matrixEventsExamples.map(({ group, name }) => {
      globalThis.page.example(`${group}/${name}`);
      return [group, name, document.querySelector("#verdict").textContent, document.querySelector("#panel-read").textContent];
    }),
  );
  assert.ok(outcomes.length > 100);
  const malformed = outcomes.filter(([group, , , read]) => group !== "Start" && /::(Malformed|Unknown)Kind/.test(read));
  assert.deepEqual(malformed, []);
  // This example is for the schema of all methods, and its method has a schema with further required fields.
  const expected = ["m.key.verification.start"];
  const invalid = outcomes.filter(([group, name, text]) => group !== "Start" && !expected.includes(name) && /error|Not JSON|No event/.test(text));
  assert.deepEqual(invalid.map(([, name, text]) => `${name}: ${text}`), []);
  await close();
});

test("the page works from a file", async () => {
  const { page, close } = await open("", { address: `file://${join(folder, "index.html")}` });
  assert.match(await verdict(page), /5 errors/);
  await page.close();
  void close;
});

test("elements have names for screen readers", async () => {
  const { page, close } = await open("#example=Start/Response of /sync");
  const unnamed = await page.evaluate(() => {
    const named = (element) =>
      element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.textContent.trim() || element.labels?.length || element.title;
    return [...document.querySelectorAll("button, input, select, textarea, [role]")].filter((element) => !named(element) && element.getAttribute("role") !== "presentation" && !element.hidden).map((element) => element.outerHTML.slice(0, 100));
  });
  assert.deepEqual(unnamed.filter((html) => !html.includes('role="tooltip"')), []);
  await close();
});

test("times of start and of edits", async () => {
  const { page, close } = await open();
  const times = await page.evaluate(async () => {
    const ready = performance.getEntriesByName("ready")[0].duration;
    const median = (list) => list.sort((one, other) => one - other)[Math.floor(list.length / 2)];
    const edit = () => {
      const start = performance.now();
      document.execCommand("insertText", false, " ");
      return performance.now() - start;
    };
    const { page } = globalThis;
    page.editor.area.focus();
    page.editor.area.setSelectionRange(1, 1);
    const event = median(Array.from({ length: 30 }, edit));
    const sync = matrixEventsExamples.find(({ name }) => name === "Response of /sync").text;
    const response = JSON.parse(sync);
    const [room] = Object.values(response.rooms.join);
    const { events } = room.timeline;
    const copies = [];
    for (let index = 0; JSON.stringify(events).length * (copies.length / events.length) < 5e6; index += 1) {
      copies.push(...events.map((one) => ({ ...one, event_id: `${one.event_id}${index}` })));
    }
    room.timeline.events = copies;
    const text = JSON.stringify(response);
    const start = performance.now();
    page.load(text);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const load = performance.now() - start;
    page.editor.area.focus();
    page.editor.area.setSelectionRange(1, 1);
    const inLarge = median(Array.from({ length: 30 }, edit));
    return { ready, event, bytes: text.length, events: page.opened.events.length, load, inLarge };
  });
  const round = (value) => Math.round(value * 10) / 10;
  console.log(
    `ready after ${round(times.ready)} ms; an edit of an event ${round(times.event)} ms; ` +
      `a response of ${times.bytes} bytes with ${times.events} events ${round(times.load)} ms, an edit in it ${round(times.inLarge)} ms`,
  );
  assert.ok(times.events > 10_000);
  await shot(page, "large");
  await close();
});
