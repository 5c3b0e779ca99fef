import { describe, expect, test } from "vitest";
import type { HistoryFacts } from "../contract/image-facts.ts";
import { baseLayers } from "./base-layers.ts";

/** Steps of a history; a step without a leading `-` created a layer. */
function history(...steps: readonly string[]): readonly HistoryFacts[] {
  let layer = 0;
  return steps.map((step) =>
    step.startsWith("-") ? { createdBy: step.slice(1) } : { createdBy: step, layer: layer++ },
  );
}

function baseOf(
  steps: readonly string[],
  labels: Record<string, string> = {},
  diffIds: readonly string[] = [],
) {
  return baseLayers({ history: history(...steps), labels, diffIds });
}

describe("the layers of the base image", () => {
  test("end at the base's CMD, BuildKit", () => {
    const steps = [
      "ADD rootfs.tar.xz / # buildkit",
      '-CMD ["bash"]',
      "RUN apt-get install node",
      '-CMD ["node"]',
      "COPY . /app",
      '-CMD ["app.js"]',
    ];
    expect(baseOf(steps)).toBe(2);
  });

  test("end at the base's CMD, classic builder", () => {
    const steps = [
      "/bin/sh -c #(nop) ADD file:1 in /",
      '-/bin/sh -c #(nop)  CMD ["bash"]',
      "/bin/sh -c #(nop) COPY dir:2 in /app",
    ];
    expect(baseOf(steps)).toBe(1);
  });

  test("are told by the base's CMD also when the image sets none itself", () => {
    expect(baseOf(["ADD rootfs", '-CMD ["nginx"]', "COPY dist /usr/share/nginx/html"])).toBe(1);
  });

  test("are unknown when the only CMD stands on top", () => {
    expect(baseOf(["COPY app /", '-CMD ["/app"]'])).toBe(0);
  });

  test("are those that bazel or apko composed below other steps", () => {
    expect(baseOf(["bazel build @base", "bazel build @certs", "COPY app /"])).toBe(2);
    expect(baseOf(["apko", "COPY app /"])).toBe(1);
  });

  test("are none when all of the image was composed so", () => {
    expect(baseOf(["bazel build @base", "bazel build //app"])).toBe(0);
  });

  test("reach up to the run image's top layer of a buildpacks build", () => {
    const label = {
      "io.buildpacks.lifecycle.metadata": JSON.stringify({ runImage: { topLayer: "sha256:b" } }),
    };
    expect(baseOf(["", "", ""], label, ["sha256:a", "sha256:b", "sha256:c"])).toBe(2);
  });

  test.each(["{", "null", '{"runImage":3}', '{"runImage":{"topLayer":"sha256:z"}}'])(
    "are not told by the label %s",
    (value) => {
      expect(baseOf(["COPY a /"], { "io.buildpacks.lifecycle.metadata": value }, ["sha256:a"])).toBe(0);
    },
  );

  test("are unknown without a history", () => {
    expect(baseOf([])).toBe(0);
  });
});
