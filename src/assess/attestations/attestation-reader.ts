import { certifierOf } from "../../attest/policy/certify.ts";
import { type ImageAttestations, readImageAttestations } from "../../attest/policy/image-attestations.ts";
import { type TrustedKey, trustedKeys } from "../../attest/policy/trusted-key.ts";
import type { FoundAttestation } from "../../attest/read/read-attachments.ts";
import { verifyAttachments } from "../../attest/read/verify-attachments.ts";
import type { ArtifactReader } from "../../attest/store/artifact-store.ts";
import { layoutArtifacts } from "../../attest/store/layout-artifacts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { parseSource } from "../../image/source/source.ts";
import type { Registries } from "../../net/registry/registries.ts";

export interface AttestationReaderOptions {
  /** Registries of the run, requested when the first image is in a registry. */
  readonly registries: () => Promise<Registries>;
  /** Folder from which relative paths start. */
  readonly cwd?: string;
  /** True if signatures of the image itself are read besides its attestations; default: false, since no row rests on them. */
  readonly signatures?: boolean;
  /** Attestations about an image that are kept elsewhere; default: none. */
  readonly kept?: (image: Digest) => Promise<readonly FoundAttestation[]>;
}

/** Reads the attestations of a run's images, from where the images are. */
export class AttestationReader {
  readonly #registries: AttestationReaderOptions["registries"];
  readonly #keys: readonly TrustedKey[];
  readonly #policy: AttestationPolicy;
  readonly #cwd: string | undefined;
  readonly #signatures: boolean;
  readonly #kept: AttestationReaderOptions["kept"];

  /** @throws UsageError as trustedKeys() */
  constructor(
    policy: AttestationPolicy,
    { registries, cwd, signatures = false, kept }: AttestationReaderOptions,
  ) {
    this.#registries = registries;
    this.#keys = trustedKeys(policy);
    this.#policy = policy;
    this.#cwd = cwd;
    this.#signatures = signatures;
    this.#kept = kept;
  }

  /**
   * Verified attestations of an image; undefined if its source cannot hold any (an archive, an engine).
   *
   * @throws InvalidInputError too-many-attestations, attested-bytes; UnavailableError if the registry fails
   */
  async read(
    image: Pick<OpenImage, "digest" | "indexDigest" | "otherIndexDigests" | "reference">,
    signal?: AbortSignal,
  ): Promise<ImageAttestations | undefined> {
    const store = await this.#storeOf(image.reference, signal);
    const { digest, indexDigest, otherIndexDigests = [] } = image;
    const digests = [digest, indexDigest, ...otherIndexDigests].filter(
      (one): one is Digest => one !== undefined,
    );
    if (store === undefined || digests.length === 0) return undefined;
    try {
      const { registry, repository: path } = image.reference;
      const repository = registry === undefined || path === undefined ? undefined : `${registry}/${path}`;
      const certify = certifierOf(this.#policy, repository);
      const options = { signatures: this.#signatures, ...(certify === undefined ? {} : { certify }) };
      const found = await readImageAttestations(store, [...new Set(digests)], this.#keys, options);
      const kept = await this.#verifiedKept(digests);
      return {
        ...found,
        statements: [...found.statements, ...kept.flatMap(({ statements }) => statements)],
        unverified: [...found.unverified, ...kept.flatMap(({ refused }) => refused)],
        ...(repository === undefined ? {} : { repository }),
      };
    } finally {
      store.close();
    }
  }

  /** Attestations that are kept elsewhere, verified by the policy's keys alone: none of them has a certificate. */
  async #verifiedKept(digests: readonly Digest[]) {
    const kept = this.#kept;
    if (kept === undefined) return [];
    return Promise.all(
      digests.map(async (digest) => {
        const attestations = await kept(digest);
        return verifyAttachments({ attestations, signatures: [] }, digest, this.#keys);
      }),
    );
  }

  async #storeOf(
    { transport, given, ...named }: ReferenceFacts,
    signal?: AbortSignal,
  ): Promise<ArtifactReader | undefined> {
    const { registry, repository } = named;
    if (transport === "registry" && registry !== undefined && repository !== undefined) {
      return (await this.#registries()).reader({ registry, repository }, signal);
    }
    if (transport !== "oci") return undefined;
    const source = parseSource(given, this.#cwd);
    return "path" in source ? layoutArtifacts(source.path) : undefined;
  }
}
