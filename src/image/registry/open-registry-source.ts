import { isDigest, sha256, verifyDigest } from "../../contract/digest.ts";
import { DouaneError, InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { HttpResponse } from "../../net/http/http.ts";
import { shownType } from "../../net/http/shown-address.ts";
import { formatReference, type Reference } from "../../net/reference.ts";
import { errorInSuccess } from "../../net/registry/answer-error.ts";
import { type Document, fetchDocument } from "../../net/registry/document.ts";
import type { Registries } from "../../net/registry/registries.ts";
import { assembleImage, type Opening } from "../assembly/assemble.ts";
import { parseManifest } from "../documents/manifest.ts";
import { closingOnError, type OpenImage } from "../source/open-image.ts";
import { ACCEPTED, registryStore } from "./registry-store.ts";

type PullSource = Parameters<Registries["clientFor"]>[0];

type Asked = Omit<Opening, "reference"> & { readonly signal?: AbortSignal | undefined };

/**
 * Opens an image in a registry (https://github.com/opencontainers/distribution-spec). Where registries.conf names
 * mirrors, the first place that has the image is used for all of it.
 *
 * @throws UnavailableError if the registry is unreachable, refuses, lacks the image, or is not a registry
 * @throws InvalidInputError digest-mismatch, document-too-large, as assembleImage()
 */
export async function openRegistrySource(
  reference: Reference,
  asked: Asked,
  registries: Registries,
): Promise<OpenImage> {
  const failed: { readonly mirror: Reference; readonly error: DouaneError }[] = [];
  const sources = registries.places.sources(reference);
  for (const source of sources.filter(({ isMirror }) => isMirror)) {
    try {
      const image = await openSource(reference, source, asked, registries);
      return { ...image, choice: image.choice ?? readFrom(source.reference) };
    } catch (error) {
      asked.signal?.throwIfAborted();
      if (!(error instanceof DouaneError)) throw error;
      failed.push({ mirror: source.reference, error });
    }
  }
  const [own = { reference, insecure: false, isMirror: false }] = sources.filter(({ isMirror }) => !isMirror);
  try {
    return await openSource(reference, own, asked, registries);
  } catch (error) {
    if (failed.length === 0 || !(error instanceof DouaneError)) throw error;
    throw withMirrors(error, failed);
  }
}

async function openSource(
  given: Reference,
  source: PullSource,
  { signal, ...asked }: Asked,
  registries: Registries,
): Promise<OpenImage> {
  const { reference } = source;
  const client = registries.clientFor(source, signal);
  return closingOnError(client, async () => {
    const name = formatReference(reference);
    const path = `manifests/${reference.digest ?? reference.tag ?? "latest"}`;
    const wanted = { path, accept: ACCEPTED, limit: LIMITS.manifestBytes, what: name };
    const bytes = await fetchDocument(client, wanted, (document) => verifyTop(document, reference, name));
    const top = { document: parseManifest(bytes, name), digest: sha256(bytes) };
    const opening = {
      ...asked,
      reference: {
        given: asked.source,
        transport: "registry",
        ...given,
        ...(source.isMirror ? { mirror: name } : {}),
      } as const,
    };
    return assembleImage(opening, top, registryStore(client));
  });
}

function readFrom(mirror: Reference): Text {
  const name = quoted(formatReference(mirror));
  return mirror.digest === undefined
    ? {
        fr: `lue du miroir ${name} (registries.conf), dont le tag peut mener à une autre image que celui du registre`,
        en: `read from the mirror ${name} (registries.conf), whose tag may lead to another image than that of the registry`,
      }
    : {
        fr: `lue du miroir ${name} (registries.conf), son empreinte vérifiée`,
        en: `read from the mirror ${name} (registries.conf), its digest verified`,
      };
}

/** Error of the image's own place, with the mirrors that failed before. */
function withMirrors(
  error: DouaneError,
  failed: readonly { readonly mirror: Reference; readonly error: DouaneError }[],
): unknown {
  const names = failed
    .map(({ mirror, error: { code } }) => `${quoted(formatReference(mirror))} (${code})`)
    .join(", ");
  const text: Text = {
    fr: `${error.text.fr} Miroirs essayés auparavant, par registries.conf : ${names}.`,
    en: `${error.text.en} Mirrors that were tried before, by registries.conf: ${names}.`,
  };
  if (error instanceof UnavailableError) return new UnavailableError(error.code, text, { cause: error });
  return error instanceof InvalidInputError
    ? new InvalidInputError(error.code, text, { cause: error })
    : error;
}

/**
 * Verifies the first document: by the reference's digest, or for a tag by the registry's own digest header.
 */
function verifyTop({ bytes, response }: Document, { digest }: Reference, name: string): void {
  verifyIsJson(bytes, response);
  if (digest !== undefined) return verifyDigest(bytes, digest);
  const problem = errorInSuccess(response, bytes, name);
  if (problem !== undefined) throw problem;
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
