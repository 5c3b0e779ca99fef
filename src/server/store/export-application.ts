import { parseEnvelope } from "../../attest/dsse/envelope.ts";
import { parseSignedJson } from "../../attest/dsse/signed-json.ts";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { type Application, applicationName, isAbout } from "../audit/application.ts";
import { type AuditEntry, parseEntry, searchable } from "../audit/entry.ts";
import { EXPORT_SCHEMA, type ExportDocument } from "../audit/export-document.ts";
import { digestOf } from "../audit/hash-chain.ts";
import { documentsOf } from "../audit/verify-export.ts";
import { entriesOf, headFrom } from "./audit-log.ts";
import type { Database } from "./database/connect.ts";
import { readDocuments } from "./documents.ts";

/** Period in ISO 8601, both ends included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Bytes of a digest in the file, including quotes and comma. */
const DIGEST_BYTES = 67;

/**
 * Decisions about an application in a period, with the chain from the first decision to the first signed head
 * after the last decision.
 *
 * @throws UsageError audit-nothing, audit-head-missing; InvalidInputError audit-export-too-large; as
 * databaseError()
 */
export async function exportApplication(
  database: Database,
  application: Application,
  period: Period,
): Promise<ExportDocument> {
  const found = await decisionsOf(database, application, period);
  const [first, last] = [found.keys().next().value, [...found.keys()].at(-1)];
  if (first === undefined || last === undefined) throw nothing(application, period);
  const text = await headFrom(database, last);
  if (text === undefined) throw headMissing(last);
  const head = parseSignedJson(Buffer.from(text), "head");
  const chain = await chainOf(database, found, [first, sequenceOf(text)]);
  const digests = [...found.values()].flatMap(({ decision }) => documentsOf(decision.key));
  return {
    schema: EXPORT_SCHEMA,
    application: applicationName(application),
    ...period,
    head,
    documents: [...(await readDocuments(database, [...new Set(digests)]))],
    first,
    ...chain,
  };
}

/** Decisions about the application, by sequence, in the order of the log. */
async function decisionsOf(
  { pool, asking }: Database,
  application: Application,
  { from, to }: Period,
): Promise<ReadonlyMap<number, AuditEntry>> {
  const { rows } = await asking(() =>
    pool.query<{ sequence: string; entry: string }>(
      `select sequence, entry from douane.audit_entry
        where namespace = $1 and at >= $2 and at <= $3 order by sequence`,
      [searchable(application.namespace), from, to],
    ),
  );
  const found = new Map<number, AuditEntry>();
  for (const { sequence, entry } of rows) {
    const parsed = parseEntry(JSON.parse(entry));
    if (parsed !== undefined && isAbout(application, parsed)) found.set(Number(sequence), parsed);
  }
  return found;
}

async function chainOf(
  database: Database,
  found: ReadonlyMap<number, AuditEntry>,
  [first, last]: readonly [number, number],
): Promise<Pick<ExportDocument, "previous" | "chain">> {
  const chain: ExportDocument["chain"] = [];
  let before: string | undefined;
  let bytes = 0;
  for await (const { sequence, previous, entry } of entriesOf(database, first, last)) {
    before ??= previous;
    const shown = found.get(sequence);
    chain.push(shown ?? digestOf(entry));
    bytes += shown === undefined ? DIGEST_BYTES : entry.length;
    if (bytes > LIMITS.jsonBytes) throw tooLarge();
  }
  return { previous: before ?? "", chain };
}

/** Sequence in a head from douane's own database; the signature is verified by the reader of the export. */
function sequenceOf(envelope: string): number {
  const { payload } = parseEnvelope(Buffer.from(envelope), "head");
  return Number((parseSignedJson(payload, "head") as { readonly sequence: unknown }).sequence);
}

function nothing(application: Application, { from, to }: Period): UsageError {
  const name = quoted(applicationName(application));
  return new UsageError("audit-nothing", {
    fr: `Le journal n'a aucune décision sur ${name} du ${from} au ${to}. Vérifier le nom (ESPACE-DE-NOMS, ou ESPACE-DE-NOMS/WORKLOAD) et la période.`,
    en: `The log has no decision about ${name} from ${from} to ${to}. Check the name (NAMESPACE or NAMESPACE/WORKLOAD) and the period.`,
  });
}

function headMissing(sequence: number): UsageError {
  return new UsageError("audit-head-missing", {
    fr: `Aucune tête signée ne couvre encore l'entrée ${sequence} : en signer une (douane audit head --key FICHIER), puis recommencer.`,
    en: `No signed head covers entry ${sequence} yet: sign one (douane audit head --key FILE), then try again.`,
  });
}

function tooLarge(): InvalidInputError {
  const most = LIMITS.jsonBytes / 1024 ** 2;
  return new InvalidInputError("audit-export-too-large", {
    fr: `L'export dépasserait ${most} Mio (limite jsonBytes), car il contient la chaîne entière de la première à la dernière décision. Choisir une période plus courte.`,
    en: `The export would exceed ${most} MiB (limit jsonBytes), since it contains the whole chain from the first decision to the last. Choose a shorter period.`,
  });
}
