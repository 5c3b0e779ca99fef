import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { DouaneError, UnavailableError } from "../../contract/error.ts";
import type { InflateAnswer, InflateRequest, InflateSettings } from "./inflate-protocol.ts";
import type { Compressed, SyncInflater, Written } from "./sync-inflater.ts";
import { FRAME, FRAME_CONTENT } from "./zstd-frame.ts";

/** In the bundle, the thread is a separate entry beside this module's chunk. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./inflate-thread.ts" : "./inflate-thread.cjs",
  import.meta.url,
);

/** Timeout for one piece of 256 KiB; after it, the thread is considered lost. */
const PATIENCE_MS = 60_000;

/** Worker thread that inflates for this thread; streams are identified by number. */
let inflating: { readonly port: MessagePort; readonly answers: Int32Array } | undefined;
let opened = 0;

function start() {
  const { port1, port2 } = new MessageChannel();
  const answers = new Int32Array(new SharedArrayBuffer(4));
  const settings: InflateSettings = { port: port2, answers };
  const worker = new Worker(THREAD, { workerData: settings, transferList: [port2], name: "inflate-thread" });
  // The worker does not keep the process alive.
  worker.unref();
  return { port: port1, answers };
}

function post(request: InflateRequest): void {
  const { port } = (inflating ??= start());
  port.postMessage(request);
}

/** Sends a request and waits for the answer. @throws UnavailableError inflate-thread */
function ask(request: InflateRequest): InflateAnswer {
  inflating ??= start();
  const { port, answers } = inflating;
  const before = Atomics.load(answers, 0);
  port.postMessage(request);
  // A late notification of the previous answer may wake this thread too early, hence the loop.
  for (let woken = ""; woken !== "timed-out"; ) {
    woken = Atomics.wait(answers, 0, before, PATIENCE_MS);
    const received: { readonly message: InflateAnswer } | undefined = receiveMessageOnPort(port);
    if (received !== undefined) return received.message;
  }
  throw new UnavailableError("inflate-thread", {
    fr: `le fil qui décompresse ne répond pas en ${PATIENCE_MS / 1_000} s. Vérifier la mémoire de la machine, puis réessayer.`,
    en: `the thread that inflates does not answer in ${PATIENCE_MS / 1_000} s. Check the machine's memory, then try again.`,
  });
}

/**
 * Inflater on node:zlib's public interface. Its streams are asynchronous, so they run in a thread, and this
 * thread waits for the results. Same results as ZlibHandle, but slower.
 */
export class ThreadedZlib implements SyncInflater {
  output: Uint8Array = new Uint8Array();
  readonly #format: Compressed;
  #id: number;
  /** The last write may have more output. */
  #isPending = false;
  /** Whether the stream has ended; further input is another stream, or padding. */
  #isOver = false;
  #isClosed = false;

  constructor(format: Compressed) {
    this.#format = format;
    this.#id = open(format);
  }

  write(input: Uint8Array, offset: number): Written {
    const bytes = input.subarray(offset);
    if (this.#isOver && !this.#isPending) {
      if (!this.#mayGoOn(bytes)) return { consumed: 0, produced: 0 };
      this.#reopen();
    }
    const id = this.#id;
    const answer = ask(this.#isPending ? { kind: "more", id } : { kind: "write", id, bytes });
    if (answer.kind === "failed") throw new Error(answer.message);
    this.#isPending = answer.kind === "piece";
    if (answer.kind === "piece") {
      this.output = answer.bytes;
      return { consumed: 0, produced: answer.bytes.length };
    }
    const consumed = answer.kind === "written" ? answer.consumed : 0;
    this.#isOver = consumed < bytes.length;
    return { consumed, produced: 0 };
  }

  finish(): boolean {
    if (this.#isOver) return true;
    try {
      if (this.#format === "zstd") return this.#unpacksFrame();
      const answer = ask({ kind: "finish", id: this.#id });
      return answer.kind === "finished" && answer.isWhole;
    } catch (error) {
      if (error instanceof DouaneError) throw error;
      return false;
    }
  }

  close(): void {
    if (!this.#isClosed) post({ kind: "close", id: this.#id });
    this.#isClosed = true;
  }

  /** Whether another gzip member or zstd frame may follow. */
  #mayGoOn(bytes: Uint8Array): boolean {
    return this.#format === "zstd" || (this.#format === "gzip" && bytes[0] !== 0);
  }

  #reopen(): void {
    post({ kind: "close", id: this.#id });
    this.#id = open(this.#format);
    this.#isOver = false;
  }

  #unpacksFrame(): boolean {
    this.#writeAll(FRAME.subarray(0, 1));
    return this.#writeAll(FRAME.subarray(1)).equals(FRAME_CONTENT);
  }

  #writeAll(bytes: Uint8Array): Buffer {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length && !this.#isOver; ) {
      const { consumed, produced } = this.write(bytes, at);
      at += consumed;
      if (produced > 0) pieces.push(this.output);
    }
    return Buffer.concat(pieces);
  }
}

function open(format: Compressed): number {
  const id = opened++;
  post({ kind: "open", id, format });
  return id;
}
