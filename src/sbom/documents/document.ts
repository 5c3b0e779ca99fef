import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Masked } from "../../contract/masked.ts";
import type { ImagePackages } from "../../contract/package-facts.ts";
import type { Text } from "../../contract/text.ts";

/** What a document describes: an image, by what it holds and not only by a name that moves. */
export interface SbomSubject {
  readonly reference: ReferenceFacts;
  /** Digest of the manifest; a docker-archive has none. */
  readonly digest?: Digest;
  /** Digest of the config. */
  readonly imageId: Digest;
  /** `os/architecture[/variant]`. */
  readonly platform: string;
  /** Of the layers, bottom first. */
  readonly diffIds: readonly Digest[];
}

/** What an SBOM says, in no format yet. */
export interface SbomContent {
  readonly subject: SbomSubject;
  readonly packages: Masked<ImagePackages>;
  /** What could not be read, each in a sentence: the packages in it are missing. Empty: all was read. */
  readonly gaps: readonly Text[];
  /** Version of douane. */
  readonly douane: string;
  /** When it was made. */
  readonly created: Date;
}

/**
 * The image's name, without tag and digest: what stands before them of what was asked for. Of an archive
 * or a folder its last part: where it lay on one machine is nobody's business, and no two runs' alike.
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

/** What tells this image from others of its name. */
export function subjectVersion({ digest, imageId }: SbomSubject): Digest {
  return digest ?? imageId;
}
