import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { ProbeResult } from "../../observations/probe-results.ts";
import { reachOf } from "../../observations/reach.ts";

/** Answers of the kernel for a closed port, to TCP and to HTTP. */
export const REFUSED: ReadonlySet<string | undefined> = new Set(["refused", "ECONNREFUSED"]);

/** Whether the probe would get an answer from the kubelet of an IPv6-only cluster. */
export function isOnIpv6(trial: TrialFacts, { noAnswer, answer, port }: ProbeResult): boolean {
  if (!noAnswer || port === undefined || !REFUSED.has(answer)) return false;
  const reach = reachOf(trial, port);
  return reach.kind === "open" && reach.ipv6;
}

export function onOtherFamily({ why, does }: ProbeResult): Extract<Outcome, { readonly status: "unproven" }> {
  const probe = `${why} ${excerpt(does)}`;
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${probe} est refusée en IPv4, et le port n'est ouvert qu'en IPv6`,
      en: `not observed: ${probe} is refused on IPv4, and the port is open on IPv6 alone`,
    },
    settle: {
      fr: "Écouter sur 0.0.0.0, ou sur :: sans IPV6_V6ONLY ; si le cluster n'a qu'IPv6, l'écrire dans le Service (ipFamilies: [IPv6], ipFamilyPolicy: SingleStack).",
      en: "Listen on 0.0.0.0, or on :: without IPV6_V6ONLY; where the cluster has IPv6 alone, write it into the Service (ipFamilies: [IPv6], ipFamilyPolicy: SingleStack).",
    },
  };
}
