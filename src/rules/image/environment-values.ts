/** Names of environments that an application is deployed to. `test` is left out, since tests run in it. */
const ENVIRONMENTS = (
  "prod prd production live preprod pprod pprd ppd preprd pre-prod preproduction pre-production staging stage stg recette rct integration integ " +
  "qualif qualification qlf qa uat homologation homol formation demo review sandbox dev development developpement"
).split(" ");

/** Pattern that matches one of the names. */
export const ENVIRONMENT_NAMES = ENVIRONMENTS.join("|");

/** Full name of an environment: `production`, `Staging`, `preprod2`. */
const ENVIRONMENT = new RegExp(`^(?:${ENVIRONMENT_NAMES})\\d{0,2}$`, "i");

/**
 * Hosts that are the same everywhere: documentation (RFC 2606), schemas and standards. Names without a dot
 * are services beside the application.
 */
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

/** Whether an address leads to a service of one environment: a URL with a real host. */
export function isRemoteUrl(value: string): boolean {
  const host = URL_HOST.exec(value)?.[1];
  return host !== undefined && !EVERYWHERE.test(host);
}

/** Whether a name denotes a host and its value is a host with a domain. */
export function isRemoteHost(name: string, value: string): boolean {
  return HOST_NAME.test(name) && HOST_VALUE.test(value) && !EVERYWHERE.test(value.replace(/:\d+$/, ""));
}

/** Host of a connection string of .NET: `Server=tcp:db.prod.corp.fr,1433;Database=app`. */
const CONNECTION = /(?:^|;)\s{0,5}(?:server|data source|host)\s{0,5}=\s{0,5}(?:tcp:)?([a-z\d][\w.-]{1,250})/i;

/** Host of a connection string of .NET; undefined for other values. */
export function connectionHost(value: string): string | undefined {
  return CONNECTION.exec(value)?.[1];
}

/** Whether a secret in the value was masked while the file was read. */
export function wasMasked(value: string): boolean {
  return MASKED.test(value);
}

/** Whether a setting has another value in other environments. */
export function variesByEnvironment(name: string, value: string): boolean {
  const isRemote = isRemoteUrl(value) || isRemoteHost(name, value);
  return wasMasked(value) || isRemote || isRemoteHost("host", connectionHost(value) ?? "");
}
