import { fstatSync } from "node:fs";
import { addAbortSignal } from "node:stream";
import { isatty, type WriteStream } from "node:tty";
import { UnavailableError } from "../../contract/error.ts";
import { accountHome } from "./account-home.ts";
import { signalCatcher } from "./catch-signals.ts";
import type { Context, Output } from "./context.ts";
import { boundOldGeneration } from "./old-generation.ts";
import { allowV8Threads } from "./v8-threads.ts";
import { boundYoungGeneration } from "./young-generation.ts";

/** Context of the running process. */
export function processContext(): Context {
  const catcher = signalCatcher();
  const stderr = output(process.stderr, 2);
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    accountHome,
    // Opened on first read: an open stdin keeps the process alive.
    stdin: {
      [Symbol.asyncIterator]: () => addAbortSignal(catcher.signal, process.stdin)[Symbol.asyncIterator](),
    },
    stdout: output(process.stdout, 1),
    // A failed write to stderr cannot be reported anywhere.
    stderr: { ...stderr, write: (text) => stderr.write(text).catch(() => {}) },
    now: () => new Date(),
    allowV8Threads,
    boundYoungGeneration,
    boundOldGeneration: () => boundOldGeneration(),
    ...catcher,
  };
}

function output(stream: WriteStream, fd: 1 | 2): Output {
  // Errors also reach the callback of write(); without a listener they would end the process first.
  stream.on("error", () => {});
  return {
    write: (text) => write(stream, text),
    isTTY: isatty(fd),
    isFile: isFile(fd),
    // `columns` is undefined without a terminal, and 0 on a terminal of unknown width.
    ...(stream.columns > 0 ? { columns: stream.columns } : {}),
  };
}

/** Whether the descriptor is a file; false if it is closed. */
function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** Writes to a stream; a closed pipe (`| head`) is not an error. */
function write(stream: WriteStream, text: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  stream.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
    if (!error || error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED") resolve();
    else reject(unwritable(error));
  });
  return promise;
}

function unwritable(cause: Error): UnavailableError {
  return new UnavailableError(
    "stdout-unwritable",
    {
      fr: `La sortie standard ne peut pas être écrite (${cause.message}). Vérifier l'espace libre là où elle est redirigée.`,
      en: `The standard output cannot be written (${cause.message}). Check the free space where it is redirected to.`,
    },
    { cause },
  );
}
