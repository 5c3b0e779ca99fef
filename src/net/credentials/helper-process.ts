import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";

export interface HelperProcessOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  /** Maximum number of bytes of the output. */
  readonly most: number;
  /** Shell of the guardian; without this file, the helper runs without a guardian. Default: /bin/sh. */
  readonly shell?: string;
}

export interface HelperRun {
  readonly output: string;
  /** Exit code; name of the signal or system error that ended it; `late` or `long` if it was stopped. */
  readonly end: number | string;
}

/**
 * Script that runs a helper in its process group, with a guardian. When fd 3 closes without a line, on request or
 * because this process died, the guardian ends the group: SIGTERM, and SIGKILL a second later. After a line, it
 * ends alone.
 */
const SCRIPT = `
(
  exec >/dev/null
  trap "" TERM
  read -r _ <&3 && exit
  kill -TERM 0
  sleep 1
  kill -KILL 0
) </dev/null &
exec 3<&-
exec "$0" get
`;

/** Milliseconds for the rest of the output after the helper's end; processes that it leaves behind may hold the pipe. */
const REST_MS = 500;

/**
 * Runs `PROGRAM get` with a line on its standard input. At the timeout, with too much output, and after an abort, the
 * helper and its children are ended without being waited for.
 *
 * @throws the signal's reason, if it is aborted
 */
export function runHelper(program: string, input: string, options: HelperProcessOptions): Promise<HelperRun> {
  const { signal, timeout, most } = options;
  signal?.throwIfAborted();
  const helper = startHelper(program, options);
  const { child, stdin, stdout } = helper;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (end: HelperRun["end"]) => {
      over();
      resolve({ output: Buffer.concat(chunks).toString("utf8"), end });
    };
    const stop = (end: "late" | "long") => {
      helper.stop();
      settle(end);
    };
    const abort = () => {
      helper.stop();
      over();
      reject(signal?.reason);
    };
    const late = setTimeout(() => stop("late"), timeout);
    const over = () => {
      clearTimeout(late);
      signal?.removeEventListener("abort", abort);
      helper.release();
    };
    signal?.addEventListener("abort", abort);
    stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) stop("long");
      else chunks.push(chunk);
    });
    child.once("error", (error: NodeJS.ErrnoException) => settle(error.code ?? "?"));
    child.once("exit", (code, name) => {
      const ended = () => settle(code ?? name ?? "?");
      const rest = setTimeout(ended, REST_MS);
      const atEnd = () => {
        clearTimeout(rest);
        ended();
      };
      if (stdout.readableEnded) atEnd();
      else stdout.once("end", atEnd);
    });
    // Write errors are ignored: a helper that ends without reading is judged by its answer.
    stdin.on("error", () => undefined).end(`${input}\n`);
  });
}

interface Helper {
  readonly child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Ends the helper and its children. */
  stop(): void;
  /** Leaves the helper's children alone, and the pipes. */
  release(): void;
}

function startHelper(program: string, { env, shell = "/bin/sh" }: HelperProcessOptions): Helper {
  const isGuarded = existsSync(shell);
  const [file, argv] = isGuarded ? [shell, ["-c", SCRIPT, program]] : [program, ["get"]];
  const child = spawn(file, argv, { env, detached: isGuarded, stdio: ["pipe", "pipe", "ignore", "pipe"] });
  const { stdin, stdout } = child as ChildProcess & { stdin: Writable; stdout: Readable };
  const lifeline = child.stdio[3] as Writable;
  lifeline.on("error", () => undefined);
  return {
    child,
    stdin,
    stdout,
    stop() {
      lifeline.destroy();
      if (!isGuarded) child.kill("SIGKILL");
    },
    release() {
      if (!lifeline.destroyed) lifeline.end("\n");
      stdout.destroy();
      child.unref();
    },
  };
}
