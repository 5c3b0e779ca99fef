import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { controller, cronJob, job, type Manifest, pod } from "../../fixtures/manifests.ts";
import type { Case } from "../case.ts";
import { manifests } from "./folder.ts";

type Rows = Readonly<Partial<Record<RowId, Answer>>>;

/** A workload as published: its authors' pod fields, without defaults of ours. */
export interface Published {
  readonly kind?: "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob" | "Pod";
  readonly containers: readonly Manifest[];
  /** Fields of the pod's spec, besides the containers. */
  readonly pod?: Manifest;
  /** Fields of the workload's spec, besides the template. */
  readonly spec?: Manifest;
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** Rows 1 to 4 of a pod without security fields. */
const SAYS_NOTHING: Rows = {
  "non-root": "no",
  "no-host-access": "yes",
  "no-escalation": "no",
  seccomp: "no",
};

/** The rows of clauses 1.2 to 1.4, from which row 10 is derived. */
const DERIVED_FROM: readonly RowId[] = [
  "read-only-root",
  "stdout-logs",
  "no-baked-state",
  "bind-all",
  "health",
  "env-config",
  "stateless",
];

/**
 * A published workload whose image is not read; `rows` has the differences from a pod without security
 * fields, and row 10 by its derivation.
 */
export function published(name: string, workload: Published, rows: Rows, why: string): Case {
  const answers: Rows = { ...SAYS_NOTHING, "no-baked-state": "unproven", stateless: "unproven", ...rows };
  const refuted = DERIVED_FROM.some((id) => answers[id] === "no");
  return {
    name,
    given: manifests(objectOf(workload)),
    expect: { ...answers, "twelve-factor": refuted ? "no" : "unproven" },
    why,
  };
}

function objectOf({ kind = "Deployment", containers, pod: rest, spec, podAnnotations }: Published): Manifest {
  const sketch = {
    pod: { ...rest, containers: containers.map((one, at) => ({ name: `c${at}`, ...one })) },
    ...(spec === undefined ? {} : { spec }),
    ...(podAnnotations === undefined ? {} : { podAnnotations }),
  };
  if (kind === "Pod") return pod(sketch);
  if (kind === "Job") return job(sketch);
  return kind === "CronJob" ? cronJob(sketch) : controller("apps/v1", kind, sketch, {});
}

/** A variable from a Secret. */
export function fromSecret(name: string, secret: string, key: string): Manifest {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

/** A variable from a ConfigMap. */
export function fromConfig(name: string, map: string, key: string): Manifest {
  return { name, valueFrom: { configMapKeyRef: { name: map, key } } };
}

/** Ports of a container. */
export function ports(...numbers: readonly number[]): readonly Manifest[] {
  return numbers.map((containerPort) => ({ containerPort }));
}

/** A readiness and a liveness probe that ask alike. */
export function bothProbes(probe: Manifest): Manifest {
  return { readinessProbe: probe, livenessProbe: probe };
}
