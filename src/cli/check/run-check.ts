import { resolve } from "node:path";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { judge } from "../../contract/judge.ts";
import type { SourceProblem, Verdict } from "../../contract/verdict.ts";
import { answerable } from "../../evidence/asked.ts";
import { formatEvidence, type StoredEvidence } from "../../evidence/file.ts";
import { quote } from "../../image/quote.ts";
import { RULES } from "../../rules/index.ts";
import type { Session } from "../command.ts";
import { today } from "../context.ts";
import { reportFailure, textOf } from "../failure.ts";
import { progressOn } from "../progress.ts";
import { VERSION } from "../version.ts";
import { writeOutput } from "../write-output.ts";
import { collect } from "./collect.ts";
import { type EvidenceShelf, readEvidence } from "./evidence-files.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { CheckValues } from "./flags.ts";
import { type CheckSettings, checkSettings } from "./settings.ts";
import { writeReports } from "./write-reports.ts";

/** What became of the sources: evidence, or the reason why there is none. */
interface Gathered {
  readonly collected: readonly StoredEvidence[];
  readonly errors: readonly SourceProblem[];
  readonly failures: readonly number[];
}

/** `douane check`: collect, judge, report. */
export async function runCheck(
  session: Session,
  values: CheckValues,
  sources: readonly string[],
): Promise<number> {
  if (sources.length === 0 && values.evidence.length === 0) throw nothingToJudge();
  const settings = await checkSettings(session, values);
  const shelf = await readEvidence(session, values.evidence);
  const { collected, errors, failures } =
    sources.length === 0
      ? { collected: storedEvidence(shelf, values), errors: [], failures: [] }
      : await gather(sources, session, values, settings, shelf);
  const verdicts = collected.map((evidence) => verdictOn(evidence, session, settings));
  const unsaved = await saveEvidence(collected, session, values.saveEvidence);
  const unwritten = await writeReports({ verdicts, errors }, settings.targets, session, settings.lang);
  return exitCodeOf(verdicts, [...failures, ...unsaved, ...unwritten], settings.failOn);
}

async function gather(
  sources: readonly string[],
  session: Session,
  values: CheckValues,
  settings: CheckSettings,
  shelf: EvidenceShelf,
): Promise<Gathered> {
  const collected: StoredEvidence[] = [];
  const errors: SourceProblem[] = [];
  const failures: number[] = [];
  const progress = progressOn(session);
  for (const source of sources) {
    try {
      collected.push(await collect(source, session, values, settings, shelf, progress));
    } catch (error) {
      session.context.signal.throwIfAborted();
      await progress.clear();
      failures.push(await reportFailure(error, session.context, settings.lang));
      errors.push({ file: source, message: textOf(error) });
    }
  }
  await progress.clear();
  await shelf.warnOfTheRest();
  return { collected, errors, failures };
}

function verdictOn(
  { image, reference }: StoredEvidence,
  { context }: Session,
  { team, acceptances, enforceFuture }: CheckSettings,
): Verdict {
  const { digest, imageId, platform } = image;
  const images = [
    { reference: reference.given, imageId, platform, ...(digest === undefined ? {} : { digest }) },
  ];
  return judge(
    { name: image.source, images, ...(team === undefined ? {} : { team }) },
    [{ collected: { image, reference } }],
    { rules: answerable(RULES, image), accepted: { acceptances, today: today(context) }, enforceFuture },
  );
}

async function saveEvidence(
  collected: readonly StoredEvidence[],
  { context, lang }: Session,
  file: string | undefined,
): Promise<readonly number[]> {
  if (file === undefined || collected.length === 0) return [];
  try {
    await writeOutput(resolve(context.cwd, file), formatEvidence(collected, VERSION));
    return [];
  } catch (error) {
    return [await reportFailure(error, context, lang)];
  }
}

/** No verdict at all must not end like a good one. */
function storedEvidence({ all }: EvidenceShelf, { evidence }: CheckValues): readonly StoredEvidence[] {
  if (all.length > 0) return all;
  const files = evidence.map(quote).join(", ");
  throw new InvalidInputError("evidence-empty", {
    fr: `${files} : ces preuves ne concernent aucune image. En écrire avec « douane check IMAGE --save-evidence FICHIER ».`,
    en: `${files}: this evidence is about no image. Write some with \`douane check IMAGE --save-evidence FILE\`.`,
  });
}

function nothingToJudge(): UsageError {
  return new UsageError("image-missing", {
    fr: "Aucune image à juger. En nommer une, par exemple « douane check registry.example.fr/equipe/portail:1.4.2 », ou donner des preuves avec --evidence.",
    en: "No image to judge. Name one, for example `douane check registry.example.fr/team/portal:1.4.2`, or give evidence with --evidence.",
  });
}
