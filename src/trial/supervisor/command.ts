import { type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const [KEPT, STDERR_MS] = [4_096, 100];
/** Base of exit codes for signals, as in shells. */
const SIGNALLED = 128;

interface Outcome {
  /** Exit code; 128 plus the signal's number for a program ended by a signal. */
  readonly code: number;
  /** Beginning of its stderr; empty if `stdio` redirects it. */
  readonly stderr: string;
}

/** Runs a program of the host to its end. */
export async function runCommand(
  file: string,
  args: readonly string[],
  {
    input,
    stdio = ["pipe", "ignore", "pipe"],
    env = {},
  }: {
    readonly input?: string;
    readonly stdio?: StdioOptions;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Outcome> {
  const child = spawn(file, args, { stdio, env: { ...process.env, ...env }, cwd: "/" });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    if (stderr.length < KEPT) stderr += chunk.slice(0, KEPT - stderr.length);
  });
  child.stdin?.on("error", () => {});
  child.stdin?.end(input ?? "");
  const closed = once(child, "close").catch(() => {});
  const [code, signal] = (await once(child, "exit")) as [number, null] | [null, NodeJS.Signals];
  // A child of the program may hold stderr open for any time.
  await Promise.race([closed, sleep(STDERR_MS)]);
  child.stderr?.destroy();
  return { code: code ?? SIGNALLED + constants.signals[signal], stderr: stderr.trim() };
}

/** Runs a program that must succeed. @throws Error with the program's output if it fails */
export async function mustRun(
  file: string,
  args: readonly string[],
  options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> },
): Promise<void> {
  const { code, stderr } = await runCommand(file, args, options);
  if (code !== 0) throw new Error(`${file} ${args.join(" ").slice(0, 500)}: exit ${code}: ${stderr}`);
}
