"use strict";

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const code = (text) => h("code", {}, text);
const outside = (url, text) => h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);

/** Returns a text with its parts in backticks as code. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? code(part) : part));
}

/** Returns the summary of a document. */
function verdict({ kind, events, findings, counts, unrecognized }, { level, release, text, isPart }) {
  const errors = counts.schema + counts.strict;
  const hints = counts.lint;
  const parts = [];
  if (errors) parts.push(plural(errors, "error"));
  if (hints) parts.push(plural(hints, "hint"));
  const syntax = findings.find(({ rule }) => rule === "syntax");
  if (!text.trim()) return ["empty", h("strong", {}, "Paste an event"), h("span", {}, "or choose an example.")];
  if (syntax && !events.length) return ["schema", h("strong", {}, "Not JSON"), h("span", {}, ...prose(syntax.message))];
  if (!events.length) {
    const message = unrecognized.length ? "The text is neither an event nor a known response." : `This ${kind ?? "text"} has no events.`;
    return ["empty", h("strong", {}, "No event found"), h("span", {}, message)];
  }
  const [first] = events;
  const subject = events.length > 1 ? [`${plural(events.length, "event")} · `, kind] : [code(first.type ?? "no type"), ` · ${kind === "a PDU" ? "PDU" : formName(first)}`];
  const rules = ` · level ${level}, ${release}`;
  const valid = isPart ? "This event is valid" : "Valid";
  if (errors) return ["schema", h("strong", {}, parts.join(", ")), h("span", {}, ...subject, rules)];
  if (hints) return ["lint", h("strong", {}, `${valid}, ${parts.join(", ")}`), h("span", {}, ...subject, rules)];
  const isUnknown = events.length === 1 && !first.known;
  if (isUnknown) return ["empty", h("strong", {}, "Unknown event type"), h("span", {}, ...subject, rules)];
  return ["valid", h("strong", {}, valid), h("span", {}, ...subject, rules)];
}

function formName({ form, place }) {
  const names = {
    full: "full event",
    sync: "event of /sync",
    stripped: "stripped state",
    "initial-state": "initial state",
    "content-only": "type and content",
    pdu: "PDU",
  };
  return names[form] ?? place;
}

/** What a violation of each level is. */
const MEANINGS = {
  schema: "violates the JSON Schemas of the specification",
  strict: "violates a requirement that the specification states in prose",
  lint: "a recommendation: the event is valid",
};

/** Returns the list of problems. `on` has the functions `reveal` and `fix`. */
function problems(findings, events, on) {
  return findings.map((finding, index) => {
    const fixes = finding.fixes.map((fix) =>
      h("button", { type: "button", class: "fix", title: `Change the text to ${fix.text}`, click: () => on.fix(fix) }, ...prose(fix.label)),
    );
    const type = events.length > 1 ? (events[finding.event]?.type ?? "") : "";
    const where = finding.pointer || (finding.rule === "syntax" ? "" : "the event");
    return h(
      "li",
      { class: finding.level, id: `problem-${index}` },
      h(
        "button",
        { type: "button", class: "problem", "data-index": index, click: () => on.reveal(finding) },
        h("span", { class: `badge ${finding.level}`, title: MEANINGS[finding.level] }, finding.level),
        h("span", { class: "message" }, ...prose(finding.message)),
      ),
      fixes.length ? h("div", { class: "fixes" }, ...fixes) : null,
      h(
        "div",
        { class: "more" },
        h("span", { class: "pointer" }, type ? h("strong", {}, `${type} `) : null, where),
        h("span", { class: "rule", title: finding.schema ? `Stated by ${finding.schema}` : null }, `rule ${finding.rule}`),
        finding.since ? h("span", { class: "rule" }, `since ${finding.since}`) : null,
        finding.link ? outside(finding.link, finding.rule === "syntax" ? "RFC 8259" : "Specification") : null,
      ),
    );
  });
}

