import { mkdirSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { PodPlan } from "../plan.ts";
import { forbidSwap } from "./forbid-swap.ts";
import { isNetworkSysctl } from "./network.ts";
import { Output } from "./output.ts";
import { linkLayers, type MountedRoot, mountRoot } from "./root-fs.ts";
import { type Container, RunningContainer } from "./running-container.ts";
import { Runtime } from "./runtime.ts";
import { readTree } from "./tree.ts";

/** Whoever takes all processors must still leave some of them to the supervisor. */
const NICE = 5;
/** The configs of one pod differ only in these. */
interface Variant {
  readonly readOnly: boolean;
}

/** Creates containers of one pod, one after the other. */
export class Containers {
  readonly #plan: PodPlan;
  readonly #links: readonly string[];
  #count = 0;

  constructor(plan: PodPlan) {
    this.#plan = plan;
    this.#links = linkLayers(plan);
  }

  /** Layers by names of ours, top first. */
  get layers(): readonly string[] {
    return this.#links;
  }

  /** @throws StartError */
  async create({ readOnly }: Variant): Promise<Container> {
    this.#count += 1;
    const plan = this.#plan;
    const id = `${plan.name}-${this.#count}`;
    const root = await mountRoot(plan, this.#links, id);
    const bundle = join(plan.scratch, `${id}-bundle`);
    mkdirSync(bundle);
    const cgroup = plan.container.cgroup === undefined ? undefined : `${plan.container.cgroup}-${id}`;
    writeFileSync(join(bundle, "config.json"), JSON.stringify(configFor(plan, { root, readOnly, cgroup })));
    const outputs = await Promise.all([
      Output.open(plan.tools.mkfifo, "stdout", join(bundle, "stdout")),
      Output.open(plan.tools.mkfifo, "stderr", join(bundle, "stderr")),
    ]);
    const runtime = new Runtime(plan, id, bundle);
    try {
      const pid = await runtime.create(outputs);
      setPriority(pid, NICE);
      if (cgroup !== undefined) forbidSwap(cgroup);
      const before = readTree(root.upper);
      return new RunningContainer({
        processes: plan.container.processes,
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

function configFor(
  { container }: PodPlan,
  {
    root,
    readOnly,
    cgroup,
  }: { readonly root: MountedRoot; readonly readOnly: boolean; readonly cgroup: string | undefined },
): object {
  const { linux, ...config } = container.config;
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
