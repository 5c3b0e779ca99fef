import { lstatSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { GivenDependency } from "../../../evidence/trial/settings.ts";
import { judgedRoot } from "../../../files/judged-root.ts";
import { COMPOSE } from "../../../workload/yaml/dialect.ts";
import { suggestion } from "../../command-line/nearest.ts";
import { readInputFile } from "../../process/input-file.ts";
import { settingsError } from "../document/settings-error.ts";
import { parseYaml } from "../document/yaml.ts";
import { envFile, InterpolationError, type Values } from "./interpolate.ts";
import { dependencyOf, isMapping } from "./service.ts";
import { ServiceProblem } from "./service-problem.ts";

/** `trial.compose` of douane.yaml: services of a compose file that run beside the application. */
export interface ComposeSettings {
  /** Path relative to the folder of douane.yaml; default: compose.yaml there. */
  readonly file?: string;
  readonly services: readonly string[];
}

const DEFAULT_FILE = "compose.yaml";
const NOTHING: Values = new Map();

/**
 * Services of a compose file as dependencies. The file comes from the repository, so variables come only from
 * `.env` beside it and from the caller's list, not from the whole environment, which contains tokens. All
 * files that it names must be in the repository.
 *
 * @param folder folder of douane.yaml, absolute
 * @param listed variables of the environment named on the command line, which override `.env`
 * @throws UsageError `settings-invalid`, which names the place; as readInputFile()
 */
export async function composeDependencies(
  { file = DEFAULT_FILE, services }: ComposeSettings,
  folder: string,
  listed: Values,
): Promise<readonly GivenDependency[]> {
  const path = resolve(folder, file);
  const within = judgedRoot(folder);
  const yaml = parseYaml(await readInputFile(path, file, "settingsBytes", within), file, COMPOSE);
  const beside = dirname(path);
  const read = async (name: string): Promise<Values> =>
    envFile(await readInputFile(resolve(beside, name), name, "settingsBytes", within));
  const isThere = lstatSync(join(beside, ".env"), { throwIfNoEntry: false }) !== undefined;
  const own = isThere ? await read(".env") : NOTHING;
  const all = isMapping(yaml.value) ? yaml.value["services"] : undefined;
  const known = isMapping(all) ? all : {};
  const found: GivenDependency[] = [];
  for (const name of services) {
    const service = Object.hasOwn(known, name) ? known[name] : undefined;
    const at = ["services", name];
    if (!isMapping(service))
      throw settingsError(file, yaml.positionOf(at), noService(name, known, yaml.value));
    try {
      found.push(await dependencyOf(name, service, { own, listed, read }));
    } catch (error) {
      if (error instanceof ServiceProblem) {
        throw settingsError(file, yaml.positionOf([...at, ...error.path]), ofService(name, error.text));
      }
      if (error instanceof InterpolationError) {
        throw settingsError(file, yaml.positionOf(at), ofService(name, error.text));
      }
      throw error;
    }
  }
  return found;
}

function ofService(name: string, { fr, en }: Text): Text {
  return { fr: `service ${quoted(name)} : ${fr}`, en: `service ${quoted(name)}: ${en}` };
}

function noService(name: string, known: Readonly<Record<string, unknown>>, file: unknown): Text {
  const { fr, en } = suggestion(name, Object.keys(known));
  const includes = isMapping(file) && file["include"] !== undefined ? NO_INCLUDES : { fr: "", en: "" };
  return {
    fr: `aucun service ${quoted(name)}. ${fr}${includes.fr}`,
    en: `no service ${quoted(name)}. ${en}${includes.en}`,
  };
}

const NO_INCLUDES: Text = {
  fr: " Les fichiers d'include ne sont pas lus : nommer dans trial.compose le fichier qui contient ce service.",
  en: " Files of include are not read: name the file that holds this service in trial.compose.",
};
