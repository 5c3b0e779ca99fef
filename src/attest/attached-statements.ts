import { InvalidInputError } from "../contract/error.ts";
import type { Digest } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import type { Descriptor } from "../image/documents/descriptor.ts";
import { parseManifest } from "../image/documents/manifest.ts";
import type { ListedBeside, OpenImage } from "../image/source/open-image.ts";
import { STATEMENT_TYPE } from "./statement.ts";

/** What a builder laid beside an image in its index: an in-toto statement, unsigned. */
export interface AttachedStatement {
  /** Of the manifest that lists it. */
  readonly manifest: Digest;
  /** Declared length. */
  readonly size: number;
  /** Verified against its digest; or why it cannot be had. */
  readonly content: Uint8Array | Text;
}

const PREDICATE = "in-toto.io/predicate-type";

/** What of an index's entries BuildKit made beside this manifest: its annotations say so. */
function attestationsOf(beside: readonly Descriptor[], digest: Digest | undefined): readonly Descriptor[] {
  return beside.filter(
    ({ annotations }) =>
      annotations["vnd.docker.reference.type"] === "attestation-manifest" &&
      annotations["vnd.docker.reference.digest"] === digest,
  );
}

/**
 * The statements of wanted predicates, LIMITS.attestationsRead manifests and as many statements of each.
 * A manifest or statement that cannot be read is told, and takes nothing from the image itself.
 *
 * @param isWanted of a type of predicates; of what names none, too
 * @throws UnavailableError where the registry does not answer
 */
export async function attachedStatements(
  { digest, beside }: Pick<OpenImage, "digest" | "beside">,
  isWanted: (predicate: string) => boolean,
): Promise<readonly AttachedStatement[]> {
  if (beside === undefined) return [];
  const found: AttachedStatement[] = [];
  for (const descriptor of attestationsOf(beside.descriptors, digest).slice(0, LIMITS.attestationsRead)) {
    const { digest: manifest, size } = descriptor;
    const layers = await layersOf(descriptor, beside);
    if ("fr" in layers) {
      found.push({ manifest, size, content: layers });
      continue;
    }
    const wanted = layers.filter(
      ({ mediaType, annotations }) => mediaType === STATEMENT_TYPE && isWanted(annotations[PREDICATE] ?? ""),
    );
    for (const layer of wanted.slice(0, LIMITS.attestationsRead)) {
      found.push({ manifest, size: layer.size, content: await contentOf(layer, beside) });
    }
  }
  return found;
}

async function layersOf(descriptor: Descriptor, beside: ListedBeside): Promise<readonly Descriptor[] | Text> {
  const content = await contentOf(descriptor, beside);
  if (!(content instanceof Uint8Array)) return content;
  return readable(() => {
    const document = parseManifest(content, descriptor.digest, descriptor.mediaType);
    return document.kind === "manifest" ? (document.manifest.layers ?? []) : [];
  });
}

async function contentOf(descriptor: Descriptor, beside: ListedBeside): Promise<Uint8Array | Text> {
  try {
    return (await beside.read(descriptor)) ?? ABSENT;
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
