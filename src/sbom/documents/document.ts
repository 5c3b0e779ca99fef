import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Masked } from "../../contract/masked.ts";
import type { ImagePackages } from "../../contract/package-facts.ts";
import type { Text } from "../../contract/text.ts";

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
  /** Parts that could not be read, one sentence each; their packages are missing. Empty if all was read. */
  readonly gaps: readonly Text[];
  /** Version of douane. */
  readonly douane: string;
  /** Time of creation. */
  readonly created: Date;
}

/**
 * Name of the image, without tag and digest. For an archive or a folder its last path segment, since the rest
 * is specific to one machine.
 */
export function subjectName({ reference }: SbomSubject): string {
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
