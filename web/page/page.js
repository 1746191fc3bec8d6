"use strict";

/** Texts above this length are shown event by event. */
const LARGE = 200_000;
/** Links above this length do not work everywhere. */
const LONGEST_LINK = 32_000;

const $ = (id) => document.getElementById(id);

/** The state of the page. */
class Page {
  constructor(engine) {
    this.engine = engine;
    this.about = engine.about();
    /** The whole text if the editor shows one event of it, or `null`. */
    this.document = null;
    this.opened = null;
    /** The index of the current event. */
    this.current = -1;
    this.described = new Map();
    this.list = new EventList($("events"), (index, keeps) => this.choose(index, { keeps, isAsked: true }));
    this.editor = new Editor($("editor"), { input: () => this.check(), caret: (offset) => this.caret(offset) });
    this.fill();
    this.listen();
  }

  /** Fills the lists of choices. */
  fill() {
    const { forms, versions, room_versions: rooms, types, release } = this.about;
    $("release").textContent = `· Matrix ${release}`;
    $("form").append(...forms.map(({ name, description }) => h("option", { value: name }, description)));
    $("version").append(h("option", { value: "" }, `${release} (newest)`), ...versions.slice(1).map((version) => h("option", { value: version }, version)));
    $("room-version").append(...rooms.toReversed().map((version) => h("option", { value: version }, version)));
    $("types").append(...types.map(({ type, kinds }) => h("option", { value: type }, kinds.join(", "))));
    const groups = new Map();
    for (const { group, name } of matrixEventsExamples) groups.set(group, [...(groups.get(group) ?? []), name]);
    for (const [group, names] of groups) {
      const options = names.map((name) => h("option", { value: `${group}/${name}` }, name));
      $("example").append(h("optgroup", { label: group }, ...options));
    }
  }

