// Thread that inflates with node:zlib's public streams while another thread waits: dist/inflate-thread.cjs
// when bundled.

import { workerData } from "node:worker_threads";
import type { InflateAnswer, InflateRequest, InflateSettings } from "./inflate-protocol.ts";
import { type Compressed, OUTPUT_BYTES } from "./sync-inflater.ts";
import { newZlibStream } from "./zlib-stream.ts";

const { port, answers } = workerData as InflateSettings;
const streams = new Map<number, Stream>();

function answer(message: InflateAnswer): void {
  port.postMessage(message);
  Atomics.add(answers, 0, 1);
  Atomics.notify(answers, 0);
}

class Stream {
  readonly #zlib;
  /** Whether a request still has no answer. */
  #isAsked = false;
  #isWritten = false;
  #isReading = false;
  #hasNews = false;
  #before = 0;
  #failure: string | undefined;

  constructor(format: Compressed) {
    this.#zlib = newZlibStream(format, { chunkSize: OUTPUT_BYTES });
    this.#zlib.on("readable", () => this.#advance());
    this.#zlib.on("error", ({ message }) => {
      this.#failure = message;
      this.#advance();
    });
  }

  write(bytes: Uint8Array): void {
    this.#isAsked = true;
    this.#isWritten = false;
    this.#before = this.#zlib.bytesWritten;
    this.#zlib.write(bytes, () => {
      this.#isWritten = true;
      this.#advance();
    });
  }

  more(): void {
    this.#isAsked = true;
    this.#advance();
  }

  finish(): void {
    const tell = (isWhole: boolean) => answer({ kind: "finished", isWhole });
    this.#zlib.once("end", () => tell(true)).once("error", () => tell(false));
    this.#zlib.end();
    // The listener is removed, since a "readable" listener stops the flow.
    this.#zlib.removeAllListeners("readable").resume();
  }

  close(): void {
    this.#zlib.destroy();
  }

  #advance(): void {
    this.#hasNews = true;
    // Reading makes the stream continue, and the stream calls #advance() again.
    if (!this.#isAsked || this.#isReading) return;
    this.#isReading = true;
    let found: InflateAnswer | undefined;
    while (found === undefined && this.#hasNews) {
      this.#hasNews = false;
      found = this.#next();
    }
    this.#isReading = false;
    if (found === undefined) return;
    this.#isAsked = false;
    answer(found);
  }

  #next(): InflateAnswer | undefined {
    if (this.#failure !== undefined) return { kind: "failed", message: this.#failure };
    const bytes = this.#zlib.read() as Uint8Array | null;
    if (bytes !== null) return { kind: "piece", bytes };
    return this.#isWritten
      ? { kind: "written", consumed: this.#zlib.bytesWritten - this.#before }
      : undefined;
  }
}

port.on("message", (request: InflateRequest) => {
  const { id } = request;
  if (request.kind === "open") {
    streams.set(id, new Stream(request.format));
    return;
  }
  const stream = streams.get(id);
  if (request.kind === "write") stream?.write(request.bytes);
  else stream?.[request.kind]();
  if (request.kind === "close") streams.delete(id);
});
