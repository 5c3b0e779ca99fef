import type {
  CommandFacts,
  DockerfileProblem,
  ExpandedText,
  Position,
} from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { writtenFiles } from "../shell/written-files.ts";
import { expand, type Lookup } from "./expand.ts";
import { type Instruction, positionOf } from "./instruction.ts";
import type { Escape } from "./lines.ts";
import { refused } from "./problem.ts";
import { runFacts } from "./runs.ts";
import { lookupElsewhere, lookupIn, lookupUnset, type Stage } from "./stage.ts";
import type { Word } from "./words.ts";

/** State shared by the instructions of a file while they are evaluated. */
export interface Evaluation {
  readonly escape: Escape;
  readonly problems: DockerfileProblem[];
  /** Defaults of the ARGs before the first FROM. */
  readonly globals: Map<string, ExpandedText | undefined>;
  readonly stages: Stage[];
  /** Characters that variables may still expand to. */
  left: number;
}

/** Evaluates one instruction of a stage; FROM is handled elsewhere. */
export function evaluate(evaluation: Evaluation, stage: Stage, instruction: Instruction): void {
  const { config } = stage;
  const { name, at, words } = instruction;
  const lookup = lookupIn(stage);
  const text = (word: Word): ExpandedText => expanded(evaluation, instruction, word, lookup);
  switch (name) {
    case "ARG":
      for (const { name: key, value, at: place } of argumentsOf(evaluation, instruction, lookup)) {
        const known = value ?? evaluation.globals.get(key);
        // An ARG without a value keeps an earlier value.
        if (known !== undefined || !stage.values.has(key)) stage.values.set(key, known);
        stage.ownArguments.set(key, known);
        stage.args.push({ name: key, at: place, ...(known === undefined ? {} : { value: known }) });
      }
      return;
    case "ENV": {
      // All values of one instruction use the variables' values before the instruction.
      const variables = pairsOf(instruction).map(({ key, word }) => {
        return { name: textOf(key), ...text(word), at: positionOf(instruction, word) };
      });
      for (const variable of variables) {
        config.env.set(variable.name, variable);
        stage.values.set(variable.name, variable);
        stage.env.push(variable);
      }
      return;
    }
    case "USER":
      for (const word of words) {
        const user = { ...text(word), at };
        const elsewhere = expand(word.text, lookupElsewhere(stage), evaluation.escape).value;
        const unset = expand(word.text, lookupUnset(stage), evaluation.escape).value;
        config.user = {
          ...user,
          ...(elsewhere === user.value ? {} : { elsewhere }),
          ...(unset === user.value ? {} : { unset }),
        };
      }
      return;
    case "WORKDIR":
      for (const word of words) config.workingDir = joined(config.workingDir, text(word).value);
      return;
    case "STOPSIGNAL":
      for (const word of words) config.stopSignal = { ...text(word), at };
      return;
    case "VOLUME":
      for (const word of words) config.volumes.push({ ...text(word), at: positionOf(instruction, word) });
      return;
    case "EXPOSE":
      for (const word of words) config.expose.push({ ...text(word), at: positionOf(instruction, word) });
      return;
    case "SHELL":
      if (instruction.json !== undefined) config.shell = instruction.json;
      return;
    case "CMD":
      config.cmd = commandOf(instruction, config.shell);
      stage.cmdSet = true;
      return;
    case "ENTRYPOINT":
      config.entrypoint = commandOf(instruction, config.shell);
      if (!stage.cmdSet) delete config.cmd;
      return;
    case "HEALTHCHECK":
      config.healthcheck = { words: healthcheckWords(instruction), at };
      return;
    case "COPY":
    case "ADD":
      copy(evaluation, stage, instruction, text);
      keepScripts(evaluation, stage, instruction);
      return;
    case "RUN":
      stage.runs.push(runFacts(instruction));
      keepScripts(evaluation, stage, instruction);
      return;
    case "ONBUILD":
      if (instruction.trigger !== undefined) stage.triggers.push(instruction.trigger);
      return;
    default:
  }
}

/** Variables that an ARG declares, with their defaults. */
export function argumentsOf(
  evaluation: Evaluation,
  instruction: Instruction,
  lookup: Lookup,
): readonly { readonly name: string; readonly value?: ExpandedText; readonly at: Position }[] {
  return instruction.words.map((word) => {
    const equals = word.text.indexOf("=");
    const name = word.text.slice(0, equals === -1 ? undefined : equals);
    const at = positionOf(instruction, word);
    if (equals === -1) return { name, at };
    const rest = { text: word.text.slice(equals + 1), offset: word.offset };
    return { name, at, value: expanded(evaluation, instruction, rest, lookup) };
  });
}

