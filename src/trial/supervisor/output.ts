import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import type { OutputEvent } from "../../contract/trial-facts.ts";
import { runCommand } from "./command.ts";
import { wholeLines } from "./whole-lines.ts";

const HALF = LIMITS.trialSampleBytes / 2;
const TICK_MS = 100;
/** After the last process is gone, what still stands in the pipe is read in one turn. */
const DRAIN_MS = 500;

/**
 * stdout or stderr of a container: a FIFO, as a log driver's, so that `/dev/stdout` can be opened
 * again (a socket cannot). All of it is read, a sample of it is kept; a flood is slowed down.
 */
export class Output {
  readonly #stream: OutputEvent["stream"];
  readonly #socket: Socket;
  readonly #writer: number;
  readonly #ended: Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #bytes = 0;
  #inTick = 0;
  #slowed = false;

  private constructor(stream: OutputEvent["stream"], path: string) {
    this.#stream = stream;
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    this.#writer = openSync(path, constants.O_WRONLY);
    this.#socket = new Socket({ fd: reader, readable: true, writable: false });
    this.#ended = new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
    });
    this.#socket.on("data", (chunk) => this.#take(chunk)).on("error", () => {});
    this.#timer = setInterval(() => this.#nextTick(), TICK_MS);
  }

  static async open(mkfifo: string, stream: OutputEvent["stream"], path: string): Promise<Output> {
    const { code, stderr } = await runCommand(mkfifo, ["-m", "600", path]);
    if (code !== 0) throw new Error(`mkfifo: ${stderr}`);
    return new Output(stream, path);
  }

  /** The end that the container gets. */
  get fd(): number {
    return this.#writer;
  }

  /** Once the container has its end: ours is closed, so that the last writer's exit ends the stream. */
  handedOver(): void {
    closeSync(this.#writer);
  }

  /** Beginning and end of what came by now, as text. */
  sample(): Pick<OutputEvent, "sample" | "bytes" | "cut"> {
    const cut = this.#bytes > this.#head.length + this.#tail.length;
    const text = cut
      ? `${wholeLines(this.#head.toString("utf8"), "end")}…\n${wholeLines(this.#tail.toString("utf8"), "start")}`
      : Buffer.concat([this.#head, this.#tail]).toString("utf8");
    return { sample: text, bytes: this.#bytes, ...(cut ? { cut } : {}) };
  }

  /** Whether the container ever wrote faster than is read. */
  get slowed(): boolean {
    return this.#slowed;
  }

  async close(): Promise<OutputEvent> {
    await Promise.race([this.#ended, sleep(DRAIN_MS)]);
    clearInterval(this.#timer);
    this.#socket.destroy();
    return { kind: "output", stream: this.#stream, ...this.sample() };
  }

  #take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#inTick += chunk.length;
    const room = HALF - this.#head.length;
    if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    if (chunk.length > room) {
      this.#tail = Buffer.concat([this.#tail, chunk.subarray(Math.max(0, room))]).subarray(-HALF);
    }
    if (this.#inTick < (LIMITS.trialOutputBytesPerSecond * TICK_MS) / 1_000) return;
    this.#slowed = true;
    this.#socket.pause();
  }

  #nextTick(): void {
    this.#inTick = 0;
    this.#socket.resume();
  }
}
