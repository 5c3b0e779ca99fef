import { resolve } from "node:path";
import {
  AcceptanceUses,
  idleAcceptances,
  idleVulnerabilityAcceptances,
} from "../../assess/acceptance-uses.ts";
import { assess } from "../../assess/assess.ts";
import { type Inputs, inputsOf, isEmpty } from "../../assess/run/inputs.ts";
import type { AssessmentRequest } from "../../assess/run/request.ts";
import { UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { RowVerdict, Verdict } from "../../contract/verdict.ts";
import { enforcedRows } from "../../policy/enforced-rows.ts";
import type { ReportFormat } from "../../report/index.ts";
import { isMany } from "../../report/subject.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { judgingTime } from "../process/judging-time.ts";
import { readStdin } from "../process/read-stdin.ts";
import { reportFailure, tell, warn } from "../terminal/failure.ts";
import { CheckEvents } from "./events.ts";
import { EvidenceFile, readEvidence } from "./evidence-files.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { CheckValues } from "./flags.ts";
import { nothingJudged } from "./nothing-judged.ts";
import { portsOf } from "./ports.ts";
import { type InPlace, replacementsOf } from "./replacements.ts";
import { type CheckSettings, checkSettings } from "./settings.ts";
import { summaryLine } from "./summary-line.ts";
import { viewOf } from "./view.ts";
import { vulnerabilityData } from "./vulnerability-data.ts";
import { Reports } from "./write-reports.ts";

/** Options of `douane trial` beyond those of `douane check --trial`. */
export interface TrialAsked {
  /** Folder for logs and changes. */
  readonly keep?: string;
  readonly inPlace?: InPlace;
}

/** `douane check`: assesses the inputs and reports verdicts as they arrive. */
export async function runCheck(
  session: Session,
  values: CheckValues,
  operands: readonly string[],
  asked: TrialAsked = {},
): Promise<number> {
  if (values.trial && values.noImages) throw nothingToRun();
  const all = await inputsOf(operands, values.filename, session.context.cwd);
  const replacements = replacementsOf(all, values, asked.inPlace, session.context.cwd);
  const inputs = replacements.length === 0 ? all : { ...all, images: [] };
  if (isEmpty(inputs) && values.evidence.length === 0) throw nothingToJudge();
  const settings = await checkSettings(session, values);
  const request = {
    ...(await requestOf(session, values, settings, inputs)),
    replacements,
    keepsOutput: asked.keep !== undefined,
  };
  const events = new CheckEvents(session, settings.lang, await keepOf(session, asked));
  const work = () => report(session, values, settings, request, events);
  // Signals are caught so that containers and unpacked files are removed even after an interruption.
  return values.trial ? session.context.catchSignals(work) : work();
}

async function report(
  session: Session,
  values: CheckValues,
  { lang, targets, gate: { failOn } }: CheckSettings,
  request: AssessmentRequest,
  events: CheckEvents,
): Promise<number> {
  const { context, quiet } = session;
  const { saveEvidence, noCache } = values;
  const { problems, skipped } = events;
  const reports = new Reports(session, lang, values.policy);
  const path = saveEvidence === undefined ? undefined : resolve(context.cwd, saveEvidence);
  const file = path === undefined ? undefined : new EvidenceFile(path, context);
  const verdicts: Pick<Verdict, "admitted">[] = [];
  const unsaved: number[] = [];
  let unkept = false;
  const vulnerabilities = await vulnerabilityData(session, values.data, request.policy);
  try {
    await reports.open(targets, {
      failOn,
      enforceFuture: enforcedRows(request.policy, judgingTime(context).today),
      view: await viewOf(session, values, request.inputs),
    });
    const uses = acceptanceUses(request, context);
    for await (const { verdict, evidence, places } of assess(request, {
      ...portsOf(context, noCache, events),
      ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
    })) {
      verdicts.push({ admitted: verdict.admitted });
      uses.saw(verdict, places);
      await events.clear();
      await reports.verdict(verdict);
      unkept ||= evidence.length === 0;
      if (unsaved.length === 0) unsaved.push(...(await saved(() => file?.add(evidence), session)));
    }
    await tellIdle(uses, events);
    await problems.end();
    if (verdicts.length === 0 && problems.failures.length === 0) {
      problems.failures.push(await reportFailure(nothingJudged(skipped), context, lang));
    }
    if (file !== undefined && unkept && !quiet) await warn(NOT_KEPT, context, lang);
    if (unsaved.length === 0) unsaved.push(...(await saved(() => file?.close(), session)));
    const unwritten = await reports.end({
      errors: problems.errors,
      skipped,
      acceptances: uses.uses,
      leftOut: events.leftOut,
    });
    const exit = exitCodeOf(verdicts, [...problems.failures, ...unsaved, ...unwritten], failOn, skipped);
    const came = { verdicts, errors: problems.errors, skipped, failOn, exit };
    const last = summaryLine({ ...came, unwritten: unsaved.length + unwritten.length });
    if (last !== undefined && !quiet) await tell(last, context, lang);
    return exit;
  } finally {
    vulnerabilities?.close();
    await reports.discard();
    await file?.discard();
  }
}

async function requestOf(
  session: Session,
  values: CheckValues,
  settings: CheckSettings,
  inputs: Inputs,
): Promise<AssessmentRequest> {
  const { policy, gate, team, trial, targets } = settings;
  const { minor, platform } = gate;
  const { caFile, insecureRegistry } = values;
  const formats: readonly ReportFormat[] = targets.map(({ format }) => format);
  const evidence = await readEvidence(session, values.evidence, policy);
  const stdin = inputs.manifests.includes("-") ? { stdin: await readStdin(session.context.stdin) } : {};
  return {
    inputs: { ...inputs, ...stdin },
    evidence,
    minor,
    policy,
    trial,
    readImages: !values.noImages,
    tryImages: values.trial,
    // The team's own file cannot exclude sources that the platform judges.
    leaveOut: {
      exclude: values.exclude,
      douaneignore: values.policy === undefined,
      gitignore: values.policy === undefined && !values.noGitignore,
    },
    insecureRegistries: insecureRegistry,
    locates: (row: RowVerdict, subjects: number) =>
      formats.some(
        ({ needsPositions }) => !isMany(subjects) || needsPositions === undefined || needsPositions(row),
      ),
    ...(team === undefined ? {} : { team: await shownTeam(team) }),
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile: resolve(session.context.cwd, caFile) }),
  };
}

