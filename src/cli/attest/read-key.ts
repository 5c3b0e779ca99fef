import { resolve } from "node:path";
import { readPrivateKey } from "../../attest/keys/private-key.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";

const VARIABLE = "env://";

/**
 * Reads the key that signs, from a file or an environment variable.
 *
 * @param given `FILE` or `env://NAME`
 * @throws UsageError key-missing, key-on-command-line, key-variable-missing, file-unreadable; as readPrivateKey()
 */
export async function readKey(context: Context, given: string | undefined): Promise<SigningKey> {
  const { env, cwd } = context;
  if (given === undefined) throw keyMissing();
  if (given.includes("-----BEGIN")) throw onCommandLine();
  const pem = given.startsWith(VARIABLE)
    ? variable(env, given.slice(VARIABLE.length))
    : await readInputFile(resolve(cwd, given), given, "settingsBytes");
  return readPrivateKey(pem, given, env["COSIGN_PASSWORD"]);
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
    fr: "une clé est nécessaire pour signer : --key FICHIER ou --key env://NOM. En créer une : douane keys generate",
    en: "a key is needed to sign: --key FILE or --key env://NAME. Make one: douane keys generate",
  });
}

function onCommandLine(): UsageError {
  return new UsageError("key-on-command-line", {
    fr: "--key a reçu la clé elle-même, que tout processus de la machine et les journaux peuvent lire : la remplacer, et indiquer un fichier ou env://NOM.",
    en: "--key was given the key itself, which every process of the machine and the logs can read: replace that key, and name a file or env://NAME.",
  });
}
