import type { Collected } from "../../contract/evidence.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";

type Given = Pick<Collected, "image" | "placement"> & { readonly trial: TrialFacts };

/** Values of the variables that the container was given, with its words of command; and whether that is all it was given. */
export function knownValues({ trial, image, placement }: Given): {
  readonly values: readonly string[];
  /** Variables or files whose content is not known here could have said more. */
  readonly complete: boolean;
} {
  const known = new Map<string, string>();
  for (const entry of image?.config.env ?? []) {
    const at = entry.indexOf("=");
    if (at > 0) known.set(entry.slice(0, at), entry.slice(at + 1));
  }
  for (const { name = "", value, valueFrom } of placement?.spec.env ?? []) {
    if (valueFrom === undefined) known.set(name, value ?? "");
    else known.delete(name);
  }
  // HOME, HOSTNAME and PATH come from the runtime.
  const unknown = trial.envNames.filter(
    (name) => !known.has(name) && !/^(?:HOME|HOSTNAME|PATH|TERM)$/.test(name),
  );
  const files = trial.mounts.some((mount) => mount !== "/tmp");
  return { values: [...trial.argv, ...known.values()], complete: unknown.length === 0 && !files };
}
