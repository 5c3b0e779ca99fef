// No ARG fixes an environment during the build (contract 1.4: one image for all environments).
//
// In every stage: what a bundler inlines while it builds is in the files that the last stage copies.
//
//   ARG NEXT_PUBLIC_API_URL=https://…, ARG SITE_URL=https://…, ENV VITE_API_URL=https://…    fail
//   ARG NEXT_PUBLIC_SITE_URL without a default: --build-arg gives one                        presumed fail
//   ARG VITE_MATOMO_ID, ARG NEXT_PUBLIC_X=APP_NEXT_PUBLIC_X (replaced at start)              note
//   ARG NODE_VERSION=20, NODE_ENV=production, TARGETARCH, NEXT_PUBLIC_VERSION, localhost     silent

import type { ExpandedText, Position, StageFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { noBuildArguments, SAYS } from "../image/1.4-no-build-arguments.ts";
import { type Baking, baking, bakingByName } from "../image/baked-variables.ts";
import { placeIn } from "./places.ts";
import { type BuildableDockerfile, unlessRefused } from "./unless-refused.ts";

const ID = "1.4-dockerfile-build-arguments";

interface Variable {
  readonly name: string;
  /** Absent: only the build gives one. */
  readonly value?: string;
  readonly at: Position | undefined;
  readonly baking: Exclude<Baking, "none">;
}

export const dockerfileBuildArguments = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Aucun ARG du Dockerfile ne fixe un environnement",
    en: "No ARG of the Dockerfile fixes an environment",
  },
  why: noBuildArguments.why,
  remedy: noBuildArguments.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const variables = once(dockerfile.stages.flatMap(variablesOf));
      const show = (variable: Variable): Finding => finding(dockerfile, variable);
      const notes = variables.filter((one) => one.baking !== "baked").map(show);
      const baked = variables.filter((one) => one.baking === "baked");
      const presumed = baked.every(({ value }) => value === undefined);
      return outcomeOf(
        { findings: baked.map(show), presumed, notes },
        {
          fr: "ni ARG ni ENV ne fixent un environnement à la construction",
          en: "neither ARG nor ENV fixes an environment during the build",
        },
      );
    }),
});

function variablesOf({ args, env }: StageFacts): readonly Variable[] {
  return [
    ...args.flatMap(({ name, value, at }) => variable(name, value, at, "argument")),
    ...env.flatMap((one) => (one.unknown.length > 0 ? [] : variable(one.name, one, one.at, "env"))),
  ];
}

function variable(
  name: string,
  text: ExpandedText | undefined,
  at: Position | undefined,
  from: "argument" | "env",
): readonly Variable[] {
  const value = text === undefined || text.value === "" || text.unknown.length > 0 ? undefined : text.value;
  const how = value === undefined ? bakingByName(name) : baking(name, value, from);
  if (how === "none" || (value === undefined && from === "env")) return [];
  return [{ name, at, baking: how, ...(value === undefined ? {} : { value }) }];
}

/** An ARG stands in every stage that needs it, and an ENV often repeats it. */
function once(variables: readonly Variable[]): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const one of variables) {
    const known = found.get(one.name);
    if (known === undefined || (known.baking !== "baked" && one.baking === "baked")) found.set(one.name, one);
  }
  return [...found.values()];
}

function finding(dockerfile: BuildableDockerfile, { name, value, at, baking: how }: Variable): Finding {
  const says = SAYS[how];
  const shown = value === undefined ? `ARG ${excerpt(name)}` : `${excerpt(name)}=${excerpt(value)}`;
  return {
    message: { fr: `${shown} ${says.fr}`, en: `${shown} ${says.en}` },
    fingerprint: fingerprint(ID, name, ...(value === undefined ? [] : [value])),
    at: placeIn(dockerfile, at),
  };
}
