/** Everything ambient that a command may use: handed in, so that tests run commands in their own process. */
export interface Context {
  /** Arguments without executable and script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** Read once at most; ends with an error when the signal is aborted. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): Date;
  /** Whether the runtime's own threads may work beside ours: not while ours fill the cores. */
  allowV8Threads?(allowed: boolean): void;
  /** Fixes the size of V8's young generation; absent where other threads need it. */
  boundYoungGeneration?(bounded: boolean): void;
  /** Aborted with an Interruption when the process is asked to stop during catchSignals(). */
  readonly signal: AbortSignal;
  /**
   * Runs work that must clean up if SIGINT or SIGTERM arrives: instead of ending the process, these abort
   * `signal`, which the work must observe. Rejects with the Interruption then, whatever the work's result.
   * The work must not block the thread.
   */
  catchSignals<T>(work: () => Promise<T>): Promise<T>;
}

export interface Output {
  /** Resolves when the text is handed over; a reader that went away (`| head`) is no error. */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** The stream is redirected to a file. */
  readonly isFile?: boolean;
  /** Width of the terminal, or the one asked for; absent when there is none. */
  readonly columns?: number;
}

/** The day of judging, `YYYY-MM-DD` (UTC). */
export function today({ now }: Pick<Context, "now">): string {
  return now().toISOString().slice(0, 10);
}

/** The user or the system asked us to stop: `exit` is 128 + the signal's number, as shells expect. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly exit: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal);
    this.exit = signal === "SIGINT" ? 130 : 143;
  }
}
