import { type AttachedStatement, attachedStatements } from "../attest/attached-statements.ts";
import { subjectDigests } from "../attest/in-toto/statement.ts";
import type { FoundSbom } from "../contract/sbom-facts.ts";
import type { OpenImage } from "../image/source/open-image.ts";
import {
  aboutImage,
  type EmbeddedSbom,
  embeddedSbom,
  foundSbom,
  unreadSbom,
} from "../sbom/embedded/embedded-sbom.ts";

/** An SBOM attached to an image, with the keys of its packages if the SBOM counts. */
export interface AttachedSbom {
  readonly found: FoundSbom;
  readonly stated: readonly string[];
}

/** Predicate types of SBOMs, with or without a version suffix; a statement without a type is read, too. */
const PREDICATES = ["https://spdx.dev/Document", "https://cyclonedx.org/bom"];

/**
 * SBOMs that the builder attested beside the image (BuildKit's `--sbom`). They are unsigned, and count like
 * SBOMs that the builder put into a layer.
 *
 * @throws UnavailableError if the registry does not answer
 */
export async function attachedSboms(image: OpenImage): Promise<readonly AttachedSbom[]> {
  const isWanted = (predicate: string): boolean =>
    predicate === "" || PREDICATES.some((one) => predicate.startsWith(one));
  const statements = await attachedStatements(image, isWanted);
  return statements.flatMap((statement) => {
    const found = sbomOf(statement, image);
    return found === undefined ? [] : [found];
  });
}

function sbomOf(statement: AttachedStatement, image: OpenImage): AttachedSbom | undefined {
  const { manifest, content, size } = statement;
  const at = { in: "attestation", manifest } as const;
  if (!(content instanceof Uint8Array)) {
    const unread = unreadSbom("too-long", size);
    const told = { at, state: unread.state, about: "unsaid" } as const;
    return { found: { ...foundSbom({ ...unread, problem: content }, told), signed: false }, stated: [] };
  }
  const document = embeddedSbom(content, manifest);
  // The statement is another attestation, for example about the build of the image.
  if (document.state === "unknown-format") return undefined;
  const about = statementAbout(content, document, image);
  const state = document.state === "valid" && about === "foreign" ? "foreign" : document.state;
  return {
    found: { ...foundSbom(document, { at, state, about }), signed: false },
    stated: state === "valid" ? document.packages : [],
  };
}

/** The statement's subject, unless the document names layers of another image; else the document's own. */
function statementAbout(
  content: Uint8Array,
  { subject }: EmbeddedSbom,
  image: OpenImage,
): FoundSbom["about"] {
  const { digest, indexDigest, imageId } = image;
  const digests = [digest, indexDigest, imageId].filter((one) => one !== undefined);
  const about = aboutImage(subject, { digests, layers: image.layers.map(({ diffId }) => diffId) });
  const named = subjectDigests(JSON.parse(Buffer.from(content).toString("utf8")));
  if (named.length === 0) return about;
  const isOther = about === "foreign" && (subject?.layers.length ?? 0) > 0;
  return !isOther && named.some((one) => digests.includes(one)) ? "this" : "foreign";
}
