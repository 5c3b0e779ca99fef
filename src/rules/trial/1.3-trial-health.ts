// During the trial, the declared probes succeed (contract 1.3: health endpoints).
//
//   a declared probe with an error, or without a listener while the application listens elsewhere       fail
//   a probe without a listener on either root for the whole wait, if the application stays up           fail
//   a probe refused on the pod's IPv4 address, to a port that is open on its IPv6 address only          unproven
//   the same while a dependency is missing, the machine is too busy, or no container is up yet          unproven
//   a redirection to the same host whose end is an error: the kubelet follows 9 of them                 fail
//   a redirection of a trial that followed none                                                         unproven
//   declared probes succeed                                                                             pass
//   a probe that succeeded fails for 10 s at the end of every phase, after the requests                 fail
//   the same at the end of one phase alone, or with a missing dependency, a limit of requests           unproven
//   a redirection to another host, which the kubelet counts as success without following                note
//   a probe with the same answer as any path: a catch-all proves nothing                                note
//   a probe of the manifest unknown to the trial, whose path the trial requested without success        fail
//   every answer of a path later than timeoutSeconds; a start that outlasts its probe (ADR 0189)        fail
//   the same, so close that another machine may decide otherwise                                        unproven
//   none declared: the paths that best reflect the state are proposed, otherwise `/`      unproven, with notes
//   batch                                                                                               n/a

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { finalStatus } from "../../contract/http-answer.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts, TrialObservation } from "../../contract/trial-facts.ts";
import { healthAnswers } from "../../observations/health-answers.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { isLoopback } from "../../observations/listen-address.ts";
import { missingDependencies } from "../../observations/missing-dependencies.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { type ProbeResult, probeResults } from "../../observations/probe-results.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { asDeployed } from "./deployed-runs.ts";
import { grpcWords } from "./grpc-words.ts";
import { hollow } from "./hollow-probe.ts";
import { isLasting, withLateProbes } from "./late-probes.ts";
import { isOnIpv6, onOtherFamily, REFUSED } from "./other-family.ts";
import { withTimes } from "./probe-times.ts";
import { proposedProbes, proposedTcpProbe } from "./proposed-probes.ts";
import { redirectedAway, unfollowed } from "./redirected-probes.ts";
import { type RefusedPath, refusedPaths } from "./refused-paths.ts";
import { slowCommand } from "./slow-command.ts";
import { trialConditions } from "./trial-conditions.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

const ID = "1.3-trial-health";
const SHOWN = 20;
/** Maximum number of proposals per port; further answers add nothing. */
const BEST = 2;

export const trialHealth = defineRule({
  id: ID,
  rows: ["health"],
  title: {
    fr: "Pendant l'essai, les sondes déclarées aboutissent",
    en: "During the trial, the declared probes succeed",
  },
  why: {
    fr: "Une readinessProbe qui n'aboutit jamais laisse le conteneur hors du Service, une livenessProbe le relance en boucle.",
    en: "A readinessProbe that never succeeds keeps the container out of the Service, a livenessProbe restarts it in a loop.",
  },
  remedy: {
    fr: "Corriger le chemin ou le port de la sonde, ou le code qui y répond.",
    en: "Correct the probe's path or port, or the code that answers it.",
  },
  needs: ["trial"],
  uses: ["placement", "workload"],
  check(given) {
    const { placement } = given;
    const trial = asDeployed(given);
    if (trial.settings.lifetime === "batch") return BATCH;
    const results = probeResults(trial).slice(0, SHOWN);
    const outcome =
      results.length === 0
        ? withRefused(discovered(trial), trial, refusedPaths(trial, placement?.spec))
        : answered(trial, results, given.trial);
    return withLateProbes(ID, withTimes(outcome, trial, placement?.spec), trial);
  },
});

