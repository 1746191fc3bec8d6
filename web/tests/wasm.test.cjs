"use strict";

// Compares the responses of the WebAssembly module with those of the native program, on mutated events.

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const test = require("node:test");

const folder = process.env.PAGE;
const { MatrixEvents } = require(join(folder, "matrix-events.js"));
const examples = new Function(`${readFileSync(join(folder, "examples.js"), "utf8")}; return matrixEventsExamples;`)();

const COUNT = 20_000;

/** Returns a function that returns pseudorandom numbers below a limit. */
function random(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const next = random(21);
const values = [null, true, -1, 1.5, 2 ** 53, "", "@", "x".repeat(300), "ü😀", [], {}, [[]], { m: 1 }, "$event", "!room:example.org"];

/** Returns the objects and arrays in a value. */
function containers(value, found = []) {
  if (typeof value !== "object" || value === null) return found;
  found.push(value);
  for (const one of Object.values(value)) containers(one, found);
  return found;
}

/** Changes an event in one to three places. */
function mutate(event) {
  const copy = structuredClone(event);
  for (let changes = next(3) + 1; changes > 0; changes -= 1) {
    const all = containers(copy);
    const place = all[next(all.length)];
    const keys = Object.keys(place);
    const key = keys[next(keys.length)];
    const value = structuredClone(values[next(values.length)]);
    const kind = next(4);
    if (kind === 0 && key !== undefined && !Array.isArray(place)) delete place[key];
    else if (kind === 1 && !Array.isArray(place)) place[`${key ?? "k"}x`] = value;
    else if (key !== undefined) place[key] = value;
  }
  return copy;
}

/** Returns a text, some of them without the end. */
function written(event) {
  const text = JSON.stringify(event, null, next(2) * 2);
  return next(20) ? text : text.slice(0, next(text.length));
}

function requests() {
  const events = examples.filter(({ value }) => value).map(({ value }) => value);
  const texts = examples.filter(({ text }) => text).map(({ text }) => text);
  assert.ok(events.length > 100 && texts.length >= 5);
  const list = [[{ op: "about" }, ""], ...texts.map((text) => [{ op: "open", level: "lint" }, text])];
  const levels = ["schema", "strict", "lint"];
  const forms = [null, "full", "sync", "stripped", "initial-state", "content-only", "pdu"];
  for (let index = 0; index < COUNT; index += 1) {
    const text = written(mutate(events[index % events.length]));
    const head = { op: "open", level: levels[next(3)], form: forms[next(forms.length)], version: next(2) ? "v1.5" : null };
    list.push([head, text]);
    if (index % 4 === 0) list.push([{ op: "read", origin: next(17) }, text]);
    if (index % 8 === 0) list.push([{ op: "redact", room_version: String(next(13)) }, text], [{ op: "format" }, text]);
  }
  return list;
}

/** Returns the responses of the native program. */
function native(list) {
  return new Promise((resolve, reject) => {
    const program = spawn(process.env.NATIVE, { stdio: ["pipe", "pipe", "inherit"] });
    const chunks = [];
    program.stdout.on("data", (chunk) => chunks.push(chunk));
    program.on("error", reject);
    program.on("close", (code) => {
      if (code !== 0) return reject(new Error(`the native program ended with ${code}`));
      const all = Buffer.concat(chunks);
      const responses = [];
      for (let at = 0; at < all.length; ) {
        const length = all.readUInt32BE(at);
        responses.push(all.subarray(at + 4, at + 4 + length).toString());
        at += 4 + length;
      }
      return resolve(responses);
    });
    for (const [head, text] of list) {
      const request = Buffer.from(`${JSON.stringify(head)}\n${text}`);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(request.length);
      program.stdin.write(length);
      program.stdin.write(request);
    }
    program.stdin.end();
  });
}

test("responses of the module equal those of the native program", async () => {
  const engine = await MatrixEvents.load(readFileSync(join(folder, "matrix-events.wasm")));
  const list = requests();
  const expected = await native(list);
  assert.equal(expected.length, list.length);
  let findings = 0;
  for (const [index, [head, text]] of list.entries()) {
    const response = engine.request(head, text);
    assert.deepEqual(response, JSON.parse(expected[index]), `${JSON.stringify(head)} ${text}`);
    findings += response.findings?.length ?? 0;
  }
  console.log(`compared ${list.length} responses with ${findings} findings`);
  assert.ok(list.length > COUNT && findings > COUNT / 2, `${findings} findings`);
});

test("ranges are offsets in the string", async () => {
  const engine = await MatrixEvents.load(readFileSync(join(folder, "matrix-events.wasm")));
  const text = '{"type": "m.room.name", "state_key": "", "content": {"ü😀": 1, "name": 7}}';
  const { findings } = engine.open(text, { level: "schema" });
  const { range } = findings.find(({ pointer }) => pointer === "/content/name");
  assert.equal(text.slice(...range), "7");
});

test("module in the script equals the file", async () => {
  const script = readFileSync(join(folder, "matrix-events.wasm.js"), "utf8");
  const engine = await MatrixEvents.loadCompressed(script.match(/"([A-Za-z0-9+/=]{1000,})"/)[1]);
  assert.equal(engine.about().room_versions.length, 12);
});
