/**
 * Words of a host that name an environment; `dev` and `demo` are absent because public hosts use them, too.
 */
const NAMES =
  "prod|prd|production|preprod|pprd|preproduction|staging|stg|recette|rct|qualif|qualification|qlf|uat|homologation";
const NAMED = new RegExp(`(?:^|[/@.-])(${NAMES})\\d{0,2}[.-]`, "i");
const ANYWHERE = new RegExp(NAMES, "i");

const WORDS =
  "prod|prd|production|live|preprod|pprd|pprod|preproduction|staging|stage|stg|recette|rct|rec|int|integ|integration|qualif|qualification|qlf|qa|uat|homologation|test|dev|demo|formation|sandbox";
/** The same words plus ambiguous words, each between separators. */
const PERHAPS = new RegExp(`[.-](?:${WORDS})\\d{0,2}(?=[.-])|^(?:${WORDS})\\d{0,2}[.-]`, "g");

/** The environment that a host names, in small letters: `api.recette.corp.fr` → `recette`. Undefined: none. */
export function environmentOfHost(host: string): string | undefined {
  return NAMED.exec(host)?.[1]?.toLowerCase();
}

/**
 * Whether a text may contain a host that names an environment; escapes are not decoded. Fast for any length.
 */
export function mayNameEnvironment(text: string): boolean {
  return ANYWHERE.test(text);
}

/**
 * A host without its environments, which is equal for the hosts of one service: `api-recette.corp.fr` and
 * `api.corp.fr` → `api.corp.fr`.
 */
export function serviceOfHost(host: string): string {
  return host.toLowerCase().replace(PERHAPS, "");
}
