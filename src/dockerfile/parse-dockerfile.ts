import type {
  BaseFacts,
  DockerfileProblem,
  FinalFacts,
  InstructionFacts,
  RawDockerfile,
  StageFacts,
} from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import type { ConfigFacts } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { readDirectives } from "./directives.ts";
import { argumentsOf, type Evaluation, evaluate, expanded, spend } from "./evaluate.ts";
import type { Lookup } from "./expand.ts";
import { type Instruction, readInstruction } from "./instruction.ts";
import { type LogicalLine, logicalLines } from "./lines.ts";
import { refused } from "./problem.ts";
import { configOf, inherited, type Stage, valuesFrom } from "./stage.ts";
import { oddOf, refusedOf } from "./validate.ts";

export interface ParseOptions {
  /** File name as the user typed it. */
  readonly file: string;
  /** Known configs of base images, by the reference in FROM. */
  readonly bases?: ReadonlyMap<string, ConfigFacts>;
}

/** Variables that BuildKit itself sets in FROM and, once declared, in stages. */
const PLATFORM = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/;

interface Reading extends Evaluation {
  readonly instructions: InstructionFacts[];
  readonly odd: DockerfileProblem[];
  readonly bases: ReadonlyMap<string, ConfigFacts>;
}

/**
 * Reads a Dockerfile as BuildKit does, and continues where BuildKit would stop.
 *
 * @throws InvalidInputError beyond dockerfileInstructions, dockerfileStages, dockerfileProblems,
 * dockerfileValueCharacters and dockerfileCharacters
 */
export function parseDockerfile(text: string, { file, bases = new Map() }: ParseOptions): RawDockerfile {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const { escape, problems } = readDirectives(lines);
  const reading: Reading = {
    escape,
    problems: [...problems],
    globals: new Map(),
    stages: [],
    left: LIMITS.dockerfileCharacters,
    instructions: [],
    odd: [],
    bases,
  };
  for (const line of logicalLines(lines, escape)) readLine(reading, line);
  const { stages } = reading;
  if (stages.length === 0) reading.problems.push(refused.empty({ line: 1, column: 1 }));
  const last = stages.at(-1);
  return {
    file,
    instructions: reading.instructions,
    stages: stages.map(stageFacts),
    refused: reading.problems,
    odd: reading.odd,
    ...(last === undefined ? {} : { final: finalFacts(last) }),
  };
}

function readLine(reading: Reading, line: LogicalLine): void {
  const { instruction, problems } = readInstruction(line, reading.escape);
  complain(reading, problems);
  if (instruction === undefined) return;
  complain(reading, refusedOf(instruction));
  for (const one of oddOf(instruction)) reading.odd.push(one);
  if (instruction.name === "FROM") beginStage(reading, instruction);
  const stage = reading.stages.at(-1);
  record(reading, instruction, stage);
  if (stage !== undefined) evaluate(reading, stage, instruction);
  else if (instruction.name === "ARG") declareGlobals(reading, instruction);
  else reading.problems.push(refused.beforeFrom(instruction.name, instruction.at));
}

function complain({ problems }: Reading, found: readonly DockerfileProblem[]): void {
  for (const problem of found) problems.push(problem);
  if (problems.length > LIMITS.dockerfileProblems) throw exceeded("dockerfileProblems");
}

function record(reading: Reading, instruction: Instruction, stage: Stage | undefined): void {
  const { name, at, line, trigger } = instruction;
  const facts = {
    name,
    ...at,
    endLine: line.endLine,
    text: line.text.trim().slice(name.length).trim(),
    ...(stage === undefined ? {} : { stage: stage.index }),
  };
  reading.instructions.push(facts);
  if (trigger !== undefined) {
    reading.instructions.push({ ...facts, name: trigger.name, ...trigger.at, onbuild: true });
  }
  if (reading.instructions.length > LIMITS.dockerfileInstructions) throw exceeded("dockerfileInstructions");
}

