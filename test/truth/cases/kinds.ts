// Forms of a workload: kinds, lists, several documents, several containers.

import {
  container,
  cronJob,
  daemonSet,
  deployment,
  job,
  list,
  pod,
  podSpec,
  rollout,
  statefulSet,
} from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

const BAD = { containers: [container({ securityContext: { privileged: true } })] };

export const cases: Cases = [
  {
    name: "a List of two, the second privileged",
    given: manifests(list(web(), deployment({ name: "b", pod: podSpec(BAD) }))),
    expect: { "no-host-access": "no" },
    why: "Every item of a List is judged.",
  },
  {
    name: "a StatefulSet",
    given: manifests(statefulSet({ pod: podSpec(BAD) })),
    expect: { "no-host-access": "no" },
    why: "Judged as a Deployment is.",
  },
  {
    name: "a DaemonSet",
    given: manifests(daemonSet({ pod: podSpec(BAD) })),
    expect: { "no-host-access": "no" },
    why: "Judged as a Deployment is.",
  },
  {
    name: "an Argo Rollout",
    given: manifests(rollout({ pod: podSpec(BAD) })),
    expect: { "no-host-access": "no" },
    why: "It holds a pod template.",
  },
  {
    name: "a Job",
    given: manifests(job({ pod: podSpec({ ...BAD, restartPolicy: "Never" }) })),
    expect: { "no-host-access": "no", health: "n/a" },
    why: "Judged, without probes.",
  },
  {
    name: "a CronJob",
    given: manifests(cronJob({ pod: podSpec({ ...BAD, restartPolicy: "Never" }) })),
    expect: { "no-host-access": "no" },
    why: "Its template lies one level deeper.",
  },
  {
    name: "a Pod",
    given: manifests(pod({ pod: podSpec(BAD) })),
    expect: { "no-host-access": "no" },
    why: "The pod itself.",
  },
  {
    name: "a ReplicationController",
    given: manifests({
      apiVersion: "v1",
      kind: "ReplicationController",
      metadata: { name: "a" },
      spec: { template: { spec: podSpec(BAD) } },
    }),
    expect: { "no-host-access": "no" },
    why: "An old controller is one all the same.",
  },
  {
    name: "a ReplicaSet",
    given: manifests({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "a" },
      spec: { selector: {}, template: { spec: podSpec(BAD) } },
    }),
    expect: { "no-host-access": "no" },
    why: "A controller.",
  },
  {
    name: "a Knative Service",
    given: manifests({
      apiVersion: "serving.knative.dev/v1",
      kind: "Service",
      metadata: { name: "a" },
      spec: { template: { spec: podSpec(BAD) } },
    }),
    expect: { "no-host-access": "no" },
    why: "It holds a pod template.",
  },
  {
    name: "a Pod that restarts Never, without probes",
    given: manifests(
      pod({
        pod: podSpec({
          restartPolicy: "Never",
          containers: [server({ readinessProbe: undefined, livenessProbe: undefined })],
        }),
      }),
    ),
    expect: { health: "n/a" },
    trap: true,
    why: "Not long-running, by the design.",
  },
  {
    name: "a Pod that restarts OnFailure, without probes",
    given: manifests(
      pod({
        pod: podSpec({
          restartPolicy: "OnFailure",
          containers: [server({ readinessProbe: undefined, livenessProbe: undefined })],
        }),
      }),
    ),
    expect: { health: "n/a" },
    trap: true,
    why: "Not long-running, by the design.",
  },
  {
    name: "a Pod without a restart policy and without probes",
    given: manifests(
      pod({
        pod: podSpec({ containers: [server({ readinessProbe: undefined, livenessProbe: undefined })] }),
      }),
    ),
    expect: { health: "no" },
    why: "The default is Always.",
  },
  {
    name: "a native sidecar without probes",
    given: manifests(
      web(
        {},
        {
          initContainers: [
            server({
              name: "proxy",
              restartPolicy: "Always",
              readinessProbe: undefined,
              livenessProbe: undefined,
            }),
          ],
        },
      ),
    ),
    expect: { health: "no" },
    why: "An init container with restartPolicy Always is long-running.",
  },
  {
    name: "an init container without probes",
    given: manifests(
      web(
        {},
        {
          initContainers: [
            server({ name: "init", ports: undefined, readinessProbe: undefined, livenessProbe: undefined }),
          ],
        },
      ),
    ),
    expect: { health: "yes" },
    trap: true,
    why: "It ends before the others start.",
  },
  {
    name: "a native sidecar of a Job without probes",
    given: manifests(
      job({
        pod: podSpec({
          restartPolicy: "Never",
          initContainers: [
            server({
              name: "proxy",
              restartPolicy: "Always",
              readinessProbe: undefined,
              livenessProbe: undefined,
            }),
          ],
          containers: [server({ readinessProbe: undefined, livenessProbe: undefined })],
        }),
      }),
    ),
    expect: { health: "n/a" },
    trap: true,
    why: "A Job is not long-running, nor is what runs beside it.",
  },
  {
    name: "a Service, an Ingress and a ConfigMap beside a conforming Deployment",
    given: manifests(
      web(),
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { ports: [{ port: 80, targetPort: 8080 }] },
      },
      { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "web" }, spec: {} },
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "aides-web" }, data: { LOG_LEVEL: "info" } },
    ),
    expect: { "no-host-access": "yes", health: "yes", "env-config": "yes" },
    trap: true,
    why: "They run nothing.",
  },
  {
    name: "a ConfigMap alone",
    given: manifests({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: {} }),
    expect: "refused",
    why: "Nothing to judge: that is said.",
  },
  {
    name: "a document that is no YAML",
    given: manifests("kind: [\n"),
    expect: "refused",
    why: "What cannot be read is never judged.",
  },
  {
    name: "a Deployment without a template",
    given: manifests({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "a" },
      spec: { replicas: 1 },
    }),
    expect: { "non-root": "unproven", "no-host-access": "unproven", seccomp: "unproven", health: "unproven" },
    trap: true,
    why: "It is not valid Kubernetes: nothing of a pod is shown.",
  },
  {
    name: "the same key twice",
    given: manifests(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n      hostNetwork: false\n      containers: [{name: a, image: 'a:1.2.3'}]\n",
    ),
    expect: "refused",
    why: "Readers differ on which one counts.",
  },
  {
    name: "a template that must be rendered",
    given: {
      files: {
        "deploy/app.yaml":
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec: {}\n",
      },
    },
    expect: "refused",
    why: "It is not YAML yet.",
  },
];
