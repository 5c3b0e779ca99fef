import { ownerName } from "../../../sbom/file-lists/file-list.ts";
import { storePath } from "../packages/store-path.ts";
import type { LayerEntry } from "./analyzer.ts";
import type { FoundExecutables } from "./found-executables.ts";
import type { FoundPackages } from "./found-packages.ts";

const NIX = "nix-store";
const STORE = "/nix/store/";

/** Collects packages of Nix from the paths in its store, since there is no list of them. */
export class NixPaths {
  readonly #found: FoundPackages;
  readonly #executables: FoundExecutables;
  readonly #known = new Set<string>();

  constructor(found: FoundPackages, executables: FoundExecutables) {
    this.#found = found;
    this.#executables = executables;
  }

  /** Records a file of the layer. */
  see({ index, path, type }: LayerEntry, isProgram: boolean): void {
    if (!path.startsWith(STORE) || type !== "file") return;
    const stored = storePath(path);
    if (stored === undefined) return;
    const { facts } = stored;
    if (!this.#known.has(stored.path)) {
      this.#known.add(stored.path);
      this.#found.read(index, NIX, () => [facts]);
    }
    if (isProgram) this.#executables.list([{ owner: ownerName(facts), paths: [path] }]);
  }
}
