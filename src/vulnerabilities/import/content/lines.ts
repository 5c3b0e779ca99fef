import { LIMITS } from "../../../contract/limits.ts";
import { malformedFeed } from "./feed-errors.ts";

/** Splits bytes into lines as they arrive. */
export class Lines {
  readonly #name: string;
  readonly #onLine: (line: string) => void;
  #kept: Buffer[] = [];
  #keptBytes = 0;

  constructor(name: string, onLine: (line: string) => void) {
    this.#name = name;
    this.#onLine = onLine;
  }

  /** Adds bytes. @throws InvalidInputError feed-malformed if a line is too long */
  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      this.#emit(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    this.#keptBytes += rest.length;
    if (this.#keptBytes > LIMITS.jsonBytes) throw malformedFeed(this.#name, `jsonBytes ${LIMITS.jsonBytes}`);
    if (rest.length > 0) this.#kept.push(rest);
  }

  end(): void {
    this.#emit(Buffer.alloc(0));
  }

  #emit(piece: Buffer): void {
    const line = Buffer.concat([...this.#kept, piece]).toString("utf8");
    this.#kept = [];
    this.#keptBytes = 0;
    this.#onLine(line);
  }
}
