// The last stage leaves no compiler and no SDK in the image (contract 3.1 and 3.3).
//
//   FROM golang, rust, maven, gradle, dotnet/sdk, a JDK, node or python without slim or alpine    fail
//   RUN apt-get install build-essential, apk add build-base, dnf install gcc…                     fail
//   the same, removed by a later apk del, apt-get purge, apt-get remove, dnf remove               silent
//   in a stage that the image does not keep                                                       silent

import type { RunCommandFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { knownBase } from "../../dockerfile/base-images.ts";
import { finalStages, placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";
import { noBuildTools } from "../image/3.1-no-build-tools.ts";

const ID = "3.1-dockerfile-build-tools";

const MANAGERS = new Set(["apt", "apt-get", "apk", "dnf", "yum", "microdnf"]);
const INSTALL = /^(?:install|add)$/;
const REMOVE = /^(?:del|purge|remove|autoremove|erase)$/;
/** Packages with a compiler or an SDK. */
const COMPILERS =
  /^(?:build-essential|build-base|alpine-sdk|gcc(?:-\d{1,2}|-c\+\+)?|g\+\+(?:-\d{1,2})?|clang(?:-\d{1,2})?|golang(?:-go|-[\d.]{1,6})?|go|rustc?|cargo|default-jdk(?:-headless)?|openjdk-?\d{1,2}(?:-jdk(?:-headless)?)?|java-[\d.]{1,6}-openjdk-devel|dotnet-sdk-[\d.]{1,6})(?:[=~<>@][^=]{0,80})?$/;

export const dockerfileBuildTools = defineRule({
  id: ID,
  rows: ["minimal"],
  title: {
    fr: "L'étape finale ne laisse ni compilateur ni SDK dans l'image",
    en: "The final stage leaves neither compiler nor SDK in the image",
  },
  why: noBuildTools.why,
  remedy: noBuildTools.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      return outcomeOf(
        { findings: [...ofBase(dockerfile), ...ofRuns(dockerfile)] },
        {
          fr: "ni base de construction connue, ni installation de compilateur dans les étapes que l'image garde",
          en: "neither a known build base nor an installed compiler in the stages that the image keeps",
        },
      );
    }),
});

function ofBase(dockerfile: BuildableDockerfile): readonly Finding[] {
  const { value, unknown, at } = dockerfile.final.base;
  const sdk = unknown.length > 0 ? undefined : knownBase(value)?.sdk;
  if (sdk === undefined) return [];
  const shown = excerpt(value);
  return [
    {
      message: {
        fr: `l'image de base ${shown} de l'étape finale apporte ${sdk}`,
        en: `the final stage's base image ${shown} brings ${sdk}`,
      },
      fingerprint: fingerprint(ID, value),
      at: placeIn(dockerfile, at),
    },
  ];
}

function ofRuns(dockerfile: BuildableDockerfile): readonly Finding[] {
  // Stages from the lowest up, in the order in which the image is built.
  const stages = finalStages(dockerfile).toReversed();
  const commands = stages.flatMap(({ runs }) => runs.flatMap((run) => run.commands));
  const removed = commands.findLastIndex(({ words }) => verbOf(words, REMOVE));
  return commands.slice(removed + 1).flatMap((command) => {
    const { words, at } = command;
    const packages = verbOf(words, INSTALL) ? words.filter((word) => COMPILERS.test(word)) : [];
    if (packages.length === 0) return [];
    return [installed(dockerfile, packages, at)];
  });
}

function verbOf(words: RunCommandFacts["words"], verb: RegExp): boolean {
  const operand = words.slice(1).find((word) => !word.startsWith("-"));
  return MANAGERS.has(commandName(words[0])) && operand !== undefined && verb.test(operand);
}

function installed(
  dockerfile: BuildableDockerfile,
  packages: readonly string[],
  at: RunCommandFacts["at"],
): Finding {
  const names = excerpt(packages.join(", "));
  return {
    message: {
      fr: `l'étape finale installe de quoi compiler : ${names}`,
      en: `the final stage installs tools for compiling: ${names}`,
    },
    fingerprint: fingerprint(ID, ...packages),
    at: placeIn(dockerfile, at),
  };
}
