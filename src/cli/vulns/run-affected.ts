import { type AffectedAnswer, affectedImages } from "../../assess/affected-images.ts";
import { StoredComponents } from "../../assess/stored-components.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { jsonText, visible } from "../../report/escape.ts";
import { readEvidence } from "../check/evidence-files.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { warn } from "../terminal/failure.ts";
import type { AffectedValues } from "./flags.ts";
import { targetsOf } from "./formats.ts";
import { openJudge } from "./open-judge.ts";

const CVE = /^(?:CVE|GHSA|GO|MAL|PYSEC|RUSTSEC|DSA|DLA|USN|RHSA|BIT|OSV)-/i;

/**
 * `douane vulns affected [ID…] EVIDENCE…`: images with blocking vulnerabilities, or with the given
 * vulnerabilities.
 */
export async function runAffected(
  session: Session,
  values: AffectedValues,
  operands: readonly string[],
): Promise<number> {
  const ids = new Set(operands.filter((one) => CVE.test(one)).map((id) => id.toUpperCase()));
  const files = operands.filter((one) => !CVE.test(one));
  if (files.length === 0) throw noEvidence();
  const targets = targetsOf(values.format);
  const { context, lang, quiet } = session;
  const { judge, policy, close } = await openJudge(session, values);
  try {
    const stored = new StoredComponents();
    for (const one of files) {
      for (const image of (await readEvidence(session, [one], policy)).images) stored.add(image);
    }
    if (stored.without > 0 && !quiet) await warn(without(stored.without), context, lang);
    const answer = affectedImages(stored, judge, ids);
    await writeFormats(session, targets, ({ name }) =>
      name === "json" ? affectedJson(answer, stored.images) : affectedTable(answer, stored.images, lang),
    );
    return exitOf(answer, stored);
  } finally {
    close();
  }
}

function exitOf({ affected, doubts }: AffectedAnswer, { without, images }: StoredComponents): number {
  if (affected.some(({ isOpen }) => isOpen !== true)) return EXIT.refused;
  const isUnproven = affected.length > 0 || doubts.length > 0 || without > 0 || images === 0;
  return isUnproven ? EXIT.unproven : EXIT.admitted;
}

function affectedJson({ affected, doubts }: AffectedAnswer, images: number): string {
  const listed = affected.map(({ finding, isOpen, images: holding }) => ({
    id: finding.id,
    aliases: finding.aliases,
    purl: finding.component.purl,
    fixed: finding.fixedIn,
    severity: { value: finding.severity.level, source: finding.severity.by ?? null },
    exploited: finding.exploited,
    open: isOpen === true,
    images: holding,
  }));
  return `${jsonText({ schema: "douane/affected/v1", images, affected: listed, doubts })}\n`;
}

const WORDS = {
  open: { fr: "à vérifier", en: "to be checked" },
  doubts: {
    fr: "Il peut y en avoir d'autres, car :",
    en: "There may be more, because:",
  },
} as const satisfies Record<string, Text>;

function affectedTable({ affected, doubts }: AffectedAnswer, images: number, lang: Lang): string {
  const lines = affected.flatMap(({ finding: { id, component, fixedIn }, isOpen, images: holding }) => {
    const fixed = fixedIn.length === 0 ? "" : ` → ${fixedIn.join(", ")}`;
    const open = isOpen === true ? `  [${WORDS.open[lang]}]` : "";
    return [
      visible(`${id}  ${component.purl}${fixed}  (${holding.length}/${images})${open}`),
      ...holding.map(({ name, digest }) => visible(`  ${name}  ${digest}`)),
    ];
  });
  const none = doubts.length === 0 ? noneOf(images) : noneKnown(images);
  const more =
    doubts.length === 0 ? [] : ["", WORDS.doubts[lang], ...doubts.map((one) => visible(`- ${one[lang]}`))];
  return `${[...(lines.length === 0 ? [none[lang]] : lines), ...more].join("\n")}\n`;
}

function noneOf(images: number): Text {
  return images === 1
    ? { fr: "L'image n'est pas concernée.", en: "The image is not affected." }
    : { fr: `Aucune des ${images} images n'est concernée.`, en: `None of the ${images} images is affected.` };
}

function noneKnown(images: number): Text {
  return {
    fr: `Rien n'est connu contre ${images === 1 ? "l'image" : `les ${images} images`}, sans que cela soit prouvé.`,
    en: `Nothing is known against the ${images === 1 ? "image" : `${images} images`}, and that is not proven.`,
  };
}

function without(count: number) {
  return {
    fr: `Images non comparées, dont les preuves ne disent pas ce qu'elles contiennent : ${count}. Recueillir ces preuves de nouveau avec --save-evidence.`,
    en: `Images not compared, because their evidence contains no packages: ${count}. Gather the evidence again with --save-evidence.`,
  };
}

function noEvidence(): UsageError {
  return new UsageError("evidence-missing", {
    fr: "douane vulns affected : nommer les fichiers de preuves des images (douane check --save-evidence FICHIER).",
    en: "douane vulns affected: name the evidence files of the images (`douane check --save-evidence FILE`).",
  });
}
