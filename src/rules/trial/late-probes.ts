import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { missingDependencies } from "../../observations/missing-dependencies.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun } from "../../observations/phase-run.ts";
import { seconds } from "../../observations/seconds.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/** A probe at the ends of the phases. */
interface Late {
  readonly probe: Observed<"late-probe">;
  readonly run: PhaseRun;
}

/**
 * The outcome, with probes that failed at the end of a phase although they had succeeded: a fail if that happened in
 * every phase and only the application explains it, otherwise a doubt.
 */
export function withLateProbes(id: RuleId, outcome: Outcome, trial: TrialFacts): Outcome {
  const failed = lateProbes(trial).filter((all) => all.some(({ probe }) => !probe.ok));
  const judged = failed.map((all) => ({ all, doubt: doubtOf(trial, all) }));
  const before = outcome.status === "fail" ? outcome.findings : [];
  const late = judged.flatMap(({ all, doubt }) => (doubt === undefined ? all.slice(0, 1) : []));
  const [first, ...rest] = [...before, ...late.map((one) => finding(id, one))];
  const notes = outcome.notes === undefined ? {} : { notes: outcome.notes };
  if (first !== undefined) return { status: "fail", findings: [first, ...rest], ...notes };
  const doubt = judged.find((one) => one.doubt !== undefined)?.doubt;
  return doubt === undefined ? outcome : { ...doubt, doubtful: true, ...notes };
}

/** Whether every probe succeeded at the end of each phase, too. */
export function isLasting(trial: TrialFacts): boolean {
  const late = lateProbes(trial).flat();
  return late.length > 0 && late.every(({ probe }) => probe.ok);
}

/** Results at the ends of the phases, those of one probe together; failures first. */
function lateProbes(trial: TrialFacts): readonly (readonly Late[])[] {
  const late = (["read-only", "writable"] as const).flatMap((name) => {
    const run = phaseRun(trial, name);
    return observed(run.observations, "late-probe").map((probe): Late => ({ probe, run }));
  });
  const byProbe = Map.groupBy(late, ({ probe }) => `${probe.why} ${probe.does}`);
  return [...byProbe.values()].map((all) => all.toSorted((a, b) => Number(a.probe.ok) - Number(b.probe.ok)));
}

/** Answers that depend on the number of requests: too early, too many requests, request timeout. */
const TRANSIENT = /\b(?:408|425|429)$/;
/** Answers of the application itself, which no missing service explains. */
const CLEAR = /\b4\d\d$/;
/** Answer of a command that did not end in time. */
const SLOW_COMMAND = /timeout/;

/** Reason why failures prove nothing; undefined if there is none. */
function doubtOf(trial: TrialFacts, all: readonly Late[]): Unproven | undefined {
  const failed = all.filter(({ probe }) => !probe.ok);
  const busy = limitedBy(
    failed.map(({ run }) => run),
    ["processor"],
  );
  if (busy !== undefined) return busy;
  for (const { probe, run } of failed) {
    const answer = answerOf(probe);
    if (TRANSIENT.test(answer)) return open(probe, MANY);
    if (probe.does.startsWith("exec ") && SLOW_COMMAND.test(answer)) return open(probe, SLOW);
    const missing = CLEAR.test(answer) ? undefined : missingDependencies(run, trial.services);
    if (missing !== undefined) return { ...open(probe, missing.what), settle: missing.settle };
  }
  return failed.length < all.length ? failed.map(({ probe }) => open(probe, ONCE)).at(0) : undefined;
}

const MANY: Text = {
  fr: "une limite du nombre de requêtes peut en être la cause",
  en: "a limit of the number of requests may be the cause",
};
const SLOW: Text = {
  fr: "sur une autre machine, la commande finirait peut-être à temps",
  en: "on another machine, the command may end in time",
};
const ONCE: Text = {
  fr: "elle aboutit encore à la fin d'une autre phase",
  en: "it still succeeds at the end of another phase",
};

function open(probe: Observed<"late-probe">, why: Text): Unproven {
  const said = words(probe);
  return {
    status: "unproven",
    reason: { fr: `non observé : ${said.fr} ; ${why.fr}`, en: `not observed: ${said.en}; ${why.en}` },
    settle: {
      fr: "Répondre à la sonde sans limite de requêtes, selon le seul état de l'application, et refaire l'essai.",
      en: "Answer the probe without a limit of requests, by the application's state alone, and repeat the trial.",
    },
  };
}

function answerOf({ error = "?" }: Observed<"late-probe">): string {
  return error;
}

function words(probe: Observed<"late-probe">): Text {
  const [name, answer] = [`${probe.why}Probe ${excerpt(probe.does)}`, excerpt(answerOf(probe))];
  const time = seconds(probe.tookMs);
  return {
    fr: `${name} aboutit au début, puis échoue après les requêtes de l'essai, pendant ${time.fr} (${answer})`,
    en: `${name} succeeds at first, then fails after the trial's requests, for ${time.en} (${answer})`,
  };
}

function finding(id: RuleId, { probe }: Late): Finding {
  return {
    message: words(probe),
    remedy: REMEDIES[probe.why],
    fingerprint: fingerprint(id, "late", probe.why, probe.does),
  };
}

const REMEDIES: Readonly<Record<"readiness" | "liveness", Text>> = {
  readiness: {
    fr: "Corriger ce qui fait échouer la sonde une fois l'application sollicitée : le kubelet la retire du Service.",
    en: "Correct what makes the probe fail once the application has served requests: the kubelet takes it out of the Service.",
  },
  liveness: {
    fr: "Corriger ce qui fait échouer la sonde une fois l'application sollicitée : le kubelet relance le conteneur, encore et encore.",
    en: "Correct what makes the probe fail once the application has served requests: the kubelet restarts the container, again and again.",
  },
};
