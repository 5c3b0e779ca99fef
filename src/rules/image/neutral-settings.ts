import type { SettingFacts } from "../../contract/setting-facts.ts";
import { environmentOfHost, mayNameEnvironment } from "../../secrets/environment-host.ts";
import { isTemplate } from "../../secrets/placeholder.ts";
import { CODE_SETTINGS, codeSettings } from "./code-settings.ts";
import {
  environmentAddress,
  hostsIn,
  isOwnService,
  isPublicHost,
  promisesAddress,
} from "./environment-address.ts";
import { connectionHost, isRemoteHost, isRemoteUrl, wasMasked } from "./environment-values.ts";
import { namesEnvironment } from "./environment-words.ts";
import { hostLines } from "./host-lines.ts";
import { lineSettings } from "./line-settings.ts";
import { oracleHosts } from "./oracle-hosts.ts";
import { pickleSettings } from "./pickle-settings.ts";
import { proxySettings } from "./proxy-settings.ts";
import type { SettingLine } from "./setting-line.ts";
import { erlangSettings, serverVariables, variableOfFile } from "./written-variables.ts";
import { xmlSettings } from "./xml-settings.ts";

/**
 * Variables that name an environment, with a prefix of any kind; variables for the mode of a framework are left out.
 */
const STAGE = /(?:^|_)(?:ENV|ENVIRONMENT|ENVIRONNEMENT|STAGE|PROFILES?_ACTIVE|QUARKUS_PROFILE)$/;
const MODE = /(?:^|_)(?:NODE|RAILS|RACK|MIX|BABEL)_ENV$/;
const PRODUCTION = /^(?:prod|prd|production)\d{0,2}$/i;
/** Addresses of private networks (RFC 1918). */
const PRIVATE = /^(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2}(?::\d{1,5})?$/;
/** Address of the machine that runs a container, as Docker assigns it: used in environments of developers. */
const DOCKER = /\b172\.17\.0\.1\b/;
/** First label of a host that serves data: `db.prod.corp.fr`, `pg-recette.corp.fr`. */
const DATA_HOST =
  /^(?:db|bdd|pg|postgres\w{0,5}|mysql|mariadb|sql|oracle|mongo\w{0,2}|redis|valkey|kafka|rabbitmq|amqp|elastic\w{0,6}|opensearch|ldap)\d{0,3}[.-]/i;

/** A setting that names an environment or holds an address. */
type Sign = Stage | Named | Address;

interface Stage {
  readonly setting: SettingLine;
  readonly is: "stage";
  /** Name of the environment, in small letters. */
  readonly environment: string;
}

/** A host with the name of an environment. */
interface Named {
  readonly setting: SettingLine;
  readonly is: "named";
  /** Name of the environment, in small letters. */
  readonly environment: string;
}

interface Address {
  readonly setting: SettingLine;
  /** `fixed`: a private address to which a proxy passes requests. `remote`, `private`: any other address. */
  readonly is: "fixed" | "remote" | "private";
}

/**
 * The setting that shows that a file is for one environment; undefined if no setting shows that. The name of
 * an environment beside the environment's address is certain; only one of the two is presumed. The name of an
 * environment alone may be the mode of a framework (`env: production`), and an address without an environment
 * may be the same everywhere. A file with hosts of several environments is presumed to be their configuration if
 * the application's own service stands under an environment's name (`[production]`, `db_host = db.prod.corp.fr`);
 * otherwise the file may list environments, and the result is undefined.
 *
 * @param path path, whose ending determines the format
 */
export function neutralSetting(content: string, path: string): SettingFacts | undefined {
  const signs = settingsOf(content, path).flatMap((setting) => signOf(setting) ?? []);
  const named = signs.filter((sign): sign is Named => sign.is === "named");
  if (new Set(named.map(({ environment }) => environment)).size > 1) {
    const grouped = named.find(isGrouped);
    return grouped === undefined ? undefined : shown(grouped, "presumed");
  }
  const stage = signs.find((sign) => sign.is === "stage");
  const address =
    named[0] ??
    signs.find(({ is }) => is === "fixed" || is === "private") ??
    signs.find(({ is }) => is === "remote");
  if (address === undefined) {
    return stage !== undefined && isOfOne(stage) ? shown(stage, "presumed") : undefined;
  }
  if (stage === undefined) return isOfOneAlone(address) ? shown(address, "presumed") : undefined;
  const isCertain = address.is !== "remote" || !PRODUCTION.test(stage.environment);
  return shown(address, isCertain ? "certain" : "presumed");
}

