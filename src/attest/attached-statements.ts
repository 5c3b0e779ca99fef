import { InvalidInputError } from "../contract/error.ts";
import type { Digest } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import type { Descriptor } from "../image/documents/descriptor.ts";
import { parseManifest } from "../image/documents/manifest.ts";
import type { ListedBeside, OpenImage } from "../image/source/open-image.ts";
import { STATEMENT_TYPE } from "./in-toto/statement.ts";

/** An unsigned in-toto statement that the builder attached to the image in its index. */
export interface AttachedStatement {
  /** Digest of the manifest that lists the statement. */
  readonly manifest: Digest;
  /** Declared length in bytes. */
  readonly size: number;
  /** Content, verified against its digest; or the reason why it is missing. */
  readonly content: Uint8Array | Text;
}

const PREDICATE = "in-toto.io/predicate-type";

/** Entries of an index that BuildKit attached to this manifest, recognised by their annotations. */
function attestationsOf(beside: readonly Descriptor[], digest: Digest | undefined): readonly Descriptor[] {
  return beside.filter(
    ({ annotations }) =>
      annotations["vnd.docker.reference.type"] === "attestation-manifest" &&
      annotations["vnd.docker.reference.digest"] === digest,
  );
}

/**
 * Statements with requested predicates: from at most LIMITS.attestationsRead manifests, and at most the same
 * number of statements per manifest. An unreadable manifest or statement is reported, without affecting the image itself.
 *
 * @param isWanted called with the predicate type; also called for a statement without one
 * @throws UnavailableError if the registry does not answer
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

/** Problem of a statement; other errors are rethrown. */
function textOf(error: unknown): Text {
  if (error instanceof InvalidInputError) return error.text;
  throw error;
}

const ABSENT: Text = { fr: "absente de la source", en: "not in the source" };
