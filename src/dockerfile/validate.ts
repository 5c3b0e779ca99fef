import type { DockerfileProblem } from "../contract/dockerfile-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { type Instruction, positionOf } from "./instruction.ts";
import { notJson, refused } from "./problem.ts";

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;

/**
 * Errors for which BuildKit refuses an instruction, independent of other instructions:
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go.
 */
export function refusedOf(instruction: Instruction): readonly DockerfileProblem[] {
  const { name, at, words, rest, line, trigger } = instruction;
  const { unterminated } = line;
  const problems = trigger === undefined ? [] : [...refusedTrigger(trigger), ...refusedOf(trigger)];
  if (unterminated !== undefined && name !== "ONBUILD") problems.push(refused.heredoc(unterminated.name, at));
  switch (name) {
    case "FROM":
      return [...problems, ...refusedFrom(instruction)];
    case "ENV":
    case "LABEL":
      return [...problems, ...refusedPairs(instruction)];
    case "COPY":
    case "ADD":
      return words.length < 2 ? [...problems, refused.arguments(name, "two", at)] : problems;
    case "SHELL":
      return instruction.json === undefined || words.length === 0
        ? [...problems, refused.shell(at)]
        : problems;
    case "HEALTHCHECK":
      return [...problems, ...refusedHealthcheck(instruction)];
    case "USER":
    case "WORKDIR":
    case "STOPSIGNAL":
    case "MAINTAINER":
      return rest === "" ? [...problems, refused.arguments(name, "one", at)] : problems;
    case "ARG":
    case "EXPOSE":
    case "VOLUME":
    case "ONBUILD":
      return words.length === 0 ? [...problems, refused.arguments(name, "some", at)] : problems;
    default:
      return problems;
  }
}

function refusedFrom(instruction: Instruction): readonly DockerfileProblem[] {
  const [, as, stage, ...more] = instruction.words;
  if (instruction.words.length === 1) return [];
  if (stage === undefined || more.length > 0 || as?.text.toLowerCase() !== "as") {
    return [refused.from(instruction.at)];
  }
  return STAGE_NAME.test(stage.text.toLowerCase())
    ? []
    : [refused.stageName(stage.text, positionOf(instruction, stage))];
}

/**
 * Errors in the pairs of ENV, ARG and LABEL. In the old form, `ENV NAME value`, the first word has no `=`.
 */
function refusedPairs(instruction: Instruction): readonly DockerfileProblem[] {
  const { name, at, words } = instruction;
  const [first, second] = words;
  if (first === undefined) return [refused.arguments(name, "some", at)];
  if (!first.text.includes("=")) {
    return second === undefined ? [refused.pair(first.text, positionOf(instruction, first))] : [];
  }
  return words
    .filter(({ text }) => !text.includes("=") || text.startsWith("="))
    .slice(0, LIMITS.dockerfileProblems + 1)
    .map((word) => refused.pair(word.text, positionOf(instruction, word)));
}

function refusedHealthcheck({ at, rest }: Instruction): readonly DockerfileProblem[] {
  const [, type = "", command = ""] = /^(\S*)\s*([^]*)$/.exec(rest) ?? [];
  const kind = type.toUpperCase();
  if (kind === "NONE") return command === "" ? [] : [refused.arguments("HEALTHCHECK NONE", "none", at)];
  if (kind !== "CMD") return [refused.healthcheck(type, at)];
  return command === "" || command === "[]" ? [refused.arguments("HEALTHCHECK CMD", "some", at)] : [];
}

function refusedTrigger({ name, at }: Instruction): readonly DockerfileProblem[] {
  return ["ONBUILD", "MAINTAINER", "FROM"].includes(name) ? [refused.onbuild(name, at)] : [];
}

/** Warnings for instructions that BuildKit probably parses differently from the author's intention. */
export function oddOf({ name, rest, json, at, trigger }: Instruction): readonly DockerfileProblem[] {
  const bracketed = /^\[\s*['"“]/.test(rest) && json === undefined;
  const odd = bracketed && /^(?:CMD|ENTRYPOINT|RUN|VOLUME|COPY|ADD)$/.test(name) ? [notJson(name, at)] : [];
  return trigger === undefined ? odd : [...odd, ...oddOf(trigger)];
}
