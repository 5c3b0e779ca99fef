// Grammar of image references: https://github.com/distribution/reference/blob/main/reference.go, with
// Docker's defaults (normalize.go): "nginx" is docker.io/library/nginx.

import { isDigest } from "../contract/digest.ts";
import { UsageError } from "../contract/error.ts";
import type { Digest } from "../contract/image-facts.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";

/** An image in a registry. */
export interface Reference {
  /** Host, with its port if one was given: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** Repository: `library/nginx`. */
  readonly repository: string;
  /** Tag as given; without tag and digest, `latest` is requested. */
  readonly tag?: string;
  readonly digest?: Digest;
}

const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::([0-9]+))?$`);
const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const REPOSITORY_LENGTH = 255;

/**
 * @param text `[registry/]name[:tag][@digest]`
 * @throws UsageError reference-invalid
 */
export function parseReference(text: string): Reference {
  const { name, tag, digest } = split(text);
  if (/^[a-f0-9]{64}$/.test(name)) {
    throw invalid(text, {
      fr: "64 chiffres hexadécimaux sont un identifiant, pas un nom",
      en: "64 hexadecimal digits are an id, not a name",
    });
  }
  const { registry, repository } = withDefaults(name);
  verifyRegistry(text, registry);
  verifyRepository(text, repository);
  if (tag !== undefined && !TAG.test(tag)) {
    throw invalid(text, {
      fr: `tag ${quoted(tag)} : 1 à 128 lettres, chiffres, « _ », « . » ou « - », sans « . » ni « - » au début`,
      en: `tag ${quoted(tag)}: 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"`,
    });
  }
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest: verifiedDigest(text, digest) }),
  };
}

export function formatReference({ registry, repository, tag, digest }: Reference): string {
  const tagged = tag === undefined ? "" : `:${tag}`;
  return `${registry}/${repository}${tagged}${digest === undefined ? "" : `@${digest}`}`;
}

/** Whether the text has neither a registry nor a digest: `portal:dev`, `team/portal`. */
export function isPlainName(text: string): boolean {
  const { name, digest } = split(text);
  const slash = name.indexOf("/");
  return digest === undefined && (slash === -1 || !isHost(name.slice(0, slash)));
}

/**
 * Parts of a reference. A colon after the last slash begins the tag; an earlier colon belongs to the
 * registry's port.
 */
function split(text: string): { name: string; tag?: string; digest?: string } {
  const at = text.indexOf("@");
  const digest = at === -1 ? {} : { digest: text.slice(at + 1) };
  const named = at === -1 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(":");
  if (colon <= named.lastIndexOf("/")) return { name: named, ...digest };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1), ...digest };
}

/** Registry and repository; the first part is a registry only if it looks like a host. */
function withDefaults(name: string): { registry: string; repository: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const isNamed = slash !== -1 && isHost(first);
  const registry = isNamed ? first : "docker.io";
  const repository = isNamed ? name.slice(slash + 1) : name;
  if (registry !== "docker.io" && registry !== "index.docker.io") return { registry, repository };
  return {
    registry: "docker.io",
    repository: repository.includes("/") ? repository : `library/${repository}`,
  };
}

function isHost(first: string): boolean {
  return /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
}

function verifyRegistry(text: string, registry: string): void {
  const port = REGISTRY.exec(registry)?.[1];
  const isHost = REGISTRY.test(registry) && (port === undefined || Number(port) <= 65_535);
  // A name that ends in a number is an address to a URL: "1.2.3.4.5" and "a.0x1" are none.
  if (isHost && URL.canParse(`https://${registry}`)) return;
  throw invalid(text, {
    fr: `${quoted(registry)} n'est pas un nom d'hôte avec port éventuel`,
    en: `${quoted(registry)} is not a host name with an optional port`,
  });
}

function verifyRepository(text: string, repository: string): void {
  if (REPOSITORY.test(repository) && repository.length <= REPOSITORY_LENGTH) return;
  if (repository.length > REPOSITORY_LENGTH) {
    throw invalid(text, {
      fr: `le nom du dépôt dépasse ${REPOSITORY_LENGTH} caractères`,
      en: `the repository's name is longer than ${REPOSITORY_LENGTH} characters`,
    });
  }
  throw invalid(text, {
    fr: `dépôt ${quoted(repository)} : minuscules et chiffres, séparés par « / », « . », « _ », « __ » ou « - »`,
    en: `repository ${quoted(repository)}: lower-case letters and digits, separated by "/", ".", "_", "__" or "-"`,
  });
}

function verifiedDigest(text: string, digest: string): Digest {
  if (isDigest(digest)) return digest;
  throw invalid(text, {
    fr: `empreinte ${quoted(digest)} : « sha256: » et 64 chiffres hexadécimaux en minuscules`,
    en: `digest ${quoted(digest)}: "sha256:" and 64 lower-case hexadecimal digits`,
  });
}

function invalid(text: string, reason: Text): UsageError {
  return new UsageError("reference-invalid", {
    fr: `référence d'image ${quoted(text)} invalide (${reason.fr}). Écrire registre/nom:tag, registre/nom@sha256:…, oci:RÉPERTOIRE, oci-archive:FICHIER, docker-archive:FICHIER, docker-daemon:NOM, podman:NOM ou le chemin d'une image.`,
    en: `invalid image reference ${quoted(text)} (${reason.en}). Write registry/name:tag, registry/name@sha256:…, oci:DIR, oci-archive:FILE, docker-archive:FILE, docker-daemon:NAME, podman:NAME, or the path of an image.`,
  });
}
