import { isDigest, sha256, verifyDigest } from "../../contract/digest.ts";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { HttpResponse } from "../../net/http/http.ts";
import { shownType } from "../../net/http/shown-address.ts";
import { formatReference, type Reference } from "../../net/reference.ts";
import { type Document, fetchDocument } from "../../net/registry/document.ts";
import type { Registries } from "../../net/registry/registries.ts";
import { assembleImage, type Opening } from "../assembly/assemble.ts";
import { parseManifest } from "../documents/manifest.ts";
import { closingOnError, type OpenImage } from "../source/open-image.ts";
import { ACCEPTED, registryStore } from "./registry-store.ts";

/**
 * Opens an image in a registry (https://github.com/opencontainers/distribution-spec).
 *
 * @throws UnavailableError if the registry is unreachable, refuses, lacks the image, or is not a registry
 * @throws InvalidInputError digest-mismatch, document-too-large, as assembleImage()
 */
export async function openRegistrySource(
  reference: Reference,
  { signal, ...asked }: Omit<Opening, "reference"> & { readonly signal?: AbortSignal | undefined },
  registries: Registries,
): Promise<OpenImage> {
  const client = registries.client(reference, signal);
  return closingOnError(client, async () => {
    const name = formatReference(reference);
    const path = `manifests/${reference.digest ?? reference.tag ?? "latest"}`;
    const wanted = { path, accept: ACCEPTED, limit: LIMITS.manifestBytes, what: name };
    const bytes = await fetchDocument(client, wanted, (document) => verifyTop(document, reference));
    const top = { document: parseManifest(bytes, name), digest: sha256(bytes) };
    const opening = {
      ...asked,
      reference: { given: asked.source, transport: "registry", ...reference } as const,
    };
    return assembleImage(opening, top, registryStore(client));
  });
}

/**
 * Verifies the first document: by the reference's digest, or for a tag by the registry's own digest header.
 */
function verifyTop({ bytes, response }: Document, { digest }: Reference): void {
  verifyIsJson(bytes, response);
  if (digest !== undefined) return verifyDigest(bytes, digest);
  const announced = response.header("docker-content-digest");
  const actual = sha256(bytes);
  if (!isDigest(announced) || announced === actual) return;
  const host = quoted(response.url.host);
  throw new InvalidInputError("digest-mismatch", {
    fr: `${host} envoie un autre manifeste que celui qu'il annonce : Docker-Content-Digest ${announced}, ${actual} calculée. Il est corrompu ou modifié en chemin : réessayer, puis le signaler à l'administrateur du registre.`,
    en: `${host} sends another manifest than it announces: Docker-Content-Digest ${announced}, ${actual} computed. It is corrupt, or was changed on the way: try again, then tell the registry's administrator.`,
  });
}

/** Verifies that the answer is a JSON object, whatever its type: a captive portal sends another document. */
function verifyIsJson(bytes: Uint8Array, response: HttpResponse): void {
  if (/^\s*\{/.test(Buffer.from(bytes.subarray(0, 100)).toString("latin1"))) return;
  const host = quoted(response.url.host);
  const type = shownType(response.header("content-type"));
  throw new UnavailableError("not-a-manifest", {
    fr: `${host} répond par autre chose qu'un manifeste d'image : ${bytes.length} octets de type ${type} (${response.status}). Vérifier le nom du registre ; un portail ou un proxy s'interpose peut-être.`,
    en: `${host} answers with something else than an image's manifest: ${bytes.length} bytes of type ${type} (${response.status}). Check the registry's name; a portal or proxy may stand in between.`,
  });
}
