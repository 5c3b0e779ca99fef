import { randomBytes } from "node:crypto";
import type { DependencyFailure, TrialDependencyFacts } from "../contract/trial-dependency.ts";
import { dependencyDraft } from "./dependency-draft.ts";
import { dependencyAddress } from "./plan/addresses.ts";
import type { DependencyPlan, PodPlan, SupervisorMessage } from "./plan/plan.ts";
import { serviceForwards } from "./service-forwards.ts";
import { monotonicMs } from "./supervisor/clock.ts";
import type { FakeDependency, ServedDependency, TrialOptions } from "./trial-options.ts";

/** Time for a dependency's own start, in addition to the wait for readiness. */
const MARGIN_MS = 60_000;

/**
 * Images that run beside a pod, each in a separate pod, from before the first phase to the end of the last.
 * Data that the application stores in a database are therefore present after its restart and for its second
 * replica.
 */
export class ServedDependencies {
  /** All dependencies for the pods' plans, including dependencies without an image. */
  readonly plans: readonly DependencyPlan[];
  readonly #options: Pick<TrialOptions, "executor" | "onDependency" | "signal">;
  readonly #dependencies: readonly (FakeDependency | ServedDependency)[];
  readonly #pod: Pick<PodPlan, "origin" | "deadlineMs">;
  readonly #over = new AbortController();
  readonly #running: Promise<void>[] = [];
  readonly #facts = new Map<ServedDependency, TrialDependencyFacts>();

  /** @param onError called if a pod's executor fails, which no other dependency can remedy */
  constructor(
    {
      dependencies = [],
      services = [],
      namedServices = services,
      names = {},
      ...options
    }: Pick<
      TrialOptions,
      "dependencies" | "services" | "namedServices" | "names" | "executor" | "onDependency" | "signal"
    >,
    pod: Pick<PodPlan, "origin" | "deadlineMs">,
  ) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#pod = pod;
    const addresses = new Map(services.map(({ name, address }) => [name, address]));
    const forwardsOf = (one: FakeDependency): Pick<DependencyPlan, "forwards"> => {
      const forwards = serviceForwards(one, namedServices, names.namespace);
      return forwards.length === 0 ? {} : { forwards };
    };
    this.plans = dependencies.map((one, index) => ({
      name: one.name,
      // The address in the variables of the Service with the same name.
      address: addresses.get(one.name.toLowerCase()) ?? dependencyAddress(index),
      ports: one.ports,
      ...forwardsOf(one),
      ...("image" in one
        ? { sockets: { directory: one.scratch, prefix: `${randomBytes(6).toString("hex")}-` } }
        : {}),
    }));
  }

  /** Facts so far, in starting order. */
  get facts(): readonly TrialDependencyFacts[] {
    return [...this.#facts.values()];
  }

  /** Starts the dependencies in turn; true if all are usable. @throws UnavailableError `trial-failed` */
  async start(onError: (error: unknown) => void): Promise<boolean> {
    for (const [index, dependency] of this.#dependencies.entries()) {
      const sockets = this.plans[index]?.sockets;
      if (!("image" in dependency) || sockets === undefined) continue;
      if (!(await this.#started(dependency, sockets, onError))) return false;
    }
    return true;
  }

  /** Ends all dependencies. */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#running);
  }

  async #started(
    dependency: ServedDependency,
    sockets: NonNullable<DependencyPlan["sockets"]>,
    onError: (error: unknown) => void,
  ): Promise<boolean> {
    const { name, image, imageId, ports, readiness, confidential = false } = dependency;
    const started = Promise.withResolvers<boolean>();
    const tell = (seen: Pick<TrialDependencyFacts, "readyMs" | "failure">): void => {
      const known = this.#facts.get(dependency) ?? { name, image, imageId, ports };
      // An end after the trial is not a failure; only the first failure counts.
      if (this.#over.signal.aborted || known.failure !== undefined) return;
      const facts = { ...known, ...seen };
      this.#facts.set(dependency, facts);
      this.#options.onDependency?.(facts);
      started.resolve(facts.failure === undefined);
    };
    const pod = this.#options.executor.pods.plan(
      dependencyDraft(dependency, {
        origin: this.#pod.origin,
        deadlineMs: this.#pod.deadlineMs + readiness.timeoutMs + MARGIN_MS,
        dependencies: this.plans,
        sockets,
      }),
    );
    const onMessage = (message: SupervisorMessage): void => {
      if (message.kind === "dependency-ready") tell({ readyMs: message.afterMs });
      if (message.kind === "dependency-failed")
        tell({ failure: confidential ? withheld(message.failure) : message.failure });
    };
    const run = this.#run(pod, onMessage).then(
      () => tell({ failure: this.#gone() }),
      (error: unknown) => {
        onError(error);
        started.reject(error);
      },
    );
    this.#running.push(run);
    return started.promise;
  }

  async #run(pod: PodPlan, onMessage: (message: SupervisorMessage) => void): Promise<void> {
    const { executor, signal } = this.#options;
    try {
      await executor.pods.run(pod, onMessage, AbortSignal.any([signal, this.#over.signal]));
    } catch (error) {
      if (!this.#over.signal.aborted) throw error;
    }
  }

  /** Failure for a pod that ended without a message. */
  #gone(): DependencyFailure {
    return { was: "exited", ms: Math.round(monotonicMs() - this.#pod.origin) };
  }
}

/**
 * The failure without its output: masking finds only exact values, and an untrusted image may encode them in
 * any way.
 */
function withheld({ said, ...failure }: DependencyFailure): DependencyFailure {
  return said === undefined ? failure : { ...failure, withheld: true };
}
