import { resolve } from "node:path";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { RowVerdict, SourceProblem, Verdict } from "../../contract/verdict.ts";
import type { ReportFormat } from "../../report/index.ts";
import { isMany } from "../../report/subject.ts";
import type { Session } from "../command.ts";
import { reportFailure, warn } from "../failure.ts";
import { VERSION } from "../version.ts";
import { writeOutput } from "../write-output.ts";
import { readEvidence } from "./evidence-files.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { CheckValues } from "./flags.ts";
import { type Gathered, gather, gatherStored } from "./gather.ts";
import { inputsOf, isEmpty } from "./inputs.ts";
import { withPositions } from "./positions.ts";
import { Problems } from "./problems.ts";
import { type CheckSettings, checkSettings } from "./settings.ts";
import { subjectJudge } from "./verdicts.ts";
import { writeReports } from "./write-reports.ts";

/** `douane check`: collect, judge, report. */
export async function runCheck(
  session: Session,
  values: CheckValues,
  operands: readonly string[],
): Promise<number> {
  const inputs = await inputsOf(operands, values.filename, session.context.cwd);
  if (isEmpty(inputs) && values.evidence.length === 0) throw nothingToJudge();
  const settings = await checkSettings(session, values);
  const shelf = await readEvidence(session, values.evidence);
  const problems = new Problems(session, settings.lang);
  const gathered = isEmpty(inputs)
    ? await gatherStored(shelf, values, problems)
    : await gather(inputs, { session, values, settings, shelf, problems });
  const verdicts = verdictsOn(gathered, session, settings);
  const { errors, failures } = problems;
  if (verdicts.length === 0 && failures.length === 0) throw nothingJudged(gathered.skipped);
  const unsaved = await saveEvidence(gathered, session, values.saveEvidence);
  const input = { verdicts, errors, skipped: gathered.skipped };
  const unwritten = await writeReports(input, settings.targets, session, settings.lang);
  return exitCodeOf(verdicts, [...failures, ...unsaved, ...unwritten], settings.failOn, gathered.skipped);
}

/** Workloads document by document: their positions are found that way. */
function verdictsOn(
  { workloads, images, dockerfiles, collected }: Gathered,
  { context }: Session,
  settings: CheckSettings,
): readonly Verdict[] {
  const judging = subjectJudge(context, settings);
  const isFew = !isMany([...workloads, ...dockerfiles, ...collected]);
  const formats: readonly ReportFormat[] = settings.targets.map(({ format }) => format);
  const isTold = (row: RowVerdict) => formats.some(({ tells }) => isFew || tells === undefined || tells(row));
  return [
    ...workloads.map(({ facts, locate }) =>
      withPositions(judging.workload(facts, images), facts.file, locate, isTold),
    ),
    ...dockerfiles.map((facts) => judging.dockerfile(facts)),
    ...collected.map((evidence) => judging.image(evidence)),
  ];
}

async function saveEvidence(
  { workloads, read, collected, dockerfiles }: Gathered,
  { context, lang, quiet }: Session,
  file: string | undefined,
): Promise<readonly number[]> {
  if (file === undefined) return [];
  if (dockerfiles.length > 0 && !quiet) await warn(NOT_KEPT, context, lang);
  if (collected.length + workloads.length === 0) return [];
  try {
    const { formatEvidence } = await import("../../evidence/file.ts");
    const seen = { collected, workloads: workloads.map(({ facts }) => facts), images: read };
    await writeOutput(resolve(context.cwd, file), formatEvidence(seen, VERSION));
    return [];
  } catch (error) {
    return [await reportFailure(error, context, lang)];
  }
}

const NOT_KEPT: Text = {
  fr: "--save-evidence garde ce qui a été vu des images et des manifestes, pas des Dockerfiles : ceux-ci se jugent d'après leurs fichiers.",
  en: "--save-evidence keeps what was seen of images and manifests, not of Dockerfiles: those are judged from their files.",
};

function nothingToJudge(): UsageError {
  return new UsageError("image-missing", {
    fr: "Rien à juger. Nommer une image (douane check registry.example.fr/equipe/portail:1.4.2) ou des manifestes (douane check deploiement/, helm template … | douane check -f -), ou donner des preuves avec --evidence.",
    en: "Nothing to judge. Name an image (`douane check registry.example.fr/team/portal:1.4.2`) or manifests (`douane check deploy/`, `helm template … | douane check -f -`), or give evidence with --evidence.",
  });
}

/** Only what must be rendered first was found. */
function nothingJudged(skipped: readonly SourceProblem[]): InvalidInputError {
  const said = (lang: keyof Text, colon: string) =>
    skipped.map(({ file, message }) => `\n  ${file}${colon} ${message[lang]}`).join("");
  return new InvalidInputError("nothing-judged", {
    fr: `Rien n'a été jugé : aucun workload n'est prêt à l'être.${said("fr", " :")}`,
    en: `Nothing was judged: no workload is ready to be.${said("en", ":")}`,
  });
}
