import { LIMITS } from "../../../contract/limits.ts";
import type { ScriptsFacts } from "../facts.ts";
import { type Analysis, type Analyzer, hasContent, type LayerEntry, type Want } from "./analyzer.ts";
import { KeptTexts } from "./kept-texts.ts";
import { TOOL_BYTES, ToolSearch, toolIn } from "./tool-search.ts";

/** Scripts that an entrypoint can lead to: which entries are some, and the texts of those that teams write. */
export const SCRIPTS: Analyzer<"scripts"> = {
  name: "scripts",
  fileBytes: LIMITS.secretFileBytes,
  begin: () => new ScriptsAnalysis(),
};

class ScriptsAnalysis implements Analysis<ScriptsFacts> {
  readonly #found: number[] = [];
  readonly #texts = new KeptTexts();
  readonly #tools: [number, string][] = [];

  want(entry: LayerEntry): Want {
    if (!hasContent(entry)) return 0;
    const { index, path, size } = entry;
    if (!isExecutable(entry)) return size <= LIMITS.scriptBytes && isReadByShells(path) ? size : 0;
    if (INSTALLED.test(path)) return Math.min(size, 2);
    if (size <= LIMITS.secretFileBytes) return size;
    return size <= TOOL_BYTES ? new ToolSearch((tool) => void this.#tools.push([index, tool])) : 2;
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    if (!isExecutable(entry) || isScript(entry, bytes)) {
      this.#found.push(entry.index);
      if (bytes.length === entry.size && entry.size <= LIMITS.scriptBytes) {
        this.#texts.add(entry, bytes, entry.size);
      }
      return;
    }
    const tool = toolIn(bytes);
    if (tool !== undefined) this.#tools.push([entry.index, tool]);
  }

  facts(): ScriptsFacts {
    return { found: this.#found, contents: this.#texts.contents, tools: this.#tools };
  }
}

/** What a distribution or a package manager installs: no team's entrypoint lies there. */
const INSTALLED =
  /^\/(?:usr\/(?:s?bin|lib|lib64|libexec|share|include|src)|s?bin|lib|lib64|nix|proc|sys)\/|\/(?:node_modules|site-packages|dist-packages|gems|vendor|\.venv|\.m2|\.nuget|\.cargo|\.cache|pkg\/mod|\.git)\//;
/** A program's name; data and sources have others, also where everything is executable. */
const PLAIN = /\/[\w-]+(?:\.(?:sh|bash|ksh|run|cmd|start))?$/;
const HEAD_BYTES = 64;

/** By `#!`; without one a shell that calls it reads it all the same. */
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
