/** Names of the environments that an application is deployed to. `test` is none: it is where tests run. */
const ENVIRONMENTS = (
  "prod prd production live preprod pprod pprd ppd preprd pre-prod preproduction pre-production staging stage stg recette rct integration integ " +
  "qualif qualification qlf qa uat homologation homol formation demo review sandbox dev development developpement"
).split(" ");

/** A part of a pattern that matches one of them. */
export const ENVIRONMENT_NAMES = ENVIRONMENTS.join("|");

/** `production`, `Staging`, `preprod2`. */
const ENVIRONMENT = new RegExp(`^(?:${ENVIRONMENT_NAMES})\\d{0,2}$`, "i");

/** A host that is the same everywhere: documentation (RFC 2606), schemas and standards. Names without a dot are neighbours. */
const EVERYWHERE =
  /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|host\.docker\.internal|(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)|www\.w3\.org|(?:json\.)?schemastore\.(?:org|azurewebsites\.net)|json-schema\.org|schema\.org|www\.springframework\.org|maven\.apache\.org|registry\.npmjs\.org|github\.com)$/i;
const URL_HOST =
  /[a-z][a-z\d+.-]{1,20}:\/\/(?:[^\s/@"'<>]{1,200}@)?([a-z\d][\w-]{0,62}(?:\.[\w-]{1,63}){1,9})/i;
const HOST_NAME =
  /(?:hote|serveurs?|adresse|domaine|host|hostname|domain|server|servers|endpoint|origin|broker|brokers|addr|address)$/i;
const HOST_VALUE =
  /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}(?!(?:js|ts|json|ya?ml|py|rb|php|html?|css|conf|log|sock|jar)(?:$|:))[a-z]{2,24}(?::\d{1,5})?$/i;
/** A secret masked by maskText(). */
const MASKED = /…\(\d{1,7}\)/;

export function isEnvironmentName(value: string): boolean {
  return ENVIRONMENT.test(value);
}

/** True for an address that leads to one environment's service: a URL with a real host. */
export function isRemoteUrl(value: string): boolean {
  const host = URL_HOST.exec(value)?.[1];
  return host !== undefined && !EVERYWHERE.test(host);
}

/** True when a name promises a host and the value is one, with a domain. */
export function isRemoteHost(name: string, value: string): boolean {
  return HOST_NAME.test(name) && HOST_VALUE.test(value) && !EVERYWHERE.test(value.replace(/:\d+$/, ""));
}

/** True for a value in which something was masked while it was read: a secret. */
export function wasMasked(value: string): boolean {
  return MASKED.test(value);
}

/** True when a setting has this value in one environment, and another one in the next. */
export function variesByEnvironment(name: string, value: string): boolean {
  return wasMasked(value) || isRemoteUrl(value) || isRemoteHost(name, value);
}
