import * as z from "zod/mini";
import type { PublicKey } from "../../attest/keys/public-key.ts";
import { sha256 } from "../../contract/digest.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { canonicalJson } from "../../json/canonical-json.ts";
import { jsonValue } from "../../json/json-value.ts";
import { isAbout, parseApplication } from "./application.ts";
import { type AuditEntry, parseEntry } from "./entry.ts";
import { ExportDocument } from "./export-document.ts";
import { digestOf, hashOf } from "./hash-chain.ts";
import { type AuditHead, readHead } from "./head.ts";

/** Verified export. */
export interface VerifiedExport {
  readonly document: ExportDocument;
  readonly head: AuditHead;
  /** Entries about the application. */
  readonly entries: readonly AuditEntry[];
  /** Digests of policies, rules and data that decisions name and that the export lacks. */
  readonly absent: readonly string[];
}

/**
 * Verifies an export without its database: every entry is in the chain that ends at the signed head; every
 * full entry is about the application and within the period; and every document is named by a decision.
 * Entries represented only by their digests might be about the application, too: their content cannot be
 * verified.
 *
 * @param name name of the file in messages
 * @throws InvalidInputError audit-export-invalid, audit-export-chain, audit-export-entry, audit-export-document; as
 * readHead()
 */
export function verifyExport(bytes: Uint8Array, keys: readonly PublicKey[], name: string): VerifiedExport {
  const document = parseExport(bytes, name);
  const head = readHead(Buffer.from(JSON.stringify(document.head)), keys, name);
  verifyLinks(document, head, name);
  const entries = document.chain.flatMap((link, index) =>
    typeof link === "string" ? [] : [verifiedEntry(link, document, document.first + index, name)],
  );
  for (const { digest, body } of document.documents)
    if (sha256(body) !== digest) throw refused("audit-export-document", name, otherDocument(digest));
  return { document, head, entries, absent: absentDocuments(document, entries) };
}

function parseExport(bytes: Uint8Array, name: string): ExportDocument {
  const parsed = jsonValue(bytes, quoted(name));
  if ("code" in parsed) throw new InvalidInputError("audit-export-invalid", parsed.message);
  const { data } = z.safeParse(ExportDocument, parsed.value);
  if (data === undefined) throw refused("audit-export-invalid", name, NOT_AN_EXPORT);
  return data;
}

function verifyLinks({ chain, first, previous }: ExportDocument, head: AuditHead, name: string): void {
  let hash = previous;
  for (const [index, link] of chain.entries()) {
    const digest = typeof link === "string" ? link : digestOf(canonicalJson(link));
    hash = hashOf({ sequence: first + index, previous: hash, digest });
  }
  const last = first + chain.length - 1;
  if (chain.length === 0 || last !== head.sequence || hash !== head.hash)
    throw refused("audit-export-chain", name, brokenChain(head));
}

function verifiedEntry(
  link: Readonly<Record<string, unknown>>,
  { application, from, to }: ExportDocument,
  sequence: number,
  name: string,
): AuditEntry {
  const entry = parseEntry(link);
  const isOfPeriod = entry !== undefined && entry.at >= from && entry.at <= to;
  if (!isOfPeriod || !isAbout(parseApplication(application), entry))
    throw refused("audit-export-entry", name, otherEntry(sequence, application));
  return entry;
}

function absentDocuments({ documents }: ExportDocument, entries: readonly AuditEntry[]): readonly string[] {
  const there = new Set(documents.map(({ digest }) => digest));
  const named = entries.flatMap(({ decision }) => documentsOf(decision.key));
  return [...new Set(named)].filter((digest) => !there.has(digest)).toSorted();
}

/** Digests of the documents on which a decision was based. */
export function documentsOf(key: AuditEntry["decision"]["key"]): readonly string[] {
  if (key === undefined) return [];
  const { policy, rules, data } = key;
  return data === undefined ? [policy, rules] : [policy, rules, data];
}

const NOT_AN_EXPORT: Text = {
  fr: "ce n'est pas un export de « douane audit export » (douane/audit-export/v1)",
  en: "not an export of `douane audit export` (douane/audit-export/v1)",
};

function brokenChain({ sequence }: AuditHead): Text {
  return {
    fr: `les entrées ne mènent pas à la tête signée (entrée ${sequence}) : l'une d'elles a été modifiée, ajoutée, retirée ou déplacée`,
    en: `the entries do not lead to the signed head (entry ${sequence}): one of them was changed, added, removed or moved`,
  };
}

function otherEntry(sequence: number, application: string): Text {
  const what = quoted(application);
  return {
    fr: `l'entrée ${sequence} ne concerne pas ${what}, ou est hors de la période`,
    en: `entry ${sequence} is not about ${what}, or is outside the period`,
  };
}

function otherDocument(digest: string): Text {
  return {
    fr: `le document ${digest} n'a pas ce SHA-256 : il a été modifié`,
    en: `the document ${digest} does not have this SHA-256: it was changed`,
  };
}

function refused(code: string, name: string, why: Text): InvalidInputError {
  return new InvalidInputError(code, {
    fr: `${quoted(name)} : ${why.fr}.`,
    en: `${quoted(name)}: ${why.en}.`,
  });
}
