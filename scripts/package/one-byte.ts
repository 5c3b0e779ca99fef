import type { Plugin } from "rolldown";

const BEYOND_LATIN = /[\u0100-\uffff]/g;
const RAW = /String\.raw`[^`]*[\u0100-\uffff]/;

/**
 * Plugin of rolldown: characters beyond Latin-1 are written as escapes, since V8 keeps two bytes of each
 * character of a source that holds a single one of them.
 */
export function oneByteSources(): Plugin {
  return { name: "one-byte-sources", renderChunk: (code) => withEscapes(code) };
}

/** @throws Error if a raw template holds such a character, since an escape would be another text there */
export function withEscapes(code: string): string {
  if (RAW.test(code)) throw new Error("a raw template holds characters beyond Latin-1: write them elsewhere");
  return code.replace(BEYOND_LATIN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
