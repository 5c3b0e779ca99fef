import type { DockerfileProblem, Position } from "../contract/dockerfile-facts.ts";
import { type Flag, readFlags } from "./flags.ts";
import type { Heredoc } from "./here-documents.ts";
import type { Escape, LogicalLine } from "./lines.ts";
import { refused } from "./problem.ts";
import { jsonWords, plainWords, quotedWords, type Word } from "./words.ts";

/** One parsed instruction, its variables not yet expanded. */
export interface Instruction {
  /** Name in capitals. */
  readonly name: string;
  readonly at: Position;
  readonly line: LogicalLine;
  readonly flags: readonly Flag[];
  /** Text after name and flags, and its offset in the line's text. */
  readonly rest: string;
  readonly offset: number;
  /** Words of a JSON array; absent for other forms. */
  readonly json?: readonly string[];
  /** Words, split by the rules of this instruction; a single word for instructions that take a text. */
  readonly words: readonly Word[];
  readonly heredocs: readonly Heredoc[];
  /** Instruction that an ONBUILD triggers. */
  readonly trigger?: Instruction;
}

/**
 * Instruction of a line, if BuildKit knows the instruction; with the reasons for which BuildKit would refuse
 * the line.
 */
export interface ReadInstruction {
  readonly instruction?: Instruction;
  readonly problems: readonly DockerfileProblem[];
}

type Form = "plain" | "quoted" | "text" | "command";

interface Syntax {
  readonly form: Form;
  /** Set if the arguments may be a JSON array. */
  readonly json?: true;
  readonly flags?: readonly string[];
}

const COPY_FLAGS = ["from", "chown", "chmod", "link", "parents", "exclude"];
const ADD_FLAGS = ["chown", "chmod", "link", "keep-git-dir", "checksum", "unpack", "exclude"];
const HEALTH_FLAGS = ["interval", "timeout", "start-period", "start-interval", "retries"];

const SYNTAX: Readonly<Record<string, Syntax>> = {
  FROM: { form: "plain", flags: ["platform"] },
  ARG: { form: "quoted" },
  ENV: { form: "quoted" },
  LABEL: { form: "quoted" },
  COPY: { form: "plain", json: true, flags: COPY_FLAGS },
  ADD: { form: "plain", json: true, flags: ADD_FLAGS },
  RUN: { form: "command", json: true, flags: ["mount", "network", "security", "device"] },
  CMD: { form: "command", json: true },
  ENTRYPOINT: { form: "command", json: true },
  SHELL: { form: "command", json: true },
  HEALTHCHECK: { form: "text", flags: HEALTH_FLAGS },
  EXPOSE: { form: "plain" },
  VOLUME: { form: "plain", json: true },
  USER: { form: "text" },
  WORKDIR: { form: "text" },
  STOPSIGNAL: { form: "text" },
  MAINTAINER: { form: "text" },
  ONBUILD: { form: "text" },
};

/** Parses a line of a Dockerfile from an offset in its text. */
export function readInstruction(line: LogicalLine, escape: Escape, from = 0): ReadInstruction {
  const text = line.text.trimEnd();
  const begin = text.length - text.slice(from).trimStart().length;
  const keyword = /^[^\t\v\f\r\n ]+/.exec(text.slice(begin))?.[0] ?? "";
  const name = keyword.toUpperCase();
  const at = line.position(begin);
  const syntax = Object.hasOwn(SYNTAX, name) ? SYNTAX[name] : undefined;
  if (syntax === undefined) return { problems: [refused.unknownInstruction(keyword, at)] };
  const flags = readFlags(text, begin + keyword.length, escape);
  const offset = flags.end;
  const rest = text.slice(offset);
  const read = syntax.json ? jsonWords(rest) : undefined;
  const json = read === "mixed" ? undefined : read;
  const trigger =
    name === "ONBUILD" && rest !== "" && from === 0 ? readInstruction(line, escape, offset) : undefined;
  const instruction: Instruction = {
    name,
    at,
    line,
    flags: flags.flags,
    rest,
    offset,
    words: json?.map((word) => ({ text: word, offset })) ?? wordsOf(syntax.form, text, offset, escape),
    heredocs: line.heredocs,
    ...(json === undefined ? {} : { json }),
    ...(trigger?.instruction === undefined ? {} : { trigger: trigger.instruction }),
  };
  const problems = [
    ...flags.problems(name, syntax.flags ?? [], (index) => line.position(index)),
    ...(read === "mixed" ? [refused.json(name, line.position(offset))] : []),
    ...(trigger?.problems ?? []),
  ];
  return { instruction, problems };
}

function wordsOf(form: Form, text: string, offset: number, escape: Escape): readonly Word[] {
  if (form === "plain") return plainWords(text, offset);
  if (form === "quoted") return quotedWords(text, offset, escape);
  const rest = text.slice(offset);
  return rest === "" ? [] : [{ text: rest, offset }];
}

/** Position of a word in the file. */
export function positionOf({ line }: Pick<Instruction, "line">, { offset }: Pick<Word, "offset">): Position {
  return line.position(offset);
}
