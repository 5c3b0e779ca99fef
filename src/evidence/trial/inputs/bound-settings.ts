import type { ImageFacts } from "../../../contract/image-facts.ts";
import type { RawPlacement } from "../../../contract/placement.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { TrialInputs, TrialSubject } from "../../../contract/trial-subject.ts";
import type { RawWorkload } from "../../../contract/workload-facts.ts";
import { DEFAULT_WAITS } from "../../../trial/default-waits.ts";
import { parseQuantity } from "../../../trial/quantity.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import type { PlacedContainer } from "../placed-container.ts";
import type { TrialSettings } from "../settings.ts";
import { trialSubject } from "../subject.ts";
import { declaredInputs } from "./declared-inputs.ts";
import { objectsOf } from "./object-names.ts";
import { settingsWithin } from "./settings-within.ts";
import { trialInputs } from "./trial-inputs.ts";

interface Tried {
  readonly facts: ImageFacts;
  /** Absent: an image alone. */
  readonly placed?: PlacedContainer;
  readonly objects: NamespaceObjects;
  readonly settings: TrialSettings;
}

/** Settings given to a container, and the binding of its trial. */
export function boundSettings({ facts, placed, objects, settings }: Tried): {
  readonly settings: TrialSettings;
  readonly subject: TrialSubject;
} {
  const { config } = objects;
  const spec = placed?.masked.spec;
  const securityContext = placed?.workload.pod.spec.securityContext;
  const bound = { image: facts, spec, securityContext, config };
  const place = placed && { workload: placed.maskedWorkload, placement: placed.masked };
  const declared = declaredInputs({ placed: place, objects });
  const alone = { settings, given: [], withheld: [] };
  const start = placed === undefined ? undefined : trialSubject({ ...bound, settings: {} });
  const own =
    placed === undefined || start === undefined
      ? alone
      : settingsWithin(settings, {
          declared,
          argv: start.argv,
          cwd: start.cwd,
          grace: graceOf(placed.workload),
          lifetime: lifetimeOf(placed.workload, placed.placement) ?? "server",
        });
  const inputs = trialInputs({
    ...own,
    alone: placed === undefined,
    declared,
    ambiguous: ambiguousObjects(spec, placed?.workload, objects),
    ...limitsOf(spec, own.settings),
  });
  const subject = trialSubject({ ...bound, settings: own.settings });
  const given = own.given.flatMap(({ place }) => (place.startsWith("env ") ? [place.slice(4)] : []));
  const envNames = [...new Set([...subject.envNames, ...given])].toSorted();
  return { settings: own.settings, subject: { ...subject, envNames, inputs } };
}

/** Lifetime by the manifest; undefined for an image without one, whose settings decide. */
export function lifetimeOf(
  workload: Pick<RawWorkload, "lifetime"> | undefined,
  placement: Pick<RawPlacement, "role"> | undefined,
): "server" | "batch" | undefined {
  if (workload === undefined) return undefined;
  // Init containers run to their end before others start; the kubelet restarts sidecars.
  if (placement?.role === "init") return "batch";
  if (placement?.role === "sidecar") return "server";
  return workload.lifetime === "batch" ? "batch" : "server";
}

/** Seconds. */
export function graceOf({ pod }: Pick<RawWorkload, "pod">): number {
  return pod.spec.terminationGracePeriodSeconds ?? DEFAULT_WAITS.graceMs / 1_000;
}

/** Bytes; undefined: neither manifest nor settings name a limit. */
function memoryLimit(
  spec: Pick<ContainerFacts, "resources"> | undefined,
  { memory }: Pick<TrialSettings, "memory">,
): number | undefined {
  const bytes = parseQuantity(spec?.resources?.limits?.["memory"] ?? memory ?? "");
  return bytes === undefined || bytes <= 0 ? undefined : Math.floor(bytes);
}

/** Processors; undefined: neither manifest nor settings name a limit. */
function processorLimit(
  spec: Pick<ContainerFacts, "resources"> | undefined,
  { cpu }: Pick<TrialSettings, "cpu">,
): number | undefined {
  const cpus = parseQuantity(spec?.resources?.limits?.["cpu"] ?? cpu ?? "");
  return cpus === undefined || cpus <= 0 ? undefined : cpus;
}

/** Limits that manifest or settings name. */
export function limitsOf(
  spec: Pick<ContainerFacts, "resources"> | undefined,
  settings: Pick<TrialSettings, "memory" | "cpu">,
): Pick<TrialInputs, "memoryBytes" | "cpus"> {
  const [memoryBytes, cpus] = [memoryLimit(spec, settings), processorLimit(spec, settings)];
  return {
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(cpus === undefined ? {} : { cpus }),
  };
}

/** Objects used by a container that exist several times with different contents. */
export function ambiguousObjects(
  spec: ContainerFacts | undefined,
  workload: RawWorkload | undefined,
  { isAmbiguous }: Pick<NamespaceObjects, "isAmbiguous">,
): readonly string[] {
  if (spec === undefined) return [];
  const named = objectsOf(spec, workload?.pod.spec.volumes ?? []);
  return named.filter(({ kind, name }) => isAmbiguous(kind, name)).map(({ kind, name }) => `${kind} ${name}`);
}
