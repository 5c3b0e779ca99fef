import type {
  ArgumentFacts,
  BaseFacts,
  CommandFacts,
  CopyFacts,
  DeclaredText,
  DeclaredVariable,
  ExpandedText,
  HealthcheckFacts,
  Position,
  RunFacts,
} from "../contract/dockerfile-facts.ts";
import type { ConfigFacts } from "../contract/image-facts.ts";
import type { Lookup } from "./expand.ts";
import type { Instruction } from "./instruction.ts";

/** A build stage while its instructions are carried out. */
export interface Stage {
  readonly index: number;
  readonly name?: string;
  readonly at: Position;
  readonly base: BaseFacts;
  readonly platform?: string;
  /** The stage itself first, down to the one on an outer base. */
  readonly chain: readonly number[];
  readonly outerBase: BaseFacts;
  readonly baseKnown: boolean;
  readonly config: StageConfig;
  readonly args: ArgumentFacts[];
  readonly env: DeclaredVariable[];
  readonly copies: CopyFacts[];
  readonly runs: RunFacts[];
  /** The values that ARG gave so far; undefined for one without a default. */
  readonly values: Map<string, ExpandedText | undefined>;
  /** What ONBUILD leaves to the stages and images built from this one. */
  readonly triggers: Instruction[];
  /** CMD was set in this very stage: ENTRYPOINT does not undo it. */
  cmdSet: boolean;
}

/** What a stage hands on to those that are built from it. */
export interface StageConfig {
  readonly env: Map<string, DeclaredVariable>;
  readonly volumes: DeclaredText[];
  readonly expose: DeclaredText[];
  user?: DeclaredText;
  entrypoint?: CommandFacts;
  cmd?: CommandFacts;
  shell: readonly string[];
  workingDir: string;
  stopSignal?: DeclaredText;
  healthcheck?: HealthcheckFacts;
}

const SHELL: readonly string[] = ["/bin/sh", "-c"];

/** What a stage on this outer base starts with: its config, where it was read. */
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

/** The config of a stage, for one that is built from it. */
export function inherited(config: StageConfig): StageConfig {
  return {
    ...config,
    env: new Map(config.env),
    volumes: [...config.volumes],
    expose: [...config.expose],
  };
}

/** Variables as the stage's instructions see them: ENV outweighs ARG. */
export function lookupIn(stage: Stage): Lookup {
  return (name) => {
    const variable = stage.config.env.get(name);
    if (variable !== undefined) return variable;
    if (stage.values.has(name)) return stage.values.get(name);
    return stage.baseKnown ? null : undefined;
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
