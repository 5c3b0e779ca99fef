import { createHash } from "node:crypto";
import { scriptFacts } from "../../../sbom/bundles/bundle.ts";
import type { LayerBundle, LayerSourceMap, PackagesFacts } from "../facts/facts.ts";
import type { LayerEntry } from "./analyzer.ts";
import type { FoundPackages } from "./found-packages.ts";
import { INSTALLED } from "./own-source.ts";

export const BUNDLE = "javascript-bundle";
export const SOURCE_MAP = "source-map";

const SCRIPT = /\.[cm]?js$/;
const MAP = /\.[cm]?js\.map$/;
/** Yarn's own program and generated files, which are not the application's. */
const OF_YARN = /\/\.yarn\/|\/\.pnp\.(?:cjs|loader\.mjs|js)$/;
/** Smallest bundle, in bytes: no bundle of packages is shorter. */
const SMALLEST = 512;
const MOST = 20_000;

/** The application's own JavaScript with bundled packages, and the source maps beside it. */
export class FoundBundles {
  readonly #found: FoundPackages;
  readonly #bundles: LayerBundle[] = [];
  readonly #maps: LayerSourceMap[] = [];

  constructor(found: FoundPackages) {
    this.#found = found;
  }

  isOne({ path, size }: Pick<LayerEntry, "path" | "size">): boolean {
    if (!path.endsWith("js") && !path.endsWith("js.map")) return false;
    if (!(SCRIPT.test(path) && size >= SMALLEST) && !MAP.test(path)) return false;
    return !INSTALLED.test(path) && !OF_YARN.test(path);
  }

  /** @param bytes content of the file, or only its beginning if the file is longer than the bound on lists */
  see({ index, path, size }: LayerEntry, bytes: Buffer): void {
    if (MAP.test(path) && bytes.length < size) return;
    const facts = scriptFacts(path, bytes);
    if (facts === undefined || this.#bundles.length + this.#maps.length >= MOST) return;
    const { lines, packages } = facts;
    const { is } = facts;
    if (is === "map") this.#maps.push({ entry: index, lines, ...(facts.isWhole ? { isWhole: true } : {}) });
    else {
      const { bundler, isServer } = facts;
      this.#bundles.push({
        entry: index,
        ...(bytes.length < size ? {} : { digests: digestsOf(bytes) }),
        bundler,
        lines,
        ...(isServer ? { isServer } : {}),
      });
    }
    this.#found.add({ entry: index, cataloger: is === "map" ? SOURCE_MAP : BUNDLE, packages });
  }

  facts(): Pick<PackagesFacts, "bundles" | "sourceMaps"> {
    return { bundles: this.#bundles, sourceMaps: this.#maps };
  }
}

/** Digests by which SBOMs name a file. */
function digestsOf(bytes: Buffer): readonly string[] {
  return ["sha256", "sha512"].map(
    (algorithm) => `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`,
  );
}
