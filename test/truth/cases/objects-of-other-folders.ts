// Rows 2, 6, 8 and 12: objects of another folder of the run, in the workload's namespace or in another environment.

import type { Answer } from "../../../src/contract/verdict.ts";
import { deployment, type Manifest, podSpec, yaml } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { server, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

type Files = Readonly<Record<string, readonly Manifest[]>>;

const WEB = web();
const UNLINKED = web({}, { enableServiceLinks: false });
const VARIABLES =
  "The kubelet gives containers variables of every Service of their namespace; none was tried.";
const NOT_THERE = "The pod is given nothing of it.";
const COPIES = "A cluster has one Deployment of a name: two folders with it are two environments.";

export const cases: Cases = [
  service("in another folder", { "a/w.yaml": [WEB], "b/s.yaml": [mail()] }, "unproven", VARIABLES),
  service(
    "without a selector, in another folder",
    { "a/w.yaml": [WEB], "b/s.yaml": [mail({ spec: { ports: [{ port: 25 }] } })] },
    "unproven",
    VARIABLES,
  ),
  service("in its own folder", { "a/w.yaml": [WEB], "a/s.yaml": [mail()] }, "yes", "The trial was given it."),
  service(
    "of another namespace",
    { "a/w.yaml": [WEB], "b/s.yaml": [mail({ metadata: { name: "mail", namespace: "else" } })] },
    "yes",
    NOT_THERE,
  ),
  service(
    "without a namespace, in the folder of another application",
    { "a/w.yaml": [WEB], "b/s.yaml": [mail({ metadata: { name: "mail" } })] },
    "yes",
    "It is applied where the other application is.",
  ),
  service(
    "without an address, in another folder",
    { "a/w.yaml": [WEB], "b/s.yaml": [mail({ spec: { clusterIP: "None", ports: [{ port: 25 }] } })] },
    "yes",
    "The kubelet gives no variables of a headless Service.",
  ),
  service(
    "in another folder, for a pod that asks for no variables",
    { "a/w.yaml": [UNLINKED], "b/s.yaml": [mail()] },
    "yes",
    NOT_THERE,
  ),
  service(
    "of one of two environments",
    { "envs/dev/w.yaml": [WEB, mail()], "envs/prod/w.yaml": [WEB] },
    "yes",
    COPIES,
  ),
  service(
    "of one of two environments, in a folder of its own",
    {
      "web/dev/w.yaml": [WEB],
      "web/prod/w.yaml": [WEB],
      "mail/dev/s.yaml": [mail()],
    },
    "unproven",
    "It is of the environment dev, whose pods get its variables.",
  ),
  service(
    "beside a copy of another workload",
    {
      "a/w.yaml": [UNLINKED, deployment({ name: "other", pod: podSpec({ containers: [server()] }) })],
      "b/w.yaml": [deployment({ name: "other", pod: podSpec({ containers: [server()] }) }), mail()],
    },
    "yes",
    NOT_THERE,
  ),
  service(
    "twice, with other ports",
    { "a/w.yaml": [WEB, mail()], "b/s.yaml": [mail({ spec: { ports: [{ port: 465 }] } })] },
    "unproven",
    "Nobody knows which of the two is applied.",
  ),
  service(
    "twice, the same",
    { "a/w.yaml": [WEB, mail()], "b/s.yaml": [mail()] },
    "yes",
    "Whichever is applied, the pod is given the same.",
  ),
  claim("in another folder", { "a/w.yaml": [claiming()], "b/c.yaml": [data()] }, "no"),
  claim("in its folder, without a namespace", { "a/w.yaml": [claiming(), data("")] }, "no"),
  claim(
    "in another folder, of another namespace",
    { "a/w.yaml": [claiming()], "b/c.yaml": [data("x")] },
    "yes",
  ),
  claim(
    "of the other environment",
    { "dev/w.yaml": [claiming(1), data()], "prod/w.yaml": [claiming(), data("aides", "ReadWriteMany")] },
    "yes",
  ),
  limited("in another folder", { "a/w.yaml": [WEB], "b/l.yaml": [range()] }, "unproven"),
  limited("of another namespace", { "a/w.yaml": [WEB], "b/l.yaml": [range("x")] }, "yes"),
  {
    ...limited("of the other environment", { "dev/w.yaml": [small(), range()], "prod/w.yaml": [WEB] }, "yes"),
    why: COPIES,
  },
  {
    name: "a PersistentVolume of a node in another folder, reserved for the claim",
    given: given({ "a/w.yaml": [claiming(1), data()], "b/v.yaml": [disk()] }),
    expect: { "no-host-access": "no" },
    why: "1.1: the container reads and writes files of the node, as by a hostPath.",
  },
  {
    name: "a PersistentVolume of a node in the other environment",
    given: given({ "dev/w.yaml": [WEB, disk()], "prod/w.yaml": [WEB] }),
    expect: { "no-host-access": "yes" },
    trap: true,
    why: "No pod mounts it.",
  },
];

function mail(fields: Manifest = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "mail", namespace: "aides" },
    spec: { selector: { app: "mail" }, ports: [{ port: 25 }] },
    ...fields,
  };
}

function data(namespace = "aides", mode = "ReadWriteOnce"): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", ...(namespace === "" ? {} : { namespace }) },
    spec: { accessModes: [mode] },
  };
}

function disk(): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "disk" },
    spec: { hostPath: { path: "/data" }, claimRef: { namespace: "aides", name: "data" } },
  };
}

/** Two replicas with one claim. */
function claiming(replicas = 2): Manifest {
  const pod = podSpec({
    containers: [server({ volumeMounts: [{ name: "data", mountPath: "/data" }] })],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
  });
  return deployment({ spec: { replicas }, pod });
}

/** A container whose limit any LimitRange of the cases allows. */
function small(): Manifest {
  return web({
    resources: { limits: { memory: "1Mi", cpu: "1" }, requests: { memory: "1Mi", cpu: "100m" } },
  });
}

function range(namespace = "aides"): Manifest {
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "own", namespace },
    spec: { limits: [{ type: "Container", max: { memory: "1Mi" } }] },
  };
}

function given(files: Files) {
  const texts = Object.entries(files).map(([file, all]) => [file, all.map((one) => yaml(one)).join("---\n")]);
  return { ...withImage({ files: Object.fromEntries(texts) }, imageOf({})), trial: {} };
}

function service(name: string, files: Files, answer: Answer, why: string): Case {
  return {
    name: `a Service ${name}`,
    given: given(files),
    expect: { "stdout-logs": answer, "bind-all": answer, stateless: answer },
    trap: true,
    why,
  };
}

function claim(name: string, files: Files, answer: Answer): Case {
  const isTrap = answer !== "no";
  return {
    name: `a claim for one node ${name}`,
    given: given(files),
    expect: { stateless: answer },
    ...(isTrap ? { trap: true as const } : {}),
    why: isTrap ? NOT_THERE : "1.4: the second replica waits for a volume that the first one's node has.",
  };
}

function limited(name: string, files: Files, answer: Answer): Case {
  return {
    name: `a LimitRange below what the container may use, ${name}`,
    given: given(files),
    expect: { "no-host-access": answer },
    trap: true,
    why: answer === "yes" ? NOT_THERE : "The API server refuses these pods: what would run is not known.",
  };
}
