import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { generateKey } from "../../attest/keys/generate-key.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { createFile, removeQuietly } from "../../files/draft-file.ts";
import type { Session } from "../command-line/command.ts";
import { warn } from "../terminal/failure.ts";
import type { GenerateValues } from "./flags.ts";

/** `douane keys generate`. No existing file is replaced: a lost key cannot be made again. */
export async function runGenerate(
  { context, lang, quiet }: Session,
  { type = "p256", out = "douane" }: GenerateValues,
): Promise<number> {
  const { cwd, env, stdout } = context;
  const files = [`${out}.key`, `${out}.pub`] as const;
  for (const file of files) if (existsSync(resolve(cwd, file))) throw exists(file);
  const password = env["COSIGN_PASSWORD"];
  const { secret, open: publicPem, id } = generateKey(type, password);
  writePair(cwd, files, { secret, open: publicPem });
  if (!quiet && password === undefined) await warn(unencrypted(files[0]), context, lang);
  if (!quiet) await stdout.write(`${written(files, id)[lang]}\n`);
  return EXIT.admitted;
}

/**
 * Writes both files of a key pair, or neither.
 *
 * @throws UsageError key-exists; UnavailableError output-unwritable
 */
function writePair(
  cwd: string,
  [secret, open]: readonly [string, string],
  pair: { readonly secret: string; readonly open: string },
): void {
  writeNew(cwd, secret, pair.secret, 0o600);
  try {
    writeNew(cwd, open, pair.open, 0o644);
  } catch (error) {
    removeQuietly(resolve(cwd, secret));
    throw error;
  }
}

function writeNew(cwd: string, file: string, text: string, mode: number): void {
  if (!createFile(resolve(cwd, file), text, { name: file, mode })) throw exists(file);
}

function written([secret, open]: readonly [string, string], id: string): Text {
  return {
    fr: `${secret} signe : ne la confier qu'à ce qui signe.\n${open} vérifie (clé ${id}).`,
    en: `${secret} signs: give it only to what signs.\n${open} verifies (key ${id}).`,
  };
}

function unencrypted(file: string): Text {
  return {
    fr: `${quoted(file)} n'est pas chiffrée : définir COSIGN_PASSWORD pour une clé avec mot de passe.`,
    en: `${quoted(file)} is not encrypted: set COSIGN_PASSWORD for a key with a password.`,
  };
}

function exists(file: string): UsageError {
  return new UsageError("key-exists", {
    fr: `${quoted(file)} existe déjà, et une clé perdue ne se refait pas. Choisir un autre nom : --out NOM`,
    en: `${quoted(file)} exists already, and a lost key cannot be made again. Choose another name: --out NAME`,
  });
}
