import type { ImageFacts } from "../../../contract/image-facts.ts";
import type { RawPlacement } from "../../../contract/pod-containers.ts";
import { serviceAccountOf } from "../../../contract/pod-defaults.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { TrialInputs, TrialSubject } from "../../../contract/trial-subject.ts";
import type { RawWorkload } from "../../../contract/workload-facts.ts";
import { maskCommand } from "../../../secrets/command-secrets.ts";
import { DEFAULT_WAITS } from "../../../trial/default-waits.ts";
import { parseQuantity } from "../../../trial/quantity.ts";
import { selects } from "../called-ports.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import type { PlacedContainer } from "../placed-container.ts";
import type { TrialSettings } from "../settings.ts";
import { trialSubject } from "../subject.ts";
import type { InputPlace } from "./declared-input.ts";
import { declaredInputs } from "./declared-inputs.ts";
import { objectsOf } from "./object-names.ts";
import { settingsWithin } from "./settings-within.ts";
import { trialInputs } from "./trial-inputs.ts";

interface Tried {
  readonly facts: ImageFacts;
  /** Place in a manifest; absent for an image alone. */
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
          isSameStart: (args) => {
            const own = { ...spec, args: maskCommand(args) };
            return isSameList(trialSubject({ ...bound, spec: own, settings: {} }).argv, start.argv);
          },
          imageEnv: facts.config.env,
          probeCommands: commandsOf(spec),
          grace: graceOf(placed.workload),
          lifetime: lifetimeOf(placed.workload, placed.placement) ?? "server",
        });
  const inputs = trialInputs({
    ...own,
    alone: placed === undefined,
    declared,
    ambiguous: ambiguousObjects(spec, placed?.workload, objects),
    ...limitsOf(placed, own.settings),
  });
  const subject = trialSubject({ ...bound, settings: own.settings });
  const given = own.given.flatMap(({ place }) => (place.startsWith("env ") ? [place.slice(4)] : []));
  const envNames = [...new Set([...subject.envNames, ...given])].toSorted();
  return { settings: own.settings, subject: { ...subject, envNames, inputs } };
}

function commandsOf({
  startupProbe,
  readinessProbe,
  livenessProbe,
}: ContainerFacts = {}): readonly (readonly string[])[] {
  return [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => {
    const { command } = probe?.exec ?? {};
    return command === undefined ? [] : [command];
  });
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Lifetime by the manifest; undefined for an image alone, whose settings decide. */
export function lifetimeOf(
  workload: Pick<RawWorkload, "lifetime"> | undefined,
  placement: Pick<RawPlacement, "role"> | undefined,
): "server" | "batch" | undefined {
  if (workload === undefined) return undefined;
  // Init containers run to their end before others start; sidecars are restarted by the kubelet.
  if (placement?.role === "init") return "batch";
  if (placement?.role === "sidecar") return "server";
  return workload.lifetime === "batch" ? "batch" : "server";
}

/** Grace period in seconds. */
export function graceOf({ pod }: Pick<RawWorkload, "pod">): number {
  return pod.spec.terminationGracePeriodSeconds ?? DEFAULT_WAITS.graceMs / 1_000;
}

/** Limits of the manifest, the smaller limit of container and pod; otherwise those of the settings. */
export function limitsOf(
  placed: InputPlace | undefined,
  settings: Pick<TrialSettings, "memory" | "cpu">,
): Pick<TrialInputs, "memoryBytes" | "cpus"> {
  const bytes = smallest(placed, "memory") ?? amount(settings.memory);
  const cpus = smallest(placed, "cpu") ?? amount(settings.cpu);
  return {
    ...(bytes === undefined ? {} : { memoryBytes: Math.floor(bytes) }),
    ...(cpus === undefined ? {} : { cpus }),
  };
}

function smallest(placed: InputPlace | undefined, resource: "memory" | "cpu"): number | undefined {
  const limits = [placed?.placement.spec, placed?.workload.pod.spec].flatMap(
    (one) => amount(one?.resources?.limits?.[resource]) ?? [],
  );
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** Parsed quantity; undefined for 0, which Kubernetes treats as no limit. */
function amount(quantity = ""): number | undefined {
  const value = parseQuantity(quantity);
  return value === undefined || value <= 0 ? undefined : value;
}

/**
 * Objects used by a container that exist several times with different contents; also Services that give it
 * variables or target its pod.
 */
export function ambiguousObjects(
  spec: ContainerFacts | undefined,
  workload: RawWorkload | undefined,
  objects: Pick<NamespaceObjects, "isAmbiguous" | "isAmbiguousAccount" | "ambiguousServices">,
): readonly string[] {
  if (spec === undefined) return [];
  const { isAmbiguous, isAmbiguousAccount, ambiguousServices } = objects;
  const pod = workload?.pod;
  const account = serviceAccountOf(pod?.spec);
  const isOfAccount = pod !== undefined && pod.spec.automountServiceAccountToken === undefined;
  const named = objectsOf(spec, pod?.spec.volumes ?? []);
  const isLinked = pod?.spec.enableServiceLinks !== false;
  const services = ambiguousServices.filter((all) => isLinked || all.some((one) => selects(one, pod.labels)));
  return [
    ...named.filter(({ kind, name }) => isAmbiguous(kind, name)).map(({ kind, name }) => `${kind} ${name}`),
    ...(isOfAccount && isAmbiguousAccount(account) ? [`ServiceAccount ${account}`] : []),
    ...services.flatMap(([first]) => (first === undefined ? [] : [`Service ${first.name}`])),
  ];
}
