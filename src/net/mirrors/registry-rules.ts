import { existsSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { listFolder } from "../../files/list-folder.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { userSettingsFolder } from "../user-settings.ts";
import { invalid, parseRegistriesConf, type RegistriesFile } from "./registries-conf.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Files that apply: the first is required if the user named it. */
interface Files {
  readonly main: string;
  readonly isNamed: boolean;
  readonly folders: readonly string[];
}

/**
 * Settings of registries.conf and its drop-ins, as containers/image merges them: a file of the user replaces the
 * system's with its drop-ins; a later drop-in replaces rules with the same prefix.
 *
 * @throws UsageError registries-conf-invalid
 */
export function loadRegistryRules(env: Env, system = "/etc/containers"): RegistriesFile {
  const { main, isNamed, folders } = filesOf(env, system);
  const paths = [...(isNamed || existsSync(main) ? [main] : []), ...folders.flatMap(dropIns)];
  const rules = new Map<string, RegistriesFile["rules"][number]>();
  let search: readonly string[] | undefined;
  for (const path of paths) {
    const file = parseRegistriesConf(readText(path), path);
    for (const rule of file.rules) rules.set(rule.prefix, rule);
    search = file.search ?? search;
  }
  return { rules: [...rules.values()], ...(search === undefined ? {} : { search }) };
}

function filesOf(env: Env, system: string): Files {
  const settings = userSettingsFolder(env);
  const user = settings === undefined ? undefined : join(settings, "containers");
  const [ofUser, ofSystem] = [user, system].map((folder) =>
    folder === undefined ? [] : [join(folder, "registries.conf.d")],
  ) as [string[], string[]];
  const named = env["CONTAINERS_REGISTRIES_CONF"] ?? "";
  if (named !== "") return { main: named, isNamed: true, folders: [...ofSystem, ...ofUser] };
  const main = user === undefined ? undefined : join(user, "registries.conf");
  if (main !== undefined && existsSync(main)) return { main, isNamed: false, folders: ofUser };
  return { main: join(system, "registries.conf"), isNamed: false, folders: [...ofSystem, ...ofUser] };
}

/** Paths of a folder's `*.conf`, by name; none if there is no folder. */
function dropIns(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  try {
    return listFolder(folder, LIMITS.certificateFiles)
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith(".conf"))
      .map(({ name }) => join(folder, name));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function readText(path: string): string {
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBytes(path, { most: LIMITS.settingsBytes });
  } catch (error) {
    throw unreadable(path, error);
  }
  if (bytes !== undefined) return Buffer.from(bytes).toString("utf8");
  const limit = `${LIMITS.settingsBytes} (settingsBytes)`;
  throw invalid(path, {
    fr: `plus d'octets que la limite de ${limit}`,
    en: `more bytes than the limit of ${limit}`,
  });
}

function unreadable(path: string, error: unknown) {
  if (error instanceof FileRefusal) return invalid(path, error.text);
  const code = quoted(error instanceof Error && "code" in error ? String(error.code) : "?");
  return invalid(path, { fr: `lecture impossible (${code})`, en: `it cannot be read (${code})` });
}
