"use strict";

/** The height of a row, which `style.css` states too. */
const ROW = 46;

/** The list of the events of a document. Only the visible rows have elements. */
class EventList {
  /** `choose` is called with the index of an event. */
  constructor(section, choose) {
    this.section = section;
    this.rows = section.querySelector(".rows");
    this.filter = section.querySelector("#filter");
    this.onlyProblems = section.querySelector("#only-problems");
    this.title = section.querySelector("h2");
    this.choose = choose;
    this.events = [];
    this.shown = [];
    this.current = -1;
    this.filter.addEventListener("input", () => this.search());
    this.onlyProblems.addEventListener("change", () => this.search());
    this.rows.addEventListener("scroll", () => this.render());
    this.rows.addEventListener("keydown", (event) => this.key(event));
    this.rows.addEventListener("click", ({ target }) => {
      const row = target.closest("[data-index]");
      if (row) this.choose(Number(row.dataset.index), false);
    });
    new ResizeObserver(() => this.render()).observe(this.rows);
  }

  setEvents(events) {
    const isOther = events.length !== this.events.length;
    this.events = events;
    this.section.hidden = events.length < 2;
    this.section.parentElement.classList.toggle("with-list", events.length > 1);
    if (isOther) this.rows.scrollTop = 0;
    if (this.section.hidden) this.shown = [];
    else this.search();
  }

  setCurrent(index) {
    this.current = index;
    if (this.section.hidden) return;
    const position = this.shown.indexOf(index);
    if (position >= 0) {
      const top = position * ROW;
      const { scrollTop, clientHeight } = this.rows;
      if (top < scrollTop) this.rows.scrollTop = top;
      if (top + ROW > scrollTop + clientHeight) this.rows.scrollTop = top + ROW - clientHeight;
    }
    this.render();
  }

  search() {
    const words = this.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isShown = (event) => {
      if (this.onlyProblems.checked && !event.counts.some(Boolean)) return false;
      const text = [event.type, event.sender, event.state_key, event.pointer, event.place].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    };
    this.shown = this.events.map((_, index) => index).filter((index) => isShown(this.events[index]));
    const all = this.events.length.toLocaleString("en");
    const some = this.shown.length.toLocaleString("en");
    this.title.textContent = this.shown.length === this.events.length ? `${all} events` : `${some} of ${all} events`;
    this.render();
  }

  render() {
    const { scrollTop, clientHeight } = this.rows;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - 2);
    const last = Math.min(this.shown.length, first + Math.ceil(clientHeight / ROW) + 5);
    const space = (count) => {
      const element = h("div", { class: "space", role: "presentation" });
      element.style.height = `${count * ROW}px`;
      return element;
    };
    const rows = this.shown.slice(first, last).map((index, position) => this.row(index, first + position));
    this.rows.replaceChildren(space(first), ...rows, space(this.shown.length - last));
    const active = `event-${this.current}`;
    if (document.getElementById(active)) this.rows.setAttribute("aria-activedescendant", active);
    else this.rows.removeAttribute("aria-activedescendant");
  }

  row(index, position) {
    const event = this.events[index];
    const badges = LEVELS.map((level, of) => [level, event.counts[of]]).filter(([, count]) => count);
    const details = [event.place, event.sender, event.state_key ? `key ${event.state_key}` : null].filter(Boolean).join(" · ");
    return h(
      "div",
      {
        class: "row",
        role: "option",
        id: `event-${index}`,
        "data-index": index,
        "aria-selected": String(index === this.current),
        "aria-posinset": position + 1,
        "aria-setsize": this.shown.length,
        title: event.pointer,
      },
      h("span", { class: "name" }, event.type ?? "no type", event.redacted ? h("em", {}, " redacted") : null),
      h("span", { class: "counts" }, ...badges.map(([level, count]) => h("span", { class: `badge ${level}`, title: `${count} ${level}` }, String(count)))),
      h("span", { class: "details" }, details),
    );
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.move(steps[event.key], true);
  }

  /** Chooses the event that is some rows further. `keeps` is `true` if the list keeps the focus. */
  move(step, keeps) {
    if (!this.shown.length) return;
    const position = Math.max(0, this.shown.indexOf(this.current));
    const next = Math.min(this.shown.length - 1, Math.max(0, position + step));
    this.choose(this.shown[next], keeps);
  }
}
