import { LIMITS } from "../../../contract/limits.ts";
import { mayChangeUser, toolIn as toolCalledIn } from "../../../start/program-tools.ts";
import type { ScriptsFacts } from "../facts/facts.ts";
import { type Analysis, type Analyzer, hasContent, type LayerEntry, type Want } from "./analyzer.ts";
import { KeptTexts } from "./kept-texts.ts";
import { INSTALLED, isOwnSource } from "./own-source.ts";
import { TOOL_BYTES, ToolSearch, toolIn } from "./tool-search.ts";

/**
 * Scripts that an entrypoint may run: entries that are scripts, and the texts of scripts in teams' folders.
 */
export const SCRIPTS: Analyzer<"scripts"> = {
  name: "scripts",
  fileBytes: LIMITS.secretFileBytes,
  begin: () => new ScriptsAnalysis(),
};

class ScriptsAnalysis implements Analysis<ScriptsFacts> {
  readonly #found: number[] = [];
  readonly #texts = new KeptTexts();
  readonly #tools: [number, string][] = [];
  readonly #callers: [number, string][] = [];

  want(entry: LayerEntry): Want {
    if (!hasContent(entry)) return 0;
    const { index, path, size } = entry;
    if (!isExecutable(entry)) {
      if (isOwnSource(entry)) return size;
      return size <= LIMITS.scriptBytes && isReadByShells(path) ? size : 0;
    }
    if (INSTALLED.test(path)) return Math.min(size, 2);
    if (size <= LIMITS.secretFileBytes) return size;
    return size <= TOOL_BYTES ? new ToolSearch((tool) => void this.#tools.push([index, tool])) : 2;
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    if (isOwnSource(entry)) this.#takeSource(entry, bytes);
    const isRead = isExecutable(entry) ? isScript(entry, bytes) : isReadByShells(entry.path);
    if (isRead) {
      this.#found.push(entry.index);
      if (bytes.length === entry.size && entry.size <= LIMITS.scriptBytes) {
        this.#texts.add(entry, bytes, entry.size);
      }
      return;
    }
    const tool = toolIn(bytes);
    if (tool !== undefined) this.#tools.push([entry.index, tool]);
  }

  #takeSource({ index }: LayerEntry, bytes: Uint8Array): void {
    if (!mayChangeUser(bytes)) return;
    const tool = toolCalledIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8"));
    if (tool !== undefined) this.#callers.push([index, tool]);
  }

  facts(): ScriptsFacts {
    const { contents } = this.#texts;
    return { found: this.#found, contents, tools: this.#tools, callers: this.#callers };
  }
}

/** Names that a program may have; names of data and sources differ, even if every file is executable. */
const PLAIN = /\/[\w-]+(?:\.(?:sh|bash|ksh|run|cmd|start))?$/;
const HEAD_BYTES = 64;

/** Whether the file is a script by `#!`, or possibly a script: a shell also runs files without `#!`. */
function isScript({ path, size }: LayerEntry, bytes: Uint8Array): boolean {
  if (bytes[0] === 0x23 && bytes[1] === 0x21) return true;
  if (bytes.length < size || size > LIMITS.scriptBytes || !PLAIN.test(path)) return false;
  return bytes
    .subarray(0, HEAD_BYTES)
    .every((byte) => (byte >= 0x20 && byte !== 0x7f) || (byte >= 0x09 && byte <= 0x0d));
}

function isReadByShells(path: string): boolean {
  return (path.endsWith(".sh") || path.endsWith("/bin/activate")) && !INSTALLED.test(path);
}

function isExecutable({ mode }: LayerEntry): boolean {
  return (mode & 0o111) !== 0;
}
