import { expect, test, vi } from "vitest";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { rememberedAnswers } from "./remembered-answers.ts";

const about = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    advisory({ id: `CVE-2026-${1000 + index}`, ecosystem: "npm", package: name }),
  );

function dataAsked(): { readonly data: VulnerabilityDatabase; readonly asked: () => readonly unknown[] } {
  const given = dataOf({
    advisories: [...about("a", 1), ...about("b", 2), ...about("c", 3)],
    cves: { "CVE-2026-1000": { severities: [], exploited: [{ by: "CISA KEV" }] } },
  });
  const advisoriesOf = vi.fn<VulnerabilityDatabase["advisoriesOf"]>((...args) => given.advisoriesOf(...args));
  const cve = vi.fn<VulnerabilityDatabase["cve"]>((id) => given.cve(id));
  return {
    data: { ...given, advisoriesOf, cve },
    asked: () => [...advisoriesOf.mock.calls.map(([, name]) => name), ...cve.mock.calls.map(([id]) => id)],
  };
}

test("a query is asked once, and answered with the same object", () => {
  const { data, asked } = dataAsked();
  const remembered = rememberedAnswers(data);
  for (const name of ["a", "c", "nobody-has-it"]) {
    const [first, again] = [remembered.advisoriesOf("npm", name), remembered.advisoriesOf("npm", name)];
    expect(first).toEqual(data.advisoriesOf("npm", name));
    expect(again).toBe(first);
  }
  for (const id of ["CVE-2026-1000", "CVE-2026-1", "CVE-2026-1000", "CVE-2026-1"]) {
    expect(remembered.cve(id)).toEqual(data.cve(id));
  }
  // Each once by the remembered data, and once by each comparison of this test.
  expect(asked()).toHaveLength(6 + 2 + 4);
  expect(remembered.holds("npm")).toBe(true);
  expect(remembered.sources).toBe(data.sources);
});

test("the same name of two ecosystems are two queries", () => {
  const remembered = rememberedAnswers(dataAsked().data);
  expect(remembered.advisoriesOf("npm", "a")).toHaveLength(1);
  expect(remembered.advisoriesOf("PyPI", "a")).toHaveLength(0);
});

test("records are bounded: the answers used longest ago are dropped", () => {
  const { data, asked } = dataAsked();
  const remembered = rememberedAnswers(data, { records: 7, compared: 0 });
  const names = (...given: readonly string[]) => {
    for (const name of given) remembered.advisoriesOf("npm", name);
    return asked();
  };
  expect(names("a", "b", "a")).toEqual(["a", "b"]);
  // Two and three records are held; four more drop b's, which was used before a's.
  expect(names("c", "a", "c")).toEqual(["a", "b", "c"]);
  expect(names("b")).toEqual(["a", "b", "c", "b"]);
});

test("as many answers are dropped as a new one takes", () => {
  const { data, asked } = dataAsked();
  const remembered = rememberedAnswers(data, { records: 5, compared: 0 });
  for (const name of ["a", "b", "c", "b", "a"]) remembered.advisoriesOf("npm", name);
  expect(asked()).toEqual(["a", "b", "c", "b", "a"]);
});

test("an answer of more records than may be held is not held", () => {
  const { data, asked } = dataAsked();
  const remembered = rememberedAnswers(data, { records: 2, compared: 0 });
  expect([remembered.advisoriesOf("npm", "c"), remembered.advisoriesOf("npm", "c")].flat()).toHaveLength(6);
  expect(asked()).toEqual(["c", "c"]);
});

test("compared components are bounded by their findings, and closing the data forgets all", () => {
  const { data, asked } = dataAsked();
  const close = vi.fn<() => void>();
  const { memory, ...remembered } = rememberedAnswers({ ...data, close }, { records: 9, compared: 4 });
  const finding = {} as VulnerabilityFinding;
  const compared = (count: number) => ({
    result: { findings: Array.from({ length: count }, () => finding) },
    answers: new Map(),
  });
  const held = () => ["a", "b", "c"].filter((key) => memory?.get(key) !== undefined);
  memory?.set("a", compared(0));
  memory?.set("b", compared(2));
  expect(held()).toEqual(["a", "b"]);
  memory?.set("c", compared(1));
  expect(held()).toEqual(["b", "c"].slice(1));
  remembered.advisoriesOf("npm", "a");
  remembered.close();
  expect([held(), close.mock.calls.length]).toEqual([[], 1]);
  remembered.advisoriesOf("npm", "a");
  expect(asked()).toEqual(["a", "a"]);
});
