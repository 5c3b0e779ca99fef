import { parsePath } from "../../../contract/field-path.ts";
import type { Text } from "../../../contract/text.ts";
import { podField, type WorkloadFacts } from "../../../contract/workload-facts.ts";

/**
 * Path of a misplaced field: in the pod instead of its containers, or in the container itself.
 *
 * @param holder path of the pod's spec, or of a container
 * @param name name relative to the holder: `securityContext.capabilities.drop`
 */
export function misplacedAt(workload: WorkloadFacts, holder: string, name: string): string | undefined {
  const fields = name.split(".");
  const containers = podField(workload, "spec.");
  return workload.misplaced?.find((path) => {
    const last = parsePath(path).at(-1);
    if (typeof last !== "string" || !fields.includes(last)) return false;
    const isOfContainer = /^(?:initC|c|ephemeralC)ontainers\[/.test(path.slice(containers.length));
    return !path.startsWith(containers) || !isOfContainer || path.startsWith(`${holder}.`);
  });
}

/**
 * Message instead of "absent" for a misplaced field.
 *
 * @param place place of the correct field
 */
export function misplacedMessage(path: string, place: Text): Text {
  return {
    fr: `${path} n'est pas à sa place : Kubernetes n'y connaît pas ce champ, qui n'a donc aucun effet ; il va dans ${place.fr}`,
    en: `${path} is misplaced: Kubernetes knows no such field there, so that it has no effect; it belongs in ${place.en}`,
  };
}
