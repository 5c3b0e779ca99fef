// No ARG fixes an environment during the build (contract 1.4: one image for all environments).
//
// All stages count, since the last stage copies files into which a bundler inlined values. The values that
// the repository's pipelines give to an ARG decide; a name or a default alone is only a sign.
//
//   ARG VITE_MATOMO_ID, given 154 for production and 155 for preprod, or ${{ vars.ID_PROD }}   fail
//   ARG NEXT_PUBLIC_API_URL=https://…, ARG SITE_URL=https://…, ENV VITE_API_URL=https://…      presumed fail
//   ARG NEXT_PUBLIC_SITE_URL without a default: --build-arg gives a value                      presumed fail
//   ARG APP_ENV without a default, then ENV APP_ENV=$APP_ENV: the build names the environment   presumed fail
//   ARG VITE_MATOMO_ID, ARG NEXT_PUBLIC_X=APP_NEXT_PUBLIC_X (replaced at start)                note
//   an ARG to which every build gives the same literal value                                  silent
//   ARG NODE_VERSION=20, NODE_ENV=production, TARGETARCH, NEXT_PUBLIC_VERSION, localhost       silent

import type {
  ArgumentFacts,
  DeclaredVariable,
  Position,
  StageFacts,
} from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { noBuildArguments, SAYS } from "../image/1.4-no-build-arguments.ts";
import { type Baking, baking, bakingByName } from "../image/baked-variables.ts";
import { namesStage } from "../image/environment-address.ts";
import { isGivenEnvironments, type Variation, valuesOf, variationOf } from "./build-argument-values.ts";

const ID = "1.4-dockerfile-build-arguments";

interface Variable {
  readonly name: string;
  /** Value; absent if only the build gives one. */
  readonly value?: string;
  readonly at: Position | undefined;
  readonly baking: Exclude<Baking, "none">;
  readonly variation: Variation;
}

export const dockerfileBuildArguments = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Aucun ARG du Dockerfile ne fixe un environnement",
    en: "No ARG of the Dockerfile ties the image to one environment",
  },
  why: noBuildArguments.why,
  remedy: noBuildArguments.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const { builds } = dockerfile;
      const variables = once(dockerfile.stages.flatMap((stage) => variablesOf(stage, builds)));
      const show = (variable: Variable): Finding => finding(dockerfile, variable);
      const refuting = variables.filter((one) => refutes(one));
      const notes = variables.filter((one) => !refutes(one)).map(show);
      const presumed = refuting.every(({ variation }) => variation !== "varies");
      return outcomeOf(
        { findings: refuting.map(show), presumed, notes },
        {
          fr: "ni ARG ni ENV ne fixent un environnement à la construction",
          en: "neither ARG nor ENV ties the image to one environment during the build",
        },
      );
    }),
});

/**
 * Whether the variable ties the image to an environment. A variable that is replaced at start, or a proxy,
 * never does, whatever the build sets.
 */
function refutes({ baking: how, variation }: Variable): boolean {
  return how === "baked" || (how === "constant" && variation === "varies");
}

type Builds = BuildableDockerfile["builds"];

function variablesOf(stage: StageFacts, builds: Builds): readonly Variable[] {
  const { args, env } = stage;
  return [
    ...inSources(stage, builds),
    ...args.flatMap((one) => ofArgument(one, builds)),
    ...env.flatMap(ofEnv),
    ...env.flatMap((variable) => ofStage(variable, builds)),
  ];
}

/** Variables of a stage, including the argument that names the environment. */
function ofStage({ name, unknown, at }: DeclaredVariable, builds: Builds): readonly Variable[] {
  const stage = namesStage(name) ? unknown[0] : unknown.find((one) => namesStage(one) && !isMode(name));
  const variation = stage === undefined ? "constant" : variationOf(stage, builds);
  return stage === undefined || variation === "constant"
    ? []
    : [{ name: stage, at, baking: "baked", variation }];
}

/** `COPY config/${APP_ENV}/ …`: files of the environment that the build names. */
function inSources({ args, copies }: StageFacts, builds: Builds): readonly Variable[] {
  const unknown = args.filter(({ name, value }) => namesStage(name) && (value?.value ?? "") === "");
  return unknown.flatMap(({ name }) => {
    const copy = copies.find(({ sources }) => sources.some((source) => mentions(source, name)));
    const variation = copy === undefined ? "constant" : variationOf(name, builds);
    return copy === undefined || variation === "constant"
      ? []
      : [{ name, at: copy.at, baking: "baked" as const, variation }];
  });
}

function mentions(source: string, name: string): boolean {
  return source.includes(`\${${name}}`) || source.split(/[^$\w]/).includes(`$${name}`);
}

/** Whether a variable states how the program runs, not where: NODE_ENV, RAILS_ENV. */
function isMode(name: string): boolean {
  return /^(?:NODE|RAILS|RACK|MIX|FLASK)_ENV$/.test(name);
}

function ofArgument({ name, value: text, at }: ArgumentFacts, builds: Builds): readonly Variable[] {
  const variation = variationOf(name, builds);
  if (variation === "constant") return [];
  const value = text === undefined || text.value === "" || text.unknown.length > 0 ? undefined : text.value;
  const how = value === undefined ? bakingByName(name) : baking(name, value, "argument");
  const given = { name, at, variation, ...(value === undefined ? {} : { value }) };
  if (how !== "none") return [{ ...given, baking: how }];
  return variation === "varies" && isGivenEnvironments(name, builds) ? [{ ...given, baking: "baked" }] : [];
}

/** Variables of ENV, which get their value from the Dockerfile only. */
function ofEnv({ name, value, unknown, at }: DeclaredVariable): readonly Variable[] {
  const how = unknown.length > 0 ? "none" : baking(name, value, "env");
  return how === "none" ? [] : [{ name, value, at, baking: how, variation: "unknown" }];
}

/** Variables without duplicates: an ARG is repeated in every stage that needs it, and often by an ENV. */
function once(variables: readonly Variable[]): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const one of variables) {
    const known = found.get(one.name);
    if (known === undefined || (!refutes(known) && refutes(one))) found.set(one.name, one);
  }
  return [...found.values()];
}

function finding(dockerfile: BuildableDockerfile, { name, value, at, ...one }: Variable): Finding {
  const says = one.variation === "varies" ? variesIn(name, dockerfile.builds) : SAYS[one.baking];
  const shown = value === undefined ? `ARG ${excerpt(name)}` : `${excerpt(name)}=${excerpt(value)}`;
  return {
    message: { fr: `${shown} ${says.fr}`, en: `${shown} ${says.en}` },
    fingerprint: fingerprint(ID, name, ...(value === undefined ? [] : [value])),
    at: placeIn(dockerfile, at),
  };
}

/** Values that are shown. */
const SHOWN = 3;

function variesIn(name: string, builds: Builds): Text {
  const values = new Map(valuesOf(name, builds).map((one) => [one.value, one]));
  const list = [...values.values()]
    .slice(0, SHOWN)
    .map(({ value, at }) => `${excerpt(value)} (${excerpt(at.file)}:${at.line})`)
    .join(", ");
  return {
    fr: `reçoit une valeur par environnement : ${list} ; chaque image ne vaut que pour l'un d'eux`,
    en: `is given a value by environment: ${list}; each image serves one of them only`,
  };
}
