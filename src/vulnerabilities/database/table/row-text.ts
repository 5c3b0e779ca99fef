import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";

const CHUNK_BYTES = 1024 ** 2;

/** Concatenated texts, each accessible by its number. */
export class RowText {
  readonly #chunks: Buffer[] = [];
  /** Chunk, start and end of each text. */
  #places = new Uint32Array(3 * 1_024);
  #count = 0;
  #used = CHUNK_BYTES;
  #characters = 0;

  /**
   * Adds a text and returns its number.
   *
   * @param more characters stored elsewhere that count towards the bound
   * @throws InvalidInputError vulnerability-rows
   */
  add(text: string, more: number): number {
    this.#characters += text.length + more;
    if (this.#characters > LIMITS.vulnerabilityRowCharacters) throw tooLarge();
    const bytes = Buffer.byteLength(text);
    if (this.#used + bytes > (this.#chunks.at(-1)?.length ?? 0)) {
      this.#chunks.push(Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes)));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += this.#chunks.at(-1)?.write(text, start) ?? 0;
    const at = 3 * this.#count;
    if (at === this.#places.length) this.#grow();
    this.#places.set([this.#chunks.length - 1, start, this.#used], at);
    return this.#count++;
  }

  at(number: number): string {
    const [chunk = 0, start, end] = this.#places.subarray(3 * number, 3 * number + 3);
    return this.#chunks[chunk]?.toString("utf8", start, end) ?? "";
  }

  #grow(): void {
    const grown = new Uint32Array(2 * this.#places.length);
    grown.set(this.#places);
    this.#places = grown;
  }
}

function tooLarge(): InvalidInputError {
  const limit = LIMITS.vulnerabilityRowCharacters;
  return new InvalidInputError("vulnerability-rows", {
    fr: `Les données d'une source dépassent la limite vulnerabilityRowCharacters (${limit} caractères). Est-ce bien le bon fichier ?`,
    en: `The data of one source exceed the limit vulnerabilityRowCharacters (${limit} characters). Is it the right file?`,
  });
}
