import { InvalidInputError } from "../contract/error.ts";
import type { Digest } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import type { AttachedStatement } from "./attached-statement.ts";
import { type BlobStore, readDocument } from "./blob-store.ts";
import type { Descriptor } from "./documents/descriptor.ts";
import { parseManifest } from "./documents/manifest.ts";

const STATEMENT = "application/vnd.in-toto+json";
const PREDICATE = "in-toto.io/predicate-type";

/** What of an index's entries BuildKit made beside this manifest: its annotations say so. */
export function attestationsOf(beside: readonly Descriptor[], digest: Digest): readonly Descriptor[] {
  return beside.filter(
    ({ annotations }) =>
      annotations["vnd.docker.reference.type"] === "attestation-manifest" &&
      annotations["vnd.docker.reference.digest"] === digest,
  );
}

/**
 * The statements of predicates that are wanted, as far as they are bounded: what cannot be read of what
 * stands beside an image takes nothing from the image itself.
 *
 * @param isWanted of a type of predicates; of what names none, too
 * @throws UnavailableError where the registry does not answer
 */
export async function attachedStatements(
  attestations: readonly Descriptor[],
  store: BlobStore,
  isWanted: (predicate: string) => boolean,
): Promise<readonly AttachedStatement[]> {
  const found: AttachedStatement[] = [];
  for (const descriptor of attestations.slice(0, LIMITS.attestationsRead)) {
    const { digest: manifest, size } = descriptor;
    const layers = await layersOf(descriptor, store);
    if ("fr" in layers) {
      found.push({ manifest, size, content: layers });
      continue;
    }
    const wanted = layers.filter(
      ({ mediaType, annotations }) => mediaType === STATEMENT && isWanted(annotations[PREDICATE] ?? ""),
    );
    for (const layer of wanted.slice(0, LIMITS.attestationsRead)) {
      found.push({ manifest, size: layer.size, content: await contentOf(layer, store) });
    }
  }
  return found;
}

async function layersOf(descriptor: Descriptor, store: BlobStore): Promise<readonly Descriptor[] | Text> {
  const content = await contentOf(descriptor, store);
  if (!(content instanceof Uint8Array)) return content;
  return readable(() => {
    const document = parseManifest(content, descriptor.digest, descriptor.mediaType);
    return document.kind === "manifest" ? (document.manifest.layers ?? []) : [];
  });
}

async function contentOf(descriptor: Descriptor, store: BlobStore): Promise<Uint8Array | Text> {
  try {
    return (await readDocument(store, descriptor)) ?? ABSENT;
  } catch (error) {
    return textOf(error);
  }
}

function readable<T>(read: () => T): T | Text {
  try {
    return read();
  } catch (error) {
    return textOf(error);
  }
}

/** What is wrong with it; other errors are the run's. */
function textOf(error: unknown): Text {
  if (error instanceof InvalidInputError) return error.text;
  throw error;
}

const ABSENT: Text = { fr: "absente de la source", en: "not in the source" };
