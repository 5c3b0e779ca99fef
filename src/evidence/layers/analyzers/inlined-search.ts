import type { ContentSink } from "../../../archives/content/content-sink.ts";
import { serviceOfHost } from "../../../secrets/environment-host.ts";
import { AROUND, hostAt, type Inlined, isGiven, modeAt } from "./inlined-environment.ts";

const SCHEME = Buffer.from("://");
const MODE = Buffer.from("MODE");
/** Maximum number of hosts of one file that are examined; a bundle has some dozens. */
const MOST_HOSTS = 1_000;

/**
 * Finds environment-specific hosts that a build inlined into a bundle, while passing the content on. A bundle
 * with several hosts of one service selects one at run time, so none of them is reported.
 */
export class InlinedSearch implements ContentSink {
  readonly #inner: ContentSink;
  readonly #found: (inlined: Inlined) => void;
  /** Hosts found, and whether each is used as an environment-specific address. */
  readonly #hosts = new Map<string, boolean>();
  #mode: string | undefined;
  /** End of the content so far, and the offset at which the search continues. */
  #tail: Buffer = Buffer.alloc(0);
  #from = 0;

  /** @param found called at the end of the content */
  constructor(inner: ContentSink, found: (inlined: Inlined) => void) {
    this.#inner = inner;
    this.#found = found;
  }

  whole(bytes: Uint8Array): void {
    this.#search(bufferOf(bytes), bytes.length);
    this.#report();
    this.#inner.whole(bytes);
  }

  push(bytes: Uint8Array): void {
    const stretch = Buffer.concat([this.#tail, bufferOf(bytes)]);
    const until = Math.max(this.#from, stretch.length - AROUND);
    this.#search(stretch, until);
    const start = Math.max(0, until - AROUND);
    this.#tail = Buffer.from(stretch.subarray(start));
    this.#from = until - start;
    this.#inner.push(bytes);
  }

  end(): void {
    this.#search(this.#tail, this.#tail.length);
    this.#report();
    this.#inner.end();
  }

  #search(bytes: Buffer, until: number): void {
    for (const at of positions(bytes, SCHEME, this.#from, until)) this.#see(bytes, at);
    for (const at of positions(bytes, MODE, this.#from, until)) this.#mode ??= modeAt(bytes, at);
  }

  #see(bytes: Buffer, at: number): void {
    const host = hostAt(bytes, at);
    if (host === undefined || this.#hosts.get(host) === true || this.#hosts.size >= MOST_HOSTS) return;
    this.#hosts.set(host, isGiven(host, bytes, at));
  }

  #report(): void {
    const services = Map.groupBy(this.#hosts.keys(), serviceOfHost);
    for (const [host, given] of this.#hosts) {
      if (given && services.get(serviceOfHost(host))?.length === 1)
        this.#found({ kind: "host", value: host });
    }
    if (this.#mode !== undefined) this.#found({ kind: "mode", value: this.#mode });
  }
}

function* positions(bytes: Buffer, word: Buffer, from: number, until: number): Generator<number> {
  for (
    let at = bytes.indexOf(word, from);
    at >= 0 && at < until;
    at = bytes.indexOf(word, at + word.length)
  ) {
    yield at;
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