/** The word with its variables replaced; records a problem where BuildKit would refuse the word. */
export function expanded(
  evaluation: Evaluation,
  instruction: Pick<Instruction, "line">,
  word: Word,
  lookup: Lookup,
): ExpandedText {
  const { value, unknown, broken } = expand(word.text, lookup, evaluation.escape);
  if (broken) evaluation.problems.push(refused.substitution(word.text, positionOf(instruction, word)));
  spend(evaluation, value.length);
  return { value, unknown };
}

/**
 * Subtracts characters from the remaining characters: inherited variables and repeated triggers let a small
 * file cause a lot of work.
 */
export function spend(evaluation: Evaluation, characters: number): void {
  evaluation.left -= characters;
  if (evaluation.left < 0) throw tooMuch();
}

/** Pairs of `NAME=value …`, or of the old form `NAME value`, in which the value is the rest of the line. */
function pairsOf({ words }: Instruction): readonly { readonly key: string; readonly word: Word }[] {
  const [first, second] = words;
  if (first !== undefined && !first.text.includes("=")) {
    const value = words
      .slice(1)
      .map(({ text }) => text)
      .join(" ");
    return second === undefined ? [] : [{ key: first.text, word: { text: value, offset: first.offset } }];
  }
  return words.flatMap(({ text, offset }) => {
    const equals = text.indexOf("=");
    if (equals <= 0) return [];
    return [{ key: text.slice(0, equals), word: { text: text.slice(equals + 1), offset } }];
  });
}

function textOf(key: string): string {
  return key.replace(/["']/g, "");
}

function commandOf({ json, rest, at }: Instruction, shell: readonly string[]): CommandFacts {
  if (json !== undefined) return { form: "exec", words: json, at };
  return { form: "shell", words: rest === "" ? [] : [...shell, rest], at };
}

/** Command after CMD of a HEALTHCHECK: a JSON array, or a text for the shell. */
function healthcheckWords({ rest }: Instruction): readonly string[] {
  const command = /^CMD\s+([^]*)$/i.exec(rest)?.[1];
  return command === undefined ? [] : [command];
}

function copy(
  evaluation: Evaluation,
  stage: Stage,
  instruction: Instruction,
  text: (word: Word) => ExpandedText,
): void {
  const { name, at, words, heredocs, flags } = instruction;
  const paths = words
    .filter(
      ({ text: word }) => !heredocs.some((heredoc) => word.includes("<<") && word.includes(heredoc.name)),
    )
    .map((word) => text(word).value);
  const destination = paths.at(-1);
  if (destination === undefined || words.length < 2) return;
  const flag = flags.find((one) => one.name === "from");
  const from = flag?.value === undefined ? undefined : text({ text: flag.value, offset: flag.offset }).value;
  if (from !== undefined && /^\d+$/.test(from) && Number(from) >= stage.index) {
    evaluation.problems.push(refused.copyFrom(from, at));
  }
  stage.copies.push({
    instruction: name === "ADD" ? "ADD" : "COPY",
    sources: paths.slice(0, -1),
    destination,
    at,
    ...(from === undefined ? {} : { from }),
  });
}

/** Records scripts from here-documents and shell forms, since the image may start them. */
function keepScripts(evaluation: Evaluation, { scripts, config }: Stage, instruction: Instruction): void {
  const { name, rest, heredocs } = instruction;
  const documents = heredocs.map((heredoc) => `${heredoc.content.replace(/\n?$/, "\n")}${heredoc.name}`);
  for (const { path, content } of writtenFiles([`${name} ${rest}`, ...documents].join("\n"))) {
    if (!content.startsWith("#!") && !path.endsWith(".sh")) continue;
    spend(evaluation, content.length);
    scripts.push({ path: joined(config.workingDir, path), script: content });
  }
}

/** Path resolved against the working directory; `..` stays as written. */
function joined(from: string, path: string): string {
  return path.startsWith("/") || /^[A-Za-z]:/.test(path) ? path : `${from.replace(/\/$/, "")}/${path}`;
}

function tooMuch(): InvalidInputError {
  const limit = String(LIMITS.dockerfileCharacters);
  return new InvalidInputError("dockerfile-values", {
    fr: `les valeurs du Dockerfile dépassent ensemble ${limit} caractères une fois leurs variables remplacées (borne dockerfileCharacters)`,
    en: `the values of the Dockerfile exceed ${limit} characters together once their variables are replaced (bound dockerfileCharacters)`,
  });
}