function declareGlobals(reading: Reading, instruction: Instruction): void {
  for (const { name, value } of argumentsOf(reading, instruction, globalLookup(reading))) {
    reading.globals.set(name, value);
  }
}

/** Lookup for FROM and for instructions before the first FROM: an undeclared variable is unset. */
function globalLookup({ globals }: Reading): Lookup {
  return (name) => (globals.has(name) || PLATFORM.test(name) ? globals.get(name) : null);
}

/** Cost of an inherited variable, in characters: roughly its bytes of memory. */
const VARIABLE = 64;

function beginStage(reading: Reading, instruction: Instruction): void {
  const { stages, problems } = reading;
  if (stages.length >= LIMITS.dockerfileStages) throw exceeded("dockerfileStages");
  const [word, , named] = instruction.words;
  const { at } = instruction;
  const lookup = globalLookup(reading);
  const place = word === undefined ? at : instruction.line.position(word.offset);
  const text = word === undefined ? { value: "", unknown: [] } : expanded(reading, instruction, word, lookup);
  if (text.value === "") problems.push(word === undefined ? refused.from(at) : refused.baseName(place));
  const parent = stages.findLast(({ name }) => name !== undefined && name === text.value.toLowerCase());
  const base: BaseFacts = { ...text, at: place, ...(parent === undefined ? {} : { stage: parent.index }) };
  const flag = instruction.flags.find(({ name, value }) => name === "platform" && value !== undefined);
  const platform =
    flag?.value === undefined
      ? undefined
      : expanded(reading, instruction, { text: flag.value, offset: flag.offset }, lookup).value;
  const config = parent === undefined ? reading.bases.get(base.value) : undefined;
  const own = parent === undefined ? configOf(config) : inherited(parent.config);
  const stage: Stage = {
    index: stages.length,
    ...(named === undefined ? {} : { name: named.text.toLowerCase() }),
    at,
    base,
    ...(platform === undefined ? {} : { platform }),
    chain: [stages.length, ...(parent?.chain ?? [])],
    outerBase: parent?.outerBase ?? base,
    baseKnown: parent?.baseKnown ?? (config !== undefined || base.value === "scratch"),
    config: own,
    args: [],
    env: [],
    copies: [],
    runs: [],
    scripts: [],
    values: valuesFrom(parent, own),
    ownArguments: new Map(),
    triggers: [],
    cmdSet: false,
  };
  stages.push(stage);
  spend(reading, (stage.config.env.size + stage.values.size) * VARIABLE);
  for (const trigger of parent?.triggers ?? []) {
    spend(reading, trigger.line.text.length);
    evaluate(reading, stage, trigger);
  }
}

function stageFacts({ name, at, base, platform, args, env, copies, runs, scripts }: Stage): StageFacts {
  return {
    ...(name === undefined ? {} : { name }),
    at,
    base,
    ...(platform === undefined ? {} : { platform }),
    args,
    env,
    copies,
    runs,
    scripts,
  };
}

function finalFacts({ chain, outerBase, baseKnown, config }: Stage): FinalFacts {
  const { user, entrypoint, cmd, stopSignal, healthcheck } = config;
  return {
    chain,
    base: outerBase,
    baseKnown,
    env: [...config.env.values()],
    workingDir: config.workingDir,
    volumes: config.volumes,
    expose: config.expose,
    ...(user === undefined ? {} : { user }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(cmd === undefined ? {} : { cmd }),
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(healthcheck === undefined ? {} : { healthcheck }),
  };
}

function exceeded(
  bound: "dockerfileInstructions" | "dockerfileProblems" | "dockerfileStages",
): InvalidInputError {
  const limit = `${LIMITS[bound]} (${bound})`;
  return new InvalidInputError("dockerfile-size", {
    fr: `le Dockerfile dépasse une borne : ${limit}`,
    en: `the Dockerfile exceeds a bound: ${limit}`,
  });
}