/** @param whole trial with the phases on both roots */
function answered(trial: TrialFacts, results: readonly ProbeResult[], whole: TrialFacts): Outcome {
  const failing = results.filter(({ ok }) => !ok);
  const onIpv6 = failing.filter((result) => isOnIpv6(trial, result));
  const findings = failing
    .filter((result) => !onIpv6.includes(result))
    .filter((result) => !isExcused(result) || isNeverHeard(whole, result))
    .map(failed);
  const [open] = failing;
  if (open === undefined)
    return outcomeOf({ findings }, unfollowed(trial, results) ?? succeeded(trial, results));
  return outcomeOf({ findings }, doubtful(open === onIpv6[0] ? onOtherFamily(open) : excused(trial, open)));
}

/** The outcome as a doubt: a probe that never succeeded contradicts the manifest, whatever the reason. */
function doubtful(outcome: Unproven): Unproven {
  return { ...outcome, doubtful: true };
}

function succeeded(trial: TrialFacts, results: readonly ProbeResult[]): Outcome {
  const list = results
    .map(({ why, does, answer }) => `${why} ${excerpt(does)}${answer === "" ? "" : ` (${excerpt(answer)})`}`)
    .join(", ");
  const seen = trialConditions(trial);
  const when = isLasting(trial)
    ? { fr: ", aussi après les requêtes", en: ", also after the requests" }
    : { fr: "", en: "" };
  return {
    status: "pass",
    proof: {
      fr: `sondes abouties${when.fr} : ${list}, ${seen.fr}`,
      en: `probes that succeeded${when.en}: ${list}, ${seen.en}`,
    },
    notes: results.flatMap((result) => [...hollow(ID, trial, result), ...redirectedAway(ID, result)]),
  };
}

const BATCH: Outcome = {
  status: "n/a",
  reason: { fr: "tâche batch : elle n'a pas besoin de sondes", en: "a batch task: it needs no probes" },
};

/** Whether the failure may have a reason other than the application. */
function isExcused({ run, noAnswer, http, port, does, answer }: ProbeResult): boolean {
  const status = (http === undefined ? undefined : finalStatus(http)) ?? 0;
  const isClear = status >= 400 && status < 500 && !TRANSIENT.has(status);
  if (!isClear && limitedBy([run], ["processor"]) !== undefined) return true;
  if (run.exit?.by === "itself" || run.state === "hindered") return true;
  if (isClear) return false;
  if (does.startsWith("grpc ") && /^UNIMPLEMENTED\b/.test(answer)) return false;
  if (missingDependencies(run) !== undefined) return true;
  if (!noAnswer) return false;
  const listeners = observed(run.observations, "listener");
  return does.startsWith("exec ") || listeners.every((one) => one.port !== port && isLoopback(one.address));
}

/**
 * Whether no process ever listened at the probe's port: connections were refused throughout every phase,
 * while the application ran, was observed on both roots, and missed no dependency.
 */
function isNeverHeard(trial: TrialFacts, { noAnswer, answer, port, does }: ProbeResult): boolean {
  if (!noAnswer || port === undefined || !REFUSED.has(answer)) return false;
  const runs = (["read-only", "writable"] as const).map((name) => phaseRun(trial, name));
  return runs.every((run) => {
    const { ready, exit, observations } = run;
    const hasStayed = STAYED.has(run.state) && ready?.by === "nothing" && exit?.by !== "itself";
    const asked = observations.some((one) => isRefusal(one, port, does));
    const free =
      missingDependencies(run) === undefined && limitedBy([run], ["processor", "memory"]) === undefined;
    return hasStayed && asked && free && ready.afterMs >= trial.settings.readyMs;
  });
}

function isRefusal(one: TrialObservation, port: number, does: string): boolean {
  if (one.kind === "http") return one.port === port && REFUSED.has(one.error);
  return one.kind === "probe" && `${one.does} ${one.target}` === does && REFUSED.has(one.error);
}

/**
 * States of phases in which the application stayed up; a listener on another port is possible, such as a
 * debugger.
 */
const STAYED: ReadonlySet<PhaseRun["state"]> = new Set(["unready", "serving"]);

/** Statuses of temporary refusals: request timeout, too early, too many requests. */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429]);

