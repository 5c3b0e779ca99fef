import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { DependencySettings } from "../../../evidence/trial/settings.ts";
import { suggestion } from "../../command-line/nearest.ts";
import { readInputFile } from "../../process/input-file.ts";
import { settingsError } from "../settings-error.ts";
import { parseYaml } from "../yaml.ts";
import { envFile, InterpolationError, type Variables } from "./interpolate.ts";
import { dependencyOf, isMapping, ServiceProblem } from "./service.ts";

/** `trial.compose` of douane.yaml: services of a compose file that run beside the application. */
export interface ComposeSettings {
  /** From the folder of douane.yaml; default: compose.yaml there. */
  readonly file?: string;
  readonly services: readonly string[];
}

const DEFAULT_FILE = "compose.yaml";

/**
 * Services of a compose file as dependencies, variables replaced by those of the shell and of `.env`
 * beside it.
 *
 * @param folder of douane.yaml, absolute
 * @throws UsageError `settings-invalid`, which names the place; as readInputFile() does
 */
export async function composeDependencies(
  { file = DEFAULT_FILE, services }: ComposeSettings,
  folder: string,
  env: Variables,
): Promise<readonly DependencySettings[]> {
  const path = resolve(folder, file);
  const yaml = parseYaml(await readInputFile(path, file, "settingsBytes"), file);
  const beside = dirname(path);
  const dotEnv = join(beside, ".env");
  const read = async (name: string): Promise<Variables> =>
    envFile(await readInputFile(resolve(beside, name), name, "settingsBytes"));
  const variables = { ...(existsSync(dotEnv) ? await read(dotEnv) : {}), ...env };
  const all = isMapping(yaml.value) ? yaml.value["services"] : undefined;
  const known = isMapping(all) ? all : {};
  const found: DependencySettings[] = [];
  for (const name of services) {
    const service = Object.hasOwn(known, name) ? known[name] : undefined;
    const at = ["services", name];
    if (!isMapping(service)) throw settingsError(file, yaml.positionOf(at), noService(name, known));
    try {
      found.push(await dependencyOf(name, service, { variables, read }));
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

function noService(name: string, known: Readonly<Record<string, unknown>>): Text {
  const { fr, en } = suggestion(name, Object.keys(known));
  return { fr: `aucun service ${quoted(name)}. ${fr}`, en: `no service ${quoted(name)}. ${en}` };
}
