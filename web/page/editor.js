"use strict";

/** The height of a line, which `style.css` states too. */
const LINE = 20;
/** Lines above this length have no colors. */
const LONG_LINE = 4000;
/** The levels, from the one that is shown on top of the others. */
const LEVELS = ["schema", "strict", "lint"];

/**
 * A textarea with marks and colors. A layer behind the textarea shows the visible lines, so the time of an edit does not depend on
 * the length of the text.
 */
class Editor {
  /** `on` has the functions `input`, `caret` and `hover`. */
  constructor(root, on) {
    this.root = root;
    this.area = root.querySelector("textarea");
    this.paper = root.querySelector(".paper > div");
    this.gutter = root.querySelector(".gutter > div");
    this.tip = root.querySelector(".tip");
    this.on = on;
    this.marks = [];
    this.starts = [0];
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("scroll", () => this.render());
    this.area.addEventListener("mousemove", (event) => this.hover(event));
    this.area.addEventListener("mouseleave", () => this.showTip(null));
    const moved = () => document.activeElement === this.area && this.on.caret(this.caret);
    document.addEventListener("selectionchange", moved);
    // Some browsers do not report the selection in a textarea.
    for (const name of ["keyup", "click"]) this.area.addEventListener(name, moved);
    new ResizeObserver(() => this.render()).observe(this.area);
  }

  get text() {
    return this.area.value;
  }

  get caret() {
    return this.area.selectionStart;
  }

  /** Replaces the whole text. The undo history starts anew. */
  set text(text) {
    this.area.value = text;
    this.area.setSelectionRange(0, 0);
    this.area.scrollTo(0, 0);
    this.changed();
  }

  /** Replaces a part of the text, and keeps the undo history. */
  replace([start, end], text) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    // `setRangeText` empties the undo history.
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, start, end, "end");
      this.changed();
    }
  }

  changed() {
    const { text } = this;
    this.starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.starts.push(at + 1);
    }
    this.marks = [];
    this.showTip(null);
    // The function sets the marks, which shows the lines.
    this.on.input(text);
  }

  /** Sets the marks: objects with `range`, `level` and `message`. */
  setMarks(marks) {
    this.marks = marks;
    this.render();
  }

  /** Returns the index of the line at an offset. */
  lineAt(offset) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Selects a range and scrolls to it. */
  reveal([start, end], focus = true) {
    if (focus) this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    const line = this.lineAt(start);
    const top = line * LINE;
    const { scrollTop, clientHeight, clientWidth } = this.area;
    if (top < scrollTop + LINE || top > scrollTop + clientHeight - 3 * LINE) {
      this.area.scrollTop = Math.max(0, top - clientHeight / 3);
    }
    const column = (start - this.starts[line]) * this.charWidth();
    if (column < this.area.scrollLeft || column > this.area.scrollLeft + clientWidth - 80) {
      this.area.scrollLeft = Math.max(0, column - clientWidth / 2);
    }
    this.render();
  }

  charWidth() {
    if (!this.width) {
      const probe = h("span", { class: "probe" }, "0".repeat(100));
      this.paper.append(probe);
      this.width = probe.getBoundingClientRect().width / 100 || 8;
      probe.remove();
    }
    return this.width;
  }

  /** Shows the visible lines. */
  render() {
    const { scrollTop, scrollLeft, clientHeight } = this.area;
    const first = Math.max(0, Math.floor(scrollTop / LINE) - 1);
    const last = Math.min(this.starts.length, first + Math.ceil(clientHeight / LINE) + 3);
    const { text } = this;
    const marks = this.marksByLine(first, last);
    const before = this.plain ?? new Map();
    this.plain = new Map();
    const lines = [];
    const numbers = [];
    for (let index = first; index < last; index += 1) {
      const start = this.starts[index];
      const end = index + 1 < this.starts.length ? this.starts[index + 1] - 1 : text.length;
      const here = marks.get(index) ?? [];
      lines.push(this.line(text.slice(start, end), start, here, before));
      const level = LEVELS.find((one) => here.some((mark) => mark.level === one));
      numbers.push(h("div", { class: level ? `line ${level}` : "line" }, String(index + 1)));
    }
    this.paper.replaceChildren(...lines);
    this.gutter.replaceChildren(...numbers);
    const top = first * LINE - scrollTop;
    this.paper.style.transform = `translate(${-scrollLeft}px, ${top}px)`;
    this.gutter.style.transform = `translateY(${top}px)`;
    const digits = Math.max(2, String(this.starts.length).length);
    this.root.style.setProperty("--digits", digits);
  }

  /** Returns the element of a line. A line without marks that was shown before keeps its element. */
  line(text, start, marks, before) {
    const known = marks.length ? null : before.get(text)?.pop();
    const element = known ?? h("div", { class: "line" }, ...this.segments(text, start, marks));
    if (!marks.length) this.plain.set(text, [...(this.plain.get(text) ?? []), element]);
    return element;
  }

  marksByLine(first, last) {
    const byLine = new Map();
    for (const mark of this.marks) {
      const from = this.lineAt(mark.range[0]);
      const to = Math.max(from, this.lineAt(Math.max(mark.range[0], mark.range[1] - 1)));
      for (let line = Math.max(from, first); line <= Math.min(to, last); line += 1) {
        byLine.set(line, [...(byLine.get(line) ?? []), mark]);
      }
    }
    return byLine;
  }

  /** Returns the spans of a line, which starts at an offset. */
  segments(line, offset, marks) {
    const tokens = line.length > LONG_LINE ? [] : tokenize(line);
    if (!tokens.length && !marks.length) return [line || "\u200b"];
    const cuts = new Set([0, line.length]);
    for (const { from, to } of tokens) cuts.add(from).add(to);
    const local = marks.map((mark) => {
      const from = Math.max(0, mark.range[0] - offset);
      const to = Math.min(line.length, Math.max(mark.range[1] - offset, from + 1));
      cuts.add(Math.min(from, line.length)).add(to);
      return { from, to, mark };
    });
    const sorted = [...cuts].sort((one, other) => one - other);
    const spans = [];
    let token = 0;
    for (let index = 0; index + 1 < sorted.length; index += 1) {
      const [from, to] = [sorted[index], sorted[index + 1]];
      while (token < tokens.length && tokens[token].to <= from) token += 1;
      const kind = tokens[token]?.from <= from ? tokens[token].kind : "";
      const here = local.filter((one) => one.from <= from && one.to >= to);
      const level = LEVELS.find((one) => here.some(({ mark }) => mark.level === one));
      const span = h("span", { class: level ? `${kind} mark ${level}` : kind }, line.slice(from, to));
      span.marks = here.map(({ mark }) => mark);
      spans.push(span);
    }
    // A mark at the end of a line, such as that of an incomplete text, has no character.
    const after = local.filter(({ from }) => from >= line.length);
    if (after.length) {
      const span = h("span", { class: `mark ${after[0].mark.level}` }, "\u00a0");
      span.marks = after.map(({ mark }) => mark);
      spans.push(span);
    }
    return spans;
  }

  hover({ clientX, clientY }) {
    const spans = this.paper.querySelectorAll(".mark");
    const inside = (rect) => clientX >= rect.left && clientX <= rect.right && clientY >= rect.top && clientY <= rect.bottom;
    const span = [...spans].find((one) => [...one.getClientRects()].some(inside));
    this.showTip(span ?? null);
  }

  /** Shows the messages of a marked span. */
  showTip(span) {
    if (!span) {
      this.tip.hidden = true;
      return;
    }
    const rows = span.marks.map((mark) =>
      h("p", {}, h("span", { class: `badge ${mark.level}` }, mark.level), " ", ...prose(mark.message), mark.since ? h("small", {}, ` (since ${mark.since})`) : "", mark.fix ? h("small", {}, " — ", ...prose(mark.fix)) : ""),
    );
    this.tip.replaceChildren(...rows);
    this.tip.hidden = false;
    const [box, around] = [span.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const left = Math.min(box.left - around.left, around.width - this.tip.offsetWidth - 8);
    const below = box.bottom - around.top + 4;
    const fits = below + this.tip.offsetHeight < around.height;
    this.tip.style.left = `${Math.max(8, left)}px`;
    this.tip.style.top = `${fits ? below : Math.max(4, box.top - around.top - this.tip.offsetHeight - 4)}px`;
  }
}

