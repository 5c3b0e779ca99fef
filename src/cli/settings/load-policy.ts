import { POLICY_KEYS, type Policy, policySchema } from "../../policy/policy.ts";
import { readInputFile } from "../process/input-file.ts";
import { parseYaml } from "./document/yaml.ts";
import { withSignerKeys } from "./policy-keys.ts";
import { validate } from "./validate.ts";

/**
 * Loads the platform's policy from an absolute path, with the keys whose files it names; errors use the name that
 * the user typed.
 */
export async function loadPolicy(path: string, name: string): Promise<Policy> {
  const text = await readInputFile(path, name, "settingsBytes");
  const policy = validate(parseYaml(text, name), name, { schema: policySchema, keys: POLICY_KEYS });
  return withSignerKeys(policy, path);
}
