import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Masked } from "../../contract/masked.ts";
import type { ComponentFacts, ImagePackages } from "../../contract/package-facts.ts";
import type { Text } from "../../contract/text.ts";
import { purlOf } from "../purl.ts";

/** Subject of a document: an image, identified by its content, not only by a mutable name. */
export interface SbomSubject {
  readonly reference: ReferenceFacts;
  /** Digest of the manifest; a docker-archive has none. */
  readonly digest?: Digest;
  /** Digest of the config. */
  readonly imageId: Digest;
  /** Platform as `os/architecture[/variant]`. */
  readonly platform: string;
  /** diffIDs of the layers, lowest first. */
  readonly diffIds: readonly Digest[];
}

/** Content of an SBOM, independent of its format. */
export interface SbomContent {
  readonly subject: SbomSubject;
  readonly packages: Masked<ImagePackages>;
  /**
   * Parts that could not be read, one sentence each; their packages are missing. Empty if all parts were
   * read.
   */
  readonly gaps: readonly Text[];
  /** Version of douane. */
  readonly douane: string;
  /** Time of creation. */
  readonly created: Date;
}

/**
 * Name of the image, without tag and digest. For an archive or a folder, its last path segment, since the
 * rest is specific to one machine.
 */
export function subjectName({ reference }: Pick<SbomSubject, "reference">): string {
  const { registry, repository, given, transport } = reference;
  if (repository !== undefined) return registry === undefined ? repository : `${registry}/${repository}`;
  const path = given.startsWith(`${transport}:`) ? given.slice(transport.length + 1) : given;
  const [last = ""] = path
    .split("/")
    .filter((part) => part !== "")
    .slice(-1);
  const [name = ""] = last.split(":");
  return name === "" ? given : name;
}

/** Digest that identifies the image among those with the same name. */
export function subjectVersion({ digest, imageId }: SbomSubject): Digest {
  return digest ?? imageId;
}

/** Package at one place in an image. */
export interface Component {
  /**
   * Unique reference in the document: the purl, followed by `#` and the place if the package is at several.
   */
  readonly ref: string;
  readonly purl: string;
  readonly facts: ComponentFacts;
  /** Catalogers that found the package there; two catalogers may read the same file. */
  readonly catalogers: readonly string[];
}

/** Components sorted by purl and place, so that the same image gives the same document. */
export function componentsOf({ packages }: SbomContent): readonly Component[] {
  const byPurl = Map.groupBy(packages.components, (facts) => purlOf(facts, packages.os));
  const sorted = [...byPurl].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([purl, all]) => {
    const byPlace = [...Map.groupBy(all, placeOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return byPlace.flatMap(([place, found]) => {
      // Visible packages are preferred over hidden ones.
      const seen = found.find(({ hidden }) => hidden === undefined) ?? found[0];
      if (seen === undefined) return [];
      const facts = found.every(({ ofDistribution }) => ofDistribution) ? seen : ofItsOwn(seen);
      const ref = byPlace.length === 1 ? purl : `${purl}#${encodeURI(place.toWellFormed())}`;
      return [{ ref, purl, facts, catalogers: [...new Set(found.map(({ cataloger }) => cataloger))] }];
    });
  });
}

/**
 * Facts without the mark of the distribution, since the package is also installed by other means, in another
 * layer.
 */
function ofItsOwn({ ofDistribution: _ofDistribution, ...facts }: ComponentFacts): ComponentFacts {
  return facts;
}

/** Place of the file that declares the package: `/app/a.jar`, or `/app/a.jar!/BOOT-INF/lib/b.jar`. */
export function placeOf({ path, inside }: Pick<ComponentFacts, "path" | "inside">): string {
  return inside === undefined ? path : `${path}!/${inside}`;
}
