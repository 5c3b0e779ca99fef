import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { causeAmong } from "../../observations/cause-line.ts";
import { endWords } from "../../observations/exit-words.ts";
import type { Observed } from "../../observations/observed.ts";
import { seconds } from "../../observations/seconds.ts";
import { hookFailure, unprovenHook } from "./hook-failure.ts";

/** Words for the application's stop, and for the part of preStop in it. */
export function stoppedWords(
  { settings }: TrialFacts,
  exit: Observed<"exit">,
  preStop: Observed<"hook"> | undefined,
): Text {
  const [end, after, signal] = [endWords(exit), seconds(exit.afterMs), excerpt(settings.stopSignal)];
  const took = seconds(preStop?.tookMs ?? 0);
  if (preStop?.error === "ended") {
    return {
      fr: `arrêtée par preStop en ${took.fr} (${end.fr})`,
      en: `stopped by preStop within ${took.en} (${end.en})`,
    };
  }
  const stopped = {
    fr: `arrêtée ${after.fr} après ${signal} (${end.fr})`,
    en: `stopped ${after.en} after ${signal} (${end.en})`,
  };
  if (preStop === undefined) return stopped;
  return {
    fr: `${stopped.fr}, envoyé à la fin de preStop (${took.fr})`,
    en: `${stopped.en}, sent at the end of preStop (${took.en})`,
  };
}

/**
 * Outcome for an application that was killed; the grace period includes preStop.
 *
 * @param said output since the signal
 */
export function forced(
  id: RuleId,
  { settings: { graceMs, stopSignal } }: TrialFacts,
  exit: Observed<"exit">,
  { preStop, said }: { readonly preStop: Observed<"hook"> | undefined; readonly said: readonly string[] },
): Finding {
  const reaction = reactionOf(said, excerpt(stopSignal));
  const [grace, signal] = [seconds(graceMs), excerpt(stopSignal)];
  const key = fingerprint(id, "forced");
  if (preStop === undefined) {
    return {
      message: {
        fr: `l'application tournait encore ${grace.fr} après ${signal}, et a été tuée${reaction.said.fr}`,
        en: `the application still ran ${grace.en} after ${signal}, and was killed${reaction.said.en}`,
      },
      ...(reaction.remedy === undefined ? {} : { remedy: reaction.remedy }),
      fingerprint: key,
    };
  }
  const [took, left] = [seconds(preStop.tookMs), seconds(exit.afterMs)];
  return {
    message: {
      fr: `preStop a pris ${took.fr} sur les ${grace.fr} du délai de grâce, et l'application, qui tournait encore ${left.fr} après ${signal}, a été tuée`,
      en: `preStop took ${took.en} of the grace period of ${grace.en}, and the application, which still ran ${left.en} after ${signal}, was killed`,
    },
    ...(preStop.tookMs > exit.afterMs ? { remedy: LONGER } : {}),
    fingerprint: key,
  };
}

/**
 * Output in reaction to the signal. The output shows that the application handles the signal, but does not
 * end in time.
 */
function reactionOf(
  said: readonly string[],
  signal: string,
): { readonly said: Text; readonly remedy: Text | undefined } {
  const line = causeAmong(said);
  if (line === undefined) return { said: { fr: "", en: "" }, remedy: undefined };
  const shown = excerpt(line);
  return {
    said: { fr: ` ; à ce signal, elle a dit : ${shown}`, en: `; on that signal it said: ${shown}` },
    remedy: {
      fr: `L'application réagit à ${signal}, sans s'arrêter à temps : régler ce qu'elle en dit, raccourcir ce qu'elle attend, ou allonger terminationGracePeriodSeconds (pendant l'essai, trial.grace).`,
      en: `The application handles ${signal}, but does not end in time: fix what its output shows, shorten what it waits for, or raise terminationGracePeriodSeconds (during the trial, trial.grace).`,
    },
  };
}

/** Outcome for a preStop that failed or was interrupted. */
export function failedPreStop(id: RuleId, trial: TrialFacts): Outcome | undefined {
  const failure = hookFailure(trial, "preStop");
  if (failure === undefined) return undefined;
  if (failure.missing !== undefined) return unprovenHook(failure, failure.missing);
  const { name, answer, event } = failure;
  const grace = seconds(trial.settings.graceMs);
  const finding: Finding =
    event.error === "timeout"
      ? {
          message: {
            fr: `${name} n'est pas terminé à la fin du délai de grâce (${grace.fr}) : le kubelet ne laisse alors à l'application que 2 s pour s'arrêter`,
            en: `${name} had not ended when the grace period (${grace.en}) was over: the kubelet then leaves the application 2 s to stop`,
          },
          remedy: LONGER,
          fingerprint: fingerprint(id, "preStop", "cut"),
        }
      : {
          message: {
            fr: `${name} échoue (${answer}) : le signal d'arrêt arrive sans ce qu'il devait préparer`,
            en: `${name} fails (${answer}): the stop signal comes without what it was to prepare`,
          },
          remedy: {
            fr: "Corriger la commande ou le port du preStop, ou écrire « preStop: { sleep: { seconds: 5 } } ».",
            en: "Correct preStop's command or port, or write `preStop: { sleep: { seconds: 5 } }`.",
          },
          fingerprint: fingerprint(id, "preStop", "failed"),
        };
  return { status: "fail", findings: [finding] };
}

const LONGER: Text = {
  fr: "Raccourcir preStop, ou allonger terminationGracePeriodSeconds (pendant l'essai, trial.grace).",
  en: "Shorten preStop, or raise terminationGracePeriodSeconds (during the trial, trial.grace).",
};

/** @param whole duration of preStop and stop together, in milliseconds */
export function tooLong(
  id: RuleId,
  { settings: { graceMs } }: TrialFacts,
  whole: number,
): readonly Finding[] {
  if (whole <= graceMs) return [];
  const [both, grace] = [seconds(whole), seconds(graceMs)];
  return [
    {
      message: {
        fr: `preStop et l'arrêt prennent ensemble ${both.fr}, plus que le délai de grâce (${grace.fr}) : seules les 2 s que le kubelet accorde en plus évitent de tuer l'application`,
        en: `preStop and the stop together take ${both.en}, more than the grace period (${grace.en}): only the 2 s that the kubelet gives besides keep the application from being killed`,
      },
      remedy: LONGER,
      fingerprint: fingerprint(id, "preStop", "long"),
    },
  ];
}
