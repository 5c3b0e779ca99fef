import { isDigest, sha256, verifyDigest } from "../../contract/digest.ts";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { Transient, withRetries } from "../http/retry.ts";
import type { BlobRef } from "./blob-ref.ts";
import type { RegistryClient } from "./client.ts";
import { fetchDocument } from "./document.ts";
import { download } from "./download.ts";
import { listTags, referrersOf } from "./list-pages.ts";

/** Types of manifests that are read and written. */
const ACCEPTED = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
].join(", ");

/** APIs of a registry, as far as tested. */
export interface KnownApis {
  referrers?: boolean;
  /** Whether the registry mounts blobs of other repositories. */
  mounts?: boolean;
}

/**
 * Reads and writes the artifacts of a repository
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md). Failures of the server (5xx) are
 * retried: docker-registry answers 500 to the reader of a tag that is being written.
 */
export class RegistryWriter {
  /**
   * The registry's list contains all referrers, including those under a fallback tag, as the specification
   * demands.
   */
  readonly referrersAreComplete = true;
  readonly #client: RegistryClient;
  readonly #known: KnownApis;

  /** @param known known APIs of the repository's registry, which are completed here */
  constructor(client: RegistryClient, known: KnownApis = {}) {
    this.#client = client;
    this.#known = known;
  }

  /**
   * Bytes of a manifest; undefined if the manifest is not in the repository.
   *
   * @param reference tag or digest
   * @throws InvalidInputError digest-mismatch, document-too-large
   */
  async manifest(reference: string): Promise<Uint8Array | undefined> {
    const wanted = {
      path: `manifests/${reference}`,
      accept: ACCEPTED,
      limit: LIMITS.manifestBytes,
      what: reference,
    };
    return unlessMissing(
      fetchDocument(this.#client, wanted, ({ bytes }) => {
        if (isDigest(reference)) verifyDigest(bytes, reference);
      }),
    );
  }

  /** Bytes of a blob, verified; undefined if the repository does not have it. */
  async blob(ref: BlobRef, limit: number): Promise<Uint8Array | undefined> {
    if (ref.size > limit) throw tooLarge(ref, limit);
    return unlessMissing(this.#download(ref));
  }

  /** Uploads a blob in one request, if the repository lacks the blob. */
  async putBlob(bytes: Uint8Array): Promise<Digest> {
    const digest = sha256(bytes);
    if (await this.hasBlob({ digest })) return digest;
    await this.#upload(digest, bytes, {});
    return digest;
  }

  /**
   * Uploads a blob of any size in one request; a failed transfer is repeated from the start.
   *
   * @param open opens the content, whose stream fails if it is not the blob
   */
  async putStream({ digest, size }: BlobRef, open: () => AsyncIterable<Uint8Array>): Promise<void> {
    await this.#upload(digest, open, { "content-length": String(size) });
  }

  /**
   * Takes a blob from another repository of the registry, if the registry does that for this account.
   *
   * @param from registry and repository
   */
  async mount(digest: Digest, from: string): Promise<boolean> {
    if (this.#known.mounts === false) return false;
    const query = new URLSearchParams({ mount: digest, from: from.slice(from.indexOf("/") + 1) }).toString();
    const response = await withRetries(
      () => this.#client.write(`blobs/uploads/?${query}`, { method: "POST" }, digest),
      this.#client.signal,
    );
    await response.discard();
    this.#known.mounts = response.status === 201;
    return this.#known.mounts;
  }

  /** Bytes of a blob, streamed and not verified. */
  stream(ref: BlobRef): AsyncIterable<Uint8Array> {
    return download(this.#client, ref);
  }

  /** Writes a manifest under its digest only. */
  async putPart(mediaType: string, bytes: Uint8Array): Promise<void> {
    await this.putManifest(sha256(bytes), mediaType, bytes);
  }

  async #upload(
    digest: Digest,
    body: Uint8Array | (() => AsyncIterable<Uint8Array>),
    size: Readonly<Record<string, string>>,
  ): Promise<void> {
    await withRetries(async () => {
      const begun = await this.#client.write("blobs/uploads/", { method: "POST" }, "blobs/uploads");
      await begun.discard();
      const location = begun.header("location");
      if (location === "" || !URL.canParse(location, begun.url.href)) throw notWritable(begun.url);
      const target = new URL(location, begun.url);
      target.searchParams.set("digest", digest);
      const headers = { "content-type": "application/octet-stream", ...size };
      const ended = await this.#client.write(target, { method: "PUT", headers, body }, digest);
      await ended.discard();
      if (ended.status !== 201) throw notWritable(ended.url);
    }, this.#client.signal);
  }

  /**
   * Writes a manifest.
   *
   * @param reference tag or digest
   * @returns whether the registry itself lists the manifest among the referrers of its subject
   */
  async putManifest(reference: string, mediaType: string, bytes: Uint8Array): Promise<boolean> {
    return withRetries(async () => {
      const request = { method: "PUT", headers: { "content-type": mediaType }, body: bytes } as const;
      const response = await this.#client
        .write(`manifests/${reference}`, request, reference)
        .catch(transientIfUnknown);
      await response.discard();
      if (response.status === 404) throw notWritable(response.url);
      return response.header("oci-subject") !== "";
    }, this.#client.signal);
  }

  /** Descriptors that the referrers API lists for a subject; undefined if the registry lacks this API. */
  async referrers(subject: Digest): Promise<readonly unknown[] | undefined> {
    if (this.#known.referrers === false) return undefined;
    const listed = await referrersOf(this.#client, subject);
    this.#known.referrers = listed !== undefined;
    return listed;
  }

  /** Tags of the repository with a prefix. */
  async tags(prefix: string): Promise<readonly string[]> {
    return listTags(this.#client, prefix);
  }

  /** Ends the requests; connections stay open for other clients. */
  close(): void {
    this.#client.close();
  }

  async #download(ref: BlobRef): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of download(this.#client, ref)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    verifyDigest(bytes, ref.digest);
    return bytes;
  }

  /** True if the repository has the blob already. */
  async hasBlob({ digest }: Pick<BlobRef, "digest">): Promise<boolean> {
    return withRetries(async () => {
      const response = await this.#client.write(`blobs/${digest}`, { method: "HEAD" }, digest);
      await response.discard();
      return response.status === 200;
    }, this.#client.signal);
  }
}

/**
 * Rethrows the error, as transient if the registry claims not to know an existing blob: docker-registry does
 * so for an instant while another client uploads the same blob, such as the empty config.
 */
function transientIfUnknown(error: unknown): never {
  const isUnknown = error instanceof UnavailableError && error.text.en.includes("MANIFEST_BLOB_UNKNOWN");
  throw isUnknown ? new Transient(error) : error;
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UnavailableError && error.code === "image-not-found") return undefined;
    throw error;
  }
}

function notWritable({ host }: URL): UnavailableError {
  return new UnavailableError("registry-read-only", {
    fr: `${quoted(host)} n'accepte pas l'envoi dans ce dépôt. Vérifier que le dépôt existe, et que le compte peut y écrire.`,
    en: `${quoted(host)} does not accept uploads to this repository. Check that the repository exists, and that the account may write to it.`,
  });
}

function tooLarge({ digest, size }: BlobRef, limit: number): InvalidInputError {
  return new InvalidInputError("document-too-large", {
    fr: `${digest} : ${size} octets, la limite est de ${limit}.`,
    en: `${digest}: ${size} bytes, the limit is ${limit}.`,
  });
}
