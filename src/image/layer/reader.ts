import { createHash } from "node:crypto";
import { isDecompressionBomb } from "../../contract/decompression-bomb.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { Unpacker } from "../inflate/decompress.ts";
import type { LayerSource } from "../source/open-image.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import { type TarVisitor, TarWalker } from "../tar/walk.ts";
import type { ImageBudget } from "./budget.ts";

/** Declared values that a layer's bytes must match. */
export type DeclaredLayer = Pick<LayerSource, "digest" | "diffId" | "size">;

/**
 * Reads one layer pushed in chunks: SHA-256 of the blob, decompression, SHA-256 of the tar, its entries.
 * Synchronous, for full speed in a thread (64 KiB or more per chunk suit SHA-256).
 *
 * @throws InvalidInputError layer-size, layer-digest, layer-diff-id, layer-expansion, layer-compression;
 * errors of ImageBudget, TarWalker and the visitor
 */
export class LayerReader {
  readonly #declared: DeclaredLayer;
  readonly #budget: ImageBudget;
  readonly #blobHash = createHash("sha256");
  readonly #tarHash = createHash("sha256");
  readonly #unpacker = new Unpacker((chunk) => this.#readTar(chunk));
  readonly #walker: TarWalker;
  #read = 0;
  #unpacked = 0;
  #isVerified = false;
  #isClosed = false;

  constructor(declared: DeclaredLayer, budget: ImageBudget, visitor: TarVisitor) {
    this.#declared = declared;
    this.#budget = budget;
    this.#walker = new TarWalker(visitor);
  }

  push(chunk: Uint8Array): void {
    this.#read += chunk.length;
    if (this.#read > this.#declared.size) throw this.#wrongSize();
    this.#budget.addRead(chunk.length);
    if (this.#declared.digest !== undefined) this.#blobHash.update(chunk);
    this.#unpacker.push(chunk);
  }

  /** Verifies all declared values; returns the size of the tar in bytes. */
  end(): number {
    const { digest, diffId, size } = this.#declared;
    if (this.#read !== size) throw this.#wrongSize();
    if (digest !== undefined) verify("layer-digest", digest, this.#blobHash.digest("hex"));
    this.#unpacker.end();
    verify("layer-diff-id", diffId, this.#tarHash.digest("hex"));
    this.#walker.end();
    this.#isVerified = true;
    return this.#unpacked;
  }

  /**
   * Frees resources. The amounts of an unverified layer are returned to the budget, since the layer may be
   * read again.
   */
  close(): void {
    this.#unpacker.close(this.#isVerified);
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isVerified) this.#budget.giveBack(this.#read, this.#unpacked);
  }

  #readTar(chunk: Uint8Array): void {
    this.#unpacked += chunk.length;
    this.#budget.addUnpacked(chunk.length);
    if (isDecompressionBomb(this.#unpacked, this.#read)) {
      throw new InvalidInputError("layer-expansion", {
        fr: `la couche se décompresse à plus de ${LIMITS.expansionRatio} fois sa taille : bombe de décompression (borne expansionRatio)`,
        en: `the layer unpacks to more than ${LIMITS.expansionRatio} times its size: a decompression bomb (bound expansionRatio)`,
      });
    }
    this.#tarHash.update(chunk);
    this.#walker.push(chunk);
  }

  #wrongSize(): Error {
    const { size } = this.#declared;
    const seen = this.#read > size ? `> ${size}` : String(this.#read);
    return corruptImage("layer-size", {
      fr: `la couche fait ${seen} octets, le manifeste en déclare ${size}`,
      en: `the layer has ${seen} bytes, the manifest declares ${size}`,
    });
  }
}

function verify(code: "layer-digest" | "layer-diff-id", declared: Digest, hex: string): void {
  const computed = `sha256:${hex}`;
  if (computed === declared) return;
  const what = code === "layer-digest" ? "digest" : "diffID";
  throw corruptImage(code, {
    fr: `l'empreinte de la couche (${what}) ne correspond pas : ${declared} déclarée, ${computed} calculée`,
    en: `the layer's ${what} does not match: ${declared} declared, ${computed} computed`,
  });
}
