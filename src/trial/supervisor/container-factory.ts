import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import { join } from "node:path";
import type { ContainerPlan, PodPlan } from "../plan/plan.ts";
import { readSnapshot } from "./file-snapshot.ts";
import { forbidSwap } from "./forbid-swap.ts";
import type { InnerFolders } from "./inner-folders.ts";
import { isNetworkSysctl } from "./network.ts";
import { Output } from "./output.ts";
import { linkLayers, type MountedRoot, mountRoot } from "./overlay-root.ts";
import { type Container, RunningContainer } from "./running-container.ts";
import { Runtime } from "./runtime.ts";

/**
 * Steps by which the priority of containers is below the supervisor's: a container that uses all processors
 * must not starve the supervisor. Relative, since a priority may be lowered without rights, but not raised
 * (`nice douane trial` without root).
 */
const NICE = 5;
/** Differences between the starts of one container. */
interface Variant {
  readonly readOnly: boolean;
  /** Root of a previous container; absent for a new root. */
  readonly kept?: MountedRoot | undefined;
}

/** Creates the containers of one plan, one per start. */
export class ContainerFactory {
  readonly #pod: PodPlan;
  readonly #plan: ContainerPlan;
  /** Prefix of names, which contains neither image nor user, since a container can see it in its mounts. */
  readonly #name: string;
  readonly #links: readonly string[];
  readonly #folders: InnerFolders;
  #count = 0;
  #ahead: Promise<Container> | undefined;

  /**
   * @param index index of the container in the pod's plan
   * @param folders folders of the pod's volumes, which its containers share
   */
  constructor(pod: PodPlan, plan: ContainerPlan, index: number, folders: InnerFolders) {
    this.#folders = folders;
    this.#pod = pod;
    this.#plan = plan;
    this.#name = randomBytes(6).toString("hex");
    this.#links = linkLayers(join(pod.scratch, `l${index}`), plan.layers);
  }

  /** Links with short names to the layers, top first. */
  get layers(): readonly string[] {
    return this.#links;
  }

  /**
   * Creates the next container, with a new read-only root, while another container runs; the next container
   * waits for its start.
   */
  prepare(): void {
    this.#ahead = this.#make({ readOnly: true });
    // The error reaches the caller that requests the container.
    this.#ahead.catch(() => {});
  }

  /** Creates a container. @throws StartError */
  async create(variant: Variant): Promise<Container> {
    const ahead = variant.readOnly ? this.#ahead : undefined;
    if (ahead === undefined) return this.#make(variant);
    this.#ahead = undefined;
    return ahead;
  }

  async #make({ readOnly, kept }: Variant): Promise<Container> {
    this.#count += 1;
    const [pod, plan] = [this.#pod, this.#plan];
    await this.#folders.bind(plan);
    const id = `${this.#name}${this.#count}`;
    const bundle = join(pod.scratch, `${id}.io`);
    mkdirSync(bundle);
    const { ids, config } = plan;
    const owner = ids === undefined ? {} : { owner: ids.first + config.process.user.uid };
    const [root, outputs] = await Promise.all([
      kept ?? mountRoot({ ...pod, ...plan }, this.#links, id),
      Output.openBoth(pod.tools, bundle, { keep: pod.keep, ...owner }),
    ]);
    const cgroup = pod.cgroup === undefined ? undefined : `${pod.cgroup}-${id}`;
    writeFileSync(join(bundle, "config.json"), JSON.stringify(configFor(plan, { root, readOnly, cgroup })));
    const runtime = new Runtime(pod, id, bundle);
    try {
      const pid = await runtime.create(outputs);
      setPriority(pid, lowerPriority(getPriority()));
      if (cgroup !== undefined) forbidSwap(cgroup);
      const before = readSnapshot(root.upper);
      return new RunningContainer({
        processes: plan.processes,
        runtime,
        pid,
        root,
        before,
        outputs,
        cgroup,
      });
    } catch (error) {
      await Promise.all(outputs.map((output) => output.close()));
      await runtime.delete();
      await root.release();
      throw error;
    }
  }
}

/** Niceness of a container; the kernel knows none above 19. */
export function lowerPriority(own: number): number {
  return Math.min(own + NICE, constants.priority.PRIORITY_LOW);
}

function configFor(
  plan: ContainerPlan,
  {
    root,
    readOnly,
    cgroup,
  }: { readonly root: MountedRoot; readonly readOnly: boolean; readonly cgroup: string | undefined },
): object {
  const { linux, ...config } = plan.config;
  const sysctls = Object.entries(linux.sysctl).filter(([name]) => !isNetworkSysctl(name));
  return {
    ...config,
    root: { path: root.path, readonly: readOnly },
    linux: {
      ...linux,
      sysctl: Object.fromEntries(sysctls),
      ...(cgroup === undefined ? {} : { cgroupsPath: `/${cgroup}` }),
    },
  };
}
