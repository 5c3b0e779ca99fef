import { LIMITS } from "../../../contract/limits.ts";
import type { ScriptsFacts } from "../facts.ts";
import { type Analysis, type Analyzer, hasContent, type LayerEntry } from "./analyzer.ts";
import { KeptTexts } from "./kept-texts.ts";

/** Scripts that an entrypoint can lead to: which entries are some, and the texts of those that teams write. */
export const SCRIPTS: Analyzer<"scripts"> = {
  name: "scripts",
  fileBytes: LIMITS.scriptBytes,
  begin: () => new ScriptsAnalysis(),
};

class ScriptsAnalysis implements Analysis<ScriptsFacts> {
  readonly #found: number[] = [];
  readonly #texts = new KeptTexts();

  want(entry: LayerEntry): number {
    return hasContent(entry) ? scriptBytes(entry) : 0;
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    // `#!` is what tells among executables.
    if (isExecutable(entry) && (bytes[0] !== 0x23 || bytes[1] !== 0x21)) return;
    this.#found.push(entry.index);
    if (bytes.length === entry.size) this.#texts.add(entry, bytes, entry.size);
  }

  facts(): ScriptsFacts {
    return { found: this.#found, contents: this.#texts.contents };
  }
}

/** What a distribution or a package manager installs: no team's entrypoint lies there. */
const INSTALLED =
  /^\/(?:usr\/(?:s?bin|lib|lib64|libexec|share|include|src)|s?bin|lib|lib64|nix|proc|sys)\/|\/(?:node_modules|site-packages|dist-packages|gems|vendor|\.venv|\.m2|\.nuget|\.cargo|\.cache|pkg\/mod|\.git)\//;

/** All of a file where teams put theirs; of other executables the `#!`, so that a script among them can be read afterwards. */
function scriptBytes(entry: LayerEntry): number {
  const { path, size } = entry;
  if (!isExecutable(entry) && !path.endsWith(".sh")) return 0;
  if (size <= LIMITS.scriptBytes && !INSTALLED.test(path)) return size;
  return isExecutable(entry) ? Math.min(size, 2) : 0;
}

function isExecutable({ mode }: LayerEntry): boolean {
  return (mode & 0o111) !== 0;
}
