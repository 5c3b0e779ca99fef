import type { Finding } from "../../contract/finding.ts";
import { joinedTexts } from "../../contract/joined-texts.ts";
import type { AnyRule, Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import type { JudgedTrial } from "../../contract/trial-facts.ts";
import { failedStart } from "../../observations/failed-start.ts";

type Of<S extends Outcome["status"]> = Extract<Outcome, { readonly status: S }>;

/** Outcome of a rule on one of several trials of a container. */
interface OnTrial<O extends Outcome = Outcome> {
  readonly trial: JudgedTrial;
  readonly outcome: O;
}

/**
 * The rule, judged on each trial of the container and joined. Trials that agree give their answer;
 * observations that disagree make it unproven. The order of the trials does not matter, and a trial without
 * an observation about the requirement does not count.
 */
export function acrossTrials(rule: AnyRule): AnyRule {
  if (![...rule.needs, ...(rule.uses ?? [])].includes("trial")) return rule;
  return {
    ...rule,
    check(evidence) {
      // The evaluator passes all evidence that the rule declares.
      const { trial } = evidence as { readonly trial?: JudgedTrial };
      if (trial?.others === undefined) return rule.check(evidence);
      return joined(
        [trial, ...trial.others].map((one) => ({
          trial: one,
          outcome: rule.check({ ...evidence, trial: one }),
        })),
      );
    },
  };
}

function joined(all: readonly OnTrial[]): Outcome {
  const fails = all.filter(isOf("fail"));
  const passes = all.filter(isOf("pass"));
  const holding = [...passes, ...all.filter(isOf("n/a"))];
  const open = all.filter(isOf("unproven"));
  const notes = all.flatMap(({ outcome }) => outcome.notes ?? []);
  const against = [...fails, ...open.filter(contradicts)];
  if (holding.length > 0 && against.length > 0) return disagreement(against, holding, notes);
  const noted = notes.length === 0 ? {} : { notes: distinct(notes) };
  const [first, ...rest] = distinct(fails.flatMap(({ outcome }) => outcome.findings));
  if (first !== undefined) {
    const isPresumed = fails.every(({ outcome }) => outcome.presumed === true);
    return {
      status: "fail",
      findings: [first, ...rest],
      ...(isPresumed ? { presumed: true } : {}),
      ...noted,
    };
  }
  if (passes.length > 0)
    return { status: "pass", proof: joinedTexts(passes.map(({ outcome }) => outcome.proof)), ...noted };
  if (open.length > 0) return { ...undecided(open.map(({ outcome }) => outcome)), ...noted };
  const reasons = all.filter(isOf("n/a")).map(({ outcome }) => outcome.reason);
  return { status: "n/a", reason: joinedTexts(reasons), ...noted };
}

function isOf<S extends Outcome["status"]>(status: S): (one: OnTrial) => one is OnTrial<Of<S>> {
  return (one): one is OnTrial<Of<S>> => one.outcome.status === status;
}

/** Whether a trial that proves nothing contradicts the rows: by a doubt, or because nothing started. */
function contradicts({ trial, outcome }: OnTrial<Of<"unproven">>): boolean {
  return outcome.doubtful === true || outcome.unreadable === true || failedStart(trial) !== undefined;
}

function undecided(open: readonly Of<"unproven">[]): Outcome {
  const settles = open.flatMap(({ settle }) => settle ?? []);
  return {
    status: "unproven",
    reason: joinedTexts(open.map(({ reason }) => reason)),
    ...(settles.length === 0 ? {} : { settle: joinedTexts(settles) }),
    ...(open.some(({ unreadable }) => unreadable === true) ? { unreadable: true } : {}),
    ...(open.some(({ doubtful }) => doubtful === true) ? { doubtful: true } : {}),
  };
}

function disagreement(
  against: readonly OnTrial<Of<"fail" | "unproven">>[],
  holding: readonly OnTrial[],
  notes: readonly Finding[],
): Outcome {
  const [no, yes] = [sources(against), sources(holding)];
  const why = joinedTexts(against.flatMap(({ outcome }) => reasons(outcome)).slice(0, SHOWN));
  const findings = against.flatMap(({ outcome }) => (outcome.status === "fail" ? outcome.findings : []));
  const seen = distinct([...findings, ...notes]);
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `des essais du même conteneur se contredisent : contre, ${no.fr} (${why.fr}) ; pour, ${yes.fr}`,
      en: `trials of the same container disagree: against it, ${no.en} (${why.en}); for it, ${yes.en}`,
    },
    settle: SETTLE,
    ...(seen.length === 0 ? {} : { notes: seen }),
  };
}

/** Maximum number of reasons in a sentence. */
const SHOWN = 3;

const SETTLE: Text = {
  fr: "Trouver ce qui distingue ces essais, refaire celui qui vaut (douane trial -f MANIFESTES IMAGE), et ne donner que ses preuves.",
  en: "Find out how these trials differ, repeat the right one (douane trial -f MANIFESTS IMAGE), and give its evidence alone.",
};

function reasons(outcome: Of<"fail" | "unproven">): readonly Text[] {
  return outcome.status === "fail" ? outcome.findings.map(({ message }) => message) : [outcome.reason];
}

function sources(trials: readonly OnTrial[]): Text {
  const texts = trials.flatMap(({ trial }) => trial.source ?? []);
  const list = (lang: keyof Text) => [...new Set(texts.map((text) => text[lang]))].join(", ");
  return { fr: list("fr"), en: list("en") };
}

/** Findings, each once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
}
