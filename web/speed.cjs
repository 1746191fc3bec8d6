"use strict";

// Compares the module of the page with ajv, on the examples of events and their mutations: the start, the time per event, and the sizes.
// All contenders start from a text. The module searches the type of the event. ajv validates with the schema that belongs to the event.
//
// Requires the output of `cargo xtask page` and `cargo xtask schemas`. Run it with `node web/speed.cjs`.

const { spawnSync } = require("node:child_process");
const { mkdirSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { brotliCompressSync, gzipSync } = require("node:zlib");

const TARGET = join(__dirname, "../target");
const SCHEMAS = join(TARGET, "schemas");
const EVENTS = join(SCHEMAS, "documents/events");
const PAGE = join(TARGET, "page");
const MODULE = join(PAGE, "matrix-events.wasm");
const STANDALONE = join(SCHEMAS, "standalone");
/** Loads the packages that `cargo xtask schemas` installed. */
const fromSchemas = createRequire(join(SCHEMAS, "speed.cjs"));

/** The number of processes that measure a start, and the number of passes over the cases. */
const STARTS = 15;
const PASSES = 9;
/** The type of the event that a start validates. */
const FIRST = "m.room.message";

/** All contenders report each mistake of an event. Formats are annotations. */
const SETTINGS = { strict: false, validateFormats: false, allErrors: true };

const names = () => readdirSync(EVENTS).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
const schemaOf = (name) => JSON.parse(readFileSync(join(EVENTS, `${name}.json`), "utf8"));

/** Each contender returns a function from an event type and a text to `true` if the event is valid. */
const contenders = {
  async "matrix-events"() {
    const { MatrixEvents } = require(join(PAGE, "matrix-events.js"));
    const engine = await MatrixEvents.load(readFileSync(MODULE));
    return (_, text) => !engine.open(text, { level: "schema", form: "full" }).findings.length;
  },
  async "ajv, compiled"(types = names()) {
    const Ajv = fromSchemas("ajv/dist/2020");
    const ajv = new Ajv(SETTINGS);
    const validators = new Map(types.map((name) => [name, ajv.compile(schemaOf(name))]));
    return (type, text) => validators.get(type)(JSON.parse(text));
  },
  async "ajv, standalone"(types = names()) {
    const load = (name) => [name, require(join(STANDALONE, `${name}.js`))];
    const validators = new Map(types.map(load));
    return (type, text) => validators.get(type)(JSON.parse(text));
  },
};

/** Writes the standalone code of each event type, and returns all of it. */
function writeStandalone() {
  const Ajv = fromSchemas("ajv/dist/2020");
  const standalone = fromSchemas("ajv/dist/standalone").default;
  mkdirSync(STANDALONE, { recursive: true });
  return names().map((name) => {
    const ajv = new Ajv({ ...SETTINGS, code: { source: true } });
    const code = standalone(ajv, ajv.compile(schemaOf(name)));
    writeFileSync(join(STANDALONE, `${name}.js`), code);
    return code;
  });
}

/** Returns the events with a type, each with its text and the expected verdict. */
function cases() {
  const lines = readFileSync(join(SCHEMAS, "cases.ndjson"), "utf8").trimEnd().split("\n");
  const all = lines.map((line) => JSON.parse(line)).filter(({ schema }) => schema.startsWith("events/"));
  // Without its type, an event has no schema.
  const typed = all.filter(({ schema, value }) => schema === `events/${value.type}.json`);
  return typed.map(({ valid, value }) => ({ type: value.type, valid, text: JSON.stringify(value) }));
}

const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];
const round = (value) => (value < 10 ? value.toPrecision(2) : String(Math.round(value)));

/** Returns the median of the time from the start of a new process until the first event is validated, in milliseconds. */
function startOf(name, types) {
  const run = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [__filename, name, ...types], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return Number(stdout);
  };
  return median(Array.from({ length: STARTS }, run));
}

/** Returns the median of the times of the passes over the events, in microseconds per event. */
function perEvent(validate, events) {
  const pass = () => {
    const start = performance.now();
    for (const { type, text } of events) validate(type, text);
    return ((performance.now() - start) * 1000) / events.length;
  };
  pass();
  return median(Array.from({ length: PASSES }, pass));
}

/** Prints the sum of the sizes of some files. */
function sizes(name, files) {
  const sizesOf = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
  const sums = files.map(sizesOf).reduce((sum, one) => sum.map((size, index) => size + one[index]));
  console.log(`| ${name} | ${sums.map((size) => Math.round(size / 1000).toLocaleString("en")).join(" | ")} |`);
}

async function main() {
  const code = writeStandalone();
  const events = cases();
  const groups = [events.filter(({ valid }) => valid), events.filter(({ valid }) => !valid)];
  const version = fromSchemas("ajv/package.json").version;
  console.log(`Node ${process.version}, ajv ${version}, ${groups[0].length} valid events and ${groups[1].length} invalid events of ${code.length} types\n`);
  console.log("| validator | start, ms | start with one type, ms | valid event, µs | invalid event, µs | other verdicts |\n|---|--:|--:|--:|--:|--:|");
  for (const [name, load] of Object.entries(contenders)) {
    const validate = await load();
    const others = events.filter(({ type, valid, text }) => validate(type, text) !== valid).length;
    const times = groups.map((group) => perEvent(validate, group));
    const starts = [startOf(name, []), startOf(name, [FIRST])];
    console.log(`| ${name} | ${[...starts, ...times].map(round).join(" | ")} | ${others} |`);
  }
  console.log("\n| file | raw, kB | gzip, kB | brotli, kB |\n|---|--:|--:|--:|");
  const page = readdirSync(PAGE).filter((file) => !file.endsWith(".wasm"));
  sizes("the page, with the module as a script", page.map((file) => readFileSync(join(PAGE, file))));
  sizes("`matrix-events.wasm`", [readFileSync(MODULE)]);
  sizes("ajv, standalone, all types", [Buffer.from(code.join("\n"))]);
  sizes(`ajv, standalone, \`${FIRST}\``, [readFileSync(join(STANDALONE, `${FIRST}.js`))]);
}

/** Prints the time until the first event is validated. */
async function start(name, types) {
  const text = JSON.stringify({ type: FIRST, sender: "@mira:example.org", event_id: "$1", room_id: "!garden:example.org", origin_server_ts: 1, content: { msgtype: "m.text", body: "Tomatoes" } });
  const begin = performance.now();
  const validate = await contenders[name](types.length ? types : undefined);
  if (!validate(FIRST, text)) throw new Error("the event is invalid");
  console.log(performance.now() - begin);
}

const [name, ...types] = process.argv.slice(2);
void (name ? start(name, types) : main());
