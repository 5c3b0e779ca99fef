import type { ContainerPlan, PodPlan } from "../plan.ts";
import type { ContainerFactory } from "./container-factory.ts";
import type { EventLog } from "./event-log.ts";
import type { FileBeginning } from "./file-beginning.ts";
import type { FileEnds } from "./file-ends.ts";
import type { FileStamps } from "./file-stamps.ts";
import type { HeldFiles } from "./held-files.ts";
import type { MountedRoot } from "./root-fs.ts";
import type { Container } from "./running-container.ts";
import type { SocketsWatch } from "./sockets-watch.ts";
import type { StopWaits } from "./stop-waits.ts";
import type { Told } from "./told.ts";
import type { Tree } from "./tree.ts";

/** What the containers of one pod share, in all its phases. */
export interface Pod {
  readonly plan: PodPlan;
  readonly watch: SocketsWatch;
  readonly told: Told;
  readonly containers: readonly PodContainer[];
  readonly stopWaits: StopWaits;
  /** What was in each volume when it was last read, by source. */
  readonly volumes: Map<string, Tree>;
  /** The files of volumes and kept roots as the last phase left them, by directory. */
  readonly held: Map<string, HeldFiles>;
  /** Roots that the last phase left and the next one goes on with. */
  readonly roots: Map<PodContainer, MountedRoot>;
  /** Of files in volumes and on roots, by source and path: what they began with when they were last read. */
  readonly contents: Map<string, FileBeginning>;
  /** Where files of directories ended before the last requests were repeated. */
  readonly ends: Map<string, FileEnds>;
  /** Files of volumes just before containers were asked to stop, in the phase that the next one goes on from, by source. */
  readonly beforeStop: Map<string, FileStamps>;
  /** Containers that ended and whose roots are yet to be read. */
  readonly ended: { readonly podContainer: PodContainer; readonly container: Container }[];
}

/** One container of a pod. It is started again and again: each time there is a new `Container`. */
export interface PodContainer {
  readonly pod: Pod;
  readonly plan: ContainerPlan;
  readonly log: EventLog;
  readonly factory: ContainerFactory;
}
