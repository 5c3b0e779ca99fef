import { resolve } from "node:path";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { containerName, placements } from "../../contract/placement.ts";
import { problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { RowVerdict, TriedContainer, Verdict } from "../../contract/verdict.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ReportFormat } from "../../report/index.ts";
import { isMany } from "../../report/subject.ts";
import type { Session } from "../command-line/command.ts";
import { writeOutput } from "../process/write-output.ts";
import { reportFailure, warn } from "../terminal/failure.ts";
import type { Instead } from "../trial/instead.ts";
import type { KnownTrials } from "../trial/known-trials.ts";
import { VERSION } from "../version.ts";
import { readEvidence } from "./evidence-files.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { CheckValues } from "./flags.ts";
import { type Gathered, type GatherOptions, gather, gatherStored } from "./gather.ts";
import { type Inputs, inputsOf, isEmpty } from "./inputs.ts";
import { withPositions } from "./positions.ts";
import { Problems } from "./problems.ts";
import { type CheckSettings, checkSettings } from "./settings.ts";
import { subjectJudge } from "./verdicts.ts";
import { Reports } from "./write-reports.ts";

/** What `douane trial` asks for beyond `douane check --trial`. */
export interface TrialAsked {
  /** Folder for logs and changes. */
  readonly keep?: string;
  /** The image takes the place of one that the manifests name. */
  readonly inPlace?: { readonly container?: string };
}

/** `douane check`: collect, judge, report. */
export async function runCheck(
  session: Session,
  values: CheckValues,
  operands: readonly string[],
  asked: TrialAsked = {},
): Promise<number> {
  if (values.trial && values.noImages) throw nothingToRun();
  const all = await inputsOf(operands, values.filename, session.context.cwd);
  const instead = insteadOf(all, asked);
  const inputs = instead === undefined ? all : { ...all, images: [] };
  if (isEmpty(inputs) && values.evidence.length === 0) throw nothingToJudge();
  const settings = await checkSettings(session, values);
  const shelf = await readEvidence(session, values.evidence);
  const problems = new Problems(session, settings.lang);
  const run = { session, values, settings, shelf, problems, ...(instead === undefined ? {} : { instead }) };
  const gathered = isEmpty(inputs)
    ? await gatherStored(run)
    : values.trial
      ? await session.context.catchSignals(() => gatherTrying(inputs, run, asked))
      : await gather(inputs, run);
  const verdicts = verdictsOn(gathered, session, settings);
  if (!session.quiet) {
    for (const text of gathered.trials?.ignored ?? []) await warn(text, session.context, settings.lang);
  }
  const { errors, failures } = problems;
  if (verdicts.length === 0 && failures.length === 0) throw nothingJudged(gathered.skipped);
  const unsaved = await saveEvidence(gathered, session, values.saveEvidence);
  const reports = new Reports(session, settings.lang);
  await reports.open(settings.targets);
  for (const verdict of verdicts) await reports.verdict(verdict);
  const unwritten = await reports.end({ errors, skipped: gathered.skipped });
  return exitCodeOf(verdicts, [...failures, ...unsaved, ...unwritten], settings.failOn, gathered.skipped);
}

/** Tells first whether anything can be tried here. Containers and what was unpacked are gone at the end. */
async function gatherTrying(
  inputs: Inputs,
  run: Omit<GatherOptions, "trial">,
  asked: TrialAsked,
): Promise<Gathered> {
  const { prepareTrials } = await import("../trial/prepare.ts");
  const trial = await prepareTrials(run, asked.keep);
  try {
    return await gather(inputs, { ...run, trial });
  } finally {
    await trial.dispose();
  }
}

function insteadOf({ manifests, images }: Inputs, { inPlace }: TrialAsked): Instead | undefined {
  const [source, ...others] = images;
  if (inPlace === undefined || source === undefined || manifests.length === 0) return undefined;
  if (others.length > 0) throw onlyOne();
  return { source, ...inPlace };
}

/** Workloads document by document: their positions are found that way. */
function verdictsOn(
  { workloads, images, dockerfiles, collected, trials }: Gathered,
  { context }: Session,
  settings: CheckSettings,
): readonly Verdict[] {
  const judging = subjectJudge(context, settings, trials);
  const isFew = !isMany([...workloads, ...dockerfiles, ...collected]);
  const formats: readonly ReportFormat[] = settings.targets.map(({ format }) => format);
  const isTold = (row: RowVerdict) => formats.some(({ tells }) => isFew || tells === undefined || tells(row));
  return [
    ...workloads.map(({ facts, locate }) => {
      const verdict = withPositions(judging.workload(facts, images), facts.file, locate, isTold);
      return tried(verdict, trials === undefined ? [] : trialsOf(facts, images, trials));
    }),
    ...dockerfiles.map((facts) => judging.dockerfile(facts)),
    ...collected.map((evidence) => {
      const facts = trials?.of(evidence);
      return tried(judging.image(evidence), facts === undefined ? [] : [{ facts }]);
    }),
  ];
}

function tried(verdict: Verdict, trials: readonly TriedContainer[]): Verdict {
  return trials.length === 0 ? verdict : { ...verdict, trials };
}

function trialsOf(
  workload: WorkloadFacts,
  images: Gathered["images"],
  trials: KnownTrials,
): readonly TriedContainer[] {
  return placements(workload).flatMap((placement): readonly TriedContainer[] => {
    const { image, reference } = images.get(placement.spec.image ?? "") ?? {};
    if (image === undefined || reference === undefined) return [];
    const facts = trials.of({ image, reference }, { workload, placement });
    return facts === undefined ? [] : [{ container: containerName(placement), facts }];
  });
}

async function saveEvidence(
  { workloads, read, collected, dockerfiles, trials }: Gathered,
  { context, lang, quiet }: Session,
  file: string | undefined,
): Promise<readonly number[]> {
  if (file === undefined) return [];
  if (dockerfiles.length > 0 && !quiet) await warn(NOT_KEPT, context, lang);
  if (collected.length + workloads.length === 0) return [];
  try {
    const { formatEvidence } = await import("../../evidence/file.ts");
    const seen = {
      collected,
      workloads: workloads.map(({ facts }) => facts),
      images: read,
      trials: trials?.all ?? [],
    };
    await writeOutput(resolve(context.cwd, file), formatEvidence(seen, VERSION), context);
    return [];
  } catch (error) {
    return [await reportFailure(error, context, lang)];
  }
}

const NOT_KEPT: Text = {
  fr: "--save-evidence garde ce qui a été vu des images et des manifestes, pas des Dockerfiles : ceux-ci se jugent d'après leurs fichiers.",
  en: "--save-evidence keeps what was seen of images and manifests, not of Dockerfiles: those are judged from their files.",
};

function onlyOne(): UsageError {
  return new UsageError("trial-images", {
    fr: "avec des manifestes, une seule IMAGE peut être donnée : celle qui prend la place d'une des leurs.",
    en: "with manifests, one IMAGE only can be given: the one that takes the place of one of theirs.",
  });
}

function nothingToRun(): UsageError {
  return new UsageError("trial-no-images", {
    fr: "--trial et --no-images ne vont pas ensemble : un essai lance les images.",
    en: "--trial and --no-images do not go together: a trial runs the images.",
  });
}

function nothingToJudge(): UsageError {
  return new UsageError("image-missing", {
    fr: "Rien à juger. Nommer une image (douane check registry.example.fr/equipe/portail:1.4.2) ou des manifestes (douane check deploiement/, helm template … | douane check -f -), ou donner des preuves avec --evidence.",
    en: "Nothing to judge. Name an image (`douane check registry.example.fr/team/portal:1.4.2`) or manifests (`douane check deploy/`, `helm template … | douane check -f -`), or give evidence with --evidence.",
  });
}

/** Only what must be rendered first was found. */
function nothingJudged(skipped: readonly SourceProblem[]): InvalidInputError {
  const said = (lang: keyof Text, colon: string) =>
    skipped.map(({ about, message }) => `\n  ${problemTitle(about)}${colon} ${message[lang]}`).join("");
  return new InvalidInputError("nothing-judged", {
    fr: `Rien n'a été jugé : aucun workload n'est prêt à l'être.${said("fr", " :")}`,
    en: `Nothing was judged: no workload is ready to be.${said("en", ":")}`,
  });
}
