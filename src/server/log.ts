/** Severity of a line of the server's log. */
type Level = "info" | "warn" | "error";

/** Writes one event as one line of JSON, in which line feeds are escaped. */
export type Log = (level: Level, message: string, fields?: object) => void;

/** Characters of buffered lines after which the buffer is written at once. */
const BATCH = 16 * 1024;

/** JSON log. Lines are buffered and written together at the end of the current task. */
export class JsonLog {
  readonly #write: (text: string) => Promise<void>;
  readonly #now: () => number;
  #lines = "";
  #isScheduled = false;
  #written: Promise<void> = Promise.resolve();

  constructor(write: (text: string) => Promise<void>, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  readonly log: Log = (level, message, fields = {}) => {
    const time = new Date(this.#now()).toISOString();
    this.#lines += `${JSON.stringify({ time, level, message, ...fields })}\n`;
    if (this.#lines.length >= BATCH) this.#flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => this.#flush());
    }
  };

  /** Resolves when all lines so far are written; rejects if writing failed. */
  async written(): Promise<void> {
    this.#flush();
    await this.#written;
  }

  #flush(): void {
    this.#isScheduled = false;
    if (this.#lines === "") return;
    const lines = this.#lines;
    this.#lines = "";
    const before = this.#written;
    this.#written = before.then(() => this.#write(lines));
    this.#written.catch(() => {});
  }
}

/** Log fields of an error, with its stack to locate the defect. */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { error: String(error) };
  const { message, stack } = error;
  const code = (error as { readonly code?: unknown }).code;
  return { error: message, ...(typeof code === "string" ? { code } : { stack }) };
}
