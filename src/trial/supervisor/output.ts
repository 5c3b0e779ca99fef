import { closeSync, constants, fchownSync, openSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import type { OutputEvent } from "../../contract/trial-events.ts";
import type { KeptOutput } from "../plan/kept.ts";
import type { Tools } from "../plan/plan.ts";
import { mustRun } from "./command.ts";
import { HeadTailBuffer } from "./head-tail-buffer.ts";
import { openPipes, type Pipe } from "./pipes.ts";
import { wholeLines, wholeLinesOf } from "./whole-lines.ts";

const TICK_MS = 100;
/** Time for reading the rest of the pipe after the last process has ended. */
const DRAIN_MS = 500;

/**
 * stdout or stderr of a container: a pipe like containerd's, so that `/dev/stdout` can be reopened (a socket
 * cannot). All output is read, and a sample is kept; a flood of output is slowed down.
 */
export class Output {
  readonly #stream: OutputEvent["stream"];
  readonly #socket: Socket;
  readonly #writer: number;
  readonly #ended: Promise<void>;
  readonly #timer: NodeJS.Timeout;
  readonly #sample = new HeadTailBuffer(LIMITS.trialSampleBytes / 2);
  readonly #kept: HeadTailBuffer | undefined;
  #idle: HeadTailBuffer | undefined;
  #isIdle = false;
  /** Output since the last requests; absent until then. */
  #work: HeadTailBuffer | undefined;
  #before: number | undefined;
  #after: number | undefined;
  #stopped: number | undefined;
  #inTick = 0;
  #slowed = false;

  private constructor(stream: OutputEvent["stream"], { reader, writer }: Pipe, keep: boolean) {
    this.#stream = stream;
    this.#kept = keep ? new HeadTailBuffer(LIMITS.trialKeptOutputBytes / 2) : undefined;
    this.#writer = writer;
    this.#socket = new Socket({ fd: reader, readable: true, writable: false });
    this.#ended = new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
    });
    this.#socket.on("data", (chunk) => this.#take(chunk)).on("error", () => {});
    this.#timer = setInterval(() => this.#nextTick(), TICK_MS);
  }

  /**
   * Opens stdout and stderr.
   *
   * @param folder existing folder for FIFOs, if the shell cannot make pipes
   * @param keep whether kept() will be called
   * @param owner user who may reopen them; absent: the runtime sets it
   */
  static async openBoth(
    tools: Pick<Tools, "sh" | "mkfifo">,
    folder: string,
    { keep, owner }: { readonly keep: boolean; readonly owner?: number },
  ): Promise<readonly [Output, Output]> {
    const [stdout, stderr] = (await openPipes(tools.sh)) ?? (await openFifos(tools.mkfifo, folder));
    if (owner !== undefined) for (const { writer } of [stdout, stderr]) fchownSync(writer, owner, owner);
    return [new Output("stdout", stdout, keep), new Output("stderr", stderr, keep)];
  }

  /** Descriptor of the container's end. */
  get fd(): number {
    return this.#writer;
  }

  /**
   * Closes this process's end once the container has its own, so that the stream ends with the last writer's
   * exit.
   */
  handedOver(): void {
    closeSync(this.#writer);
  }

  /** Watches the output. @returns a function that reports whether there has been output since */
  watch(): () => boolean {
    const before = this.#sample.bytes;
    return () => this.#sample.bytes > before;
  }

  /**
   * Marks the beginning of requests, to which later output is attributed.
   *
   * @returns as watch()
   */
  asks(): () => boolean {
    this.#before = this.#sample.bytes;
    this.#work = new HeadTailBuffer(LIMITS.trialWorkBytes / 2);
    return this.watch();
  }

  /** Marks the beginning of a time without requests; idled() marks the end. */
  idles(): void {
    this.#idle ??= new HeadTailBuffer(LIMITS.trialIdleBytes / 2);
    this.#isIdle = true;
  }

  idled(): void {
    this.#isIdle = false;
  }

  /** Marks the end of requests. */
  asked(): void {
    this.#after = this.#sample.bytes;
  }

  /** Marks the stop signal. */
  stops(): void {
    this.#stopped = this.#sample.bytes;
  }

  /** Beginning and end of the output so far, as text. */
  sample(): Pick<OutputEvent, "sample" | "bytes" | "cut"> {
    return sampleOf(this.#sample);
  }

  /** A longer part of the output, for --keep; undefined if not requested or empty. */
  kept(): KeptOutput | undefined {
    if (this.#kept === undefined || this.#kept.bytes === 0) return undefined;
    const { start, end, cut, bytes } = this.#kept;
    const base = { kind: "output", stream: this.#stream } as const;
    if (!cut) return { ...base, start: Buffer.concat([start, end]).toString("utf8"), cut: 0, end: "" };
    const [first, last] = [wholeLinesOf(start, "end"), wholeLinesOf(end, "start")];
    const left = bytes - first.length - last.length;
    return { ...base, start: first.toString("utf8"), cut: left, end: last.toString("utf8") };
  }

  /** Whether the container ever wrote faster than the output is read. */
  get slowed(): boolean {
    return this.#slowed;
  }

  async close(): Promise<OutputEvent> {
    await Promise.race([this.#ended, sleep(DRAIN_MS)]);
    clearInterval(this.#timer);
    this.#socket.destroy();
    const before = this.#before === undefined ? {} : { before: this.#before };
    const after = this.#after === undefined ? {} : { after: this.#after };
    const stopped = this.#stopped === undefined ? {} : { stopped: this.#stopped };
    return {
      kind: "output",
      stream: this.#stream,
      ...sampleOf(this.#sample),
      ...before,
      ...after,
      ...stopped,
      ...(this.#idle === undefined || this.#idle.bytes === 0 ? {} : { idle: sampleOf(this.#idle).sample }),
      ...(this.#work === undefined || this.#work.bytes === 0 ? {} : { work: sampleOf(this.#work).sample }),
    };
  }

  #take(chunk: Buffer): void {
    this.#inTick += chunk.length;
    this.#sample.add(chunk);
    if (this.#isIdle) this.#idle?.add(chunk);
    if (this.#stopped === undefined) this.#work?.add(chunk);
    this.#kept?.add(chunk);
    if (this.#inTick < (LIMITS.trialOutputBytesPerSecond * TICK_MS) / 1_000) return;
    this.#slowed = true;
    this.#socket.pause();
  }

  #nextTick(): void {
    this.#inTick = 0;
    this.#socket.resume();
  }
}

function sampleOf({ start, end, cut, bytes }: HeadTailBuffer): Pick<OutputEvent, "sample" | "bytes" | "cut"> {
  const text = cut
    ? `${wholeLines(start.toString("utf8"), "end")}…\n${wholeLines(end.toString("utf8"), "start")}`
    : Buffer.concat([start, end]).toString("utf8");
  return { sample: text, bytes, ...(cut ? { cut } : {}) };
}

async function openFifos(mkfifo: string, folder: string): Promise<readonly [Pipe, Pipe]> {
  const paths = [join(folder, "stdout"), join(folder, "stderr")] as const;
  await mustRun(mkfifo, ["-m", "600", ...paths]);
  const [stdout, stderr] = paths.map((path) => {
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { reader, writer: openSync(path, constants.O_WRONLY) };
  }) as [Pipe, Pipe];
  return [stdout, stderr];
}
