import { readInputFile } from "../process/input-file.ts";
import { parseYaml } from "./document/yaml.ts";
import { TEAM_SETTINGS, type TeamSettings } from "./team.ts";
import { validate } from "./validate.ts";

/**
 * Loads the team's `douane.yaml` from an absolute path; errors use the name that the user typed.
 *
 * @param within folder that must contain the file, absolute with links resolved; absent if the user named the
 * file
 */
export async function loadTeamSettings(path: string, name: string, within?: string): Promise<TeamSettings> {
  const text = await readInputFile(path, name, "settingsBytes", within);
  return validate(parseYaml(text, name), name, TEAM_SETTINGS);
}
