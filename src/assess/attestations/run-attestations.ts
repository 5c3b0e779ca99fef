import { type ImageAttestations, judgeImageAttestations } from "../../attest/policy/image-attestations.ts";
import type { AttestationFacts } from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { DouaneError } from "../../contract/error.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { Registries, type RegistryOptions } from "../../net/registry/registries.ts";
import { AttestationReader, type AttestationReaderOptions } from "./attestation-reader.ts";
import { type ImageDocuments, imageDocuments, unreadDocuments } from "./image-documents.ts";

interface RunOptions extends RegistryOptions, Pick<AttestationReaderOptions, "kept"> {
  /** Folder from which relative paths start. */
  readonly cwd?: string;
}

/** Attestations of a run's images: read while the image is open, judged together with its subject. */
export class RunAttestations {
  readonly #policy: AttestationPolicy;
  readonly #reader: AttestationReader;
  #registries: Registries | undefined;
  readonly #documents = new WeakMap<ImageFacts, ImageDocuments>();
  readonly #known = new WeakMap<ImageFacts, ImageAttestations | { readonly unread: DouaneError["text"] }>();

  /** @throws UsageError if a key of the policy is not readable */
  constructor(policy: AttestationPolicy, { cwd, kept, ...options }: RunOptions) {
    this.#policy = policy;
    const registries = async () => (this.#registries ??= new Registries(options));
    this.#reader = new AttestationReader(policy, {
      registries,
      ...(cwd === undefined ? {} : { cwd }),
      ...(kept === undefined ? {} : { kept }),
    });
  }

  /**
   * Reads the attestations of an open image. After a failure, only the rows that need attestations are
   * unproven.
   *
   * @param image facts under which of() finds the attestations again
   * @returns the failure, if there was one
   */
  async collect(
    open: Pick<OpenImage, "digest" | "indexDigest" | "otherIndexDigests" | "reference">,
    image: ImageFacts,
    signal: AbortSignal,
  ): Promise<DouaneError | undefined> {
    try {
      const found = await this.#reader.read(open, signal);
      if (found !== undefined) this.#known.set(image, found);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DouaneError)) throw error;
      this.#known.set(image, { unread: error.text });
      return error;
    }
  }

  /**
   * Judged attestations of an image; undefined if the run did not search for attestations.
   *
   * @param at time of judging, ISO 8601
   */
  of(image: ImageFacts, at: string): AttestationFacts | undefined {
    const found = this.#known.get(image);
    if (found === undefined || "unread" in found) return found;
    return judgeImageAttestations(found, this.#policy, Date.parse(at));
  }

  /** Whether the policy names signers of trials. */
  get hasTrials(): boolean {
    return (this.#policy.statements.trial?.signers ?? []).length > 0;
  }

  /**
   * Attested documents of an image. If the run did not search for documents (an archive, an evidence file),
   * the image may have documents elsewhere.
   *
   * @param at time of judging, ISO 8601
   */
  documents(image: ImageFacts, at: string): ImageDocuments {
    const found = this.#known.get(image) ?? { unread: NOT_LOOKED_FOR };
    const known = this.#documents.get(image);
    if (known !== undefined) return known;
    const documents =
      "unread" in found
        ? unreadDocuments(found.unread, image, this.#policy)
        : imageDocuments(found, image, this.#policy, Date.parse(at));
    this.#documents.set(image, documents);
    return documents;
  }

  async close(): Promise<void> {
    await this.#registries?.close();
  }
}

const NOT_LOOKED_FOR: DouaneError["text"] = {
  fr: "ses attestations n'ont pas été cherchées : une archive, un moteur local et un fichier de preuves n'en contiennent pas",
  en: "its attestations were not looked for: an archive, a local engine and an evidence file hold none",
};
