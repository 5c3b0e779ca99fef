import type { PodSecurityContextFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import { isSafeSysctl } from "../../start/safe-sysctls.ts";
import type { UnmetInput } from "./injected.ts";

/**
 * Sysctls of the pod that a trial sets, by name: only safe sysctls of the network, which is the pod's own.
 * They are set as root, and other sysctls might affect the host.
 */
export function trialSysctls(
  pod: PodSecurityContextFacts | undefined,
  onUnmetInput: UnmetInput,
): Readonly<Record<string, string>> {
  const kept = (pod?.sysctls ?? []).filter(({ name = "" }) => {
    const sets = name.startsWith("net.") && isSafeSysctl(name);
    if (!sets) onUnmetInput(notSet(name));
    return sets;
  });
  return Object.fromEntries(kept.map(({ name = "", value = "" }) => [name, value]));
}

function notSet(name: string) {
  const shown = name === "" ? '""' : excerpt(name);
  return {
    fr: `l'essai ne règle pas le sysctl ${shown} : il ne règle que ceux du réseau du pod que Kubernetes tient pour sûrs.`,
    en: `the trial does not set the sysctl ${shown}: it sets only those of the pod's network that Kubernetes holds to be safe.`,
  };
}
