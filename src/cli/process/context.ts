/** Ambient resources of a command, passed in so that tests can run commands in their own process. */
export interface Context {
  /** Arguments without executable and script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Working directory, absolute. */
  readonly cwd: string;
  /** Home of the account by the system's accounts, whatever HOME says; absent, or undefined, if there is none. */
  accountHome?(): string | undefined;
  /** Standard input, read at most once; throws if the signal is aborted. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): Date;
  /** Allows or forbids V8's background threads; forbidden while our own threads use all cores. */
  allowV8Threads?(allowed: boolean): void;
  /** Fixes the size of V8's young generation; absent if other threads need it. */
  boundYoungGeneration?(bounded: boolean): void;
  /** Keeps V8's old generation small, for commands that keep a lot; absent in tests. */
  boundOldGeneration?(): void;
  /** Signal that is aborted with an Interruption if the process is asked to stop during catchSignals(). */
  readonly signal: AbortSignal;
  /**
   * Runs work that must clean up on SIGINT or SIGTERM: a signal then does not end the process, but aborts
   * `signal`, which the work must observe, and the result is rejected with the Interruption. The work must
   * not block the thread.
   */
  catchSignals<T>(work: () => Promise<T>): Promise<T>;
}

export interface Output {
  /** Writes text; resolves when the system has accepted it. A closed pipe (`| head`) is not an error. */
  write(text: string): Promise<void>;
  /** Writes text that a program reads; in a pipeline's log, it is escaped like other text (log-guard.ts). */
  writeData?(text: string): Promise<void>;
  /** Writes commands of our own to a pipeline's runner. */
  writeCommands?(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** Whether the stream is redirected to a file. */
  readonly isFile?: boolean;
  /** Width of the terminal, or the requested width; absent if there is neither. */
  readonly columns?: number;
}

/** Day of judging, `YYYY-MM-DD` (UTC). */
export function today({ now }: Pick<Context, "now">): string {
  return now().toISOString().slice(0, 10);
}

/** A request by the user or system to stop; `exit` is 128 + the signal's number, as shells expect. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly exit: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal);
    this.exit = signal === "SIGINT" ? 130 : 143;
  }
}
