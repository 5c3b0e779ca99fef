import { UsageError } from "../../contract/error.ts";
import { POLICY_KEYS, type Policy, policySchema } from "../../policy/policy.ts";
import { withApplications } from "../../policy/with-applications.ts";
import { readInputFile } from "../process/input-file.ts";
import { parseYaml } from "./document/yaml.ts";
import { withSignerKeys } from "./policy-keys.ts";
import { validate } from "./validate.ts";

/**
 * Loads the platform's policy from an absolute path, completed for judging: with the keys whose files it
 * names, and with its map from projects to repositories moved into the section about attestations. Errors use
 * the name that the user typed.
 *
 * @throws UsageError policy-oci, file-unreadable, settings-invalid
 */
export async function loadPolicy(path: string, name: string): Promise<Policy> {
  return withApplications(await readPolicy(path, name));
}

/** The policy as written, with the keys whose files it names. */
export async function readPolicy(path: string, name: string): Promise<Policy> {
  if (name.startsWith("oci://")) throw fromRegistry(name);
  return withSignerKeys(await loadPolicyText(path, name), path);
}

/**
 * Loads the platform's policy without the files that it names. Parameters as for loadPolicy().
 *
 * @throws UsageError file-unreadable, settings-invalid
 */
export async function loadPolicyText(path: string, name: string): Promise<Policy> {
  const text = await readInputFile(path, name, "settingsBytes");
  return validate(parseYaml(text, name), name, { schema: policySchema, keys: POLICY_KEYS });
}

function fromRegistry(name: string): UsageError {
  return new UsageError("policy-oci", {
    fr: `--policy ${name} : une politique signée d'un registre est lue par check et verify. Pour cette commande, l'écrire d'abord dans un fichier : « douane policy pull ${name} --policy-key FICHIER --out douane.yaml »`,
    en: `--policy ${name}: a signed policy of a registry is read by check and verify. For this command, write it to a file first: douane policy pull ${name} --policy-key FILE --out douane.yaml`,
  });
}
