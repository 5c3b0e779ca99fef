import type { PodPlan } from "../plan.ts";
import type { Containers } from "./containers.ts";
import type { Journal } from "./journal.ts";
import type { SocketsWatch } from "./sockets-watch.ts";
import type { Tree } from "./tree.ts";

/** What the phases of one pod share. */
export interface Pod {
  readonly plan: PodPlan;
  readonly journal: Journal;
  readonly watch: SocketsWatch;
  readonly containers: Containers;
  /** By path in the container: what was there when it was last looked at. */
  readonly areas: Map<string, Tree>;
  /** Work that the next container need not wait for. */
  readonly cleaning: Promise<void>[];
}
