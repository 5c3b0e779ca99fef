import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { REPORTS, type ReportFormat } from "../../report/index.ts";
import { suggestion } from "../command-line/nearest.ts";

/** A report to write: to a file, else to stdout. */
export interface FormatTarget {
  readonly format: ReportFormat;
  readonly file?: string;
}

/** Reads `NAME[=FILE]`. A UsageError `format-unknown` names the near one. */
export function parseFormat(word: string): FormatTarget {
  const [name = "", ...rest] = word.split("=");
  const format = REPORTS.find((candidate) => candidate.name === name);
  if (format === undefined) throw unknownFormat(name);
  if (rest.length === 0) return { format };
  const file = rest.join("=");
  if (file !== "") return { format, file };
  throw new UsageError("format-file-missing", {
    fr: `--format ${quoted(word)} : il manque un nom de fichier après « = ».`,
    en: `--format ${quoted(word)}: a file name is missing after "=".`,
  });
}

/** A UsageError when two reports would be written to one place, each over the other. */
export function assertDistinct(targets: readonly FormatTarget[]): void {
  const seen = new Set<string | undefined>();
  for (const { file } of targets) {
    if (seen.has(file)) throw sameTarget(file);
    seen.add(file);
  }
}

function unknownFormat(name: string): UsageError {
  const { fr, en } = suggestion(
    name,
    REPORTS.map((format) => format.name),
  );
  return new UsageError("format-unknown", {
    fr: `Format inconnu : ${quoted(name)}. ${fr}`,
    en: `Unknown format: ${quoted(name)}. ${en}`,
  });
}

function sameTarget(file: string | undefined): UsageError {
  if (file === undefined) {
    return new UsageError("format-twice", {
      fr: "Deux formats vers la sortie standard : en diriger un vers un fichier, par exemple --format json=rapport.json.",
      en: "Two formats to the standard output: send one to a file, for example --format json=report.json.",
    });
  }
  return new UsageError("format-twice", {
    fr: `Deux formats vers le même fichier ${quoted(file)} : donner un fichier à chacun.`,
    en: `Two formats to the same file ${quoted(file)}: give each a file of its own.`,
  });
}
