import { describe, expect, test } from "vitest";
import { containerEvidence } from "../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { asMasked } from "../../test/fixtures/masked.ts";
import type { OverriddenStart } from "../contract/image-facts.ts";
import { unfollowed, unfollowedStart, unlessUnknown } from "../rules/start/unfollowed.ts";
import { manifestKey, placeKey } from "./command-place.ts";
import { environment } from "./environment.ts";
import { startedCommands } from "./started-commands.ts";
import { startedImage } from "./started-image.ts";

const PATH = "/usr/local/bin:/usr/bin:/bin";
const IMAGE = imageFacts({
  config: { entrypoint: ["tini", "--"], cmd: ["node", "server.js"], env: [`PATH=${PATH}`, "HOST=localhost"] },
});
const WORKER: OverriddenStart = {
  argv: ["tini", "--", "node", "worker.js"],
  path: PATH,
  workingDir: "/app",
  steps: [{ name: "tini", file: "/usr/bin/tini" }],
};

test("an image alone is as it is", () => {
  expect(startedImage({ image: IMAGE })).toBe(IMAGE);
  const { placement, image } = containerEvidence({}, IMAGE);
  expect(startedImage({ image, placement })).toBe(IMAGE);
});

test("a container whose manifest leaves the start alone starts the image's program", () => {
  const started = startedImage(containerEvidence({}, IMAGE));
  expect(started.program).toMatchObject(IMAGE.program);
  expect(started.config).toEqual(IMAGE.config);
  expect(started.manifest).toMatchObject({ writable: [], readOnlyRoot: false, envFrom: false });
  expect(started.manifest?.unknown).toBeUndefined();
});

describe("what the manifest sets", () => {
  const image = asMasked({ ...IMAGE, overridden: [WORKER] });

  test("leads to the program that was collected for it", () => {
    const started = startedImage(containerEvidence({ args: ["node", "worker.js"] }, image));
    expect(started.program.steps).toEqual(WORKER.steps);
    expect(started.config).toMatchObject({ entrypoint: ["tini", "--"], cmd: ["node", "worker.js"] });
    expect(started.manifest?.unknown).toBeUndefined();
  });

  test.each(["/app", "/app/"])("leads to the image's own program if it says the same: %s", (workingDir) => {
    const start = { command: ["tini", "--"], args: IMAGE.config.cmd, workingDir };
    const started = startedImage(containerEvidence(start, image));
    expect(started.program).toMatchObject(IMAGE.program);
    expect(started.manifest?.unknown).toBeUndefined();
  });

  test.each([
    ["another command", { command: ["sh"] }],
    ["another working directory", { args: ["node", "worker.js"], workingDir: "/srv" }],
    ["another PATH", { args: ["node", "worker.js"], env: [{ name: "PATH", value: "/x" }] }],
  ])("%s was not collected, and leads nowhere that is known", (_, container) => {
    const started = startedImage(containerEvidence(container, image));
    expect(started.program.steps).toEqual([]);
    expect(started.manifest?.unknown?.en).toContain("read without it");
    expect(unfollowedStart(started)).toMatchObject({ status: "unproven", settle: { en: /manifest/ } });
  });

  test("words and variables have their places in it", () => {
    const evidence = containerEvidence(
      {
        args: ["node", "worker.js"],
        env: [
          { name: "HOST", value: "0.0.0.0" },
          { name: "KEY", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } },
          { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
        ],
      },
      image,
    );
    const started = startedImage(evidence);
    const commands = startedCommands(started);
    const container = "spec.template.spec.containers[0]";
    const holder = "portal/Deployment/web/web";
    expect(commands.map(({ at }) => at)).toEqual([
      { path: "config.Entrypoint" },
      { file: "web.yaml", holder, path: `${container}.args` },
      { file: "web.yaml", holder, path: `${container}.args` },
    ]);
    expect([...environment(started, commands).values()]).toEqual([
      { name: "PATH", value: PATH, at: { path: "config.Env[PATH]" } },
      { name: "HOST", value: "0.0.0.0", at: { file: "web.yaml", holder, path: `${container}.env[0].value` } },
      { name: "KEY", value: "$(KEY)", at: { file: "web.yaml", holder, path: `${container}.env[1].value` } },
      {
        name: "POD_IP",
        value: "$(status.podIP)",
        at: { file: "web.yaml", holder, path: `${container}.env[2].value` },
      },
    ]);
  });

  test("command takes the place of ENTRYPOINT, and CMD is gone", () => {
    const started = startedImage(containerEvidence({ command: ["node", "x.js"] }, image));
    expect(started.config).toMatchObject({ entrypoint: ["node", "x.js"], cmd: [] });
    expect(startedCommands(started)[0]?.at.path).toBe("spec.template.spec.containers[0].command");
  });

  test("goes for the user and the stop signal, too; the container before the pod", () => {
    const user = (container: number | undefined, pod: number | undefined) =>
      startedImage(
        containerEvidence(
          container === undefined ? {} : { securityContext: { runAsUser: container } },
          image,
          pod === undefined ? {} : { securityContext: { runAsUser: pod } },
        ),
      ).config.user;
    expect([user(undefined, undefined), user(undefined, 7), user(8, 7)]).toEqual(["1000", "7", "8"]);
    const { config } = startedImage(containerEvidence({ lifecycle: { stopSignal: "SIGINT" } }, image));
    expect(config.stopSignal).toBe("SIGINT");
  });
});