/** Test for a setting of the application's own service, in the section of the environment that its host names. */
function isGrouped({ setting: { name, value }, environment }: Named): boolean {
  const words = variableOf(name).split("_");
  const others = words.filter((word) => !namesEnvironment("", word, environment));
  if (others.length === words.length) return false;
  return isOwnService(others.join("_")) || hostsIn(value).some((host) => DATA_HOST.test(host));
}

function isOfOneAlone({ is }: Sign): boolean {
  return is === "named" || is === "fixed";
}

/** Settings of a file in the format of its path's ending. */
function settingsOf(content: string, path: string): readonly SettingLine[] {
  const text = content.replace(/^\uFEFF/, "");
  if (/\.(?:xml|config)$/i.test(path) && /^\s{0,200}</.test(text)) return xmlSettings(text);
  if (/\.(?:txt|lst|list)$/i.test(path)) return hostLines(text);
  if (/\.(?:pkl|pickle)$/i.test(path)) return pickleSettings(text);
  if (/\.ora$/i.test(path)) return oracleHosts(text);
  if (/\.config$/i.test(path) && /^\s{0,200}[[%{]/.test(text)) return erlangSettings(text);
  if (/\/env\/[A-Z][A-Z\d_]{1,60}$/.test(path)) return variableOfFile(text, path);
  // Without the name of an environment, no setting in code is decisive, since an address counts only together
  // with such a name.
  if (CODE_SETTINGS.test(path)) return mayNameEnvironment(text) ? codeSettings(text, path) : [];
  const isProxy = /\.(?:conf|cfg)$|\/(?:sites-enabled|sites-available)\//i.test(path);
  return isProxy
    ? [...lineSettings(text), ...proxySettings(text), ...serverVariables(text)]
    : lineSettings(text);
}

/** Whether a setting certainly names an environment (`env: recette`): `production` may be the mode of a framework. */
function isOfOne({ environment, setting }: Stage): boolean {
  return !PRODUCTION.test(environment) && !/(?:^|_)STAGE$/.test(variableOf(setting.name));
}

function shown({ setting: { name, value, line } }: Sign, certainty: SettingFacts["certainty"]): SettingFacts {
  return { name, value, line, certainty };
}

function signOf(setting: SettingLine): Sign | undefined {
  const { value } = setting;
  const variable = setting.isUpstream === true ? "SERVICE_HOST" : variableOf(setting.name);
  if (value === "" || wasMasked(value) || isTemplate(value)) return undefined;
  if (STAGE.test(variable) && !MODE.test(variable)) {
    const environment = /^[\w-]{2,20}$/.test(value) ? environmentOfHost(`${value}.`) : undefined;
    return environment === undefined ? undefined : { setting, is: "stage", environment };
  }
  return addressOf(setting, variable, value);
}

function addressOf(setting: SettingLine, variable: string, value: string): Sign | undefined {
  const host = connectionHost(value);
  if (host !== undefined) return addressOf(setting, "DB_HOST", host);
  const certainty = environmentAddress(variable, value);
  if (!promisesAddress(variable)) return undefined;
  if (setting.isUpstream === true && PRIVATE.test(bareHost(value))) {
    return DOCKER.test(value) ? undefined : { setting, is: "fixed" };
  }
  if (PRIVATE.test(value)) return { setting, is: "private" };
  if (!(isRemoteUrl(value) || isRemoteHost(`${variable}_HOST`, value))) return undefined;
  const hosts = hostsIn(value);
  if (hosts.every(isPublicHost) || certainty === undefined) return undefined;
  const environments = new Set(hosts.flatMap((one) => environmentOfHost(one) ?? []));
  const [environment] = environments;
  if (environment === undefined) return { setting, is: "remote" };
  return environments.size > 1 ? undefined : { setting, is: "named", environment };
}

/** Host of a URL, with its port. */
function bareHost(value: string): string {
  return value.replace(/^[a-z][a-z\d+.-]{1,20}:\/\//i, "").replace(/[/?].{0,300}$/s, "");
}

/** Name of a variable for a setting: `spring.datasource.url`, `apiUrl` → `SPRING_DATASOURCE_URL`, `API_URL`. */
function variableOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[.-]/g, "_")
    .toUpperCase();
}
