import { readFileSync } from "node:fs";
import { join } from "node:path";
import { truncateAtWord } from "../../contract/truncate-at-word.ts";
import type { PodPlan } from "../plan/plan.ts";
import { runCommand } from "./command.ts";
import type { Output } from "./output.ts";

/** Error of a start that the runtime refused: a fault of the image (a missing program) or of the machine. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Command line of the OCI runtime for one container. */
export class Runtime {
  readonly #plan: PodPlan;
  readonly #id: string;
  readonly #bundle: string;
  #execs = 0;

  constructor(plan: PodPlan, id: string, bundle: string) {
    this.#plan = plan;
    this.#id = id;
    this.#bundle = bundle;
  }

  async create([stdout, stderr]: readonly [Output, Output]): Promise<number> {
    const pidFile = join(this.#bundle, "pid");
    const { code } = await runCommand(
      this.#plan.tools.runtime,
      [...this.#global("create"), "create", "--bundle", this.#bundle, "--pid-file", pidFile, this.#id],
      { stdio: ["ignore", stdout.fd, stderr.fd] },
    );
    stdout.handedOver();
    stderr.handedOver();
    if (code !== 0) throw this.#failure("create");
    return Number(readFileSync(pidFile, "utf8"));
  }

  async start(): Promise<void> {
    const { code } = await this.#run("start", [this.#id]);
    if (code !== 0) throw this.#failure("start");
  }

  async exec(
    argv: readonly string[],
    timeoutMs: number,
  ): Promise<{ readonly code: number; readonly message: string }> {
    this.#execs += 1;
    const pidFile = join(this.#bundle, `exec-${this.#execs}.pid`);
    let late = false;
    // Only the command is killed: without the runtime's client, its parent, the command would stay a zombie
    // and delay the container's end.
    const timer = setTimeout(() => {
      late = true;
      timer.refresh();
      killProcessOf(pidFile);
    }, timeoutMs);
    try {
      const { code, stderr } = await this.#run("exec", ["--pid-file", pidFile, this.#id, ...argv]);
      return { code, message: late ? "timeout" : truncateAtWord(stderr, 300) };
    } finally {
      clearTimeout(timer);
    }
  }

  async delete(): Promise<void> {
    await this.#run("delete", ["--force", this.#id]);
  }

  async #run(command: string, args: readonly string[]): ReturnType<typeof runCommand> {
    return runCommand(this.#plan.tools.runtime, [...this.#global(command), command, ...args]);
  }

  #global(command: string): readonly string[] {
    const log = join(this.#bundle, `${command}.log`);
    return ["--root", join(this.#plan.scratch, "runtime"), "--log", log, "--log-format", "json"];
  }

  #failure(command: string): StartError {
    return new StartError(lastError(join(this.#bundle, `${command}.log`)));
  }
}

function killProcessOf(pidFile: string): void {
  try {
    const pid = Number(readFileSync(pidFile, "utf8"));
    if (pid > 1) process.kill(pid, "SIGKILL");
  } catch {
    // The container has not started yet, or has ended.
  }
}

function lastError(log: string): string {
  try {
    const lines = readFileSync(log, "utf8").trim().split("\n");
    const entry = JSON.parse(lines.at(-1) ?? "") as { readonly msg?: string };
    return truncateAtWord(entry.msg ?? "", 1_000);
  } catch {
    return "the runtime gave no reason";
  }
}
