import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { GivenDependency } from "../../../evidence/trial/settings.ts";
import { commandWords } from "./command-words.ts";
import { IDLE, READ, REMEDIES } from "./fields.ts";
import { guardedTexts, scalar } from "./guarded-texts.ts";
import { interpolate, type Values, Variables } from "./interpolate.ts";
import { ServiceProblem } from "./service-problem.ts";

/** Reads a file of variables that a service names. */
type ReadVariables = (file: string) => Promise<Values>;

type Mapping = Readonly<Record<string, unknown>>;

/** Sources of a service's variables; `listed` overrides `own`. */
export interface ServiceSources {
  /** Values of `.env`. */
  readonly own: Values;
  /** Values of the judge's environment that the command line lists. */
  readonly listed: Values;
  readonly read: ReadVariables;
}

/**
 * Service of a compose file as a dependency; confidential if it uses a value from outside the file.
 *
 * @throws ServiceProblem if it needs something that a trial cannot provide; InterpolationError
 */
export async function dependencyOf(
  name: string,
  written: Mapping,
  { own, listed, read }: ServiceSources,
): Promise<GivenDependency> {
  const service = merged(written);
  for (const field of Object.keys(service)) {
    if (READ.has(field) || IDLE.has(field) || field.startsWith("x-")) continue;
    throw unable(field);
  }
  const variables = new Variables(own, listed);
  const text = (value: unknown): string => interpolate(scalar(value), variables);
  const guarded = guardedTexts(variables);
  if (service["image"] === undefined) throw new ServiceProblem([], NO_IMAGE);
  assertVolumes(service["volumes"], text);
  const files = envFiles(service["env_file"]);
  const given = new Map<string, string | undefined>();
  for (const file of files)
    for (const [key, value] of await read(guarded.text(file, "env_file"))) given.set(key, value);
  for (const [key, value] of environment(service["environment"], variables, text)) given.set(key, value);
  const env = [...given].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const ports = portsOf([...listOf(service["ports"]), ...listOf(service["expose"])], (port) =>
    guarded.port(port),
  );
  const command = words(service["entrypoint"], text);
  const args = words(service["command"], text);
  const memory = memoryOf(service);
  const dependency = {
    name,
    image: guarded.text(service["image"], "image"),
    ...(env.length === 0 ? {} : { env: Object.fromEntries(env) }),
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    ...(ports.length === 0 ? {} : { ports }),
    ...readyOf(service["healthcheck"], text),
    ...(memory === undefined ? {} : { memory: bytes(memory, guarded.text(memory, "mem_limit")) }),
  };
  if (variables.used.size === 0 && files.length === 0) return dependency;
  return { ...dependency, confidential: true, secrets: [...variables.used] };
}

/** Fields with merge keys resolved: `<<: *default` provides fields that the service itself lacks. */
function merged({ "<<": others, ...own }: Mapping): Mapping {
  const all = Array.isArray(others) ? others.toReversed() : [others];
  return { ...Object.assign({}, ...all.filter(isMapping)), ...own };
}

const NO_IMAGE: Text = {
  fr: "ce service n'a pas d'image",
  en: "this service has no image",
};

function unable(field: string): ServiceProblem {
  const { fr, en } = (Object.hasOwn(REMEDIES, field) ? REMEDIES[field] : undefined) ??
    REMEDIES["other"] ?? { fr: "", en: "" };
  return new ServiceProblem([field], { fr: `${quoted(field)} : ${fr}`, en: `${quoted(field)}: ${en}` });
}

/** Refuses volumes with content. Named volumes start empty, like the writable root. */
function assertVolumes(volumes: unknown, text: (value: unknown) => string): void {
  for (const volume of listOf(volumes)) {
    const source = isMapping(volume)
      ? volume["type"] === "bind" || volume["type"] === "npipe"
        ? "."
        : ""
      : text(volume).includes(":")
        ? text(volume)
        : "";
    if (/^[.~/]/.test(source)) throw unable("volumes");
  }
}

