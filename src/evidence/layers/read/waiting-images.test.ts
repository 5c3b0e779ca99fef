import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type LayerValue, layerOf } from "../../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource, pieces } from "../../../../test/fixtures/layer-sources.ts";
import { UnavailableError } from "../../../contract/error.ts";
import type { LayerBytes, LayerSource } from "../../../image/source/open-image.ts";
import { LayerFactsRegistry } from "../known/layer-facts-registry.ts";
import { RunSelectors } from "../known/run-selectors.ts";
import { readLayers } from "./read-layers.ts";

const SHARED = layerOf([{ path: "shared", content: "x" }]);
const OWN = ["a", "b", "c"].map((path) => layerOf([{ path, content: path }]));
const FAILURE = new UnavailableError("network", { fr: "coupure", en: "cut" });

function newRun(isShared = true): LayerFactsRegistry {
  return new LayerFactsRegistry(new RunSelectors([]), undefined, isShared);
}

/** A download that begins after a while, each noted. */
function slowly(value: LayerValue, opened: string[], name: string): LayerSource {
  const bytes: LayerBytes = {
    kind: "stream",
    async open() {
      opened.push(name);
      await sleep(20);
      return pieces(value.blob);
    },
  };
  return layerSource(value, bytes);
}

function failing(value: LayerValue, opened: string[], name: string): LayerSource {
  const bytes: LayerBytes = {
    kind: "stream",
    async open() {
      opened.push(name);
      await sleep(20);
      throw FAILURE;
    },
  };
  return layerSource(value, bytes);
}

describe("an image waits for a layer that another one of its run is reading", () => {
  test.each([true, false])("and takes what it finds, whatever is kept for later (%s)", async (isShared) => {
    const opened: string[] = [];
    const run = newRun(isShared);
    const images = OWN.map((own, index) => [
      slowly(SHARED, opened, `shared by ${index}`),
      slowly(own, opened, `own of ${index}`),
    ]);
    const read = await Promise.all(images.map((sources) => readLayers(sources, run, {})));
    expect(read.map((layers) => layers.map(({ entries }) => entries.paths))).toEqual(
      ["a", "b", "c"].map((path) => [["/shared"], [`/${path}`]]),
    );
    expect(opened.toSorted()).toEqual(["own of 0", "own of 1", "own of 2", "shared by 0"]);
  });

  test("and reads it itself where the other failed, which fails alone", async () => {
    const opened: string[] = [];
    const run = newRun();
    const images = [
      [failing(SHARED, opened, "first")],
      [slowly(SHARED, opened, "second")],
      [slowly(SHARED, opened, "third")],
    ];
    const read = await Promise.allSettled(images.map((sources) => readLayers(sources, run, {})));
    expect(read).toMatchObject([
      { status: "rejected", reason: { code: "network" } },
      { status: "fulfilled", value: [{ entries: { paths: ["/shared"] } }] },
      { status: "fulfilled", value: [{ entries: { paths: ["/shared"] } }] },
    ]);
    expect(opened).toEqual(["first", "second"]);
  });

  test("also where it is another layer of the other that failed", async () => {
    const opened: string[] = [];
    const run = newRun();
    const [own = SHARED] = OWN;
    const read = await Promise.allSettled([
      readLayers([failing(own, opened, "own"), slowly(SHARED, opened, "first")], run, {}),
      readLayers([slowly(SHARED, opened, "second")], run, {}),
    ]);
    expect(read.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(opened).toContain("second");
  });

  test("and what failed is tried anew by whoever comes later", async () => {
    const run = newRun();
    const first = readLayers([failing(SHARED, [], "first")], run, {});
    await expect(first).rejects.toMatchObject({ code: "network" });
    const [layer] = await readLayers([layerSource(SHARED, downloadOf(SHARED))], run, {});
    expect(layer?.entries.paths).toEqual(["/shared"]);
  });

  test("two that wait for each other's layers both end", async () => {
    const opened: string[] = [];
    const run = newRun();
    const [one = SHARED, other = SHARED] = OWN;
    const read = await Promise.all([
      readLayers([slowly(one, opened, "one"), slowly(SHARED, opened, "shared")], run, {}),
      readLayers(
        [slowly(other, opened, "other"), slowly(SHARED, opened, "again"), slowly(one, opened, "again")],
        run,
        {},
      ),
      readLayers([slowly(other, opened, "again")], run, {}),
    ]);
    expect(read.map((layers) => layers.length)).toEqual([2, 3, 1]);
    expect(opened.toSorted()).toEqual(["one", "other", "shared"]);
  });
});

test("an interruption ends those that wait, too", async () => {
  const controller = new AbortController();
  const reason = new Error("interrupted");
  const run = newRun();
  const options = { signal: controller.signal };
  const reading = [1, 2].map(() => readLayers([slowly(SHARED, [], "")], run, options));
  controller.abort(reason);
  for (const outcome of await Promise.allSettled(reading)) expect(outcome).toMatchObject({ reason });
});
