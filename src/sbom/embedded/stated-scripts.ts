import type { SbomDocument } from "../documents/read/sbom-document.ts";

/** A JavaScript file that a document names as the place of packages. */
interface ScriptPlace {
  readonly path: string;
  /** SHA-256 and SHA-512 that the document states for the path: `sha256:…`; empty if it states none. */
  readonly digests: readonly string[];
}

/** JavaScript files whose packages a document states. */
export interface StatedScripts {
  readonly places: readonly ScriptPlace[];
  /** Digests of such files, wherever they lie; empty if the document names none. */
  readonly digests: readonly string[];
}

/** A JavaScript file of an image. */
export interface ImageScript {
  readonly path: string;
  /** SHA-256 and SHA-512; absent for a file too long to be read whole. */
  readonly digests?: readonly string[];
}

/** Most scripts and digests recorded per document. */
const MOST = 1_000;

/** Scripts that a document names; undefined if there are none, or if the document declares itself incomplete. */
export function statedScripts({ components, files, incomplete }: SbomDocument): StatedScripts | undefined {
  if (incomplete.length > 0) return undefined;
  const paths = components.flatMap(({ places }) =>
    places.flatMap(({ path, inside }) => (inside === undefined && /\.[cm]?js$/.test(path) ? [path] : [])),
  );
  const known = Map.groupBy(files, ({ path = "" }) => path);
  const places = sorted(paths).map((path) => ({
    path,
    digests: sorted((known.get(path) ?? []).flatMap(({ digests }) => digests)),
  }));
  const described = files.flatMap(({ digests, isDescribed }) => (isDescribed === true ? digests : []));
  const digests = sorted(described);
  return places.length === 0 && digests.length === 0 ? undefined : { places, digests };
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted().slice(0, MOST);
}

/** Scripts whose packages any of an image's documents states. */
export class DescribedScripts {
  readonly #digests = new Set<string>();
  /** Digests that documents state for a path, one list per document. */
  readonly #places = new Map<string, (readonly string[])[]>();

  add({ places, digests }: StatedScripts): void {
    for (const digest of digests) this.#digests.add(digest);
    for (const { path, digests: stated } of places) {
      const known = this.#places.get(path);
      if (known === undefined) this.#places.set(path, [stated]);
      else known.push(stated);
    }
  }

  /**
   * Whether a document names the file's digest, or its path without stating other digests for it, which mean
   * another build.
   */
  has({ path, digests = [] }: ImageScript): boolean {
    if (digests.some((digest) => this.#digests.has(digest))) return true;
    const places = this.#places.get(path) ?? [];
    return places.some(
      (stated) => stated.length === 0 || digests.length === 0 || digests.some((one) => stated.includes(one)),
    );
  }
}
