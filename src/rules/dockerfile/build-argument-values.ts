import type { BuildValueFacts } from "../../contract/dockerfile-facts.ts";
import { isEnvironmentName, isRemoteHost, isRemoteUrl } from "../image/environment-values.ts";

/**
 * Values that the repository's pipelines give to an ARG: different by environment, always equal, or
 * undecidable.
 */
export type Variation = "varies" | "constant" | "unknown";

/** Files for a developer's machine; values in pipelines take precedence over theirs. */
const LOCAL_FILE =
  /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)(?:[Mm]akefile|[Jj]ustfile|package\.json|Taskfile\.ya?ml|skaffold\.yaml)$/;
const LOCAL_VALUE = /^$|(?:^|\/\/)(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal)\b/;
/** Value that is known only while the pipeline runs. */
const EXPRESSION = /[$]|\{\{|<</;
/** Name of the variable in a value of a pipeline, whatever the variable's source. */
const VARIABLE =
  /^\$(?:\{\{\s{0,20}(?:vars|secrets|env|inputs|variables|parameters)\.([\w-]{1,100})\s{0,20}\}\}|\{?(\w{1,100})(?::?[-=?][^}]{0,500})?\}?|\[(\w{1,100})\]|\((\w{1,100})\))$/;
/** Contexts of variables in expressions. */
const CONTEXT = /\b(?:vars|secrets|env|inputs|matrix|github|steps|needs)\./g;
/** Names of variables that hold the environment itself. */
const ENVIRONMENT = /^(?:env|environment|environnement|stage|branch)$/i;
const BRANCH =
  /\bgithub\.(?:ref|ref_name|base_ref|head_ref)\b|CI_COMMIT_(?:BRANCH|REF_NAME|REF_SLUG)|CI_ENVIRONMENT|BRANCH_NAME/;

/** Classifies the values given to one ARG. */
export function variationOf(name: string, builds?: readonly BuildValueFacts[]): Variation {
  const values = valuesOf(name, builds);
  if (values.length === 0) return "unknown";
  if (values.some(({ value }) => namesEnvironment(name, value))) return "varies";
  const distinct = new Set(values.map(({ value }) => sameVariable(value)));
  const literal = values.every(({ value }) => !EXPRESSION.test(value));
  if (!literal) return "unknown";
  if (distinct.size > 1) return "varies";
  const environments = values.map(environmentOf);
  return environments.includes(undefined) || new Set(environments).size > 1 ? "constant" : "unknown";
}

/**
 * Whether an ARG of any name is tied to environments by literal values that are an environment's name or
 * address.
 */
export function isGivenEnvironments(name: string, builds?: readonly BuildValueFacts[]): boolean {
  const values = new Set(valuesOf(name, builds).map(({ value }) => value));
  const all = [...values];
  return (
    !name.endsWith("NODE_ENV") &&
    all.length > 1 &&
    all.every((value) => isEnvironmentName(value) || isRemoteUrl(value) || isRemoteHost(name, value))
  );
}

/** Values given by pipelines; without any, values given by compose files and similar files. */
export function valuesOf(name: string, builds: readonly BuildValueFacts[] = []): readonly BuildValueFacts[] {
  const given = builds.filter((one) => one.name === name && !LOCAL_VALUE.test(one.value));
  const piped = given.filter(({ at }) => !LOCAL_FILE.test(at.file));
  return piped.length > 0 ? piped : given;
}

/** Whether a value depends on the environment: `${{ vars.SITE_ID_PROD }}`, `$CI_COMMIT_BRANCH`. */
function namesEnvironment(name: string, value: string): boolean {
  if (!EXPRESSION.test(value)) return false;
  if (BRANCH.test(value)) return true;
  const own = new Set(wordsOf(name));
  const words = wordsOf(value.replace(CONTEXT, "")).filter((word) => !own.has(word));
  return words.some((word) => isEnvironmentName(word) || ENVIRONMENT.test(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/);
}

/** `$API_URL` in one file and `${{ vars.API_URL }}` in another are the same variable. */
function sameVariable(value: string): string {
  const variable = VARIABLE.exec(value)
    ?.slice(1)
    .find((one) => one !== undefined);
  return variable === undefined ? value.replace(/\s/g, "") : `$${variable}`;
}

/** Environment that a build is for, by its file and job: `production.yaml`, `build:preprod`. */
function environmentOf({ at, within }: BuildValueFacts): string | undefined {
  const words = [at.file, ...within].flatMap((text) => text.split(/[^A-Za-z0-9]+/));
  return words.find(isEnvironmentName)?.toLowerCase();
}
