import { isUtf8 } from "node:buffer";
import { DouaneError, InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { seenIn } from "../../json/document.ts";
import { parseCounted } from "../../json/parse-json.ts";
import { repeatedKey } from "../../json/repeated-key.ts";
import { xmlTree } from "../../xml/xml-tree.ts";
import type { ReportDocument } from "./format/scan-format.ts";

const BYTE_ORDER_MARK = Buffer.from("\ufeff");
const MOST = { values: LIMITS.scanReportValues, bound: "scanReportValues" } as const;

/**
 * Parses the bytes of a report: JSON, lines of JSON, or XML without a document type, in UTF-8 with or without a
 * byte order mark.
 *
 * @param name name of the file in messages
 * @throws InvalidInputError scan-report-too-large, scan-report-encoding, scan-report-empty, scan-report-invalid,
 *   duplicate-key, json-too-deep, json-too-many
 */
export function parseReport(bytes: Uint8Array, name: string): ReportDocument {
  if (bytes.length > LIMITS.scanReportBytes) throw tooLarge(name, bytes.length);
  const utf8 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isUtf8(utf8) || utf8.includes(0)) throw notUtf8(name);
  const own = utf8.subarray(0, 3).equals(BYTE_ORDER_MARK) ? utf8.subarray(3) : utf8;
  const start = own.findIndex((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d));
  if (start === -1) throw empty(name);
  if (own[start] === 0x3c) return parseXml(own.toString("utf8"), name);
  return parseJsonText(own, name);
}

function parseXml(text: string, name: string): ReportDocument {
  const parsed = xmlTree(text, name);
  if ("code" in parsed) throw new InvalidInputError("scan-report-invalid", parsed.message);
  return { form: "xml", root: parsed.root };
}

function parseJsonText(bytes: Buffer, name: string): ReportDocument {
  try {
    return { form: "json", value: parseStrictly(bytes, name) };
  } catch (error) {
    if (!(error instanceof DouaneError) || error.code !== "json-invalid") throw error;
    const lines = asList(bytes);
    if (lines === undefined) throw invalid(name, error);
    return { form: "json-lines", value: parseLines(lines, name) };
  }
}

/** Lines of JSON as one list; undefined if a line is not an object or there is only one. */
function asList(bytes: Buffer): Buffer | undefined {
  const lines = bytes
    .toString("utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const areObjects = lines.every((line) => line.startsWith("{") && line.endsWith("}"));
  return lines.length > 1 && areObjects ? Buffer.from(`[${lines.join(",\n")}]`) : undefined;
}

function parseLines(list: Buffer, name: string): unknown {
  try {
    return parseStrictly(list, name);
  } catch (error) {
    if (error instanceof DouaneError && error.code === "json-invalid") throw invalid(name, error);
    throw error;
  }
}

/** Duplicate keys are refused, since parsers differ in which of them counts. */
function parseStrictly(bytes: Buffer, name: string): unknown {
  const { value, members } = parseCounted(bytes, name, MOST);
  const seen = seenIn(value);
  if (seen.members !== members) throw duplicate(name, repeatedKey(bytes));
  if (!seen.isWellFormed) throw notUtf8(name);
  return value;
}

function refusal(code: string, text: Text, cause?: unknown): InvalidInputError {
  return new InvalidInputError(code, text, cause === undefined ? {} : { cause });
}

function tooLarge(name: string, bytes: number): InvalidInputError {
  return refusal("scan-report-too-large", {
    fr: `${name} : le rapport a ${bytes} octets, plus que ${LIMITS.scanReportBytes} (limite scanReportBytes). Exclure du rapport les requêtes, les réponses ou le code cité.`,
    en: `${name}: the report has ${bytes} bytes, more than ${LIMITS.scanReportBytes} (limit scanReportBytes). Leave requests, answers or quoted code out of the report.`,
  });
}

function notUtf8(name: string): InvalidInputError {
  return refusal("scan-report-encoding", {
    fr: `${name} : le rapport n'est pas en UTF-8. L'écrire avec l'option de sortie de l'outil plutôt que par une redirection qui change l'encodage (PowerShell écrit en UTF-16).`,
    en: `${name}: the report is not UTF-8. Write it with the tool's own output option rather than by a redirection that changes the encoding (PowerShell writes UTF-16).`,
  });
}

function empty(name: string): InvalidInputError {
  return refusal("scan-report-empty", {
    fr: `${name} : le fichier est vide, ce qui ne prouve aucune analyse. Vérifier que l'outil a bien écrit son rapport.`,
    en: `${name}: the file is empty, which proves no scan. Check that the tool wrote its report.`,
  });
}

function invalid(name: string, cause: DouaneError): InvalidInputError {
  const reason = cause.cause instanceof Error ? quoted(cause.cause.message) : "";
  return refusal(
    "scan-report-invalid",
    {
      fr: `${name} : le rapport n'est ni du JSON, ni des lignes de JSON, ni du XML (${reason}). Un outil interrompu laisse un fichier incomplet : relancer l'analyse.`,
      en: `${name}: the report is neither JSON, nor lines of JSON, nor XML (${reason}). A tool that was interrupted leaves an incomplete file: run the scan again.`,
    },
    cause,
  );
}

function duplicate(name: string, key: string): InvalidInputError {
  return refusal("duplicate-key", {
    fr: `${name} : la clé ${quoted(key)} figure deux fois dans le même objet JSON ; d'autres lecteurs pourraient y lire un autre résultat. Relancer l'analyse sans modifier le rapport.`,
    en: `${name}: the key ${quoted(key)} stands twice in one JSON object; other readers could read another result. Run the scan again and leave the report as it is.`,
  });
}
