import { environmentOfHost } from "../../secrets/environment-host.ts";
import { isTemplate } from "../../secrets/placeholder.ts";
import { ADDRESS, INLINED, SHARED } from "./baked-variables.ts";
import { isEnvironmentName, isRemoteHost, isRemoteUrl, wasMasked } from "./environment-values.ts";

/** Names that promise an address. */
const PROMISES =
  /(?:^|_)(?:URL|URI|DSN|HOST|HOSTNAME|ENDPOINT|DOMAIN|ORIGIN|SERVERS?|SERVERNAME|HOSTADDR|KDC|BROKERS?|ADDR|ADDRESS|ISSUER)$/;
/** Names of services that usually exist once per environment. */
const OWN =
  /(?:^|_)(?:DATABASE|DB|BDD|PG|PGHOST|POSTGRES|POSTGRESQL|MYSQL|MARIADB|REDIS|MONGO|MONGODB|RABBITMQ|AMQP|KAFKA|ELASTIC|ELASTICSEARCH|OPENSEARCH|LDAP|SSO|GATEWAY|SERVICE)_?(?:URL|URI|DSN|HOST|HOSTNAME|ENDPOINT|SERVERS?|BROKERS?|ADDR|ADDRESS)?$/;
/** Names of download sources and of proxies. */
const TAKEN = /MIRROR|REGISTRY|REPO|INDEX|DOWNLOAD|PROXY|KEYSERVER|DIST|RELEASE|MAVEN|GRADLE|PYPI|NPM|GEM/;
const FILE = /\.(?:tgz|tar(?:\.\w{2,3})?|zip|jar|war|deb|rpm|apk|gz|xz|asc|sig|py|sh|json|xml|exe|git)$/i;
/** Ambiguous words: each may name an environment, but just as often abbreviates something else. */
const PERHAPS_NAMED =
  /(?:^|[/@.-])(?:pprod|rec|int|integ|integration|dev|demo|formation|sandbox)\d{0,2}[.-]/i;
const URL_HOST = /[a-z][a-z\d+.-]{1,20}:\/\/(?:[^\s/@"'<>]{1,200}@)?([a-z\d][\w.-]{0,200})/gi;
/** Public APIs, of the state and of others: the same in every environment. */
const PUBLIC =
  /(?:^|\.)(?:api\.gouv\.fr|data\.gouv\.fr|geopf\.fr|insee\.fr|openstreetmap\.org|googleapis\.com|google\.com|gstatic\.com|github\.com|githubusercontent\.com|gitlab\.com|openai\.com|anthropic\.com|mistral\.ai|huggingface\.co|sentry\.io|stripe\.com|brevo\.com|sendinblue\.com|mailjet\.com|sendgrid\.com|twilio\.com|slack\.com|microsoftonline\.com|graph\.microsoft\.com|cloudflare\.com|jsdelivr\.net|letsencrypt\.org|docker\.com|gmail\.com|office365\.com|unpkg\.com|mapbox\.com|maptiler\.com)$/i;

export type Certainty = "certain" | "presumed";

/**
 * Certainty that a variable of ENV contains the address of one environment; undefined if it contains no
 * address.
 */
export function environmentAddress(name: string, value: string): Certainty | undefined {
  if (INLINED.test(name) || wasMasked(value) || isTemplate(value) || TAKEN.test(name) || FILE.test(value))
    return undefined;
  const isAddress = isRemoteUrl(value) || isRemoteHost(`${name}_HOST`, value);
  if (!isAddress) return undefined;
  const hosts = hostsIn(value);
  const isPromised = PROMISES.test(name) || OWN.test(name);
  if (!isPromised && !value.includes("://") && isCode(name, value)) return undefined;
  if (hosts.some((host) => environmentOfHost(host) !== undefined)) return isPromised ? "certain" : "presumed";
  if (isPromised && hosts.some((host) => PERHAPS_NAMED.test(host))) return "presumed";
  if (!isPromised || SHARED.test(name) || hosts.every(isPublicHost)) return undefined;
  return ADDRESS.test(name) || OWN.test(name) ? "presumed" : undefined;
}

/** Names of variables that give a class, a module or a package, whose parts are separated by dots like a host's. */
const CODE_NAME =
  /(?:^|_)(?:CLASS|CLASSES|CLASSNAME|MAINCLASS|MODULE|MODULES|PACKAGE|PACKAGES|LOGGER|LOGGERS|BEAN|BEANS|FACTORY|HANDLER|LISTENER|NAMESPACE|FLASK_APP|ARTIFACT|ARTIFACT_ID|GROUP_ID)$/;
/** The last part of a class: `fr.corp.prod.Main`. */
const CLASS = /\.[A-Z][a-z\d]+(?:[A-Z][A-Za-z\d]*)?$/;
/** Extensions that are no top-level domain. */
const FILE_NAME =
  /\.(?:properties|toml|ini|cfg|env|cnf|txt|pem|crt|cer|key|p12|jks|lock|mjs|cjs|jsx|tsx|lua|sql|csv|xsd|hcl|tfvars|tmpl|tpl|erb|jinja2?|dhall|pid|bin|so)$/i;

/** Whether a value that looks like a host is a class, a module, or a file's name. */
function isCode(name: string, value: string): boolean {
  return CODE_NAME.test(name) || FILE_NAME.test(value) || (CLASS.test(value) && /^[a-z]/.test(value));
}

/** Whether a variable promises the address of a service that exists once per environment. */
export function promisesAddress(name: string): boolean {
  return (PROMISES.test(name) || OWN.test(name)) && !TAKEN.test(name) && !SHARED.test(name);
}

/** Test for a variable that names a service of the application itself, or a service that exists once per environment. */
export function isOwnService(name: string): boolean {
  return (ADDRESS.test(name) || OWN.test(name)) && !TAKEN.test(name) && !SHARED.test(name);
}

/** Whether a host is public and the same in every environment. */
export function isPublicHost(host: string): boolean {
  return PUBLIC.test(host);
}

/** Variables that name the environment in which a program runs; a mode (NODE_ENV) is not an environment. */
const STAGE =
  /^(?:(?:APP|APPLICATION|DEPLOY|DEPLOYMENT|TARGET|BUILD|RUNTIME|ASPNETCORE|DOTNET|SYMFONY|DJANGO|MICRONAUT|NODE_CONFIG)_)?(?:ENV|ENVIRONMENT|ENVIRONMENTS|ENVIRONNEMENT|STAGE)$|^(?:SPRING_PROFILES_ACTIVE|QUARKUS_PROFILE)$/;
/** Modes of frameworks: optimised, or verbose. */
const MODE = /^(?:prod|production|dev|development)$/i;

/** True for a variable that names the environment in which the program runs. */
export function namesStage(name: string): boolean {
  return STAGE.test(name);
}

/** Whether a variable of ENV names one environment: `APP_ENV=recette`. */
export function isOneEnvironment(name: string, value: string): boolean {
  return (
    namesStage(name) && value.split(",").some((profile) => isEnvironmentName(profile) && !MODE.test(profile))
  );
}

/** Hosts of the URLs in a value, or the value's own host; without user, port and path. */
export function hostsIn(value: string): readonly string[] {
  const hosts = [...value.matchAll(URL_HOST)].map(([, host = ""]) => host);
  return hosts.length > 0 ? hosts : [value.replace(/:\d{1,5}$/, "")];
}
