import { type DouaneError, InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import { tooManyAttestations } from "../attach/refusals.ts";
import type { ArtifactReader, BlobRef } from "../store/artifact-store.ts";

/** Attachment that could not be read: reported by name, and not counted. */
export interface ReadingProblem {
  /** Digest or tag. */
  readonly name: string;
  /** Stable code: the code of the error, `attachment-missing` or `other-image`. */
  readonly code: string;
  readonly text: Text;
}

/** Reads the attachments of one image, within bounds on their number and bytes. */
export class Reading {
  readonly store: ArtifactReader;
  /** True if signatures of the image itself are read besides its attestations. */
  readonly withSignatures: boolean;
  readonly #problems: ReadingProblem[] = [];
  readonly #image: string;
  #count = 0;
  #bytes = 0;

  constructor(store: ArtifactReader, image: string, withSignatures: boolean) {
    this.store = store;
    this.withSignatures = withSignatures;
    this.#image = image;
  }

  /** Attachments that could not be read, sorted by name, since several are read at the same time. */
  get problems(): readonly ReadingProblem[] {
    return this.#problems.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));
  }

  problem(problem: ReadingProblem): void {
    this.#problems.push(problem);
  }

  /** Counts attachments that are about to be read. @throws InvalidInputError too-many-attestations */
  count(attachments: number): void {
    this.#count += attachments;
    if (this.#count > LIMITS.attestationsPerImage) throw tooManyAttestations(this.#image, this.#count);
  }

  /**
   * Bytes of a blob; undefined if the store lacks it.
   *
   * @throws InvalidInputError attested-bytes, document-too-large
   */
  async blob(ref: BlobRef): Promise<Uint8Array | undefined> {
    this.#bytes += ref.size;
    if (this.#bytes > LIMITS.attestedBytesPerImage) throw tooManyBytes(this.#image);
    const bytes = await this.store.blob(ref, LIMITS.attestationBytes);
    if (bytes === undefined) this.problem({ name: ref.digest, code: "attachment-missing", text: MISSING });
    return bytes;
  }

  /** Result of a step; if the step's input is invalid, undefined, and the problem is recorded. */
  async attempt<T>(name: string, step: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof InvalidInputError) || BOUNDS.has(error.code)) throw error;
      this.problem({ name, code: error.code, text: error.text });
      return undefined;
    }
  }
}

function keyOf({ name, code }: ReadingProblem): string {
  return `${name} ${code}`;
}

/** Codes of bounds on the image as a whole. */
const BOUNDS = new Set(["too-many-attestations", "attested-bytes"]);

function tooManyBytes(image: string): DouaneError {
  return new InvalidInputError("attested-bytes", {
    fr: `${image} : ses attestations dépassent ${LIMITS.attestedBytesPerImage} octets (limite attestedBytesPerImage). Supprimer du registre celles qui ne servent plus.`,
    en: `${image}: its attestations exceed ${LIMITS.attestedBytesPerImage} bytes (limit attestedBytesPerImage). Delete from the registry what is no longer used.`,
  });
}

const MISSING: Text = { fr: "contenu absent du registre", en: "content missing from the registry" };
