import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { readWorkloads } from "../read-workloads.ts";

const WEB = deployment({
  pod: podSpec({
    containers: [container({ envFrom: [{ secretRef: { name: "db" } }, { configMapRef: { name: "map" } }] })],
    volumes: [
      { name: "tmp", emptyDir: {} },
      { name: "d", persistentVolumeClaim: { claimName: "data" } },
    ],
  }),
});
const SERVICE = object(
  "v1",
  "Service",
  { spec: { selector: { "app.kubernetes.io/name": "web" }, ports: [{ port: 80 }] } },
  { name: "web" },
);

function object(apiVersion: string, kind: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  return { apiVersion, kind, metadata: { name: "it", namespace: "aides", ...metadata }, ...fields };
}

function policy(namespace: string | undefined): Manifest {
  return object("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {} } }, { namespace });
}

function marked(kind: string, name: string, annotations: Manifest): Manifest {
  return object("v1", kind, {}, { name, annotations });
}

function claim(source: Manifest, name = "data"): Manifest {
  return object(
    "v1",
    "PersistentVolumeClaim",
    { spec: { accessModes: ["ReadWriteMany"], ...source } },
    { name },
  );
}

function ingress(service: string): Manifest {
  const backend = { service: { name: service, port: { number: 80 } } };
  return object("networking.k8s.io/v1", "Ingress", {
    spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] },
  });
}

function alias(externalName: string): Manifest {
  return object("v1", "Service", { spec: { type: "ExternalName", externalName } }, { name: "other" });
}

/** Requests beside the first workload, `does target`. */
async function requests(files: Readonly<Record<string, readonly Manifest[]>>): Promise<readonly string[]> {
  const cwd = temporaryDirectory();
  for (const [name, objects] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), objects.map((one) => yaml(one)).join("---\n"));
  }
  const { workloads } = await readWorkloads(["."], { cwd, stdin: (async function* () {})() });
  return (workloads[0]?.facts.related ?? []).flatMap(({ effect }) =>
    effect.is === "other-namespace" ? [`${effect.does} ${effect.target}`] : [],
  );
}

const FROM = "replicator.v1.mittwald.de/replicate-from";
const REFLECTION = "reflector.v1.k8s.emberstack.com/reflection-auto";
const SNAPSHOT = { kind: "VolumeSnapshot", name: "s", namespace: "ops" };

test.each<[string, readonly Manifest[], readonly string[]]>([
  ["a policy for another namespace", [policy("ops")], ["placed ops"]],
  [
    "a quota for another namespace",
    [object("v1", "ResourceQuota", { spec: { hard: { pods: 0 } } }, { namespace: "ops" })],
    ["placed ops"],
  ],
  ["a Secret from another namespace", [marked("Secret", "db", { [FROM]: "ops/db" })], ["takes ops/db"]],
  ["a ConfigMap from another namespace", [marked("ConfigMap", "map", { [FROM]: "ops/m" })], ["takes ops/m"]],
  ["a Secret to others", [marked("Secret", "x", { "kubed.appscode.com/sync": "" })], ["gives *"]],
  [
    "a Secret to some",
    [marked("Secret", "x", { [`${REFLECTION}-enabled`]: "true", [`${REFLECTION}-namespaces`]: "a,b" })],
    ["gives a,b"],
  ],
  ["a claim of another's snapshot", [claim({ dataSourceRef: SNAPSHOT })], ["clones ops/VolumeSnapshot/s"]],
  ["an Ingress to another's Service", [ingress("other"), alias("db.ops.svc")], ["leads db.ops.svc"]],
  ["an Ingress to another host", [ingress("other"), alias("www.example.org")], ["leads www.example.org"]],
])("named: %s", async (_, objects, expected) => {
  expect(await requests({ "a.yaml": [WEB, ...objects] })).toEqual(expected);
});

test.each<[string, readonly Manifest[]]>([
  ["a policy of its own namespace", [policy("aides")]],
  ["a policy without a namespace", [policy(undefined)]],
  [
    "a policy for another namespace of which a workload is judged",
    [policy("ops"), deployment({ name: "z", namespace: "ops" })],
  ],
  ["a Secret that the pod does not use", [marked("Secret", "x", { [FROM]: "ops/db" })]],
  ["a Secret from its own namespace", [marked("Secret", "db", { [FROM]: "aides/other" })]],
  ["a Secret that may be copied", [marked("Secret", "db", { [`${REFLECTION}-enabled`]: "false" })]],
  ["a claim of its own snapshot", [claim({ dataSourceRef: { ...SNAPSHOT, namespace: "aides" } })]],
  ["a claim of a snapshot without a namespace", [claim({ dataSourceRef: { kind: "X", name: "s" } })]],
  ["a claim that no pod mounts", [claim({ dataSourceRef: SNAPSHOT }, "else")]],
  ["an Ingress to its own Service", [ingress("web"), SERVICE]],
  ["an Ingress to another name of its own Service", [ingress("other"), alias("web.aides.svc"), SERVICE]],
  ["an Ingress to nothing", [object("networking.k8s.io/v1", "Ingress", { spec: {} })]],
  ["an alias that no route names", [alias("db.ops.svc")]],
])("not named: %s", async (_, objects) => {
  expect(await requests({ "a.yaml": [WEB, ...objects] })).toEqual([]);
});

test("a policy for another namespace, in a folder without this workload, is another application's", async () => {
  expect(await requests({ "a/w.yaml": [WEB], "b/p.yaml": [policy("ops")] })).toEqual([]);
});
