import { type Assignment, assignments } from "../../secrets/assignments.ts";
import { environmentOfHost } from "../../secrets/environment-host.ts";
import { isTemplate } from "../../secrets/placeholder.ts";
import { environmentAddress, hostsIn, isPublicHost, promisesAddress } from "./environment-address.ts";
import { connectionHost, isRemoteHost, isRemoteUrl, wasMasked } from "./environment-values.ts";

/** A setting by which a file under a neutral name turns out to be of one environment. */
export interface NeutralSetting extends Pick<Assignment, "name" | "value" | "line"> {
  /** `certain`: the name of an environment beside its address. `presumed`: one of the two. */
  readonly certainty: "certain" | "presumed";
}

/** Variables that name an environment, with a prefix of any kind; those of frameworks' modes are left out. */
const STAGE = /(?:^|_)(?:ENV|ENVIRONMENT|ENVIRONNEMENT|STAGE|PROFILES?_ACTIVE|QUARKUS_PROFILE)$/;
const MODE = /(?:^|_)(?:NODE|RAILS|RACK|MIX|BABEL)_ENV$/;
const PRODUCTION = /^(?:prod|prd|production)\d{0,2}$/i;
/** Addresses of private networks (RFC 1918). */
const PRIVATE = /^(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2}(?::\d{1,5})?$/;
/** A setting that names an environment or holds an address. */
type Sign = Stage | Address;

interface Stage {
  readonly setting: Assignment;
  readonly is: "stage";
  /** Name of the environment, in small letters. */
  readonly environment: string;
}

interface Address {
  readonly setting: Assignment;
  /** `named`: a host with the name of an environment. `remote`, `private`: any other address. */
  readonly is: "named" | "remote" | "private";
  /** Name of the environment, in small letters, of `named`. */
  readonly environment?: string;
}

/**
 * The setting that shows that a file is of one environment; undefined if none does. The name of an environment
 * alone may be a framework's mode (`env: production`), and an address that names none may be the same
 * everywhere. A file with hosts of several environments chooses among them at start.
 */
export function neutralSetting(content: string): NeutralSetting | undefined {
  const signs = qualified(content).flatMap((setting) => signOf(setting) ?? []);
  const named = signs.filter(({ is }) => is === "named");
  if (new Set(named.map(({ environment }) => environment)).size > 1) return undefined;
  const stage = signs.find((sign) => sign.is === "stage");
  const address =
    named[0] ?? signs.find(({ is }) => is === "private") ?? signs.find(({ is }) => is === "remote");
  if (address === undefined) {
    return stage !== undefined && isOfOne(stage) ? shown(stage, "presumed") : undefined;
  }
  if (stage === undefined) return address.is === "named" ? shown(address, "presumed") : undefined;
  const isCertain = address.is !== "remote" || !PRODUCTION.test(stage.environment);
  return shown(address, isCertain ? "certain" : "presumed");
}

/** An environment named for itself (`env: recette`); `production` may be the mode of a framework. */
function isOfOne({ environment, setting }: Stage): boolean {
  return !PRODUCTION.test(environment) && !/(?:^|_)STAGE$/.test(variableOf(setting.name));
}

function shown(
  { setting: { name, value, line } }: Sign,
  certainty: NeutralSetting["certainty"],
): NeutralSetting {
  return { name, value, line, certainty };
}

function signOf(setting: Assignment): Sign | undefined {
  const { value } = setting;
  const variable = variableOf(setting.name);
  if (value === "" || wasMasked(value) || isTemplate(value)) return undefined;
  if (STAGE.test(variable) && !MODE.test(variable)) {
    const environment = /^[\w-]{2,20}$/.test(value) ? environmentOfHost(`${value}.`) : undefined;
    return environment === undefined ? undefined : { setting, is: "stage", environment };
  }
  return addressOf(setting, variable, value);
}

function addressOf(setting: Assignment, variable: string, value: string): Sign | undefined {
  const host = connectionHost(value);
  if (host !== undefined) return addressOf(setting, "DB_HOST", host);
  const certainty = environmentAddress(variable, value);
  if (!promisesAddress(variable)) return undefined;
  if (PRIVATE.test(value)) return { setting, is: "private" };
  if (!(isRemoteUrl(value) || isRemoteHost(`${variable}_HOST`, value))) return undefined;
  const hosts = hostsIn(value);
  if (hosts.every(isPublicHost) || certainty === undefined) return undefined;
  const environments = new Set(hosts.flatMap((one) => environmentOfHost(one) ?? []));
  const [environment] = environments;
  if (environment === undefined) return { setting, is: "remote" };
  return environments.size > 1 ? undefined : { setting, is: "named", environment };
}

/** Name of a variable for a setting: `spring.datasource.url`, `apiUrl` → `SPRING_DATASOURCE_URL`, `API_URL`. */
function variableOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[.-]/g, "_")
    .toUpperCase();
}

const COMMENT = /^\s{0,200}(?:#|\/\/|\/?\*|;|<!--)/;
const SECTION = /^\s{0,50}\[{1,2}["']?([\w.-]{1,100})["']?\]{1,2}\s{0,50}$/;
const OPENING = /^(\s{0,200})["']?([A-Za-z_][\w.-]{0,100})["']?\s{0,20}[:=]\s{0,20}\{?\s{0,20}$/;

/** Assignments of a text whose names include their section's: `[db]` and `host = x` → `db.host`. */
function qualified(content: string): readonly Assignment[] {
  const text = content.trim().includes("\n") ? content : content.replace(/[{,]\s{0,20}(?=")/g, "\n");
  const byLine = new Map(assignments(text).map((one) => [one.line, one]));
  const open: { readonly indent: number; readonly name: string }[] = [];
  const found: Assignment[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || COMMENT.test(line)) continue;
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined) open.splice(0, open.length, { indent: -1, name: section });
    const indent = line.length - line.trimStart().length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const opened = OPENING.exec(line)?.[2];
    if (opened !== undefined) open.push({ indent, name: opened });
    const one = byLine.get(index + 1);
    if (one !== undefined)
      found.push({ ...one, name: [...open.map(({ name }) => name), one.name].join(".") });
  }
  return found;
}
