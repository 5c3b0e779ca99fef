import { expect, test } from "vitest";
import { referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { placements } from "../../contract/placement.ts";
import { withinLimit } from "./image-limit.ts";
import { Problems } from "./problems.ts";

function named(count: number) {
  const workload = workloadFacts();
  const users = placements(workload).map((placement) => ({ workload, placement }));
  return new Map(
    Array.from({ length: count }, (_, index) => [`app:${index}`, { reference: referenceFacts(), users }]),
  );
}

function problems(said: string[]): Problems {
  const output = { isTTY: false, write: async (text: string) => void said.push(text) };
  const context = {
    argv: [],
    env: {},
    cwd: "/",
    stdin: (async function* () {})(),
    stdout: output,
    stderr: output,
    now: () => new Date(0),
    signal: new AbortController().signal,
    catchSignals: <T>(work: () => Promise<T>) => work(),
  };
  return new Problems({ context, lang: "en", langChosen: true, color: false, quiet: false }, "en");
}

test("as many images as the bound says are all read", async () => {
  const found = problems([]);
  const all = named(LIMITS.namedImages);
  expect(await withinLimit(all, found)).toBe(all);
  expect(found.failures).toEqual([]);
});

test("more are an error that names the bound, and the first are read", async () => {
  const said: string[] = [];
  const found = problems(said);
  const wanted = await withinLimit(named(LIMITS.namedImages + 1), found);
  expect([wanted.size, wanted.has("app:0")]).toEqual([LIMITS.namedImages, true]);
  expect(found).toMatchObject({ failures: [65], errors: [{ about: { file: "web.yaml" } }] });
  expect(said.join("")).toContain("namedImages");
});
