import type { Outcome } from "../../contract/rule.ts";

/**
 * Outcome for a probe's command that did not end in time at any try, of an application that runs: the kubelet
 * counts a failure each time.
 *
 * @param probe probe and answer, for the sentence
 */
export function slowCommand(probe: string): Extract<Outcome, { readonly status: "unproven" }> {
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `pendant l'essai, la commande n'a jamais fini dans son timeoutSeconds (1 s par défaut) : ${probe}`,
      en: `during the trial, the command never ended within its timeoutSeconds (1 s by default): ${probe}`,
    },
    settle: {
      fr: "Alléger la commande de la sonde, ou augmenter timeoutSeconds, et refaire l'essai.",
      en: "Make the probe's command cheaper, or raise timeoutSeconds, and repeat the trial.",
    },
  };
}