/** Returns the report on how the crate deserializes an event. `reveal` selects a range of the event. */
function readAs(read, event, described, reveal) {
  if (read.error) return [h("p", { class: "note" }, `The crate does not deserialize this value: ${read.error}.`)];
  const row = (name, ...value) => [h("dt", {}, name), h("dd", {}, ...value)];
  const place = (range, ...label) =>
    range ? h("button", { type: "button", class: "place", click: () => reveal(range) }, ...label) : h("code", {}, ...label);
  const rows = [row("Rust type", h("code", { class: "type" }, `${read.enum}::${read.variant}`))];
  if (read.known_type && event.type !== read.known_type) rows.push(row("Alias", code(event.type), " is an alias of ", code(read.known_type)));
  if (described && !described.error) {
    rows.push(row("Kind", described.kinds.join(", "), described.since ? `, since ${described.since}` : "", described.deprecated ? h("span", { class: "badge lint" }, "deprecated") : null));
  }
  if (event.variant) rows.push(row(described?.discriminator ?? "Variant", code(event.variant)));
  if (read.redacted) rows.push(row("Redacted", "yes"));
  if (read.reason) rows.push(row("Malformed", place(read.reason_range, ...prose(read.reason))));
  const list = (name, fields, more, note) => {
    if (!fields.length) return;
    const items = fields.map((field) => h("li", {}, place(field.range, field.pointer), more?.(field) ?? ""));
    rows.push(row(name, h("ul", {}, ...items), h("p", { class: "note" }, ...prose(note))));
  };
  list("Invalid fields", read.invalid_fields, ({ value }) => ` = ${shorten(JSON.stringify(value))}`, "Deserialized as absent. The event keeps and serializes them.");
  list("Unknown fields", read.unknown_fields, null, "Kept in `extra`, without a Rust field.");
  list("Aliases", read.aliases, ({ name }) => ` is an alias of ${name}`, "Serialized under the same name again.");
  if (!read.invalid_fields.length && !read.unknown_fields.length && !read.aliases.length && !read.reason) {
    const isTyped = !["Unknown", "Redacted", "Malformed"].includes(read.variant);
    rows.push(row("Fields", isTyped ? "All members have a Rust field." : "The event is kept as JSON."));
  }
  const notes = {
    Unknown: "The event type has no Rust type. The event is lossless: all of its JSON is kept.",
    Redacted: "The event is redacted. Its JSON is kept.",
    Malformed: "A required field is missing or invalid, so the event has no typed content. Its JSON is kept.",
  };
  return [
    h("dl", { class: "facts" }, ...rows.flat()),
    notes[read.variant] ? h("p", { class: "note" }, notes[read.variant]) : null,
    described && !described.error ? h("p", { class: "description" }, ...prose(described.description.split("\n")[0]), " ", outside(described.link, "Specification")) : null,
  ].filter(Boolean);
}

function shorten(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Returns the tables of the fields of an event type. */
function fieldTables(described) {
  if (described.error) return [h("p", { class: "note" }, "Enter an event type of the specification or of a proposal.")];
  const { type, variant, kinds, since, deprecated, aliases, link } = described;
  return [
    h("h3", {}, type, variant ? h("small", {}, ` ${described.discriminator} ${variant}`) : null),
    h("p", { class: "description" }, ...described.description.split("\n\n").flatMap((part, index) => (index ? [h("br"), ...prose(part)] : prose(part)))),
    h(
      "p",
      { class: "note" },
      [kinds.join(", "), since ? `since ${since}` : null, deprecated ? "deprecated" : null, aliases.length ? `aliases ${aliases.join(", ")}` : null].filter(Boolean).join(" · "),
      " · ",
      outside(link, "Specification"),
    ),
    h("h4", {}, "Content"),
    described.fields.length ? fieldTable(described.fields) : h("p", { class: "note" }, "The content has no fields."),
    h("h4", {}, "Envelope"),
    fieldTable(described.envelope.filter(({ name }) => name !== "content")),
  ];
}

function fieldTable(fields) {
  return h("ul", { class: "fields" }, ...fields.map(fieldRow));
}

function fieldRow(field) {
  const facts = [
    field.default !== null ? `default ${field.default}` : null,
    field.since ? `since ${field.since}` : null,
    ...field.changed.map(([version, text]) => `changed in ${version}: ${text}`),
    field.deprecated ? "deprecated" : null,
    field.level ? `declared in prose` : null,
    field.aliases.length ? `alias ${field.aliases.join(", ")}` : null,
    field.values ? `values ${field.values.join(", ")}` : null,
    ...field.patterns.map((pattern) => `pattern ${pattern}`),
    ...field.limits.map(([name, limit]) => `${name} ${limit}`),
  ].filter(Boolean);
  const head = [
    h("span", { class: "name" }, field.name || "*"),
    h("span", { class: "type" }, field.type),
    field.required ? h("span", { class: "required" }, "required") : null,
    field.deprecated ? h("span", { class: "badge lint" }, "deprecated") : null,
  ];
  const body = [
    field.description ? h("p", {}, ...prose(field.description.split("\n")[0])) : null,
    facts.length ? h("p", { class: "note" }, facts.join(" · ")) : null,
  ];
  if (!field.fields.length) return h("li", {}, h("div", { class: "head" }, ...head), ...body);
  return h("li", {}, h("details", {}, h("summary", { class: "head" }, ...head), ...body, fieldTable(field.fields)), );
}

/** Returns the preview of a redaction. */
function redaction(response, version) {
  if (response.error) return [h("p", { class: "note" }, `No preview: ${response.error}.`)];
  const lines = response.lines.map(([text, isRemoved]) => h(isRemoved ? "del" : "span", { class: "line" }, text));
  const count = response.removed ? `A redaction in room version ${version} removes ${plural(response.removed, "member")}.` : `A redaction in room version ${version} removes nothing.`;
  return [h("p", { class: "note" }, count), h("pre", { class: "redaction", tabindex: "0" }, ...lines)];
}

/** Returns the field of a description at a path of keys. Indices and keys of maps are left out of the fields. */
function fieldAt(described, path) {
  const find = (fields, [first, ...rest]) => {
    if (first === undefined) return null;
    const field = fields.find(({ name, aliases }) => name === first || aliases.includes(first));
    if (!field) return find(fields, rest);
    return rest.length ? (find(field.fields, rest) ?? (rest.every((part) => !field.fields.some(({ name }) => name === part)) ? field : null)) : field;
  };
  const [first, ...rest] = path;
  if (first !== "content") return find(described.envelope, path);
  return rest.length ? find(described.fields, rest) : described.envelope.find(({ name }) => name === "content");
}