function envFiles(value: unknown): readonly unknown[] {
  const files = typeof value === "string" ? [value] : listOf(value);
  return files.map((file) => (isMapping(file) ? file["path"] : file));
}

/** Variables of a service. A name without a value gets that of `.env` or the caller, or is left out. */
function environment(
  value: unknown,
  variables: Variables,
  text: (value: unknown) => string,
): readonly (readonly [string, string | undefined])[] {
  const entries = isMapping(value)
    ? Object.entries(value)
    : listOf(value).map((entry): [string, unknown] => {
        const line = scalar(entry);
        const end = line.indexOf("=");
        return end < 0 ? [line, null] : [line.slice(0, end), line.slice(end + 1)];
      });
  return entries.map(([name, own]) => [name, own === null ? variables.get(name) : text(own)] as const);
}

/**
 * Container ports in `8080:80`, `127.0.0.1::5432/tcp`, `5432`, `{ target: 80 }`; ranges and UDP are refused.
 */
function portsOf(all: readonly unknown[], port: (value: unknown) => string): readonly number[] {
  const ports = all.flatMap((entry) => {
    const target = isMapping(entry)
      ? `${port(entry["target"])}/${port(entry["protocol"] ?? "tcp")}`
      : port(entry);
    const [, found] = /(?:^|:)(\d{1,5})(?:\/tcp)?$/.exec(target) ?? [];
    return found === undefined ? [] : [Number(found)];
  });
  return [...new Set(ports)];
}

/**
 * Words of a command. `$(` is escaped: the trial would expand it as Kubernetes does, but compose does not.
 */
function words(value: unknown, text: (value: unknown) => string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const all = typeof value === "string" ? commandWords(text(value)) : listOf(value).map(text);
  return all.map((word) => word.replaceAll("$", "$$$$"));
}

const LEAST_SECONDS = 60;
const MOST_SECONDS = 30 * 60;

/**
 * Readiness from a healthcheck: until the engine would report unhealthy, and at least the trial's own wait.
 */
function readyOf(check: unknown, text: (value: unknown) => string): Pick<GivenDependency, "ready"> {
  if (!isMapping(check) || check["disable"] === true) return {};
  const test = check["test"];
  const all = typeof test === "string" ? ["CMD-SHELL", text(test)] : listOf(test).map(text);
  const [kind, ...rest] = all;
  const exec = kind === "CMD" ? rest : kind === "CMD-SHELL" ? ["/bin/sh", "-c", ...rest] : [];
  if (exec.length === 0) return {};
  const { start_period: start, interval, retries = 3 } = check;
  const patience = seconds(start) + (seconds(interval) || 30) * Number(retries);
  const timeout = Math.min(Math.max(LEAST_SECONDS, Math.round(patience) || 0), MOST_SECONDS);
  return { ready: { exec, timeout } };
}

const DURATION = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})(?:\.\d{1,6})?s)?(?:\d{1,6}ms)?$/;

/** Duration in whole seconds: `1m30s`; 0 if there is none. */
function seconds(value: unknown): number {
  const [, hours = 0, minutes = 0, rest = 0] = DURATION.exec(typeof value === "string" ? value : "") ?? [];
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest);
}

function memoryOf({ mem_limit: limit, deploy }: Mapping): unknown {
  const resources = isMapping(deploy) ? deploy["resources"] : undefined;
  const limits = isMapping(resources) ? resources["limits"] : undefined;
  return limit ?? (isMapping(limits) ? limits["memory"] : undefined);
}

/** Size as a quantity of Kubernetes: `512m`, `1gb`. */
function bytes(written: unknown, text: string): string {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmg])?i?b?$/i.exec(text.trim()) ?? [];
  if (count === "") {
    // The message shows the text as written, since its value may come from a file outside the repository.
    const shown = quoted(scalar(written));
    throw new ServiceProblem(["mem_limit"], {
      fr: `${shown} n'est pas une quantité de mémoire comme 512m`,
      en: `${shown} is not an amount of memory such as 512m`,
    });
  }
  return unit === "" ? count : `${count}${unit.toUpperCase() === "K" ? "Ki" : `${unit.toUpperCase()}i`}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
