import type { AttestationCheck, AttestationCheckId } from "../../contract/attestation-facts.ts";
import type { AttestationPolicy, ScanRequirement } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { ageProblem, CLOCK_SKEW_MS, timeOf } from "./age.ts";
import { certificateCommit, certificateSource, otherProject } from "./certificate-claims.ts";
import { type Ignored, ignored, separate } from "./ignored.ts";
import type { AcceptedProvenance } from "./judge-provenance.ts";
import { foreignProject, notaryCommit, notaryProblem, notarySource } from "./notary-problem.ts";
import type { StatedScan } from "./scan.ts";
import { countedSigners, type SignedStatement, signedOn } from "./signers.ts";
import { statedValue } from "./stated-value.ts";

/** Age in days, from its end, beyond which a scan is not recent; default of the policy. */
const RECENT_DAYS = 90;

/** A statement about a scan. */
export interface ScanStatement {
  readonly statement: SignedStatement;
  readonly scan: StatedScan;
}

/** Requirement of one check of scans: kinds of scans that can meet it, and a further demand on them. */
export interface ScanSearch {
  readonly id: AttestationCheckId;
  readonly name: Text;
  readonly requirement: ScanRequirement;
  readonly kinds: readonly string[];
  /** Further demand on a passing scan; `unproven` if the statement cannot show it. */
  readonly demand?: (scan: StatedScan) => (Ignored & { readonly unproven?: true }) | undefined;
}

