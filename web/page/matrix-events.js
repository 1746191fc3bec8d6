"use strict";

/**
 * The validators of matrix-events, compiled to WebAssembly.
 *
 * In a browser, include this file as a script. In Node, use `require`:
 *
 * ```js
 * const { MatrixEvents } = require("./matrix-events.js");
 * const events = await MatrixEvents.load(await readFile("matrix-events.wasm"));
 * const { findings } = events.open('{"type": "m.room.name", "content": {"name": 7}}', { level: "strict" });
 * ```
 *
 * All ranges are pairs of offsets in a string of JavaScript.
 */
class MatrixEvents {
  /** Compiles the bytes of the WebAssembly module. */
  static async load(bytes) {
    const { instance } = await WebAssembly.instantiate(bytes, {});
    return new MatrixEvents(instance.exports);
  }

  /** Compiles a module that is compressed with gzip and encoded with base64. */
  static async loadCompressed(base64) {
    const compressed = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return MatrixEvents.load(await new Response(stream).arrayBuffer());
  }

  constructor(exports) {
    this.exports = exports;
    this.encoder = new TextEncoder();
    this.decoder = new TextDecoder();
  }

  /** Returns the response to a request, which is an object with the operation in `op`, and a text. */
  request(head, text = "") {
    const { exports } = this;
    const bytes = this.encoder.encode(`${JSON.stringify(head)}\n${text}`);
    const input = exports.input(bytes.length);
    new Uint8Array(exports.memory.buffer, input, bytes.length).set(bytes);
    const length = exports.respond();
    const response = new Uint8Array(exports.memory.buffer, exports.output(), length);
    return JSON.parse(this.decoder.decode(response));
  }

  /** Returns the releases, room versions, forms and event types. */
  about() {
    return this.request({ op: "about" });
  }

  /**
   * Finds and validates the events of a text.
   *
   * The options are `level` (`schema`, `strict` or `lint`), `form` of events that are not part of a response, and `version` of the
   * specification for the level `lint`. With `origin`, the text is one event of this origin.
   */
  open(text, { level = "strict", form = null, version = null, origin = null } = {}) {
    return this.request({ op: "open", level, form, version, origin }, text);
  }

  /** Returns how the crate deserializes an event. `origin` is that of the event in the response of `open`. */
  read(event, { origin = 0, form = null } = {}) {
    return this.request({ op: "read", origin, form }, event);
  }

  /** Returns the lines of an event, each with `true` if a redaction in this room version removes the line. */
  redact(event, roomVersion) {
    return this.request({ op: "redact", room_version: roomVersion }, event);
  }

  /** Describes an event type with its fields. */
  describe(type, { variant = null, edu = false } = {}) {
    return this.request({ op: "describe", type, variant, edu });
  }

  /** Returns a JSON text with a member or an element on each line. */
  format(text) {
    return this.request({ op: "format" }, text).text;
  }
}

if (typeof module !== "undefined") {
  module.exports = { MatrixEvents };
}