/** Returns the tokens of a line of JSON. Strings of JSON have no line breaks, so lines are independent. */
function tokenize(line) {
  const tokens = [];
  const pattern = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b|[{}[\],:]/g;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    const [token] = match;
    const to = match.index + token.length;
    let kind = "punctuation";
    if (token.startsWith('"')) kind = /^\s*:/.test(line.slice(to, to + 8)) ? "key" : "string";
    else if (/^[-\d]/.test(token)) kind = "number";
    else if (/^[tfn]/.test(token)) kind = "literal";
    tokens.push({ from: match.index, to, kind });
  }
  return tokens;
}

/** Returns the path of the value at an offset: the keys and indices from the value that starts at `from`. */
function pathAt(text, from, to) {
  const stack = [];
  for (let at = from; at < to; at += 1) {
    const top = stack.at(-1);
    switch (text[at]) {
      case '"': {
        let end = at + 1;
        while (end < text.length && text[end] !== '"' && text[end] !== "\n") end += text[end] === "\\" ? 2 : 1;
        if (top?.awaits) {
          try {
            top.key = JSON.parse(text.slice(at, end + 1));
          } catch {
            top.key = null;
          }
          top.awaits = false;
        }
        at = end;
        break;
      }
      case "{":
        stack.push({ isObject: true, awaits: true, key: null });
        break;
      case "[":
        stack.push({ isObject: false, key: 0 });
        break;
      case "}":
      case "]":
        stack.pop();
        break;
      case ",":
        if (top?.isObject) Object.assign(top, { awaits: true, key: null });
        else if (top) top.key += 1;
        break;
      default:
    }
  }
  return stack.map(({ key }) => key).filter((key) => key !== null);
}

/** Creates an element. Attributes with the value `null` are left out, and functions are listeners. */
function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
