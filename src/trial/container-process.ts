import type { ConfigFacts } from "../contract/image-facts.ts";
import type { ContainerFacts } from "../contract/pod-facts.ts";

export interface ContainerProcess {
  /** Empty: neither image nor manifest names a command, which containerd refuses. */
  readonly argv: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  /** As written; runc refuses one that is not absolute. */
  readonly cwd: string;
}

export interface ProcessSources {
  readonly image: Pick<ConfigFacts, "entrypoint" | "cmd" | "env" | "workingDir">;
  readonly container?: Pick<ContainerFacts, "command" | "args" | "workingDir">;
  /** What the manifest or the trial's settings set, resolved, in the manifest's order. */
  readonly env?: readonly (readonly [name: string, value: string])[];
  readonly hostname: string;
}

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Command, environment and directory of a container, as kubelet and containerd join what image and
 * manifest say: `command` replaces ENTRYPOINT and with it CMD, `args` replace CMD, `$(NAME)` stands
 * for a variable of the manifest. Image values must be the image's own, not masked ones.
 */
export function containerProcess({ image, container, env = [], hostname }: ProcessSources): ContainerProcess {
  const values = expandedValues(env);
  const expand = (words: readonly string[]) => words.map((word) => expandReferences(word, values));
  const command = container?.command ?? [];
  const args = container?.args ?? [];
  const start = command.length > 0 ? expand(command) : image.entrypoint;
  const rest = command.length > 0 || args.length > 0 ? expand(args) : image.cmd;
  const named = new Map([["PATH", `PATH=${DEFAULT_PATH}`]]);
  for (const entry of [`HOSTNAME=${hostname}`, ...image.env, ...[...values].map((pair) => pair.join("="))]) {
    named.set(entry.split("=", 1)[0] ?? "", entry);
  }
  const cwd = container?.workingDir || image.workingDir || "/";
  return { argv: [...start, ...rest], env: [...named.values()], cwd };
}

/** Each value may refer to the ones before it. */
function expandedValues(env: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of env) values.set(name, expandReferences(value, values));
  return values;
}

/** https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go */
function expandReferences(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => {
    if (name === undefined) return "$";
    return values.get(name) ?? whole;
  });
}
