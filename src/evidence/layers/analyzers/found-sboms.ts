import { LIMITS } from "../../../contract/limits.ts";
import {
  type EmbeddedSbom,
  embeddedSbom,
  sbomKind,
  unreadSbom,
} from "../../../sbom/embedded/embedded-sbom.ts";
import { maskText } from "../../../secrets/scan.ts";
import type { LayerSbom, PackagesFacts } from "../facts/facts.ts";
import type { LayerEntry } from "./analyzer.ts";

/** Number of dependencies' SBOMs that are named; the others are counted. */
const DEPENDENCIES_NAMED = 5;

/** Collects the SBOMs of a layer. */
export class FoundSboms {
  readonly #documents: LayerSbom[] = [];
  #dependencies = 0;
  #others = 0;
  /** Number of package keys recorded so far. */
  #keys = 0;

  isOne(path: string): boolean {
    return sbomKind(path) !== undefined;
  }

  /** Requests content of a file that may be an SBOM. @returns number of bytes */
  want({ index, path, size }: LayerEntry): number {
    if (sbomKind(path) === "dependency") this.#dependency(index, size);
    else if (size <= LIMITS.embeddedSbomBytes) return size;
    else this.#add({ entry: index, ...unreadSbom("too-long", size) });
    return 0;
  }

  take({ index, path }: LayerEntry, content: Uint8Array): void {
    const document = embeddedSbom(content, path);
    // Names such as bom.json are not reserved for SBOMs: another file with this name is ignored.
    if (document.state === "unknown-format" && sbomKind(path) === "perhaps") return;
    this.#read({ entry: index }, document);
  }

  /** Records links to documents; empty files are ignored. A link's target is read at the target's path. */
  seeOther({ index, path, type }: LayerEntry): 0 {
    if (type === "symlink" && sbomKind(path) === "document") {
      this.#add({ entry: index, ...unreadSbom("link", 0) });
    }
    if (type === "file" && sbomKind(path) === "document") {
      this.#read({ entry: index }, embeddedSbom(new Uint8Array(), path));
    }
    return 0;
  }

  /** Records a document that is a member of an archive. */
  member({ index, path }: LayerEntry, inside: string, content: Uint8Array, size: number): void {
    const place = { entry: index, inside };
    if (content.length < size) this.#add({ ...place, ...unreadSbom("too-long", size) });
    else this.#read(place, embeddedSbom(content, `${path}!/${inside}`));
  }

  facts(): Pick<PackagesFacts, "documents" | "otherDocuments"> {
    return { documents: this.#documents, otherDocuments: this.#others };
  }

  #dependency(entry: number, size: number): void {
    this.#dependencies += 1;
    if (this.#dependencies > DEPENDENCIES_NAMED) return;
    this.#add({ entry, ...unreadSbom("dependency", size) });
  }

  #read(place: Pick<LayerSbom, "entry" | "inside">, document: EmbeddedSbom): void {
    this.#keys += document.packages.length;
    const isTooMuch = this.#keys > LIMITS.packagesPerLayer;
    this.#add({ ...place, ...(isTooMuch ? unreadSbom("too-long", document.bytes) : masked(document)) });
  }

  #add(document: LayerSbom): void {
    if (this.#documents.length < LIMITS.sbomsPerImage) this.#documents.push(document);
    else this.#others += 1;
  }
}

/** The document without secrets, since facts of layers are cached. */
function masked(document: EmbeddedSbom): EmbeddedSbom {
  const { problem, subject, packages } = document;
  return {
    ...document,
    ...(problem === undefined ? {} : { problem: { fr: maskText(problem.fr), en: maskText(problem.en) } }),
    ...(subject === undefined ? {} : { subject: { ...subject, name: maskText(subject.name) } }),
    packages: packages.length === 0 ? [] : maskText(packages.join("\n")).split("\n"),
  };
}
