import { describe, expect, test } from "vitest";
import { containerEvidence } from "../../test/fixtures/container-evidence.ts";
import { emptyImage, withConfig, withLayer } from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../contract/limits.ts";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import { openImage } from "../image/open.ts";
import { execTarget } from "../rules/manifest/health/exec-target.ts";
import { probeOverride, type StartOverride, startOverrides } from "../start/entrypoint-and-command.ts";
import { startedImage } from "../start/started-image.ts";
import { ImageFactsCollector } from "./image.ts";
import { imageFactsSchema } from "./schemas/image-schema.ts";

const LAYER = layerOf([
  { path: "bin/sh", content: "\x7fELF", mode: 0o755 },
  { path: "app/server", content: "\x7fELF", mode: 0o755 },
  { path: "app/worker.sh", content: "#!/bin/sh\nexec gosu app ./server\n", mode: 0o755 },
]);
const IMAGE = withConfig(withLayer(emptyImage(), LAYER, { created_by: "COPY" }), {
  User: "1000",
  WorkingDir: "/app",
  Env: ["PATH=/bin:/app"],
  Entrypoint: ["./server"],
  Cmd: ["--port=8080"],
});

async function collect(starts?: readonly StartOverride[]) {
  const folder = temporaryDirectory();
  writeLayout(IMAGE, folder);
  const image = await openImage(`oci:${folder}`, { env: {} });
  try {
    const collector = new ImageFactsCollector({ rules: [] });
    const collected = await collector.collect(image, starts === undefined ? {} : { starts });
    return collected.image;
  } finally {
    await image.close();
  }
}

describe("a container's start is found again in what was collected for it", () => {
  const exec = { exec: { command: ["sh", "-c", "curl -f http://localhost:$(PORT) || exit 1"] } };
  const env = [{ name: "PORT", value: "9090" }];
  test.each<[string, ContainerFacts]>([
    ["the image's own", {}],
    ["arguments", { env, args: ["--port=$(PORT)"] }],
    ["a command in another directory", { command: ["worker.sh"], workingDir: "/srv" }],
    ["another PATH", { env: [{ name: "PATH", value: "/bin" }] }],
  ])("%s", async (_, container) => {
    const spec = { ...container, livenessProbe: exec };
    const facts = await collect(startOverrides(spec));
    const { placement, workload } = containerEvidence(spec, facts);
    expect(startedImage({ image: facts, placement, workload }).manifest?.unknown).toBeUndefined();
    expect(execTarget(facts, probeOverride(spec, exec.exec.command))).toEqual({
      kind: "absent",
      name: "curl",
    });
  });
});

describe("what workloads start in an image", () => {
  test("is followed beside its own command line, and kept", async () => {
    const facts = await collect([{ command: ["worker.sh"] }, { args: ["--port=9090"] }]);
    expect(facts.program).toMatchObject({ argv: ["./server", "--port=8080"], path: "/bin:/app" });
    expect(facts.overridden).toMatchObject([
      { argv: ["./server", "--port=9090"], workingDir: "/app", steps: [{ file: "/app/server" }] },
      {
        argv: ["worker.sh"],
        path: "/bin:/app",
        steps: [
          { file: "/app/worker.sh", script: "#!/bin/sh\nexec gosu app ./server\n" },
          { file: "/bin/sh" },
          { name: "gosu" },
          { name: "./server", file: "/app/server" },
        ],
      },
    ]);
    expect(imageFactsSchema.safeParse(facts).success).toBe(true);
  });

  test("is looked for in the manifest's PATH and working directory", async () => {
    const [start] =
      (await collect([{ command: ["server"], path: "/nowhere", workingDir: "/" }])).overridden ?? [];
    expect(start).toEqual({
      argv: ["server"],
      path: "/nowhere",
      workingDir: "/",
      steps: [{ name: "server" }],
    });
  });

  test("is kept once, and not at all when it is the image's own", async () => {
    const same: StartOverride = { command: ["./server"], args: ["--port=8080"] };
    expect((await collect([{}, same])).overridden).toBeUndefined();
    expect((await collect([{ command: ["x"] }, { command: ["x"] }])).overridden).toHaveLength(1);
    expect((await collect()).overridden).toBeUndefined();
  });

  test("says where a start was not followed to its end", async () => {
    const command = Array.from({ length: LIMITS.startDepth + 1 }, () => "env");
    const [start] = (await collect([{ command }])).overridden ?? [];
    expect(start?.cut).toBe(true);
  });

  test("in more ways than the bound is an error that names it", async () => {
    const starts = Array.from({ length: LIMITS.startsPerImage + 1 }, (_, index) => ({
      args: [String(index)],
    }));
    await expect(collect(starts)).rejects.toMatchObject({ code: "start-limit" });
  });
});
