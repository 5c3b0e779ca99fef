import type {
  ArgumentFacts,
  BaseFacts,
  CommandFacts,
  CopyFacts,
  DeclaredText,
  DeclaredUser,
  DeclaredVariable,
  ExpandedText,
  HealthcheckFacts,
  Position,
  RunFacts,
  ScriptFacts,
} from "../contract/dockerfile-facts.ts";
import type { ConfigFacts } from "../contract/image-facts.ts";
import type { Lookup } from "./expand.ts";
import type { Instruction } from "./instruction.ts";

/** Build stage while its instructions are evaluated. */
export interface Stage {
  readonly index: number;
  readonly name?: string;
  readonly at: Position;
  readonly base: BaseFacts;
  readonly platform?: string;
  /** Indexes of the stage and of the stages that it is built from, down to the one on an external base. */
  readonly chain: readonly number[];
  readonly outerBase: BaseFacts;
  readonly baseKnown: boolean;
  readonly config: StageConfig;
  readonly args: ArgumentFacts[];
  readonly env: DeclaredVariable[];
  readonly copies: CopyFacts[];
  readonly runs: RunFacts[];
  readonly scripts: ScriptFacts[];
  /**
   * Values of ARG and ENV so far, by name; a later value replaces an earlier one, as in BuildKit. Undefined
   * for an ARG without a value.
   */
  readonly values: Map<string, ExpandedText | undefined>;
  /**
   * Values of the stage's own ARGs for Buildah and the classic builder, where ENV outweighs ARG and stages
   * inherit no ARG.
   */
  readonly ownArguments: Map<string, ExpandedText | undefined>;
  /** ONBUILD instructions, run in stages and images built from this stage. */
  readonly triggers: Instruction[];
  /** Whether this very stage sets CMD; only then does CMD survive a later ENTRYPOINT. */
  cmdSet: boolean;
}

/** Parts of a stage that are inherited by stages built from it. */
export interface StageConfig {
  readonly env: Map<string, DeclaredVariable>;
  readonly volumes: DeclaredText[];
  readonly expose: DeclaredText[];
  user?: DeclaredUser;
  entrypoint?: CommandFacts;
  cmd?: CommandFacts;
  shell: readonly string[];
  workingDir: string;
  stopSignal?: DeclaredText;
  healthcheck?: HealthcheckFacts;
}

const SHELL: readonly string[] = ["/bin/sh", "-c"];

/** Initial config of a stage on this external base; defaults if the base was not read. */
export function configOf(base: ConfigFacts | undefined): StageConfig {
  if (base === undefined) {
    return { env: new Map(), volumes: [], expose: [], shell: SHELL, workingDir: "/" };
  }
  return {
    env: new Map(base.env.map(variableOf)),
    volumes: base.volumes.map(declared),
    expose: base.exposedPorts.map(declared),
    shell: base.shell ?? SHELL,
    workingDir: base.workingDir || "/",
    ...(base.user === "" ? {} : { user: declared(base.user) }),
    ...(base.entrypoint.length === 0 ? {} : { entrypoint: exec(base.entrypoint) }),
    ...(base.cmd.length === 0 ? {} : { cmd: exec(base.cmd) }),
    ...(base.stopSignal === undefined ? {} : { stopSignal: declared(base.stopSignal) }),
  };
}

/** Config that a stage built from this stage inherits. */
export function inherited(config: StageConfig): StageConfig {
  return {
    ...config,
    env: new Map(config.env),
    volumes: [...config.volumes],
    expose: [...config.expose],
  };
}

/**
 * Initial variables of a stage: those of its parent stage including ARGs, overridden by the ENV of its config
 * (https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go).
 */
export function valuesFrom(parent: Pick<Stage, "values"> | undefined, { env }: StageConfig): Stage["values"] {
  return new Map([...(parent?.values ?? []), ...env]);
}

/** Lookup of variables as BuildKit lets the stage's instructions see them. */
export function lookupIn({ values, baseKnown }: Stage): Lookup {
  return (name) => {
    if (values.has(name)) return values.get(name);
    return baseKnown ? null : undefined;
  };
}

/** Lookup for a build without arguments: an ARG without a default is unset. */
export function lookupUnset(stage: Stage): Lookup {
  const lookup = lookupIn(stage);
  return (name) => (stage.values.has(name) ? (lookup(name) ?? null) : lookup(name));
}

/** Lookup by the rules of Buildah, kaniko and the classic builder. */
export function lookupElsewhere({ config, ownArguments, baseKnown }: Stage): Lookup {
  return (name) => {
    const variable = config.env.get(name);
    if (variable !== undefined) return variable;
    if (ownArguments.has(name)) return ownArguments.get(name);
    return baseKnown ? null : undefined;
  };
}

function variableOf(entry: string): [string, DeclaredVariable] {
  const [name = ""] = entry.split("=", 1);
  return [name, { name, value: entry.slice(name.length + 1), unknown: [] }];
}

function declared(value: string): DeclaredText {
  return { value, unknown: [] };
}

function exec(words: readonly string[]): CommandFacts {
  return { form: "exec", words };
}
