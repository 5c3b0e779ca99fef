import type { ConfigFacts } from "../contract/image-facts.ts";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import { containerOverride, containerStart, DEFAULT_PATH } from "./entrypoint-and-command.ts";
import { joinedEnvironment } from "./joined-environment.ts";
import type { ManifestVariable } from "./manifest-environment.ts";
import type { References } from "./variable-references.ts";

/** A container's first process, except for its user: see resolveUser(). */
export interface ContainerProcess {
  /** Words of the command; empty if neither image nor manifest has a command, which containerd refuses. */
  readonly argv: readonly string[];
  /** Variables as `NAME=value`, each name once. */
  readonly env: readonly string[];
  /** Working directory as written; runc refuses a relative directory. */
  readonly cwd: string;
}

export interface ProcessSources {
  /** Image config with unmasked values. */
  readonly image: Pick<ConfigFacts, "entrypoint" | "cmd" | "env" | "workingDir">;
  /** Container in the manifest; absent for an image alone. */
  readonly container?: ContainerFacts;
  /** Variables of the container: see manifestEnvironment(). */
  readonly variables: ReadonlyMap<string, ManifestVariable>;
  readonly references: References;
  readonly hostname: string;
}

/**
 * Command, environment and working directory of a container, as kubelet and containerd combine image and
 * manifest.
 */
export function containerProcess(sources: ProcessSources): ContainerProcess {
  const { image, container = {}, variables, references, hostname } = sources;
  const override = containerOverride(container, variables, references);
  const { entrypoint, cmd, workingDir } = containerStart(image, override);
  return {
    argv: [...entrypoint, ...cmd],
    env: joinedEnvironment([`PATH=${DEFAULT_PATH}`, `HOSTNAME=${hostname}`], image.env, variables),
    cwd: workingDir || "/",
  };
}
