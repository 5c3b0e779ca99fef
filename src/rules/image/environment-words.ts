import { isEnvironmentName } from "./environment-values.ts";

/** Synonyms and abbreviations of environments. */
const ALIKE: readonly (readonly string[])[] = [
  ["prod", "prd", "production", "live"],
  ["preprod", "pprod", "pprd", "ppd", "preprd", "preproduction"],
  ["staging", "stage", "stg"],
  ["recette", "rct", "rec"],
  ["integration", "integ", "int"],
  ["qualif", "qualification", "qlf", "qa"],
  ["uat"],
  ["homologation", "homol"],
  ["formation"],
];
/** Settings about modes, logging or texts, the same in every environment: `logger: production`. */
const MANNER =
  /env|environnement|stage|mode|profil|preset|level|log|format|type|kind|title|titre|label|libelle|description|message|text|comment|extends|import|include|strategy|optimi|minif|bundle|build|target|branch|tag|version|handler|channel|class|theme|style|name$/i;
/** A service name: letters, digits and separators. */
const WORD = /^[A-Za-z\d][\w.:/@-]{1,100}$/;
const HOST_NAME = /(?:^|[._-])(?:host|hostname|hote|serveur|fqdn)s?$|(?:Host|Hostname|Serveur)s?$/;
const BARE_HOST =
  /^(?!(?:localhost|auto|any|all|none|default|true|false|null|yes|no|on|off)$)[a-z][a-z\d-]{1,62}(?::\d{2,5})?$/i;

/**
 * Whether a value names the environment of its file: `db: prod` or `bucket: portail-recette` in
 * `envs/recette/config.yaml`.
 *
 * @param environment environment as in the file's path: `prod`, `Recette`, `preprod2`
 */
export function namesEnvironment(name: string, value: string, environment: string): boolean {
  if (MANNER.test(name) || !WORD.test(value)) return false;
  const own = bare(environment);
  const same = ALIKE.find((words) => words.includes(own)) ?? [own];
  return value.split(/[^A-Za-z\d]/).some((word) => isEnvironmentName(word) && same.includes(bare(word)));
}

/** Whether the name denotes a host and the value is a host of one word: `host: srv-rec-01`. */
export function namesHost(name: string, value: string): boolean {
  return HOST_NAME.test(name) && BARE_HOST.test(value);
}

function bare(environment: string): string {
  return environment.toLowerCase().replace(/\d{1,2}$|-/g, "");
}
