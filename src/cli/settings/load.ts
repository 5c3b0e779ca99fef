import { POLICY_KEYS, type Policy, policySchema } from "../../policy/policy.ts";
import { readInputFile } from "../process/input-file.ts";
import { parseYaml } from "./document/yaml.ts";
import { withSignerKeys } from "./policy-keys.ts";
import { TEAM_SETTINGS, type TeamSettings } from "./team.ts";
import { type SettingsKind, validate } from "./validate.ts";

/**
 * Loads the team's `douane.yaml` from an absolute path; errors use the name that the user typed.
 *
 * @param within folder that must contain the file, absolute with links resolved; absent if the user named it
 */
export async function loadTeamSettings(path: string, name: string, within?: string): Promise<TeamSettings> {
  return load(path, name, TEAM_SETTINGS, within);
}

/** Loads the platform's policy, in the same way, with the keys whose files it names. */
export async function loadPolicy(path: string, name: string): Promise<Policy> {
  const policy = await load(path, name, { schema: policySchema, keys: POLICY_KEYS });
  return withSignerKeys(policy, path);
}

async function load<T>(path: string, name: string, kind: SettingsKind<T>, within?: string): Promise<T> {
  const text = await readInputFile(path, name, "settingsBytes", within);
  return validate(parseYaml(text, name), name, kind);
}
