import { type AffectedImages, StoredComponents } from "../../assess/affected-images.ts";
import { judgingFacts } from "../../assess/judging-facts.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Lang } from "../../contract/text.ts";
import { jsonText, visible } from "../../report/escape.ts";
import { gateAnswer } from "../../rules/supply-chain/gate.ts";
import { openDatabase } from "../../vulnerabilities/database/open-database.ts";
import { readEvidence } from "../check/evidence-files.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { today } from "../process/context.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { sourceDate } from "../process/source-date.ts";
import { warn } from "../terminal/failure.ts";
import type { VulnsValues } from "./flags.ts";
import { plainTargetsOf } from "./formats.ts";

const CVE = /^(?:CVE|GHSA|GO|MAL|PYSEC|RUSTSEC|DSA|DLA|USN|RHSA|BIT|OSV)-/i;

/** `douane vulns affected [ID…] EVIDENCE…`: which of these images hold what blocks, or the vulnerabilities named. */
export async function runAffected(
  session: Session,
  { data, format }: Pick<VulnsValues, "data" | "format">,
  operands: readonly string[],
): Promise<number> {
  const ids = new Set(operands.filter((one) => CVE.test(one)).map((id) => id.toUpperCase()));
  const files = operands.filter((one) => !CVE.test(one));
  if (files.length === 0) throw noEvidence();
  const targets = plainTargetsOf("affected", format);
  const { context, lang, quiet } = session;
  const stored = new StoredComponents();
  for (const file of files) {
    for (const image of (await readEvidence(session, [file])).images) stored.add(image);
  }
  if (stored.without > 0 && !quiet) await warn(without(stored.without), context, lang);
  const day = today(context);
  const judging = judgingFacts({}, { today: day, judgedAt: sourceDate(context).toISOString() });
  const database = openDatabase(dataDirectory(context, data), day);
  try {
    const found = stored
      .affected(database, day)
      .filter(({ finding }) =>
        ids.size === 0
          ? gateAnswer(finding, judging).is === "blocks"
          : [finding.id, ...finding.aliases].some((id) => ids.has(id.toUpperCase())),
      );
    await writeFormats(session, targets, ({ name }) =>
      name === "json" ? affectedJson(found, stored.images) : affectedTable(found, stored.images, lang),
    );
    if (found.length > 0) return EXIT.refused;
    return stored.without > 0 ? EXIT.unproven : EXIT.admitted;
  } finally {
    database.close();
  }
}

function affectedJson(found: readonly AffectedImages[], images: number): string {
  const affected = found.map(({ finding, images: holding }) => ({
    id: finding.id,
    aliases: finding.aliases,
    purl: finding.component.purl,
    fixed: finding.fixedIn,
    severity: { value: finding.severity.level, source: finding.severity.by ?? null },
    exploited: finding.exploited,
    images: holding,
  }));
  return `${jsonText({ schema: "douane/affected/v1", images, affected })}\n`;
}

function affectedTable(found: readonly AffectedImages[], images: number, lang: Lang): string {
  const lines = found.flatMap(({ finding: { id, component, fixedIn }, images: holding }) => {
    const fixed = fixedIn.length === 0 ? "" : ` → ${fixedIn.join(", ")}`;
    return [
      visible(`${id}  ${component.purl}${fixed}  (${holding.length}/${images})`),
      ...holding.map(({ name, digest }) => visible(`  ${name}  ${digest}`)),
    ];
  });
  const none = {
    fr: `Aucune des ${images} images n'est concernée.`,
    en: `None of the ${images} images is affected.`,
  };
  return `${lines.length === 0 ? none[lang] : lines.join("\n")}\n`;
}

function without(count: number) {
  return {
    fr: `${count} images dont les preuves ne disent pas ce qu'elles contiennent : elles ne sont pas comparées. Les recueillir de nouveau avec --save-evidence.`,
    en: `${count} images whose evidence does not say what they hold: they are not compared. Gather it again with --save-evidence.`,
  };
}

function noEvidence(): UsageError {
  return new UsageError("evidence-missing", {
    fr: "douane vulns affected : nommer les fichiers de preuves des images (douane check --save-evidence FICHIER).",
    en: "douane vulns affected: name the evidence files of the images (`douane check --save-evidence FILE`).",
  });
}
