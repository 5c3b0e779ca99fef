import type { ContainerPlan, PodPlan } from "../plan.ts";
import type { Containers } from "./containers.ts";
import type { Journal } from "./journal.ts";
import type { Container } from "./running-container.ts";
import type { SocketsWatch } from "./sockets-watch.ts";
import type { Tree } from "./tree.ts";

/** What the containers of one pod share, in all its phases. */
export interface Pod {
  readonly plan: PodPlan;
  readonly watch: SocketsWatch;
  readonly members: readonly Member[];
  /** By source: what was there when it was last looked at. */
  readonly areas: Map<string, Tree>;
  /** Containers whose roots are yet to be looked at. */
  readonly ended: { readonly member: Member; readonly container: Container }[];
  /** Work that the next container need not wait for. */
  readonly cleaning: Promise<void>[];
}

/** One container of a pod, which is started again and again. */
export interface Member {
  readonly pod: Pod;
  readonly plan: ContainerPlan;
  readonly journal: Journal;
  readonly containers: Containers;
}