  listen() {
    for (const radio of document.querySelectorAll("[name=level]")) radio.addEventListener("change", () => this.settingsChanged());
    $("form").addEventListener("change", () => this.settingsChanged());
    $("version").addEventListener("change", () => this.settingsChanged());
    $("room-version").addEventListener("change", () => this.showRedaction());
    $("example").addEventListener("change", ({ target }) => this.example(target.value));
    $("format").addEventListener("click", () => this.format());
    $("link").addEventListener("click", () => this.link());
    $("file-button").addEventListener("click", () => $("file").click());
    $("file").addEventListener("change", async ({ target }) => {
      if (target.files[0]) this.load(await target.files[0].text());
      target.value = "";
    });
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", async (event) => {
      const [file] = event.dataTransfer.files;
      if (!file) return;
      event.preventDefault();
      this.load(await file.text());
    });
    this.editor.area.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text");
      const isWhole = !this.editor.text || this.editor.area.selectionEnd - this.editor.area.selectionStart === this.editor.text.length;
      // A long text, or a text in one line, is shown in a form that a person can read.
      if (text.length > LARGE || (isWhole && !text.trim().includes("\n") && text.length > 120)) {
        event.preventDefault();
        this.load(text);
      }
    });
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("hashchange", () => this.openLink());
    $("type").addEventListener("change", () => this.describe($("type").value.trim(), null));
    $("variant").addEventListener("change", () => this.describe($("type").value.trim(), $("variant").value || null));
    const tabs = [...document.querySelectorAll("[role=tab]")];
    for (const tab of tabs) {
      tab.addEventListener("click", () => this.showTab(tab));
      tab.addEventListener("keydown", ({ key }) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
        if (!step) return;
        const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
        this.showTab(next);
        next.focus();
      });
    }
  }

  get settings() {
    const level = document.querySelector("[name=level]:checked").value;
    return { level, form: $("form").value || null, version: $("version").value || null };
  }

  set settings({ level, form, version }) {
    const radio = document.querySelector(`[name=level][value="${CSS.escape(level ?? "lint")}"]`);
    if (radio) radio.checked = true;
    $("form").value = form ?? "";
    $("version").value = version ?? "";
  }

  settingsChanged() {
    if (this.document !== null) {
      this.splice();
      this.opened = this.engine.open(this.document, this.settings);
      this.list.setEvents(this.opened.events);
    }
    this.check();
  }

  /** Opens a text. A long text is shown event by event. */
  load(text) {
    this.document = null;
    this.current = -1;
    $("example").value = "";
    const trimmed = text.replace(/^\ufeff/, "");
    if (trimmed.length > LARGE) {
      const opened = this.engine.open(trimmed, this.settings);
      if (opened.events.length) {
        this.document = trimmed;
        this.opened = opened;
        this.list.setEvents(opened.events);
        const invalid = opened.events.findIndex(({ counts: [schema, strict] }) => schema + strict);
        this.choose(Math.max(0, invalid), { keeps: true });
        return;
      }
    }
    const isOneLine = !trimmed.trim().includes("\n") && trimmed.length <= LARGE;
    this.editor.text = isOneLine ? this.engine.format(trimmed) : trimmed;
  }

  /** Validates the text of the editor, and shows the report. */
  check() {
    const { text } = this.editor;
    if (this.document === null) {
      this.opened = this.engine.open(text, this.settings);
      this.list.setEvents(this.opened.events);
      this.shown = this.opened;
      const count = this.opened.events.length;
      this.current = count ? Math.min(Math.max(this.current, 0), count - 1) : -1;
    } else {
      const { origin } = this.opened.events[this.current];
      this.shown = this.engine.open(text, { ...this.settings, origin });
      this.updateRow();
    }
    this.list.setCurrent(this.current);
    this.showScope();
    this.show();
  }

  /** Puts the edited event back into the document. */
  splice() {
    if (this.document === null || this.current < 0) return;
    const { text } = this.editor;
    const { events } = this.opened;
    const event = events[this.current];
    const [start, end] = event.range;
    if (this.formatted === text) return;
    this.document = this.document.slice(0, start) + text + this.document.slice(end);
    const delta = text.length - (end - start);
    event.range = [start, start + text.length];
    for (const other of events) if (other.range[0] > start) other.range = other.range.map((offset) => offset + delta);
    this.formatted = text;
  }

  /** Updates the row of an edited event. */
  updateRow() {
    const [now] = this.shown.events;
    const { counts } = this.shown;
    const { type, known, variant, sender, state_key } = now ?? {};
    Object.assign(this.opened.events[this.current], { type, known, variant, sender, state_key, counts: now?.counts ?? [counts.schema, 0, 0] });
  }

  /** Returns the current event, with its range in the editor. */
  get event() {
    if (this.document !== null) return this.shown?.events[0] ?? null;
    return this.opened?.events[this.current] ?? null;
  }

  /** Shows the event with an index. */
  choose(index, { keeps = false, isAsked = false } = {}) {
    const event = this.opened.events[index];
    if (!event) return;
    if (this.document !== null) {
      if (isAsked) this.splice();
      this.current = index;
      this.formatted = this.engine.format(this.document.slice(...event.range));
      this.editor.text = this.formatted;
      return;
    }
    this.current = index;
    this.list.setCurrent(index);
    if (isAsked) this.editor.reveal([event.range[0], event.range[0]], !keeps);
    this.show();
  }

  showScope() {
    const scope = $("scope");
    scope.hidden = this.document === null;
    if (scope.hidden) return;
    const { events } = this.opened;
    const { pointer } = events[this.current];
    const size = (this.document.length / 1e6).toFixed(1);
    const { counts } = this.opened;
    const whole = `${this.opened.kind}, ${size} MB, ${plural(events.length, "event")}: ${plural(counts.schema + counts.strict, "error")}, ${plural(counts.lint, "hint")}`;
    scope.replaceChildren(
      h("span", { class: "pointer" }, `Event ${(this.current + 1).toLocaleString("en")} · ${pointer}`),
      h("span", {}, whole),
      h("button", { type: "button", title: "Save the document with your edits as a file", click: () => this.download() }, "Save"),
      h("button", { type: "button", title: "Close the document, and empty the editor", click: () => this.load("") }, "Close"),
    );
  }

  /** Saves the edited document as a file. */
  download() {
    this.splice();
    const url = URL.createObjectURL(new Blob([this.document], { type: "application/json" }));
    h("a", { href: url, download: "document.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /** Shows the report about the text and the current event. */
  show() {
    const { shown } = this;
    const { level, version } = this.settings;
    const [state, ...parts] = verdict(shown, { level, release: version ?? this.about.release, text: this.editor.text, isPart: this.document !== null });
    // A screen reader announces each change, so an equal summary stays.
    if ($("verdict").textContent !== parts.map(({ textContent }) => textContent).join("")) $("verdict").replaceChildren(...parts);
    $("verdict").className = `verdict ${state}`;
    // With several events, the findings about the current one come first.
    const isCurrent = ({ event }) => event === this.current || this.document !== null;
    const findings = [...shown.findings.filter(isCurrent), ...shown.findings.filter((finding) => !isCurrent(finding))];
    this.findings = findings;
    const most = 200;
    $("problems-section").hidden = !findings.length;
    const on = { reveal: (finding) => this.reveal(finding), fix: (fix) => this.fix(fix) };
    $("problems").replaceChildren(...problems(findings.slice(0, most), shown.events, on));
    const { schema, strict, lint } = shown.counts;
    const rest = schema + strict + lint - Math.min(findings.length, most);
    if (rest > 0) $("problems").append(h("li", { class: "rest" }, `and ${plural(rest, "more problem")}`));
    this.editor.setMarks(shown.findings.map((finding) => ({ ...finding, fix: finding.fixes[0]?.label })));
    this.showEvent();
    this.caret(this.editor.caret);
  }

  /** Shows the panels about the current event. */
  showEvent() {
    const { event } = this;
    if (!event) {
      for (const id of ["panel-read", "redaction"]) $(id).replaceChildren(h("p", { class: "note" }, "No event."));
      if (!$("fields").firstChild) this.describe($("type").value, null);
      return;
    }
    const [start] = event.range;
    this.text = this.editor.text.slice(...event.range);
    const form = this.settings.form ?? event.form;
    const origin = this.document === null ? event.origin : this.opened.events[this.current].origin;
    const read = this.engine.read(this.text, { origin, form });
    const described = event.type ? this.lookup(event.type, event.variant, event.edu) : null;
    const reveal = ([from, to]) => this.editor.reveal([start + from, start + to]);
    $("panel-read").replaceChildren(...readAs(read, event, described, reveal));
    if (described && !described.error && this.event.known !== this.shownType?.known) this.describe(event.known, event.variant, event.edu);
    else if (described && event.variant !== this.shownType?.variant) this.describe(event.known ?? event.type, event.variant, event.edu);
    this.shownType = { known: event.known, variant: event.variant };
    if (!$("panel-redaction").hidden) this.showRedaction();
  }

  showRedaction() {
    if (!this.event) return;
    const version = $("room-version").value;
    $("redaction").replaceChildren(...redaction(this.engine.redact(this.text, version), version));
  }

  /** Returns the description of an event type, which is kept for the next time. */
  lookup(type, variant, edu = false) {
    const key = `${type} ${variant} ${edu}`;
    if (!this.described.has(key)) this.described.set(key, this.engine.describe(type, { variant, edu }));
    return this.described.get(key);
  }

  /** Shows the fields of an event type. */
  describe(type, variant, edu = null) {
    const isEdu = edu ?? (this.about.types.find((one) => one.type === type)?.edu || false);
    const described = this.lookup(type ?? "", variant, isEdu);
    $("type").value = type ?? "";
    const variants = described.variants ?? [];
    $("variant").hidden = $("variant-label").hidden = !variants.length;
    $("variant-label").textContent = described.discriminator ?? "Variant";
    $("variant").replaceChildren(h("option", { value: "" }, "any"), ...variants.map((value) => h("option", { value }, value)));
    $("variant").value = described.variant ?? "";
    $("fields").replaceChildren(...fieldTables(described));
  }

  reveal({ range, event }) {
    if (this.document === null && event !== null && event !== this.current) this.choose(event);
    this.editor.reveal(range);
  }

  fix({ range, text }) {
    this.editor.replace(range, text);
  }

  /** Shows the problem or the field at the cursor. */
  caret(offset) {
    const { event } = this;
    const status = $("hint");
    const finding = this.shown?.findings.find(({ range: [start, end] }) => start <= offset && offset <= Math.max(end, start + 1));
    const index = this.shown?.events.findIndex(({ range: [start, end] }) => start <= offset && offset <= end) ?? -1;
    if (this.document === null && index >= 0 && index !== this.current) {
      this.current = index;
      this.list.setCurrent(index);
      this.show();
      return;
    }
    for (const one of document.querySelectorAll(".problem")) one.classList.toggle("current", this.findings[one.dataset.index] === finding);
    this.announce(finding ? `${finding.level}: ${finding.message}` : "");
    if (finding) {
      const fix = finding.fixes[0] ? h("span", { class: "note" }, " Alt+Enter: ", ...prose(finding.fixes[0].label)) : null;
      status.replaceChildren(h("span", { class: `badge ${finding.level}` }, finding.level), h("span", {}, " ", ...prose(finding.message)), fix ?? "");
      return;
    }
    const described = event?.type ? this.lookup(event.type, event.variant, event.edu) : null;
    if (!event || !described || described.error || offset < event.range[0] || offset > event.range[1]) {
      status.replaceChildren(h("span", { class: "note" }, "F8: next problem · Alt+Shift+F: format"));
      return;
    }
    const path = pathAt(this.editor.text, event.range[0], offset);
    const field = fieldAt(described, path);
    const pointer = path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    if (!field) {
      status.replaceChildren(h("span", { class: "pointer" }, pointer || described.type));
      return;
    }
    const facts = [field.type, field.required ? "required" : null, field.since ? `since ${field.since}` : null].filter(Boolean).join(", ");
    status.replaceChildren(h("span", { class: "pointer" }, pointer), h("span", { class: "type" }, ` ${facts} `), h("span", {}, ...prose(field.description.split("\n")[0])));
  }

  /** Reports a text to screen readers, once. */
  announce(text) {
    if ($("announcement").textContent !== text) $("announcement").textContent = text;
  }

  key(event) {
    const { key, shiftKey, altKey } = event;
    const done = () => event.preventDefault();
    if (key === "F8") {
      done();
      this.nextProblem(shiftKey ? -1 : 1);
    } else if (altKey && shiftKey && event.code === "KeyF") {
      done();
      this.format();
    } else if (altKey && key === "Enter") {
      const { caret } = this.editor;
      const finding = this.shown.findings.find(({ range: [start, end], fixes }) => fixes.length && start <= caret && caret <= Math.max(end, start + 1));
      if (!finding) return;
      done();
      this.fix(finding.fixes[0]);
    } else if (altKey && (key === "ArrowDown" || key === "ArrowUp") && this.opened.events.length > 1) {
      done();
      this.list.move(key === "ArrowDown" ? 1 : -1, true);
    }
  }

  nextProblem(step) {
    const sorted = [...this.shown.findings].sort((one, other) => one.range[0] - other.range[0]);
    if (!sorted.length) return;
    const { selectionStart } = this.editor.area;
    const isFocused = document.activeElement === this.editor.area;
    const after = sorted.filter(({ range }) => !isFocused || range[0] > selectionStart);
    const before = sorted.filter(({ range }) => range[0] < selectionStart);
    const next = step > 0 ? (after[0] ?? sorted[0]) : (before.at(-1) ?? sorted.at(-1));
    this.reveal(next);
  }

  format() {
    const { text } = this.editor;
    const formatted = this.engine.format(text);
    if (formatted !== text) this.editor.replace([0, text.length], formatted);
  }

  showTab(tab) {
    for (const one of document.querySelectorAll("[role=tab]")) {
      const isShown = one === tab;
      one.setAttribute("aria-selected", String(isShown));
      one.tabIndex = isShown ? 0 : -1;
      $(one.getAttribute("aria-controls")).hidden = !isShown;
    }
    if (tab.id === "tab-redaction") this.showRedaction();
  }

  example(key) {
    const example = matrixEventsExamples.find(({ group, name }) => `${group}/${name}` === key);
    if (!example) return;
    this.settings = { ...this.settings, form: null };
    this.load(example.text ?? JSON.stringify(ordered(example.value), null, 2));
    $("example").value = key;
  }

  /** Copies a link that contains the text and the settings. */
  async link() {
    const { level, form, version } = this.settings;
    this.splice();
    const text = this.document ?? this.editor.text;
    const entries = Object.entries({ level, form, version }).filter(([, value]) => value);
    const fragment = new URLSearchParams([...entries, ["text", await compress(text)]]).toString();
    if (fragment.length > LONGEST_LINK) {
      this.toast("The text is too long for a link.");
      return;
    }
    history.replaceState(null, "", `#${fragment}`);
    try {
      await navigator.clipboard.writeText(location.href);
      this.toast("The link is copied.");
    } catch {
      this.toast("The link is in the address bar.");
    }
  }

  /** Opens the text of a link. Returns `false` if the address has none. */
  async openLink() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    if (parameters.has("example")) {
      this.example(parameters.get("example"));
      return true;
    }
    if (!parameters.has("text")) return false;
    try {
      const text = await decompress(parameters.get("text"));
      this.settings = { level: parameters.get("level"), form: parameters.get("form"), version: parameters.get("version") };
      this.load(text);
      return true;
    } catch {
      this.toast("The link is incomplete.");
      return false;
    }
  }

  toast(message) {
    $("toast").textContent = message;
    $("toast").hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => ($("toast").hidden = true), 3000);
  }
}

/** Returns an object with the members of an envelope first, and then all others. */
function ordered(value) {
  const first = ["type", "edu_type", "event_id", "room_id", "sender", "state_key", "origin_server_ts", "content", "msgtype", "body"];
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const rank = ([key]) => (first.includes(key) ? first.indexOf(key) : first.length);
  const members = Object.entries(value).sort((one, other) => rank(one) - rank(other));
  return Object.fromEntries(members.map(([key, one]) => [key, ordered(one)]));
}

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

async function compress(text) {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function decompress(base64) {
  const binary = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

async function start() {
  performance.mark("start");
  const engine = await MatrixEvents.loadCompressed(matrixEventsWasm);
  const page = new Page(engine);
  // Tests and people who debug the page use this name.
  globalThis.page = page;
  if (!(await page.openLink())) page.example("Start/Call invite with mistakes");
  performance.measure("ready", { start: 0 });
  document.documentElement.dataset.ready = "true";
}

start().catch((error) => {
  $("verdict").className = "verdict schema";
  $("verdict").textContent = `The validators failed to start: ${error.message}`;
});
