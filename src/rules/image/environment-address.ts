import { isTemplate } from "../../secrets/placeholder.ts";
import { ADDRESS, INLINED, SHARED } from "./baked-variables.ts";
import { isRemoteHost, isRemoteUrl, wasMasked } from "./environment-values.ts";

/** Names that promise an address. */
const PROMISES =
  /(?:^|_)(?:URL|URI|DSN|HOST|HOSTNAME|ENDPOINT|DOMAIN|ORIGIN|SERVERS?|BROKERS?|ADDR|ADDRESS|ISSUER)$/;
/** Services that each environment has of its own, by what teams call them. */
const OWN =
  /(?:^|_)(?:DATABASE|DB|BDD|PG|PGHOST|POSTGRES|POSTGRESQL|MYSQL|MARIADB|REDIS|MONGO|MONGODB|RABBITMQ|AMQP|KAFKA|ELASTIC|ELASTICSEARCH|OPENSEARCH|LDAP|SSO|GATEWAY|SERVICE)_?(?:URL|URI|DSN|HOST|HOSTNAME|ENDPOINT|SERVERS?|BROKERS?|ADDR|ADDRESS)?$/;
/** From where a build takes things, or a way through the network. */
const TAKEN = /MIRROR|REGISTRY|REPO|INDEX|DOWNLOAD|PROXY|KEYSERVER|DIST|RELEASE|MAVEN|GRADLE|PYPI|NPM|GEM/;
const FILE = /\.(?:tgz|tar(?:\.\w{2,3})?|zip|jar|war|deb|rpm|apk|gz|xz|asc|sig|py|sh|json|xml|exe|git)$/i;
/** Words of a host that name an environment; `dev` and `demo` stand in public hosts, too. */
const NAMED =
  /(?:^|[/@.-])(?:prod|prd|production|preprod|preproduction|staging|stg|recette|rct|qualif|qualification|qlf|uat|homologation)\d{0,2}[.-]/i;

/** How certain it is that a variable of ENV gives the address of one environment; undefined: it gives none. */
export function environmentAddress(name: string, value: string): "certain" | "presumed" | undefined {
  if (INLINED.test(name) || wasMasked(value) || isTemplate(value) || TAKEN.test(name) || FILE.test(value))
    return undefined;
  if (!PROMISES.test(name) && !OWN.test(name)) return undefined;
  if (!isRemoteUrl(value) && !isRemoteHost(`${name}_HOST`, value)) return undefined;
  if (NAMED.test(hostOf(value))) return "certain";
  return SHARED.test(name) || !(ADDRESS.test(name) || OWN.test(name)) ? undefined : "presumed";
}

/** Without scheme, user, port and path. */
function hostOf(value: string): string {
  const [host] = value
    .replace(/^(?:jdbc:)?[a-z][a-z\d+.-]{1,20}:\/\/(?:[^\s/@]{1,200}@)?/i, "")
    .split(/[/?#:]/, 1);
  return `/${String(host)}`;
}
