import { EXIT, UsageError } from "../../contract/error.ts";
import { vulnerabilityData } from "../check/vulnerability-data.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { warn } from "../terminal/failure.ts";
import { compareSides } from "./compare-sides.ts";
import { diffSide } from "./diff-side.ts";
import type { DiffValues } from "./flags.ts";
import { notAFormatOf, TABLE } from "./formats.ts";
import { judgedSide } from "./judged-side.ts";
import { readOperand } from "./operand.ts";
import type { DiffSide } from "./sbom-diff.ts";

/** `douane sbom diff A B`: exits 0 whatever differs, 2 if something could not be read. */
export async function runDiff(
  session: Session,
  values: DiffValues,
  [from, to, ...others]: readonly string[],
): Promise<number> {
  if (from === undefined || to === undefined || others.length > 0) throw twoSides();
  const targets = values.format.length > 0 ? values.format : [{ format: TABLE }];
  for (const { format } of targets) if (format.diff === undefined) throw notAFormatOf(format, "diff");
  const { context, lang, quiet } = session;
  const [old, now] = await sidesOf(session, values, from, to);
  const gaps = [old, now].flatMap(({ given, gaps: all }) =>
    all.map(({ fr, en }) => ({ fr: `${given} : ${fr}`, en: `${given}: ${en}` })),
  );
  if (!quiet) for (const text of gaps) await warn(text, context, lang);
  const diff = compareSides(old, now);
  await writeFormats(session, targets, (format, options) => format.diff?.(diff, options) ?? "");
  return gaps.length === 0 ? EXIT.admitted : EXIT.unproven;
}

async function sidesOf(session: Session, values: DiffValues, from: string, to: string) {
  const data = await vulnerabilityData(session, values.data, {});
  try {
    const sideOf = (given: string): Promise<DiffSide> =>
      data === undefined
        ? readOperand(session, values, given).then((operand) => diffSide(given, operand))
        : judgedSide(session, values, given, data);
    return [await sideOf(from), await sideOf(to)] as const;
  } finally {
    data?.close();
  }
}

function twoSides(): UsageError {
  return new UsageError("diff-sides", {
    fr: "douane sbom diff compare deux images, deux SBOM, ou une image et un SBOM : douane sbom diff portail:1.4.1 portail:1.4.2.",
    en: "douane sbom diff compares two images, two SBOMs, or an image and an SBOM: `douane sbom diff portal:1.4.1 portal:1.4.2`.",
  });
}
