import type { ContainerPlan, PodPlan } from "../plan/plan.ts";
import type { ContainerFactory } from "./container-factory.ts";
import type { ControlChannel } from "./control-channel.ts";
import type { EventLog } from "./event-log.ts";
import type { FileBeginning } from "./file-beginning.ts";
import type { FileEnds } from "./file-ends.ts";
import type { FileSnapshot } from "./file-snapshot.ts";
import type { FileStamps } from "./file-stamps.ts";
import type { HeldFiles } from "./held-files.ts";
import type { MountedRoot } from "./overlay-root.ts";
import type { PodReadiness } from "./pod-readiness.ts";
import type { Container } from "./running-container.ts";
import type { SocketsWatch } from "./sockets-watch.ts";
import type { StopWaits } from "./stop-progress.ts";

/** State shared by the containers of a pod in all its phases. */
export interface Pod {
  readonly plan: PodPlan;
  readonly watch: SocketsWatch;
  readonly control: ControlChannel;
  readonly readiness: PodReadiness;
  readonly containers: readonly PodContainer[];
  readonly stopWaits: StopWaits;
  /** Content of each volume at the last reading, by source. */
  readonly volumes: Map<string, FileSnapshot>;
  /** Files of volumes and kept roots as the last phase left them, by directory. */
  readonly held: Map<string, HeldFiles>;
  /** Roots kept from the last phase for the next one. */
  readonly roots: Map<PodContainer, MountedRoot>;
  /** Beginnings of files in volumes and roots at the last reading, by source and path. */
  readonly contents: Map<string, FileBeginning>;
  /** Ends of files by folder, before the last requests were repeated. */
  readonly ends: Map<string, FileEnds>;
  /**
   * Inodes, sizes and times of the files in each volume just before the stop signal, by the volume's source; only for a
   * phase whose volumes the next phase continues with.
   */
  readonly beforeStop: Map<string, FileStamps>;
  /** Time of the first request to a container in this phase, in nanoseconds since 1970. */
  readonly askedAt: Map<PodContainer, bigint>;
  /** Time at which a container's last stop began, in nanoseconds since 1970. */
  readonly stoppingAt: Map<PodContainer, bigint>;
  /** Ended containers whose roots are still to be read. */
  readonly ended: { readonly podContainer: PodContainer; readonly container: Container }[];
}

/** A container of a pod. Each start creates a new `Container`. */
export interface PodContainer {
  readonly pod: Pod;
  readonly plan: ContainerPlan;
  readonly log: EventLog;
  readonly factory: ContainerFactory;
}
