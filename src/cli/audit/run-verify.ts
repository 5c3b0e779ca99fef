import { resolve } from "node:path";
import { type PublicKey, readPublicKey } from "../../attest/keys/public-key.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { type AuditHead, readHead } from "../../server/audit/head.ts";
import { verifyChain } from "../../server/audit/verify-chain.ts";
import { verifyExport } from "../../server/audit/verify-export.ts";
import { currentHead, entriesOf } from "../../server/store/audit-log.ts";
import type { Database } from "../../server/store/database/connect.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { readInputBytes, readInputFile } from "../process/input-file.ts";
import type { VerifyValues } from "./flags.ts";
import { chainText, exportText, otherLog } from "./texts.ts";
import { withDatabase } from "./with-database.ts";

/** `douane audit verify [EXPORT]`. */
export async function runVerify(
  { context, lang, quiet }: Session,
  values: VerifyValues,
  [file, ...others]: readonly string[],
): Promise<number> {
  if (others.length > 0) throw oneFile();
  const { head: heads, publicKey } = values;
  if (publicKey.length === 0 && (heads.length > 0 || file !== undefined)) throw keyMissing();
  const keys = await Promise.all(publicKey.map((name) => readKey(context, name)));
  const { text, exit } =
    file === undefined
      ? await verifyLog(context, values, await readHeads(context, heads, keys))
      : await verifyFile(context, file, keys);
  if (!quiet || exit !== EXIT.admitted) await context.stdout.write(`${text[lang]}\n`);
  return exit;
}

async function verifyLog(context: Context, values: VerifyValues, heads: readonly AuditHead[]) {
  const state = await withDatabase(context, values, async (database) => {
    await verifySameLog(database, heads, context.now());
    return verifyChain(entriesOf(database), heads);
  });
  return { text: chainText(state, heads), exit: state.damages === 0 ? EXIT.admitted : EXIT.refused };
}

async function verifySameLog(database: Database, heads: readonly AuditHead[], now: Date): Promise<void> {
  const { log } = await currentHead(database, now);
  const other = heads.find((head) => head.log !== log);
  if (other !== undefined) throw otherLog(other, log);
}

async function verifyFile(context: Context, file: string, keys: readonly PublicKey[]) {
  const bytes = await readInputBytes(resolve(context.cwd, file), file, "jsonBytes");
  const verified = verifyExport(bytes, keys, file);
  return {
    text: exportText(verified),
    exit: verified.absent.length === 0 ? EXIT.admitted : EXIT.unproven,
  };
}

async function readHeads({ cwd }: Context, files: readonly string[], keys: readonly PublicKey[]) {
  return Promise.all(
    files.map(async (file) =>
      readHead(await readInputBytes(resolve(cwd, file), file, "settingsBytes"), keys, file),
    ),
  );
}

async function readKey({ cwd }: Context, name: string): Promise<PublicKey> {
  return readPublicKey(await readInputFile(resolve(cwd, name), name, "settingsBytes"), name);
}

function oneFile(): UsageError {
  return new UsageError("audit-one-file", {
    fr: "« douane audit verify » vérifie un export à la fois.",
    en: "douane audit verify: verify one export at a time.",
  });
}

function keyMissing(): UsageError {
  return new UsageError("audit-key-missing", {
    fr: "Une tête ne prouve rien sans la clé qui l'a signée : --public-key FICHIER.",
    en: "A head proves nothing without the key that signed it: --public-key FILE.",
  });
}
