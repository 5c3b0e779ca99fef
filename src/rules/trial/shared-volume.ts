import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";

/** Outcome for files that another container of the pod, with the same user, may have written. */
export function writtenByAny(
  paths: readonly [string, ...string[]],
): Extract<Outcome, { readonly status: "unproven" }> {
  const [path] = paths;
  const more = paths.length > 1 ? "…" : "";
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${excerpt(path)}${more} a pu être écrit par un autre conteneur du même pod, qui monte le même volume`,
      en: `not observed: ${excerpt(path)}${more} may have been written by another container of the same pod, which mounts the same volume`,
    },
    settle: {
      fr: "Monter le volume en lecture seule (readOnly: true) dans les conteneurs qui ne font qu'y lire, ou donner à chacun son utilisateur (runAsUser).",
      en: "Mount the volume read-only (readOnly: true) in containers that only read it, or give each a user of its own (runAsUser).",
    },
  };
}
