import type { Text } from "../../contract/text.ts";
import type { Reference } from "../reference.ts";
import { DOCKER_HUB, plainKey, registryNames } from "../registry-names.ts";
import { type ConfigFile, type Credentials, entryFor, readConfigFiles } from "./config-files.ts";
import { type HelperAnswer, runCredentialHelper } from "./credential-helper.ts";

export interface FoundCredentials {
  readonly credentials?: Credentials;
  /** Unreadable files and failed helpers, which matter only if the registry then refuses. */
  readonly problems: readonly Text[];
}

export type CredentialFinder = (reference: Reference) => Promise<FoundCredentials>;

/**
 * Finds credentials from `docker login` or `podman login`: see config-files.ts for their places. In each
 * file, a credential helper precedes stored credentials, as in Docker; the first file with the registry
 * counts. Files are read once; a helper is run once per registry.
 *
 * @param signal ends a helper
 */
export function credentialFinder(
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): CredentialFinder {
  let read: ReturnType<typeof readConfigFiles> | undefined;
  const answers = new Map<string, Promise<HelperAnswer>>();
  const ask: AskHelper = (helper, server) => {
    const key = `${helper} ${server}`;
    const answer = answers.get(key) ?? runCredentialHelper(helper, server, { env, signal });
    answers.set(key, answer);
    return answer;
  };
  return async (reference) => {
    read ??= readConfigFiles(env);
    const found: Text[] = [...read.problems];
    for (const file of read.files) {
      const helped = await askHelper(file, reference, ask);
      if (helped.problem !== undefined) found.push(helped.problem);
      const credentials = helped.credentials ?? entryFor(file, reference);
      if (credentials !== undefined) return { credentials, problems: found };
    }
    return { problems: found };
  };
}

type AskHelper = (helper: string, server: string) => Promise<HelperAnswer>;

async function askHelper(file: ConfigFile, { registry }: Reference, ask: AskHelper): Promise<HelperAnswer> {
  const names = registryNames(registry);
  const [, own] = Object.entries(file.credHelpers).find(([key]) => names.includes(plainKey(key))) ?? [];
  const helper = own ?? file.credsStore;
  if (helper === undefined || helper === "") return {};
  return ask(helper, registry === "docker.io" ? DOCKER_HUB : registry);
}