describe("an invalid manifest leaves the start unknown", () => {
  test.each(["args", "args[1]", "env[0].value", "envFrom[0].configMapRef", "workingDir", "command"])(
    "%s",
    (field) => {
      const problem = { fr: "manifeste invalide", en: "not valid Kubernetes" };
      const path = `spec.template.spec.containers[0].${field}`;
      const evidence = containerEvidence({}, IMAGE, { facts: { invalid: [{ path, problem }] } });
      expect(unfollowed(startedImage(evidence))).toEqual(problem);
    },
  );

  test.each([
    [{ value: "x" }, "env[1] has no name"],
    [{ name: "A=B", value: "x" }, "env[1] cannot be named A=B"],
    [{ name: "CAFÉ", value: "x" }, "cannot be named CAFÉ"],
    [{ name: "A", value: "x", valueFrom: { fieldRef: { fieldPath: "y" } } }, "has a value and a valueFrom"],
  ])("a variable that the API server refuses: %j", (entry, says) => {
    const started = startedImage(containerEvidence({ env: [{ name: "my.name-1" }, entry] }, IMAGE));
    expect(unfollowed(started)?.en).toContain(says);
  });

  test("what is invalid elsewhere does not matter", () => {
    const problem = { fr: "x", en: "x" };
    const path = "spec.template.spec.containers[0].ports[0]";
    const evidence = containerEvidence({}, IMAGE, { facts: { invalid: [{ path, problem }] } });
    expect(unfollowed(startedImage(evidence))).toBeUndefined();
  });
});

describe("a pass is worth nothing when the start is unknown", () => {
  const unknown = startedImage(containerEvidence({ command: ["x"] }, IMAGE));
  const text = { fr: "vu", en: "seen" };
  const note = { message: text, fingerprint: "note" };

  test("nor an n/a; notes stay", () => {
    expect(unlessUnknown(unknown, { status: "pass", proof: text, notes: [note] })).toMatchObject({
      status: "unproven",
      notes: [note],
    });
    expect(unlessUnknown(unknown, { status: "n/a", reason: text }).status).toBe("unproven");
  });

  test("a fail is a fail", () => {
    const fail = { status: "fail", findings: [note] } as const;
    expect(unlessUnknown(unknown, fail)).toBe(fail);
  });

  test("and all stays where the start is known", () => {
    const pass = { status: "pass", proof: text } as const;
    expect(unlessUnknown(IMAGE, pass)).toBe(pass);
    expect(unfollowedStart(IMAGE)).toBeUndefined();
    const cut = { ...IMAGE, program: { ...IMAGE.program, cut: true as const } };
    expect(unfollowedStart(cut)).toMatchObject({ settle: { en: /Shorten/ } });
  });
});

test("an ENTRYPOINT that is none has no word of the command line", () => {
  const image = imageFacts({ config: { entrypoint: [""], cmd: ["/app/server"] }, argv: ["/app/server"] });
  expect(startedCommands(image).map(({ at }) => at.path)).toEqual(["config.Cmd"]);
});

test("fingerprints name a place by its workload, container and field, without the container's position", () => {
  const holder = "portal/Deployment/web/proxy";
  const place = { file: "web.yaml", holder, path: "items[2].spec.template.spec.containers[3].env[7].value" };
  expect(placeKey(place)).toBe("portal/Deployment/web/proxy/env");
  expect(placeKey({ ...place, path: "spec.initContainers[0].args" })).toBe(
    "portal/Deployment/web/proxy/args",
  );
  expect(placeKey({ path: "config.Env[A]" })).toBe("config.Env[A]");
  expect(manifestKey(place)).toEqual([placeKey(place)]);
  expect(manifestKey({ path: "config.Env[A]" })).toEqual([]);
});
