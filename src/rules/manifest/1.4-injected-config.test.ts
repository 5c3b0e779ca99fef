import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import { injectedConfig } from "./1.4-injected-config.ts";

const AT = "spec.template.spec.containers[0]";

function check(container: ContainerFacts, volumes: readonly VolumeFacts[] = [], image = imageFacts()) {
  return checkRule(injectedConfig, containerEvidence(container, image, { volumes }));
}

describe("injected", () => {
  const mounted = { volumeMounts: [{ name: "v", mountPath: "/etc/app" }] };
  test.each<[string, ContainerFacts, readonly VolumeFacts[], string]>([
    ["variables", { env: [{ name: "A", value: "b" }, { name: "B" }, {}] }, [], "env (2)"],
    ["all variables of a ConfigMap", { envFrom: [{ configMapRef: { name: "c" } }] }, [], "envFrom (1)"],
    ["files of a ConfigMap", mounted, [{ name: "v", sources: ["configMap"] }], "/etc/app"],
    ["files of a Secret", mounted, [{ name: "v", sources: ["secret"] }], "/etc/app"],
    ["projected files", mounted, [{ name: "v", sources: ["projected"] }], "/etc/app"],
    [
      "files of a secrets store",
      mounted,
      [{ name: "v", sources: ["csi"], csi: { driver: "secrets-store.csi.k8s.io" } }],
      "/etc/app",
    ],
  ])("%s", (_, container, volumes, shown) => {
    expect(check(container, volumes)).toMatchObject({
      status: "pass",
      proof: { en: `injected by the manifest: ${shown}` },
      notes: [],
    });
  });
});

describe("nothing is injected", () => {
  test.each<[string, ContainerFacts, readonly VolumeFacts[]]>([
    ["at all", {}, []],
    [
      "by an emptyDir",
      { volumeMounts: [{ name: "v", mountPath: "/tmp" }] },
      [{ name: "v", sources: ["emptyDir"] }],
    ],
    [
      "by a volume that this container does not mount",
      { volumeMounts: [{}] },
      [{ name: "v", sources: ["secret"] }],
    ],
    [
      "by a disk",
      { volumeMounts: [{ name: "v" }] },
      [{ name: "v", sources: ["csi"], csi: { driver: "disk" } }],
    ],
  ])("%s", (_, container, volumes) => {
    expect(check(container, volumes)).toMatchObject({ status: "n/a" });
  });

  test("and the image was not read, or not wholly", () => {
    const { image: _image, ...unread } = containerEvidence({});
    expect(checkRule(injectedConfig, unread)).toMatchObject({
      status: "unproven",
      reason: { en: /was not read/ },
    });
    const foreign = imageFacts({ layers: [{ unread: { fr: "couche étrangère", en: "foreign layer" } }] });
    expect(check({}, [], foreign)).toMatchObject({ status: "unproven", reason: { en: /foreign layer/ } });
  });
});

test("a secret as a variable passes, with a note that files are preferred", () => {
  const env = [
    { name: "A", value: "b" },
    { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "p" } } },
    { valueFrom: { secretKeyRef: { name: "db", key: "p" } } },
  ];
  const envFrom = [{ configMapRef: { name: "c" } }, { secretRef: { name: "all" } }, { secretRef: {} }];
  expect(check({ env, envFrom })).toMatchObject({
    status: "pass",
    notes: [
      {
        at: { path: `${AT}.env[1]` },
        fingerprint: "1.4-injected-config:portal/Deployment/web:web:DB_PASSWORD",
      },
      { at: { path: `${AT}.env[2]` } },
      { at: { path: `${AT}.envFrom[1]` }, message: { en: /^the secret all / } },
      { at: { path: `${AT}.envFrom[2]` } },
    ],
  });
});

test.each([`${AT}.env[0].value`, `${AT}.envFrom`, `${AT}.volumeMounts[0]`, "spec.template.spec.volumes[1]"])(
  "what is not valid proves nothing: %s",
  (path) => {
    const problem = { fr: "non valide", en: "not valid" };
    const evidence = containerEvidence({ env: [{ name: "A", value: "b" }] }, imageFacts(), {
      facts: { invalid: [{ path, problem }] },
    });
    expect(checkRule(injectedConfig, evidence)).toMatchObject({ status: "unproven", reason: problem });
  },
);
