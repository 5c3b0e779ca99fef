import { resolve } from "node:path";
import { type PrivateKey, readPrivateKey } from "../../attest/keys/private-key.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { vaultKey } from "../../attest/keys/vault/vault-key.ts";
import { VAULT_SCHEME, vaultSettings } from "../../attest/keys/vault/vault-settings.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";

const VARIABLE = "env://";

/** Signing key, with the connections to the key service if the key is in one. */
export interface OpenKey {
  readonly key: SigningKey;
  readonly close: () => Promise<void>;
}

/**
 * Opens the signing key: from a file, from an environment variable, or in a Vault, which returns only the
 * public half.
 *
 * @param given `FILE`, `env://NAME` or `vault://[MOUNT/]KEY`
 * @throws as readLocalKey(), vaultSettings() and vaultKey()
 */
export async function openKey(
  context: Context,
  given: string | undefined,
  caFile: string | undefined,
): Promise<OpenKey> {
  if (given?.startsWith(VAULT_SCHEME) === true) {
    const settings = vaultSettings(given, context.env);
    const http = vaultConnection(context, caFile);
    return openedBy(http, () => vaultKey(http, settings));
  }
  return { key: await readLocalKey(context, given), close: async () => {} };
}

/**
 * Reads a private key, from a file or an environment variable.
 *
 * @param given `FILE` or `env://NAME`
 * @throws UsageError key-missing, key-on-command-line, key-variable-missing, file-unreadable; as readPrivateKey()
 */
export async function readLocalKey({ env, cwd }: Context, given: string | undefined): Promise<PrivateKey> {
  if (given === undefined) throw keyMissing();
  if (given.includes("-----BEGIN")) throw onCommandLine();
  const pem = given.startsWith(VARIABLE)
    ? variable(env, given.slice(VARIABLE.length))
    : await readInputFile(resolve(cwd, given), given, "settingsBytes");
  return readPrivateKey(pem, given, env["COSIGN_PASSWORD"]);
}

/** Connections to a Vault, which may have its own certificate authority. */
export function vaultConnection({ env, signal }: Context, caFile = env["VAULT_CACERT"]): Http {
  return createHttp(hostPolicy([]), { env, signal, ...(caFile === undefined ? {} : { caFile }) });
}

async function openedBy(http: Http, read: () => Promise<SigningKey>): Promise<OpenKey> {
  try {
    return { key: await read(), close: () => http.close() };
  } catch (error) {
    await http.close();
    throw error;
  }
}

function variable(env: Context["env"], name: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new UsageError("key-variable-missing", {
    fr: `--key ${VARIABLE}${quoted(name)} : cette variable n'est pas définie. Une variable protégée de la CI n'existe que sur les branches protégées.`,
    en: `--key ${VARIABLE}${quoted(name)}: this variable is not set. A protected variable of the CI exists on protected branches only.`,
  });
}

function keyMissing(): UsageError {
  return new UsageError("key-missing", {
    fr: "une clé est nécessaire pour signer : --key FICHIER, env://NOM ou vault://CLÉ. En créer une : douane keys generate",
    en: "a key is needed to sign: --key FILE, env://NAME or vault://KEY. Make one: douane keys generate",
  });
}

function onCommandLine(): UsageError {
  return new UsageError("key-on-command-line", {
    fr: "--key a reçu la clé elle-même, que tout processus de la machine et les journaux peuvent lire : la remplacer, et indiquer un fichier ou env://NOM.",
    en: "--key was given the key itself, which every process of the machine and the logs can read: replace that key, and name a file or env://NAME.",
  });
}
