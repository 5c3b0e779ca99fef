import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import {
  exits,
  OTHER_CONTAINER,
  said,
  server,
  type TrialSketch,
  trialFacts,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/placement.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { trialReadOnlyRoot } from "./1.2-trial-read-only-root.ts";

const wrote = (...events: readonly ReturnType<typeof write>[]): TrialSketch => ({
  writable: server({ more: events }),
});
const crash = exits(3, said("\n/data/lock: Read-only file system\n"));

function manifest(readOnlyRootFilesystem?: boolean, facts: Partial<WorkloadFacts> = {}) {
  const securityContext = readOnlyRootFilesystem === undefined ? {} : { readOnlyRootFilesystem };
  const workload = workloadFacts({ containers: [{ name: "web", securityContext }], facts });
  return { workload, placement: placements(workload)[0] };
}

function check(sketch: TrialSketch, more: object = {}) {
  return trialReadOnlyRoot.check({ trial: trialFacts(sketch), ...more });
}

describe("without a manifest", () => {
  test.each([
    ["nothing is written", {}, "pass"],
    ["a file is written to the root", wrote(write("/data/x")), "fail"],
    [
      "a directory changes, as by create and delete",
      wrote(write("/data", { type: "directory", change: "modified" })),
      "fail",
    ],
    ["a file of the image is deleted", wrote(write("/data/x", { change: "deleted", bytes: 0 })), "fail"],
    ["only mounts are written", wrote(write("/data/x", { area: "/data" })), "pass"],
    ["EROFS, then it starts on a writable root", { "read-only": crash }, "fail"],
    ["an early end that nothing explains", { "read-only": exits(3) }, "unproven"],
    ["EROFS is said, and it never starts", { "read-only": crash, writable: exits(1) }, "unproven"],
    [
      "no start without another container, and no writes",
      { "read-only": [OTHER_CONTAINER, ...exits(3)] },
      "unproven",
    ],
    ["the writable run ends early", { writable: exits(1) }, "unproven"],
    [
      "it writes before it ends early in both",
      { "read-only": exits(1), writable: [write("/data/x"), ...exits(1)] },
      "fail",
    ],
    [
      "more was written than was seen",
      { writable: server({ more: [{ kind: "limit", what: "writes" }] }) },
      "unproven",
    ],
    ["the writable run did not take place", { writable: null }, "unproven"],
  ] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
    expect(check(sketch).status).toBe(status);
  });

  test("a crash is told with its line, and with the mounts that would help", () => {
    const outcome = check({ "read-only": crash, ...wrote(write("/data/lock")) });
    expect(outcome).toMatchObject({
      findings: [
        {
          message: {
            en: "the application only starts when the root can be written (/data/lock: Read-only file system)",
          },
        },
        {
          at: { path: "/data" },
          remedy: { en: "Mount an emptyDir volume at /data, and set `readOnlyRootFilesystem: true`." },
        },
      ],
    });
    const silent = check({ "read-only": exits(3), ...wrote(write("/data/lock")) });
    expect(silent).toMatchObject({
      findings: [{ message: { en: "the application only starts when the root can be written" } }, {}],
    });
  });

  test("one emptyDir takes all that is written below it; the image is said to be ready", () => {
    const files = ["/var/cache/nginx/x", "/data/a", "/data/b", "/data/c/d", "/data/c/e"].map((path) =>
      write(path),
    );
    expect(check(wrote(...files))).toMatchObject({
      findings: [
        {
          at: { path: "/data" },
          message: { en: "the application writes to the root file system: /data/a, /data/b, /data/c/d…" },
          remedy: { en: expect.stringContaining("The image works on a read-only root") },
        },
        { at: { path: "/var/cache/nginx" } },
      ],
    });
  });

  test.each([
    ["a directory of the system", "/etc/app.conf", {}],
    ["a file of the image", "/data/config", { change: "modified" }],
    ["the program's own directory", "/app/cache.bin", {}],
  ] as const)("no emptyDir is proposed that would hide %s", (_, path, changes) => {
    expect(check(wrote(write(path, changes)))).toMatchObject({
      findings: [{ remedy: { en: expect.stringContaining("would hide files of the image") } }],
    });
  });

  test("nor one at the working directory from which an interpreter takes the application", () => {
    const image = imageFacts({
      config: { workingDir: "/srv/app" },
      argv: ["node", "server.js"],
      steps: [{ name: "node" }],
    });
    const trial = trialFacts({ ...wrote(write("/srv/app/x")), facts: { argv: ["node", "server.js"] } });
    const remedy = (given: object) =>
      trialReadOnlyRoot.check({ trial, ...given }) as { findings: readonly { remedy: { en: string } }[] };
    expect(remedy({ image }).findings[0]?.remedy.en).toContain("would hide");
    expect(remedy({}).findings[0]?.remedy.en).toContain("mount an emptyDir volume at /srv/app");
  });

  test("nor one around a directory that holds files of the image", () => {
    const files = [write("/data/a"), write("/data/b/config", { change: "modified" }), write("/data/c/d")];
    expect(check(wrote(...files))).toMatchObject({
      findings: [
        { at: { path: "/data" }, remedy: { en: expect.stringContaining("would hide") } },
        {
          at: { path: "/data/c" },
          remedy: { en: expect.stringContaining("mount an emptyDir volume at /data/c") },
        },
      ],
    });
  });

  test("writes to the image's VOLUMEs are a note", () => {
    const image = imageFacts({ config: { volumes: ["/var/lib/app/"] } });
    const trial = trialFacts(wrote(write("/var/lib/app/x")));
    expect(trialReadOnlyRoot.check({ trial, image })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("VOLUME of the image (/var/lib/app/x)") } }],
    });
  });

  test("an emptyDir for /tmp is proposed to who writes there", () => {
    expect(check(wrote(write("/tmp/x", { area: "/tmp" })))).toMatchObject({
      status: "pass",
      notes: [{ at: { path: "/tmp" }, remedy: { en: "Mount an emptyDir volume at /tmp in the manifest." } }],
    });
  });
});

describe("with a manifest", () => {
  test("that mounts the root read-only, writes are notes once it ran so", () => {
    expect(check(wrote(write("/data/x")), manifest(true))).toMatchObject({
      status: "pass",
      proof: {
        en: expect.stringContaining("works on a read-only root, which the manifest imposes, in 4.2 s"),
      },
      notes: [{ at: { path: "/data" } }],
    });
  });

  test("that mounts it read-only, nothing is shown by who never starts", () => {
    const sketch = { "read-only": exits(1), writable: [write("/data/x"), ...exits(1)] };
    expect(check(sketch, manifest(true))).toMatchObject({ status: "unproven", notes: [{}] });
  });

  test.each([undefined, false])("that says %s, writes refute", (value) => {
    expect(check(wrote(write("/data/x")), manifest(value)).status).toBe("fail");
  });

  test("whose field is no boolean, writes leave it open", () => {
    const problem = { fr: "pas du Kubernetes valide", en: "not valid Kubernetes" };
    const path = "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem";
    expect(
      check(wrote(write("/data/x")), manifest(undefined, { invalid: [{ path, problem }] })),
    ).toMatchObject({
      status: "unproven",
      reason: problem,
    });
  });

  test("that gives no emptyDir for /tmp, the trial's own note is left out", () => {
    expect(check(wrote(write("/tmp/x", { area: "/tmp" })), manifest(true))).toMatchObject({ notes: [] });
  });
});
