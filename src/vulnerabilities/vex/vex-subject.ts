import { parsePurl } from "../../sbom/purl.ts";
import type { VexProduct } from "./statement.ts";

/** The image that statements may be about. */
export interface VexSubject {
  /** Name without tag and digest: `registry.example/team/app`. */
  readonly name: string;
  /** Platform as `os/architecture[/variant]`; absent if unknown. */
  readonly platform?: string;
  /** Digests of manifest, index and config. */
  readonly digests: readonly string[];
  /** Package URLs of the image's content. */
  readonly purls: readonly string[];
}

/**
 * Whether a product is this image: by digest, or by a purl of type `oci` or `docker` whose digest and
 * `repository_url`, if present, are the image's. A tag is mutable and proves nothing.
 */
export function isSubject(
  { purls, digests }: Pick<VexProduct, "purls" | "digests">,
  subject: VexSubject,
): boolean {
  if (digests.some((digest) => subject.digests.includes(digest))) return true;
  return purls.some((purl) => isImagePurl(purl, subject));
}

function isImagePurl(text: string, { name, digests, platform }: VexSubject): boolean {
  const purl = parsePurl(text);
  if (purl === undefined || (purl.type !== "oci" && purl.type !== "docker")) return false;
  const { version, qualifiers, namespace, subpath } = purl;
  // An index has images of several platforms; a part of the image is not the image.
  const [os, arch] = platform?.split("/") ?? [];
  const isOther = (key: string, own: string | undefined) => (qualifiers.get(key) ?? own) !== own;
  if (platform !== undefined && (isOther("os", os) || isOther("arch", arch))) return false;
  if (subpath !== undefined) return false;
  if (version !== undefined) {
    // A purl with another digest is another image.
    if (!version.startsWith("sha256:") || !digests.includes(version)) return false;
  }
  // Without a digest, a tag or another qualifier limits the statement to some of the repository's images.
  const isLimited = [...qualifiers.keys()].some(
    (key) => !COMPARED.has(key) || (platform === undefined && key !== "repository_url"),
  );
  if (version === undefined && isLimited) return false;
  const repository = qualifiers.get("repository_url");
  if (repository !== undefined) return isRepository(repository, name, purl.name);
  const own = namespace === undefined ? purl.name : `${namespace}/${purl.name}`;
  // A digest suffices; a bare name could be anyone's.
  return version !== undefined || normal(name) === normal(own);
}

const COMPARED: ReadonlySet<string> = new Set(["repository_url", "os", "arch"]);

/** Whether a repository URL names the image: `ghcr.io/team/app`, with or without the last part. */
function isRepository(url: string, name: string, last: string): boolean {
  const repository = normal(url.replace(/^[a-z]+:\/\//i, ""));
  return normal(name) === repository || normal(name) === `${repository}/${last.toLowerCase()}`;
}

/** Name with Docker Hub's several host names unified. */
function normal(name: string): string {
  const lower = name.toLowerCase().replace(/\/$/, "");
  return lower.replace(/^(?:index\.docker\.io|registry-1\.docker\.io|docker\.io)\/(?:library\/)?/, "");
}
