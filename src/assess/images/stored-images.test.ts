import { expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { namedImages } from "../../evidence/named-images.ts";
import { imageTexts, storedImages, unreadImages } from "./stored-images.ts";

const WEB = "registry.example/web:1.0.0";
const DB = "registry.example/db:1.0.0";
const WORKLOAD = workloadFacts({
  containers: [{ name: "web", image: WEB }, { name: "again", image: WEB }, { name: "nameless" }],
  initContainers: [{ name: "db", image: DB }],
});
const named = namedImages([WORKLOAD]).images;

function evidence(file: string, given: string, id: number) {
  const origin = { by: "handed-in", file, douane: "0.1.0" } as const;
  return {
    image: imageFacts({ facts: { imageId: digestOf(id) } }),
    reference: referenceFacts({ given }),
    origin,
  };
}

async function known(...read: readonly ReturnType<typeof evidence>[]) {
  const warnings: string[] = [];
  const images = storedImages(
    named,
    read,
    [],
    () => "own.json",
    async ({ en }) => void warnings.push(en),
  );
  const found = await images.of(WORKLOAD);
  return { ids: Object.fromEntries([...found].map(([text, one]) => [text, one.image?.imageId])), warnings };
}

test("all images that a workload names are asked for, each once", () => {
  expect([...imageTexts(WORKLOAD)].toSorted()).toEqual(["", DB, WEB].toSorted());
});

test("a workload has the images of its own file before those of others", async () => {
  const { ids, warnings } = await known(evidence("other.json", WEB, 1), evidence("own.json", WEB, 2));
  expect([ids[WEB], ids[DB], warnings]).toEqual([digestOf(2), undefined, []]);
  expect((await known(evidence("other.json", WEB, 1))).ids[WEB]).toBe(digestOf(1));
});

test("two images of one name are none, with a warning, and one image twice is one", async () => {
  const { ids, warnings } = await known(evidence("own.json", WEB, 1), evidence("own.json", WEB, 2));
  expect([ids[WEB], warnings]).toEqual([undefined, [expect.stringContaining(WEB)]]);
  const same = await known(evidence("own.json", WEB, 1), evidence("own.json", WEB, 1));
  expect([same.ids[WEB], same.warnings]).toEqual([digestOf(1), []]);
});

test("an image without evidence is its reference alone", async () => {
  const images = unreadImages(named);
  const found = await images.of(WORKLOAD);
  expect([...found.keys()].toSorted()).toEqual([DB, WEB].toSorted());
  expect(found.get(WEB)).toMatchObject({ reference: { given: WEB } });
  expect(found.get(WEB)).not.toHaveProperty("image");
  expect(images.given).toEqual([]);
});

test("images that the user named are given in their order", async () => {
  const [a, b] = [evidence("own.json", "a", 1), evidence("own.json", "b", 2)];
  const images = storedImages(
    new Map(),
    [],
    [a, b],
    () => "",
    async () => undefined,
  );
  expect(await Promise.all(images.given.map((read) => read()))).toEqual([a, b]);
});
