/**
 * Kinds of decisions. `exempt`: in a namespace that the policy names; `reported`: a mirror pod, which runs
 * whatever the answer, or a pod that a watcher found; it never counts as admitted; `warned`: a controller, whose pods are judged when
 * they are created; `observed`: a pod with causes against it, admitted while the policy only observes it;
 * `released`: a pod that could not be examined, admitted by a release; `release`: a release, made by a
 * person; `grace`: a pod that new data or rules refuse, admitted in the grace period of its subject; `changed`: the verdict on a running workload, or what will change it soon.
 */
export type DecisionKind =
  | "admitted"
  | "refused"
  | "exempt"
  | "reported"
  | "warned"
  | "observed"
  | "released"
  | "release"
  | "grace"
  | "changed";

/** Kinds of decisions after which a judged pod runs. */
export const LETS_IN: Readonly<Record<DecisionKind, boolean>> = {
  admitted: true,
  refused: false,
  exempt: false,
  reported: false,
  warned: false,
  observed: true,
  released: true,
  release: false,
  grace: true,
  changed: false,
};

/**
 * Changes of the verdict on a running subject: of a row (`row-…`), of a finding that does not change its row
 * (`finding-…`), of a vulnerability's severity, or of its exploitation (`vulnerability-exploited`); and coming ones: an
 * acceptance or evidence that counts no longer soon. `row-in-force`: a future row that decides from today on;
 * `grace-period`: the subject restarts until a time.
 */
export const VERDICT_CHANGES = [
  "row-refused",
  "row-unproven",
  "row-settled",
  "finding-added",
  "finding-changed",
  "severity-changed",
  "vulnerability-exploited",
  "acceptance-ending",
  "evidence-ending",
  "row-in-force",
  "grace-period",
] as const;
export type VerdictChange = (typeof VERDICT_CHANGES)[number];

/**
 * Findings of a watcher about a pod. `image-differs`: another image runs than the admitted one; `image-unresolved`: the
 * running image cannot be told; `pod-unadmitted`: no decision let the pod in as it is; `pod-earlier`: the pod was created
 * before decisions were recorded; `mirror-pod`: a kubelet starts the pod, whatever is decided.
 */
export type FindingReason =
  | "image-differs"
  | "image-unresolved"
  | "pod-unadmitted"
  | "pod-earlier"
  | "mirror-pod";
