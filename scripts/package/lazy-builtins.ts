import type { Plugin } from "rolldown";

/**
 * Modules of Node that many runs do not need, and that cost a start 1 to 6 ms each: commander alone loads
 * child_process, with net and dgram.
 */
export const COSTLY = ["child_process", "crypto", "fs/promises", "net", "worker_threads", "zlib"];

/** Plugin of rolldown: chunks load costly modules of Node on first use (ADR 0171). */
export function lazyBuiltins(): Plugin {
  return { name: "lazy-builtins", renderChunk: (code) => COSTLY.reduce(loadedOnUse, code) };
}

/**
 * Chunk that loads a module on first use: `let node_net = require("node:net");` becomes `let node_net;`, and
 * each `node_net` behind it `(node_net ??= require("node:net"))`.
 */
export function loadedOnUse(chunk: string, builtin: string): string {
  const name = `node_${builtin.replace("/", "_")}`;
  const load = `require("node:${builtin}")`;
  const [before, after] = chunk.split(`let ${name} = ${load};\n`, 2);
  if (before === undefined || after === undefined) return chunk;
  // A default import is converted in a statement of its own.
  const conversion = new RegExp(`^${name} = (\\S+)\\(${name}(.*)\\);\\n`, "m");
  const [, convert, options] = conversion.exec(after) ?? [];
  const value = convert === undefined ? load : `${convert}(${load}${options})`;
  const use = new RegExp(`\\b${name}(?![\\w$])`, "g");
  return `${before}let ${name};\n${after.replace(conversion, "").replaceAll(use, () => `(${name} ??= ${value})`)}`;
}
