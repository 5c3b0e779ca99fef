import { evaluate } from "../contract/evaluate.ts";
import type { ClusterFacts } from "../contract/evidence.ts";
import { formatPath, parsePath } from "../contract/field-path.ts";
import type { Finding } from "../contract/finding.ts";
import { containerName } from "../contract/pod-containers.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import {
  type InvalidField,
  invalidAt,
  isWindowsPod,
  osPath,
  podField,
  type WorkloadFacts,
} from "../contract/workload-facts.ts";
import { ruleOf } from "../rules/index.ts";
import { type HealthEndpoints, missingPorts, missingProbes, type SeenStarts } from "./probes.ts";
import { CAPABILITIES, REMEDIES, type Remedy } from "./remedies.ts";
import type { Edit } from "./syntax/edit.ts";
import { mountedReadOnly, readOnlyRoot, type WritablePath, writableMounts } from "./writable-paths.ts";

export interface FixOptions {
  readonly cluster: ClusterFacts;
  readonly writable: readonly WritablePath[];
  /** Paths that were written in trials of the workload's images. */
  readonly written?: (workload: WorkloadFacts) => readonly WritablePath[];
  /** Other results of the same trials, by container. */
  readonly seen?: (workload: WorkloadFacts) => SeenStarts;
  readonly endpoints: HealthEndpoints;
  /**
   * Whether containers share the added volumes; otherwise each container gets its own volume, since its root
   * is separate, too.
   */
  readonly inCommon?: boolean;
}

/** Message for the user, with the field that it is about. */
interface Remark {
  readonly message: Text;
  readonly remedy?: Text;
  readonly container?: string;
  /** Path in the document. */
  readonly path: string;
}

/** Planned changes of one workload. */
export interface Plan {
  readonly edits: readonly Edit[];
  /** Settings of the workload that the fix removes. */
  readonly givenUp: readonly Remark[];
  /** Problems that need a human. */
  readonly left: readonly Remark[];
}

/**
 * Plan that makes a workload conform to Restricted and to the contract; empty if the workload already
 * conforms. Probes are never guessed: they come from a trial or from the image's HEALTHCHECK.
 */
export function planFix(
  workload: WorkloadFacts,
  { cluster, writable: asked, written, seen, endpoints, inCommon = false }: FixOptions,
): Plan {
  const writable = [...asked, ...(written?.(workload) ?? [])];
  const findings = [...REMEDIES, CAPABILITIES].map((remedy) => refuted(remedy, workload, cluster));
  const isWindows = isWindowsPod(workload);
  const restricted = findings.slice(0, -1).flatMap(({ edits }) => edits);
  const starts = seen?.(workload) ?? new Map();
  const edits = [
    ...missingPorts(workload, starts),
    ...missingProbes(workload, endpoints, starts),
    ...restricted,
    ...(isWindows ? [] : readOnlyRoot(workload)),
    ...(findings.at(-1)?.edits ?? []),
    ...(isWindows ? [] : writableMounts(workload, writable, inCommon)),
    ...misplaced(workload),
  ];
  return {
    edits: unique(edits).filter(({ path }) => invalidAt(workload, formatPath(path)) === undefined),
    givenUp: findings.flatMap(({ givenUp }) => givenUp),
    left: [
      ...(isWindows ? [windows(workload)] : []),
      ...[...workload.invalid, ...(workload.refused ?? [])].map(invalid),
      ...mountedReadOnly(workload, writable).map(({ placement, path }) => ({
        ...READ_ONLY(excerpt(path)),
        container: containerName(placement),
        path: `${placement.path}.volumeMounts`,
      })),
    ],
  };
}

/** Edits that remove misplaced fields, which have no effect and which a strict API server refuses. */
function misplaced(workload: WorkloadFacts): readonly Edit[] {
  const pod = `${podField(workload, "spec")}.`;
  return (workload.misplaced ?? [])
    .filter((path) => path.startsWith(pod))
    .map((path) => ({ op: "remove", path: parsePath(path) }));
}

interface Refuted {
  readonly edits: readonly Edit[];
  readonly givenUp: readonly Remark[];
}

function refuted(remedy: Remedy, workload: WorkloadFacts, cluster: ClusterFacts): Refuted {
  const outcomes = evaluate([ruleOf(remedy.rule)], { workload, cluster }).map(({ outcome }) => outcome);
  const found = outcomes
    .flatMap((outcome) => (outcome.status === "fail" ? outcome.findings : []))
    .filter(({ at }) => at?.path !== osPath(workload));
  const told = remedy.givesUp ? found.filter((finding) => !isAbsence(finding)) : [];
  return {
    edits: found.flatMap((finding) => remedy.edits(workload, finding.at?.path ?? "")),
    givenUp: told.map(({ message, container, at }) => ({
      message,
      path: at?.path ?? "",
      ...(container === undefined ? {} : { container }),
    })),
  };
}

/** Whether the finding is about a missing value: to capabilities.drop, values are only added. */
function isAbsence({ at }: Finding): boolean {
  return at?.path?.endsWith(".capabilities.drop") === true;
}

function unique(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
}

/** Remark on a field that Kubernetes cannot decode; this field is not edited. */
function invalid({ path, at, problem }: InvalidField): Remark {
  return { message: problem, path: at ?? path };
}

function windows(workload: WorkloadFacts): Remark {
  return {
    message: {
      fr: "pod Windows, que la plateforme n'exécute pas : seccomp, capacités et racine en lecture seule n'y existent pas, rien n'est ajouté",
      en: "a Windows pod, which the platform does not run: seccomp, capabilities and a read-only root do not exist there, nothing is added",
    },
    path: osPath(workload),
  };
}

const READ_ONLY = (path: string) => ({
  message: {
    fr: `${path} est déjà monté en lecture seule : aucun emptyDir n'y est ajouté`,
    en: `${path} is mounted read-only already: no emptyDir is added there`,
  },
  remedy: {
    fr: "Retirer ce montage, ou choisir un autre chemin pour les écritures.",
    en: "Remove that mount, or choose another path to write to.",
  },
});