function acceptanceUses(
  { policy: { acceptedFindings: acceptances = [] } }: AssessmentRequest,
  context: Context,
) {
  return new AcceptanceUses({ acceptances, today: judgingTime(context).today });
}

/**
 * Reports acceptances without effect, except after a run with unreadable sources, in which an absence proves
 * nothing.
 */
async function tellIdle({ uses }: AcceptanceUses, events: CheckEvents): Promise<void> {
  if (!events.isWhole) return;
  const idle = idleVulnerabilityAcceptances(events.idleVulnerabilityAcceptances);
  for (const text of [...idleAcceptances(uses), ...idle]) await events.warn(text);
}

/** Team name for reports, with secrets masked. */
async function shownTeam(team: string): Promise<string> {
  const { maskText } = await import("../../secrets/scan.ts");
  return maskText(team);
}

/** Exit code of a failed save; the verdicts count regardless. */
async function saved(
  work: () => Promise<void> | undefined,
  { context, lang }: Session,
): Promise<readonly number[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return [await reportFailure(error, context, lang)];
  }
}

async function keepOf({ context, lang }: Session, { keep }: TrialAsked) {
  if (keep === undefined) return undefined;
  const { keepIn } = await import("./keep.ts");
  return keepIn(keep, context.cwd, lang);
}

const NOT_KEPT: Text = {
  fr: "--save-evidence garde ce qui a été vu des images et des manifestes, pas des Dockerfiles : ceux-ci se jugent d'après leurs fichiers.",
  en: "--save-evidence keeps what was seen of images and manifests, not of Dockerfiles: those are judged from their files.",
};

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
