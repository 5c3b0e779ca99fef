import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { suggestion } from "./nearest.ts";

interface Named {
  readonly name: string;
}

/** A format with its target: a file or stdout. */
export interface FormatTarget<Format extends Named> {
  readonly format: Format;
  readonly file?: string;
  /** Folder of the settings that name the file, absolute; absent if the user named the file. */
  readonly within?: string;
}

/** Parser of `NAME[=FILE]`. A UsageError `format-unknown` suggests a similar name. */
export function formatParser<Format extends Named>(
  formats: readonly Format[],
): (word: string) => FormatTarget<Format> {
  return (word) => {
    const [name = "", ...rest] = word.split("=");
    const format = formats.find((candidate) => candidate.name === name);
    if (format === undefined) throw unknownFormat(name, formats);
    if (rest.length === 0) return { format };
    const file = rest.join("=");
    if (file !== "") return { format, file };
    throw new UsageError("format-file-missing", {
      fr: `--format ${quoted(word)} : il manque un nom de fichier après « = ».`,
      en: `--format ${quoted(word)}: a file name is missing after "=".`,
    });
  };
}

/** Throws a UsageError if two reports have the same target. */
export function assertDistinct(targets: readonly Pick<FormatTarget<Named>, "file">[]): void {
  const seen = new Set<string | undefined>();
  for (const { file } of targets) {
    if (seen.has(file)) throw sameTarget(file);
    seen.add(file);
  }
}

function unknownFormat(name: string, formats: readonly Named[]): UsageError {
  const { fr, en } = suggestion(
    name,
    formats.map((format) => format.name),
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