/** Judgement of the whole set that scans are bound to. */
export interface ScanContext {
  readonly policy: AttestationPolicy;
  /** Registry and repository of the image; absent for an image that is in no registry. */
  readonly repository: string | undefined;
  /** Provenances whose source is right. */
  readonly provenances: readonly AcceptedProvenance[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Check that a scan of a kind passed, is recent, and belongs to the image's build. One scan that counts
 * suffices. A failing scan beside it is named, but changes nothing, since anybody who may delete it from the
 * registry could hide it.
 */
export function checkScan(
  statements: readonly ScanStatement[],
  { id, name, requirement, kinds, demand }: ScanSearch,
  context: ScanContext,
): AttestationCheck {
  const candidates = statements.filter(({ scan }) => kinds.includes(scan.kind));
  const problems = candidates.map((one) => scanProblem(one, requirement, context) ?? demand?.(one.scan));
  const { passing, refused } = separate(candidates, problems);
  const [best] = passing.toSorted(latestFirst);
  if (best !== undefined) {
    return { id, answer: "yes", text: passText(name, best.scan), by: best.statement.name, ignored: refused };
  }
  const open = problems.some((one) => one !== undefined && "unproven" in one);
  const text = candidates.length === 0 ? noneText(name, requirement) : noPassText(name);
  return { id, answer: open ? "unproven" : "no", text, ignored: refused };
}

function scanProblem(
  { statement, scan }: ScanStatement,
  { signers, maximumAgeDays = RECENT_DAYS, asserted = true }: ScanRequirement,
  { policy, repository, provenances, at }: ScanContext,
): Ignored | undefined {
  const counted = countedSigners(statement, signers, policy, at);
  if ("code" in counted) return counted;
  const unaccepted = notaryProblem(statement.statement.predicate);
  if (unaccepted !== undefined) return unaccepted;
  if (statement.statement.subjects.length > 1) return SEVERAL_SUBJECTS;
  if (scan.failure !== undefined) return scan.failure;
  const [signed, ended] = [signedOn(statement), timeOf(scan.finishedOn)];
  if (signed !== undefined && ended !== undefined && ended > signed + CLOCK_SKEW_MS) return SIGNED_BEFORE_END;
  if (!asserted && scan.asserted.length > 0) return assertedOnly(scan.asserted);
  return (
    ageProblem(scan.finishedOn, maximumAgeDays, at) ??
    bindingProblem(statement, scan, {
      provenances,
      signers: counted,
      asserted,
      foreign: foreignProject(statement.statement.predicate, policy, repository),
    })
  );
}

interface Binding {
  readonly provenances: readonly AcceptedProvenance[];
  readonly signers: readonly string[];
  /** Whether the commit stated by the job counts. */
  readonly asserted: boolean;
  /** Reason why the job's project may not attest images of this repository; only if the notary signed. */
  readonly foreign: Ignored | undefined;
}

/**
 * Reason why a scan belongs to none of the image's builds. The scan was signed for another project, or is
 * about another commit by its report, by the job that the notary names or by the signer's certificate. Or no
 * commit is known, and the scan ended before the build began. The statement's subject already binds the scan
 * to the image's digest.
 */
function bindingProblem(
  statement: SignedStatement,
  scan: StatedScan,
  { provenances, signers, asserted, foreign }: Binding,
): Ignored | undefined {
  const { predicate } = statement.statement;
  const signedFor = notarySource(predicate);
  const problems = provenances.map((one): Ignored | undefined => {
    const isOfBuild = signedFor === one.source;
    const unmapped = isOfBuild ? undefined : foreign;
    const other = unmapped ?? otherProject(statement, signers, one.source);
    if (other !== undefined) return other;
    const known =
      scan.commit ?? notaryCommit(predicate, one.source) ?? certificateCommit(statement, one.source);
    if (known !== undefined) return known === one.commit ? undefined : otherCommit(known, one);
    const job = asserted ? scan.job : undefined;
    const certified = certificateSource(statement, signers);
    const jobSource = signedFor ?? certified ?? job?.source ?? one.source;
    // A dynamic scan tests the image by its digest, in any project; other scans examine sources of the same
    // project.
    if (jobSource !== one.source && scan.kind !== "dast") return otherSource(jobSource);
    const stated = job?.source === one.source ? job.commit : undefined;
    if (stated !== undefined && stated !== one.commit) return otherCommit(stated, one);
    return timeProblem(scan, one, stated !== undefined);
  });
  return problems.includes(undefined) ? undefined : (problems[0] ?? NO_PROVENANCE);
}

/** @param isBound whether the job states the commit, so that the times are not the only link to the build */
function timeProblem(
  { finishedOn }: StatedScan,
  build: AcceptedProvenance,
  isBound: boolean,
): Ignored | undefined {
  const ended = (timeOf(finishedOn) ?? Number.POSITIVE_INFINITY) + CLOCK_SKEW_MS;
  const [began, over] = [timeOf(build.startedOn), timeOf(build.finishedOn) ?? signedOn(build.statement)];
  if (began !== undefined) return ended >= began ? undefined : BEFORE_BUILD;
  const isLater = over !== undefined && ended >= over;
  return isBound || isLater ? undefined : BUILD_UNDATED;
}

/** Latest scan first; of equal dates, by name. */
function latestFirst(a: ScanStatement, b: ScanStatement): number {
  const [first, second] = [timeOf(a.scan.finishedOn) ?? 0, timeOf(b.scan.finishedOn) ?? 0];
  return second - first || (a.statement.name < b.statement.name ? -1 : 1);
}

function passText({ fr, en }: Text, { tool, finishedOn = "?", commit, asserted }: StatedScan): Text {
  const seen = `${statedValue(tool)}, ${statedValue(finishedOn)}${commit === undefined ? "" : `, commit ${statedValue(commit)}`}`;
  const words = asserted.slice(0, 8).map(statedValue).join(", ");
  return {
    fr: `${fr} réussie (${seen})${words === "" ? "" : ` ; affirmé par le job : ${words}`}`,
    en: `${en} passed (${seen})${words === "" ? "" : `; asserted by the job: ${words}`}`,
  };
}

function noneText({ fr, en }: Text, { signers }: ScanRequirement): Text {
  if (signers.length > 0) return { fr: `aucune attestation : ${fr}`, en: `no attestation: ${en}` };
  return {
    fr: `la politique ne laisse aucun signataire déclarer : ${fr}`,
    en: `the policy lets no signer state: ${en}`,
  };
}

function noPassText({ fr, en }: Text): Text {
  return { fr: `aucune attestation qui compte : ${fr}`, en: `no attestation that counts: ${en}` };
}

function assertedOnly(fields: readonly string[]): Ignored {
  const named = fields.slice(0, 8).map(statedValue).join(", ");
  return ignored("asserted-by-job", {
    fr: `repose sur la parole du job (${named}), que la politique n'admet pas`,
    en: `rests on the job's word (${named}), which the policy does not accept`,
  });
}

function otherCommit(commit: string, { commit: built }: AcceptedProvenance): Ignored {
  const seen = quoted(statedValue(commit));
  return ignored("other-commit", {
    fr: `porte sur le commit ${seen}, l'image est construite depuis ${built}`,
    en: `is about commit ${seen}, the image is built from ${built}`,
  });
}

function otherSource(source: string): Ignored {
  const seen = quoted(statedValue(source));
  return ignored("other-source", {
    fr: `sans commit, et signée pour un job de ${seen}, qui n'est pas la source de l'image`,
    en: `names no commit, and was signed for a job of ${seen}, which is not the image's source`,
  });
}

const BUILD_UNDATED = ignored("build-undated", {
  fr: "ne nomme pas de commit, et la provenance ne dit pas quand le build a commencé : rien ne lie les deux. Attester l'analyse dans le pipeline qui construit : douane y inscrit le commit du job",
  en: "names no commit, and the provenance does not say when the build began: nothing binds the two. Attest the scan in the pipeline that builds: douane records the job's commit there",
});
const SIGNED_BEFORE_END = ignored("signed-before-end", {
  fr: "signée avant la fin de l'analyse qu'elle déclare",
  en: "signed before the end of the scan that it states",
});
const SEVERAL_SUBJECTS = ignored("several-subjects", {
  fr: "la déclaration nomme plusieurs images, sans dire laquelle a été analysée",
  en: "the statement names several images, and does not say which was scanned",
});
const NO_PROVENANCE = ignored("no-provenance", {
  fr: "sans provenance admise, rien ne dit de quel build est ce résultat",
  en: "without an accepted provenance, nothing says which build this result belongs to",
});
const BEFORE_BUILD = ignored("before-build", {
  fr: "terminée avant le début du build, et sans nommer de commit",
  en: "ended before the build began, and names no commit",
});
