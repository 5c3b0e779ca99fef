import { INLINED } from "./baked-variables.ts";
import { isEnvironmentName } from "./environment-values.ts";

/** A word by which a command of the build chose an environment. */
export interface BuildMode {
  /** `VITE_MODE`, `--mode`. */
  readonly name: string;
  readonly value: string;
}

/** Modes of bundlers that are the same in every environment: optimised, or verbose. */
const BUILT_IN = /^(?:prod|production|dev|development)$/i;
const BUILDS =
  /\b(?:npm|pnpm|yarn|bun|npx|vite|ng|nx|turbo|webpack|vue-cli-service|react-scripts|next|nuxt|mvnw?|gradlew?)\b/;
/** An assignment for one command: `VITE_MODE=recette npm run build`. */
const ASSIGNED = /(?:^|[\s;&|])([A-Z][A-Z\d]{0,20}_[A-Z\d_]{1,80})=["']?([^\s"';&|$`]{1,300})/g;
const FLAG = /(?<=\s)(--(?:mode|configuration|env|environment|stage))(?:=|[ ]{1,5})["']?([\w,-]{1,60})/g;
/** Angular's short form, and Maven's profiles, which filter resources. */
const SHORT = [
  /\bng[ ]{1,5}build\b[^;&|]{0,200}?\s(-c)[ =]?([\w,-]{1,60})/g,
  /\bmvnw?\b[^;&|]{0,300}?\s(-P)[ ]?([\w,-]{1,60})/g,
];

/** The environments for which a step of the history built, by its commands. */
export function buildModes(createdBy: string): readonly BuildMode[] {
  if (!createdBy.includes("/sh -c ") && !createdBy.startsWith("RUN ")) return [];
  if (!BUILDS.test(createdBy)) return [];
  return [FLAG, ...SHORT]
    .flatMap((pattern) => [...createdBy.matchAll(pattern)])
    .map(([, name = "", value = ""]) => ({ name, value }))
    .filter(({ value }) => value.split(",").some((word) => isEnvironmentName(word) && !BUILT_IN.test(word)));
}

/** The variables that a step's commands give to a bundler, which inlines them. */
export function inlinedByCommand(createdBy: string): readonly BuildMode[] {
  if (!BUILDS.test(createdBy)) return [];
  const shell = createdBy.indexOf("/sh -c ");
  return [...createdBy.slice(Math.max(0, shell)).matchAll(ASSIGNED)]
    .map(([, name = "", value = ""]) => ({ name, value }))
    .filter(({ name }) => INLINED.test(name));
}
