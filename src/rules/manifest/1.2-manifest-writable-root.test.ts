import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestWritableRoot } from "./manifest-rules.ts";

const ID = "1.2-manifest-writable-root:portal/Deployment/web/web";

test.each([
  ["an option", { command: ["app", "--data-dir=/var/lib/x"] }, "command:--data-dir:/var/lib/x"],
  ["args alone", { args: ["--storage.tsdb.path=/metrics"] }, "args:--storage.tsdb.path:/metrics"],
  ["a variable", { env: [{ name: "UPLOAD_DIR", value: "/app/up" }] }, "env:UPLOAD_DIR:/app/up"],
  ["a log file", { args: ["--log-file=/var/log/x.log"] }, "args:--log-file:/var/log/x.log"],
  [
    "a relative path in the manifest's working directory",
    { workingDir: "/app", env: [{ name: "UPLOAD_DIR", value: "./up" }] },
    "env:UPLOAD_DIR:./up",
  ],
  ["a shell's text", { command: ["sh", "-c", "touch /app/ready; exec app"] }, "command:touch:/app/ready"],
])("noted, as the image may declare a VOLUME: %s", (_, container, note) => {
  expect(manifestAlone(manifestWritableRoot, container)).toEqual({
    status: "n/a",
    found: [],
    notes: [`${ID}/${note}`],
  });
});

test("the note says perhaps, and where to mount a volume", () => {
  const { workload, placement } = containerEvidence({
    securityContext: { readOnlyRootFilesystem: true },
    env: [{ name: "DATA_DIR", value: "/var/lib/x" }],
  });
  expect(checkRule(manifestWritableRoot, { workload, placement })).toMatchObject({
    notes: [
      {
        message: { en: "`DATA_DIR` perhaps makes it write to the root file system: /var/lib/x" },
        remedy: {
          en: "Mount an emptyDir volume at /var/lib/x in the manifest: the root is read-only there.",
        },
        at: { file: "web.yaml", path: "spec.template.spec.containers[0].env[0].value" },
      },
    ],
  });
});

test.each([
  ["nothing is said", {}, {}],
  ["a temporary directory", { env: [{ name: "TMPDIR", value: "/tmp/x" }] }, {}],
  ["a relative path: the image knows its directory", { env: [{ name: "UPLOAD_DIR", value: "./up" }] }, {}],
  [
    "a mounted volume",
    {
      volumeMounts: [{ name: "data", mountPath: "/data" }],
      env: [{ name: "DATA_DIR", value: "/data/x" }],
    },
    { volumes: [{ name: "data", sources: ["emptyDir"] }] },
  ],
])("trap: %s", (_, container, pod) => {
  expect(manifestAlone(manifestWritableRoot, container, pod)).toEqual({
    status: "n/a",
    found: [],
    notes: [],
  });
});
