import { sha256 } from "../../contract/digest.ts";
import { inDocumentTime } from "../../contract/document-time.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { TextPlace } from "../../secrets/map-texts.ts";
import { type MaskedReport, maskReport } from "../../secrets/scan-report.ts";
import { plainElement, xmlText } from "../../xml/xml-text.ts";
import { conclude } from "./conclude.ts";
import type { AssertedRun, ReportDocument, ScanFormat, StatedReport } from "./format/scan-format.ts";
import { SCAN_FORMATS } from "./formats.ts";
import { parseReport } from "./parse-report.ts";
import type { ScanReport } from "./scan-report.ts";

/** Report that was read, with the masked text that is attached instead of the report. */
export interface ReadScanReport {
  readonly report: ScanReport;
  readonly attachment: MaskedReport;
}

/**
 * Reads a scan report of any format, recognised by content, not by name. Pure and synchronous.
 *
 * @param name name of the file in messages
 * @param asserted fields that the job states if the report lacks them
 * @throws InvalidInputError scan-report-unknown, scan-report-ambiguous, and those of parseReport()
 */
export function readScanReport(bytes: Uint8Array, name: string, asserted: AssertedRun = {}): ReadScanReport {
  return inDocumentTime(bytes.length, () => {
    const document = parseReport(bytes, name);
    const format = formatOf(document, name);
    const stated = format.read(document, asserted);
    const attachment = maskedText(document, format, stated);
    const mediaType = MEDIA_TYPES[document.form] ?? format.mediaType;
    const report = conclude(format, stated, asserted, {
      mediaType,
      digest: sha256(attachment.text),
    });
    return { report, attachment };
  });
}

const MEDIA_TYPES: Partial<Record<ReportDocument["form"], string>> = {
  "json-lines": "application/jsonl",
  xml: "application/xml",
};

function formatOf(document: ReportDocument, name: string): ScanFormat {
  const [format, ...others] = SCAN_FORMATS.filter((one) => one.recognises(document));
  if (format === undefined) throw unknownFormat(name);
  if (others.length > 0) throw ambiguous(name, [format, ...others]);
  return format;
}

/** Fields that name a finding in words or by a hash, in which a search for secrets may give the secret away. */
const WORDING = ["message", "Message", "description", "fingerprints", "partialFingerprints"];

/** Report with its secrets masked: its bytes differ from the tool's, its other fields do not. */
function maskedText(
  document: ReportDocument,
  { excerpts }: ScanFormat,
  { kind }: StatedReport,
): MaskedReport {
  const quotesSecrets = kind === "secrets" || kind === undefined;
  const names: ReadonlySet<unknown> = new Set([...excerpts, ...(quotesSecrets ? WORDING : [])]);
  const isExcerpt = ({ path }: TextPlace) => path.some((segment) => names.has(segment));
  if (document.form === "xml") return maskReport(plainElement(document.root), isExcerpt, xmlText);
  const write =
    document.form === "json" ? written : (all: unknown) => (all as readonly unknown[]).map(written).join("");
  return maskReport(document.value, isExcerpt, write);
}

function written(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function unknownFormat(name: string): InvalidInputError {
  const known = "SARIF 2.1.0, GitLab, Semgrep, SonarQube, Bandit, ESLint, gitleaks, Talisman, ZAP, Nuclei";
  return new InvalidInputError("scan-report-unknown", {
    fr: `${name} : format de rapport inconnu. Formats lus : ${known}. Faire écrire à l'outil du SARIF 2.1.0 s'il le permet.`,
    en: `${name}: unknown report format. Formats that are read: ${known}. Let the tool write SARIF 2.1.0 if it can.`,
  });
}

function ambiguous(name: string, formats: readonly ScanFormat[]): InvalidInputError {
  const names = formats.map(({ id }) => id).join(", ");
  return new InvalidInputError("scan-report-ambiguous", {
    fr: `${name} : le fichier a les marques de plusieurs formats (${names}) ; deux lecteurs pourraient y lire deux résultats. Fournir le rapport tel que l'outil l'a écrit.`,
    en: `${name}: the file has the marks of several formats (${names}); two readers could read two results in it. Give the report as the tool wrote it.`,
  });
}
