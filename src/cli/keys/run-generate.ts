import { constants, existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { generateKey } from "../../attest/keys/generate-key.ts";
import { EXIT, UnavailableError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
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
  await writeNew(cwd, files[0], secret, 0o600);
  await writeNew(cwd, files[1], publicPem, 0o644);
  if (!quiet && password === undefined) await warn(unencrypted(files[0]), context, lang);
  if (!quiet) await stdout.write(`${written(files, id)[lang]}\n`);
  return EXIT.admitted;
}

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

/** @throws UsageError key-exists; UnavailableError output-unwritable */
async function writeNew(cwd: string, file: string, text: string, mode: number): Promise<void> {
  try {
    const handle = await open(resolve(cwd, file), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") throw exists(file);
    throw unwritable(file, error);
  }
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

function unwritable(file: string, cause: unknown): UnavailableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "output-unwritable",
    {
      fr: `${quoted(file)} n'a pas pu être écrit (${why}). Vérifier que son répertoire existe et ses droits.`,
      en: `${quoted(file)} could not be written (${why}). Check that its folder exists, and its permissions.`,
    },
    { cause },
  );
}
