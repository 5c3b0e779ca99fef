import { setTimeout as sleep } from "node:timers/promises";
import { POD } from "../plan/addresses.ts";
import type { ReadinessPlan } from "../plan/plan.ts";
import { tryConnection } from "./probe/tcp.ts";
import type { Container } from "./running-container.ts";

/** Intervals between checks of ports, and between runs of a command, which costs a process. */
const [LOOK_MS, ASK_MS] = [50, 250];
/** Timeout of a readiness command. */
const EXEC_MS = 10_000;
/** Time without another port after which the open ports of an image are considered complete. */
const QUIET_MS = 5_000;

/** Waits until a dependency can be used. */
export class DependencyReadiness {
  readonly #container: Container;
  readonly #ports: readonly number[];
  readonly #plan: ReadinessPlan;
  readonly #open = new Set<number>();
  #since = 0;
  #refusal: string | undefined;

  constructor(container: Container, ports: readonly number[], plan: ReadinessPlan) {
    this.#container = container;
    this.#ports = ports;
    this.#plan = plan;
  }

  /** Last unsuccessful answer of the command. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** Waits; true if the dependency is usable, false if it ended or the time is up. */
  async wait(): Promise<boolean> {
    const { exec, timeoutMs } = this.#plan;
    const until = performance.now() + timeoutMs;
    while (performance.now() < until && this.#container.end() === undefined) {
      const isContent = exec === undefined || (await this.#asked(exec));
      // The command may succeed already during setup, while the ports still refuse connections.
      const isReady = isContent && (await this.#suffice());
      // The process may be one that runs only during setup; such a process has ended by the next check.
      if (isReady && this.#container.end() === undefined) return true;
      await sleep(isContent ? LOOK_MS : ASK_MS);
    }
    return false;
  }

  async #asked(exec: readonly string[]): Promise<boolean> {
    const { code, message } = await this.#container.exec(exec, EXEC_MS);
    this.#refusal = code === 0 ? undefined : `ready.exec: exit ${code} ${message}`.trim();
    return code === 0;
  }

  /** Whether enough ports are open: all, or some of EXPOSE. */
  async #suffice(): Promise<boolean> {
    const before = this.#open.size;
    for (const port of this.#ports) {
      if ((await tryConnection(POD.ipv4, port)) === "open") this.#open.add(port);
      else this.#open.delete(port);
    }
    if (this.#open.size !== before) this.#since = performance.now();
    if (this.#open.size === this.#ports.length) return true;
    const { exec, hint } = this.#plan;
    const quietMs = exec === undefined ? QUIET_MS : 0;
    return hint === true && this.#open.size > 0 && performance.now() - this.#since >= quietMs;
  }
}