function excused(trial: TrialFacts, { run, why, does, answer }: ProbeResult): Unproven {
  const busy = limitedBy([run], ["processor"]);
  if (busy !== undefined) return busy;
  if (!worked(run)) return unobserved(trial, run);
  const missing = missingDependencies(run, trial.services);
  const probe = `${why} ${excerpt(does)} (${excerpt(answer)})`;
  if (missing === undefined && does.startsWith("exec ")) return slowCommand(probe);
  if (missing === undefined) {
    return {
      status: "unproven",
      reason: {
        fr: `non observé : personne ne répond à ${probe}`,
        en: `not observed: nobody answers ${probe}`,
      },
      settle: {
        fr: "Allonger trial.readyTimeout (douane.yaml).",
        en: "Raise trial.readyTimeout (douane.yaml).",
      },
    };
  }
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${probe} échoue, ${missing.what.fr}`,
      en: `not observed: ${probe} fails, ${missing.what.en}`,
    },
    settle: missing.settle,
  };
}

function failed({ why, does, answer }: ProbeResult): Finding {
  const probe = `${why}Probe ${excerpt(does)}`;
  const meant = does.startsWith("grpc ") ? grpcWords(answer) : undefined;
  return {
    message: {
      fr: `${probe} échoue : ${excerpt(answer)}${meant === undefined ? "" : ` (${meant.fr})`}`,
      en: `${probe} fails: ${excerpt(answer)}${meant === undefined ? "" : ` (${meant.en})`}`,
    },
    fingerprint: fingerprint(ID, why, does),
  };
}

function discovered(trial: TrialFacts): Outcome {
  const runs = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")] as const;
  if (!runs.some(worked)) return unobserved(trial, runs[0]);
  const { found, homes, catchAll, notHttp } = healthAnswers(trial);
  const best = [...Map.groupBy(found, ({ port }) => port).values()].map((all) => all.slice(0, BEST));
  const notes = [
    ...[...best, ...homes.map((home) => [home])]
      .slice(0, SHOWN)
      .flatMap((answers) => proposedProbes(ID, answers)),
    ...notHttp.map((port) => proposedTcpProbe(ID, port)),
  ];
  const settle = {
    fr: "Déclarer readinessProbe et livenessProbe dans le manifeste, ou trial.probes (douane.yaml).",
    en: "Declare readinessProbe and livenessProbe in the manifest, or trial.probes (douane.yaml).",
  };
  if (found.length === 0 && catchAll.length > 0) {
    const list = catchAll.join(", ");
    return {
      status: "unproven",
      reason: {
        fr: `aucune sonde déclarée, et le port ${list} répond de même à tout chemin, ce qui ne prouve rien`,
        en: `no probe declared, and port ${list} answers every path alike, which proves nothing`,
      },
      settle,
      notes,
    };
  }
  return {
    status: "unproven",
    reason: { fr: "aucune sonde déclarée pour l'essai", en: "no probe was declared for the trial" },
    settle,
    notes,
  };
}

/** The outcome, which proposes a path that answered instead of the refused path. */
function withRefused(outcome: Outcome, trial: TrialFacts, refused: readonly RefusedPath[]): Outcome {
  const [best] = healthAnswers(trial).found;
  const findings = refused.map(({ field, answer: { port, path, status } }): Finding => {
    const asks = `${field} GET :${port}${excerpt(path)}`;
    const instead = best === undefined ? undefined : `GET :${best.port}${excerpt(best.path)}`;
    return {
      message: {
        fr: `${asks} échoue : pendant l'essai, ce chemin a répondu ${status}`,
        en: `${asks} fails: during the trial, this path answered ${status}`,
      },
      ...(instead === undefined || best === undefined
        ? {}
        : {
            remedy: {
              fr: `Interroger ${instead}, qui a répondu ${best.status} pendant l'essai.`,
              en: `Ask ${instead}, which answered ${best.status} during the trial.`,
            },
          }),
      fingerprint: fingerprint(ID, field, String(port), path),
    };
  });
  return findings.length === 0 ? outcome : outcomeOf({ findings }, outcome);
}
