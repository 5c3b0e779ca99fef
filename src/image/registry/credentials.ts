import type { Text } from "../../contract/text.ts";
import type { Reference } from "../reference.ts";
import { type ConfigFile, type Credentials, entryFor, readConfigFiles } from "./config-files.ts";
import { runCredentialHelper } from "./credential-helper.ts";
import { DOCKER_HUB, plainKey, registryNames } from "./registry-names.ts";

export interface FoundCredentials {
  readonly credentials?: Credentials;
  /** Files that could not be read, helpers that failed: matters only if the registry then refuses. */
  readonly problems: readonly Text[];
}

/**
 * What the user's `docker login` or `podman login` left for a registry: see config-files.ts for
 * the places. In each file a credential helper goes before what the file holds itself, as Docker
 * has it; the first file that knows the registry wins.
 */
export async function findCredentials(
  reference: Reference,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FoundCredentials> {
  const { files, problems } = readConfigFiles(env);
  const found: Text[] = [...problems];
  for (const file of files) {
    const helped = await askHelper(file, reference, env);
    if (helped.problem !== undefined) found.push(helped.problem);
    const credentials = helped.credentials ?? entryFor(file, reference);
    if (credentials !== undefined) return { credentials, problems: found };
  }
  return { problems: found };
}

async function askHelper(
  file: ConfigFile,
  { registry }: Reference,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ credentials?: Credentials; problem?: Text }> {
  const names = registryNames(registry);
  const [, own] = Object.entries(file.credHelpers).find(([key]) => names.includes(plainKey(key))) ?? [];
  const helper = own ?? file.credsStore;
  if (helper === undefined || helper === "") return {};
  return runCredentialHelper(helper, registry === "docker.io" ? DOCKER_HUB : registry, env);
}
