import { LIMITS } from "../../../contract/limits.ts";
import type { ContentReader } from "./analyzer.ts";

/**
 * Texts that identify tools regardless of their file names. Sources: the programs as built by Debian and
 * Alpine.
 */
const MARKS = Object.entries({
  // gosu's help has su-exec's line.
  "github.com/tianon/gosu": "gosu",
  "user-spec command [args]": "su-exec",
  "must be owned by uid %d and have the setuid bit set": "sudo",
  "doas is not enabled, ": "doas",
  "may not be used by non-root users": "runuser",
  "BusyBox is a multi-call binary": "busybox",
}).map(([text, tool]) => ({ mark: Buffer.from(text), tool }));
const LONGEST = Math.max(...MARKS.map(({ mark }) => mark.length));

/** Name of the user-changing tool (gosu, su-exec…) that an ELF program is; undefined for other programs. */
export function toolIn(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== 0x7f || bytes[1] !== 0x45) return undefined;
  return markIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}

/** Searches a program that arrives in pieces, like toolIn(). */
export class ToolSearch implements ContentReader {
  readonly #found: (tool: string) => void;
  #tail = Buffer.alloc(0);
  #tool: string | undefined;

  constructor(found: (tool: string) => void) {
    this.#found = found;
  }

  push(bytes: Uint8Array): void {
    if (this.#tool !== undefined) return;
    const joined = Buffer.concat([this.#tail, bytes]);
    this.#tool = markIn(joined);
    this.#tail = joined.subarray(Math.max(0, joined.length - LONGEST));
  }

  end(): void {
    if (this.#tool !== undefined) this.#found(this.#tool);
  }
}

/** Longest tool, in bytes; gosu has 3 MB. */
export const TOOL_BYTES = 4 * LIMITS.secretFileBytes;

function markIn(bytes: Buffer): string | undefined {
  return MARKS.find(({ mark }) => bytes.includes(mark))?.tool;
}
