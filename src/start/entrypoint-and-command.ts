import type { ConfigFacts } from "../contract/image-facts.ts";
import type { ContainerFacts, HookFacts } from "../contract/pod-facts.ts";
import { joinedEnvironment, nameOf } from "./joined-environment.ts";
import { type ManifestVariable, manifestEnvironment } from "./manifest-environment.ts";
import { References } from "./variable-references.ts";

const TRAILING_SLASHES = /(?<!\/)\/+$/;

/** PATH that containerd sets if the image's ENV has none. */
export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Overrides by a manifest for a command line that runs in an image, with `$(NAME)` replaced. */
export interface StartOverride {
  /** Command that replaces ENTRYPOINT, and also CMD. */
  readonly command?: readonly string[];
  /** Arguments that replace CMD. */
  readonly args?: readonly string[];
  readonly workingDir?: string;
  /** Value of PATH. */
  readonly path?: string;
}

/** A command line with its environment, as for execve. */
export interface ContainerStart {
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  readonly path: string;
}

/**
 * Overrides for a container's start; empty if the manifest sets none, so that the image decides.
 *
 * @param variables the manifest's variables, if the caller knows their values better
 */
export function containerOverride(
  spec: ContainerFacts,
  variables: ReadonlyMap<string, ManifestVariable> = manifestEnvironment(spec),
  references: References = new References(),
): StartOverride {
  const { command = [], args = [] } = spec;
  const expand = (words: readonly string[]) =>
    words.map((word) => references.expand(word, (name) => variables.get(name)?.value));
  return {
    ...(command.length === 0 ? {} : { command: expand(command) }),
    ...(args.length === 0 ? {} : { args: expand(args) }),
    ...surroundings(spec, variables),
  };
}

/**
 * Overrides for a probe's command. In the command, the kubelet replaces `$(NAME)` by the variable's `value`
 * as the manifest writes it, without expanding it, and by nothing for a `valueFrom`
 * (kubelet/container/helpers.go, ExpandContainerCommandOnlyStatic).
 */
export function probeOverride(
  spec: ContainerFacts,
  command: readonly string[],
): StartOverride & Required<Pick<StartOverride, "command">> {
  const references = new References();
  const written = new Map((spec.env ?? []).map(({ name, value = "" }) => [name, value]));
  return {
    command: command.map((word) => references.expand(word, (name) => written.get(name))),
    ...surroundings(spec, manifestEnvironment(spec)),
  };
}

/** Overrides for a hook's command, which the kubelet runs without replacing variables. */
export function hookOverride(spec: ContainerFacts, command: readonly string[]): StartOverride {
  return { command, ...surroundings(spec, manifestEnvironment(spec)) };
}

/** All command lines that a container's manifest runs in its image; the image collector must follow them. */
export function startOverrides(spec: ContainerFacts): readonly StartOverride[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle = {} } = spec;
  const probes = [startupProbe, readinessProbe, livenessProbe].flatMap(execCommand);
  const hooks = [lifecycle.postStart, lifecycle.preStop].flatMap(execCommand);
  const own = containerOverride(spec);
  return [
    ...(Object.keys(own).length === 0 ? [] : [own]),
    ...probes.map((command) => probeOverride(spec, command)),
    ...hooks.map((command) => hookOverride(spec, command)),
  ];
}

/** Start of a container: the image's config with the manifest's overrides. */
export function containerStart(
  config: Pick<ConfigFacts, "entrypoint" | "cmd" | "env" | "workingDir">,
  { command, args, workingDir, path }: StartOverride,
): ContainerStart {
  return {
    entrypoint: command ?? ownEntrypoint(config),
    cmd: args ?? (command === undefined ? config.cmd : []),
    workingDir: workingDir ?? config.workingDir,
    path: path ?? pathOf(config.env),
  };
}

/** ENTRYPOINT of the image; `[""]` counts as none (containerd, WithProcessArgs). */
export function ownEntrypoint({ entrypoint }: Pick<ConfigFacts, "entrypoint">): readonly string[] {
  return entrypoint.length === 1 && entrypoint[0] === "" ? [] : entrypoint;
}

/** Directory in which a process starts: without a WORKDIR the root; `/app/` is `/app`. */
export function startDirectory(workingDir: string): string {
  return workingDir.replace(TRAILING_SLASHES, "") || "/";
}

/** Value of PATH; empty if the image removes it. */
function pathOf(env: readonly string[]): string {
  const joined = joinedEnvironment([`PATH=${DEFAULT_PATH}`], env, new Map());
  return joined.find((entry) => nameOf(entry) === "PATH")?.slice("PATH=".length) ?? "";
}

function execCommand(handler: Pick<HookFacts, "exec"> | undefined): readonly (readonly string[])[] {
  const command = handler?.exec?.command ?? [];
  return command.length === 0 ? [] : [command];
}

function surroundings(
  { workingDir = "" }: ContainerFacts,
  variables: ReadonlyMap<string, ManifestVariable>,
): Pick<StartOverride, "workingDir" | "path"> {
  const path = variables.get("PATH")?.value;
  return { ...(workingDir === "" ? {} : { workingDir }), ...(path === undefined ? {} : { path }) };
}
