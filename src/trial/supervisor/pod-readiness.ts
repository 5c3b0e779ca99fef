import type { ContainerPlan } from "../plan/plan.ts";

type Container = Pick<ContainerPlan, "name" | "role" | "stimuli">;

/**
 * Readiness of the pod, by which its Services lead to it: each container but the init containers runs, and is
 * ready if it has a probe that decides about readiness. Containers without such a probe are ready as soon as
 * they run, as they are for the kubelet.
 */
export class PodReadiness {
  readonly #awaited: readonly string[];
  readonly #ready = new Set<string>();

  constructor({ containers }: { readonly containers: readonly Container[] }) {
    this.#awaited = containers.filter(({ role }) => role !== "init").map(({ name }) => name);
  }

  get isReady(): boolean {
    return this.#awaited.every((name) => this.#ready.has(name));
  }

  starts(container: Container): void {
    if (!isProbed(container)) this.#ready.add(container.name);
  }

  becomesReady({ name }: Pick<Container, "name">): void {
    this.#ready.add(name);
  }

  ends({ name }: Pick<Container, "name">): void {
    this.#ready.delete(name);
  }
}

/** Whether a probe decides about the readiness of a container; that of a batch is not asked in a trial. */
function isProbed({ stimuli: { lifetime, probes, readiness } }: Container): boolean {
  if (lifetime === "batch") return false;
  return readiness !== undefined || probes.some(({ why }) => why !== "liveness");
}
