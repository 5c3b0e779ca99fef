import { resolve } from "node:path";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { CatalogSource } from "../../vulnerabilities/database/catalog.ts";
import { type Imported, importFiles } from "../../vulnerabilities/import/import-files.ts";
import type { Session } from "../command-line/command.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { warn } from "../terminal/failure.ts";
import { printable } from "../terminal/printable.ts";
import { progressOn } from "../terminal/progress.ts";
import type { ImportValues } from "./flags.ts";

/** `douane vulns import FILE…`. */
export async function runImport(
  session: Session,
  { data, source, asOf, allowShrink }: ImportValues,
  files: readonly string[],
): Promise<number> {
  if (files.length === 0) throw noFile();
  const { context, lang, quiet } = session;
  const directory = dataDirectory(context, data);
  context.boundYoungGeneration?.(true);
  const progress = progressOn(session);
  const counted = { fr: "enregistrements lus", en: "records read" }[lang];
  try {
    const imported = await importFiles(
      directory,
      files.map((name) => ({ path: resolve(context.cwd, name), name })),
      {
        now: context.now(),
        mayShrink: allowShrink,
        signal: context.signal,
        onProgress: (records) => progress.show(`${records} ${counted}`),
        ...(source === undefined ? {} : { source }),
        ...(asOf === undefined ? {} : { asOf }),
      },
    );
    await progress.clear();
    if (!quiet) for (const remark of importRemarks(imported)) await warn(remark, context, lang);
    const lines = imported.sources.map((one) => `${printable(importedLine(one)[lang])}\n`);
    if (!quiet) await context.stdout.write(lines.join(""));
    return EXIT.admitted;
  } finally {
    await progress.clear();
  }
}

/** Line about an imported source: `osv:npm: 20,512 records, current on 2026-06-15`. */
export function importedLine({ name, records, date }: CatalogSource): Text {
  const day = date.slice(0, 10);
  return {
    fr: `${name} : ${records.toLocaleString("fr")} enregistrement${records > 1 ? "s" : ""}, à jour au ${day}`,
    en: `${name}: ${records.toLocaleString("en")} record${records === 1 ? "" : "s"}, current on ${day}`,
  };
}

function importRemarks({ remarks, unknown, unknownCount }: Imported): readonly Text[] {
  const found: Text[] = [];
  for (const { feed, malformed, names, future } of remarks) {
    const first = names.map(quoted).join(", ");
    if (malformed > 0) {
      found.push({
        fr: `${feed} : enregistrements sans la forme attendue, laissés de côté : ${malformed} (${first}).`,
        en: `${feed}: records without the form expected, left out: ${malformed} (${first}).`,
      });
    }
    if (future > 0) {
      found.push({
        fr: `${feed} : dates dans l'avenir, qui ne comptent pas : ${future}. L'horloge de cette machine est-elle juste ?`,
        en: `${feed}: dates in the future, which do not count: ${future}. Is this machine's clock right?`,
      });
    }
  }
  if (unknownCount > 0) {
    const first = unknown.map(quoted).join(", ");
    found.push({
      fr: `Documents d'aucun format connu, laissés de côté : ${unknownCount} (${first}).`,
      en: `Documents of no known format, left out: ${unknownCount} (${first}).`,
    });
  }
  return found;
}

function noFile(): UsageError {
  return new UsageError("import-file-missing", {
    fr: "douane vulns import : nommer les fichiers, archives ou répertoires à importer.",
    en: "douane vulns import: name the files, archives or folders to import.",
  });
}
