import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { figuresOf } from "../../scripts/bench/figures.ts";
import { digestLayer } from "../../scripts/bench/floor/digest-layer.ts";
import { layersOf } from "../../scripts/bench/layers.ts";
import { type Measurement, ratioOf } from "../../scripts/bench/measure.ts";
import { figuresTable, measurementTables } from "../../scripts/bench/page.ts";
import { statisticsOf } from "../../scripts/bench/statistics.ts";
import { deltaData } from "../../scripts/bench/vulnerabilities/advisories.ts";
import { writeDockerArchive } from "../fixtures/image/docker-archive.ts";
import { emptyImage, withLayer } from "../fixtures/image/image.ts";
import { type Compression, layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Longer than one buffer of the floor. */
const CONTENT = Buffer.alloc(3_000_000, "from port to port\n");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "douane-bench-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe("the floor", () => {
  test.each<Compression>(["none", "gzip", "zstd"])(
    "finds the declared digests of %s layers",
    async (compression) => {
      const small = withLayer(emptyImage(), layerOf([{ path: "a", content: "1" }], compression));
      const directory = join(folder, compression);
      writeLayout(withLayer(small, layerOf([{ path: "b", content: CONTENT }], compression)), directory);
      const { layers, declared } = await layersOf(`oci:${directory}`);
      expect(layers.map(digestLayer)).toEqual(declared);
      expect(new Set(declared.map(({ diffId }) => diffId)).size).toBe(2);
    },
  );

  test("finds the layers of a docker-archive inside it", async () => {
    const file = join(folder, "archive.tar");
    const image = withLayer(emptyImage(), layerOf([{ path: "b", content: CONTENT }]));
    writeDockerArchive([{ image, tags: [] }], file);
    const { layers, declared } = await layersOf(`docker-archive:${file}`);
    expect(layers.map(digestLayer)).toEqual(declared);
  });
});

test("the records of a day block some of the 10,000 images", () => {
  vi.stubEnv("XDG_CACHE_HOME", folder);
  const program = join(ROOT, "scripts", "bench", "vulnerabilities", "affected-once.ts");
  const { stdout } = spawnSync(process.execPath, [program, deltaData()], { encoding: "utf8" });
  const { findings, images } = JSON.parse(stdout);
  expect(images).toBe(10_000);
  expect(findings).toBeGreaterThan(0);
});

describe("the page", () => {
  test("shows a figure that is missed as missed, and leaves out what was not measured", () => {
    const figures = figuresOf(measured({ "node -e 0": 25, "douane --help": 60 }));
    expect(figuresTable(figures)).toBe(
      [
        "| figure | target | measured |  |",
        "| --- | --- | --- | --- |",
        "| `douane --help` against `node -e 0` | ≤ 2 × | 2.40 × | **not met** |",
        "| peak memory of every douane run on an image | ≤ 175 MB | 50 MB | met |",
      ].join("\n"),
    );
  });

  test("gives times with their ratio to the floor of the same form", () => {
    const image = {
      name: "large",
      contents: "Three runtimes",
      tar: { layers: [], declared: [], storedBytes: 1_200_000_000 },
      gzip: { layers: [], declared: [], storedBytes: 400_000_000 },
    };
    const times = { "floor: large, gzip layout": 1_000, "douane, cold: large, gzip layout": 1_240 };
    const page = measurementTables(measured(times), [image]);
    expect(page).toContain("Three runtimes: 1200 MB of tar in 0 layers, 400 MB with gzip.");
    expect(page).toContain("| douane, cold | 1.24 s (1.24 ×), 50 MB | – | – |");
  });

  test("compares run by run, so that a slow hour of the machine cancels out", () => {
    const of = (...walls: number[]): Measurement => ({
      wall: statisticsOf(walls),
      walls,
      memory: statisticsOf([1]),
    });
    expect(ratioOf(of(10, 20, 11), of(5, 10, 10))).toBe(2);
  });

  test("takes the middle of the runs", () => {
    expect(statisticsOf([9, 1, 5])).toEqual({ median: 5, least: 1, most: 9 });
    expect(statisticsOf([4, 1, 2, 9]).median).toBe(3);
  });
});

function measured(wall: Readonly<Record<string, number>>): ReadonlyMap<string, Measurement> {
  return new Map(
    Object.entries(wall).map(([name, time]) => [
      name,
      { wall: statisticsOf([time]), walls: [time], memory: statisticsOf([50_000_000]) },
    ]),
  );
}
