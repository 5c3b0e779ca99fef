import { expect, test } from "vitest";
import { judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { volumeTypes } from "./1.1-volume-types.ts";

test.each(
  ["configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret"].flatMap(
    (all) => all.split(" "),
  ),
)("accepted: %s", (source) => {
  expect(judgedPod(volumeTypes, { volumes: [{ name: "v", sources: [source] }] }).status).toBe("pass");
});

test("accepted: no volume, and one without a source, which becomes an emptyDir", () => {
  expect(judgedPod(volumeTypes, {}).status).toBe("pass");
  expect(judgedPod(volumeTypes, { volumes: [{ name: "v", sources: [] }] }).status).toBe("pass");
});

test.each([
  "hostPath",
  "nfs",
  "iscsi",
  "awsElasticBlockStore",
  "gitRepo",
  "flexVolume",
  "toString",
  "EmptyDir",
])("refused: %s", (source) => {
  expect(said(judgedPod(volumeTypes, { volumes: [{ name: "v", sources: [source] }] }))).toEqual([
    `pod: the volume v is of type ${source}, which Restricted does not allow`,
  ]);
});

test("refused: a hostPath beside an allowed source; the path is shown", () => {
  const volume = {
    name: "v",
    sources: ["emptyDir", "hostPath"],
    emptyDir: {},
    hostPath: { path: "/var/run" },
  };
  const outcome = judgedPod(volumeTypes, { volumes: [{ sources: [] }, volume] });
  expect(said(outcome)).toEqual([
    "pod: the volume v is of type hostPath (/var/run), which Restricted does not allow",
  ]);
  expect(remedies(outcome)).toEqual([
    "Replace the source of volume v by `emptyDir: {}`, a configMap, a secret or a persistentVolumeClaim.",
  ]);
  expect(outcome).toMatchObject({
    findings: [
      {
        fingerprint: "1.1-volume-types:portal/Deployment/web:spec.volumes:v,hostPath",
        at: { path: "spec.template.spec.volumes[1]" },
      },
    ],
  });
});

test("a hostPath without a path, or a name", () => {
  expect(said(judgedPod(volumeTypes, { volumes: [{ sources: ["hostPath"], hostPath: {} }] }))).toHaveLength(
    1,
  );
});

test.each(["volumes", "volumes[0]", "volumes[0].emptyDir"])("open: %s is not readable", (field) => {
  const invalid = [`spec.template.spec.${field}`];
  const volumes = field === "volumes" ? [] : [{ sources: ["emptydir"] }];
  expect(judgedPod(volumeTypes, { volumes, invalid }).status).toBe("unproven");
});

test("refused: a claim that a volume of the manifests serves from a directory of the node", () => {
  const claims = [
    { name: "data", source: "claim", onNode: "pv (hostPath)" },
    { name: "logs", source: "template", onNode: "logs (local)" },
    { name: "files", source: "claim" },
    { name: "cache", source: "ephemeral", onNode: "disk (hostPath)" },
  ] as const;
  const volumes = [
    { name: "tmp", sources: ["emptyDir"] },
    { name: "d", sources: ["persistentVolumeClaim"], persistentVolumeClaim: { claimName: "data" } },
    { name: "cache", sources: ["ephemeral"] },
  ];
  const outcome = volumeTypes.check({
    workload: workloadFacts({ volumes, facts: { claims } }),
    cluster: { minor: 34 },
  });
  expect(said(outcome)).toEqual([
    "pod: the claim data leads to the PersistentVolume pv (hostPath), a directory of the node",
    "pod: the claim logs leads to the PersistentVolume logs (local), a directory of the node",
    "pod: the claim cache leads to the PersistentVolume disk (hostPath), a directory of the node",
  ]);
  expect(outcome).toMatchObject({
    findings: [
      { at: { path: "spec.template.spec.volumes[1]" } },
      { at: { path: "spec.template.spec.volumes" } },
      { at: { path: "spec.template.spec.volumes[2]" } },
    ],
  });
});
