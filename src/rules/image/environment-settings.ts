import { assignments } from "../../secrets/assignments.ts";
import { environmentOfHost } from "../../secrets/environment-host.ts";
import { isPlaceholder } from "../../secrets/placeholder.ts";
import { codeSettings } from "./code-settings.ts";
import { isPublicHost, promisesAddress } from "./environment-address.ts";
import type { EnvironmentFile } from "./environment-files.ts";
import {
  connectionHost,
  isEnvironmentName,
  isRemoteHost,
  isRemoteUrl,
  variesByEnvironment,
  wasMasked,
} from "./environment-values.ts";
import { namesEnvironment, namesHost } from "./environment-words.ts";
import { oracleHosts } from "./oracle-hosts.ts";
import { xmlSettings } from "./xml-settings.ts";

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** The first setting of a file that varies by environment, and the first that does not. */
export interface EnvironmentSettings {
  readonly varying?: Setting;
  readonly others?: Setting;
}

/** Values that are filled in at start, or read from the container's environment. */
const INJECTED = /\$\{|\$\(|\{\{|<%|%env\(|process\.env|os\.environ|getenv|ENV\[|\bconfig\(|__\w{1,100}__/;
const COMMENT = /^\s{0,200}(?:#|\/\/|\/?\*|;|<!--)/;
/** Switches, numbers, durations, log levels, time zones, paths: the same in every environment. */
const SWITCH =
  /^(?:true|false|yes|no|on|off|[\d.,_]+\s?\w{0,3}|trace|debug|info|warn(?:ing)?|error|utc|[A-Z][a-z]+\/[A-Z][\w/]+|[a-z]{2}(?:[-_][A-Z]{2})?(?:\.UTF-?8)?|\.{0,2}\/.*|\*)$/i;
/**
 * Address of a service beside the application; in a file named for an environment, the service is that
 * environment's.
 */
const NEIGHBOUR =
  /^(?:jdbc:)?[a-z][a-z\d+.-]{1,20}:\/\/(?:[^\s/@"'<>]{1,200}@)?(?!localhost\b)[a-z][a-z\d-]{0,62}(?::\d{1,5})?(?:[/?]|$)/i;
/** A host with a domain; a name with one dot may be a schema and a table. */
const DOMAIN = /^[^.]{1,63}\.[^.]{1,63}\./;
/**
 * Names of developers' environments, whose services are those of a Compose file, the same for all developers.
 */
export const OF_DEVELOPERS = /^(?:dev|development|developpement|sandbox|review|demo)\d{0,2}$/i;
/** Variables that set how a program runs, not where. */
const MODE =
  /^(?:NODE_ENV|RAILS_ENV|RACK_ENV|MIX_ENV|APP_ENV|APP_DEBUG|PORT|HOST|HOSTNAME|TZ|LANG|LC_ALL|LOG_LEVEL|NODE_OPTIONS|NEXT_TELEMETRY_DISABLED|CI|\w+_VERSION)$/;

/**
 * Settings of a file that depend on the environment. In dotenv files every value except switches counts; in
 * other files only URLs (including one-word hosts), hosts, the environment's own name and credentials are
 * certain.
 */
export function environmentSettings(
  content: string,
  { kind, environment = "dev" }: EnvironmentFile,
  path = "",
): EnvironmentSettings {
  const settings = [...settingsOf(content), ...inFormat(content, path)];
  const varying = settings.find(
    ({ name, value }) =>
      variesByEnvironment(name, value) ||
      (kind === "dotenv" && isOwn(name, value)) ||
      (kind === "settings" && !OF_DEVELOPERS.test(environment) && isOfFile(name, value, environment)),
  );
  const [others] = settings.filter((setting) => setting !== varying);
  return { ...(varying === undefined ? {} : { varying }), ...(others === undefined ? {} : { others }) };
}

/**
 * Settings that only the file's format shows: literals in code, directives whose words are separated by blanks, hosts of
 * Oracle's net services.
 */
function inFormat(content: string, path: string): readonly Setting[] {
  if (/\.(?:py|php|rb)$/i.test(path)) {
    return codeSettings(content, path).filter(({ value }) => isLiteral(value));
  }
  if (/\.ora$/i.test(path)) return oracleHosts(content);
  return /\.(?:conf|cnf|cfg)$/i.test(path) ? directives(content) : [];
}

/** A directive that is an address of another service: `replicaof redis1.corp.fr 6379`. */
const DIRECTIVE =
  /^[ \t]{0,40}(replicaof|slaveof|server|upstream|remote|relayhost|masterhost|primary_conninfo|ldap_uri|uri|sentinel[ \t]{1,10}monitor[ \t]{1,10}[\w.-]{1,60})[ \t]{1,20}([\w.:/[\]-]{3,250})/i;

function directives(content: string): readonly Setting[] {
  return content.split("\n").flatMap((text, index) => {
    const [, name = "", value = ""] = DIRECTIVE.exec(text) ?? [];
    return isRemoteHost("host", value) ? [{ name: `${name} host`, value, line: index + 1 }] : [];
  });
}

/** A literal that is a host or a URL, whatever its name. */
const QUOTED =
  /["'`=\s(,]((?:[a-z][a-z\d+.-]{1,20}:\/\/)?(?:[^\s/@"'<>]{1,200}@)?([a-z\d][a-z\d.-]{3,250}\.[a-z]{2,24})(?::\d{1,5})?(?:\/[^\s"'`]{0,200})?)(?=["'`\s),;]|$)/gim;

/** The first host of a text that names an environment, whatever its name; comments and injected values are left out. */
export function namedHost(content: string): Setting | undefined {
  for (const [index, text] of content.split("\n").entries()) {
    if (COMMENT.test(text) || INJECTED.test(text)) continue;
    for (const [, value = "", host = ""] of ` ${text}`.matchAll(QUOTED)) {
      const isOwn =
        environmentOfHost(host) !== undefined && isRemoteHost("host", host) && !isPublicHost(host);
      if (isOwn) return { name: nameBefore(text, value), value, line: index + 1 };
    }
  }
  return undefined;
}

function nameBefore(text: string, value: string): string {
  const before = text.slice(0, text.indexOf(value));
  return /([A-Za-z_][\w.-]{0,100})["']?\s{0,20}(?:=>|[:=,])\s{0,20}["'`]?$/.exec(before)?.[1] ?? "URL";
}

/** Whether a setting names a service beside the application, a host, or the environment itself. */
function isOfFile(name: string, value: string, environment: string): boolean {
  return (
    NEIGHBOUR.test(value) ||
    isServer(connectionHost(value)) ||
    namesHost(name, value) ||
    namesEnvironment(name, value, environment) ||
    (promisesAddress(name.toUpperCase()) && DOMAIN.test(value) && isRemoteHost("host", value))
  );
}

/** Whether the host of a connection string of .NET is a machine's name: `Server=sql1;Database=portal`. */
function isServer(host: string | undefined): boolean {
  return host !== undefined && /^(?!localhost$|127\.)[a-z][\w-]{1,62}$/i.test(host);
}

function isOwn(name: string, value: string): boolean {
  return !MODE.test(name) && !SWITCH.test(value) && !isEnvironmentSwitch(name, value);
}

/** Whether a setting only repeats the file's name: `APP_STAGE=production`. */
function isEnvironmentSwitch(name: string, value: string): boolean {
  return /^production$/i.test(value) && /env|stage|mode/i.test(name) && isEnvironmentName(value);
}

/** Members of a JSON object written on one line, one member per line; undefined for other content. */
function membersOf(content: string): string | undefined {
  const isOneLine = /^\s{0,20}[{[]\s{0,20}["{[]/.test(content) && !content.trim().includes("\n");
  return isOneLine ? content.trim().replace(/[{,]\s{0,20}(?=")/g, "\n") : undefined;
}

function settingsOf(content: string): readonly Setting[] {
  const members = membersOf(content);
  if (members !== undefined) return settingsOf(members).map((setting) => ({ ...setting, line: 1 }));
  const all = /^\s{0,200}</.test(content) ? xmlSettings(content) : assignments(content);
  const named = all.filter(({ value }) => isLiteral(value));
  const lines = new Set(named.map(({ line }) => line));
  const urls = content.split("\n").flatMap((text, index) => {
    if (lines.has(index + 1) || COMMENT.test(text) || INJECTED.test(text)) return [];
    const url = /[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'<>`,)]{3,300}/i.exec(text)?.[0];
    return url !== undefined && isRemoteUrl(url) ? [{ name: "URL", value: url, line: index + 1 }] : [];
  });
  return [...named, ...urls].sort((a, b) => a.line - b.line);
}

/**
 * Whether a value is written in the file, not a placeholder. A masked value was a secret; URLs and hosts are
 * never placeholders, under any name, unless RFC 2606 reserves the host: `db.prod.example.internal` is a real one.
 */
function isLiteral(value: string): boolean {
  if (value === "" || INJECTED.test(value)) return false;
  return wasMasked(value) || value.includes("://") || isRemoteHost("host", value) || !isPlaceholder(value);
}
