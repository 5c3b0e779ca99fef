import { expect, test } from "vitest";
import { type Candidate, drawn } from "./draw.ts";
import { instrument } from "./instrument.ts";

const FILES = {
  "src/sbom/a.ts": 'export const names = ["one", "two", "three", "one"];\n',
  "src/assess/b.ts": "export function more(a: number) {\n  return a > 1 && a < 5;\n}\n",
};
const all = candidatesOf(FILES);

test("a seed draws as many mutants of each room as are asked for, and always the same", () => {
  const draw = { share: 1, count: 2, seed: "1" };
  expect(drawn(all, draw).map(({ file }) => file)).toEqual(
    ["src/sbom/a.ts", "src/assess/b.ts"].flatMap((file) => [file, file]),
  );
  expect(drawn(all, draw)).toEqual(drawn(all, draw));
  expect(["1", "2", "3"].map((seed) => texts(drawn(all, { ...draw, seed })))).not.toEqual(
    ["1", "1", "1"].map((seed) => texts(drawn(all, { ...draw, seed }))),
  );
});

test("lines that move change no draw", () => {
  const moved = candidatesOf({
    ...FILES,
    "src/sbom/a.ts": `// A comment.\nimport "./b.ts";\n${FILES["src/sbom/a.ts"]}`,
  });
  const draw = { share: 0.5, count: undefined, seed: "3" };
  expect(texts(drawn(all, draw)).length).toBeGreaterThan(0);
  expect(texts(drawn(all, draw)).length).toBeLessThan(all.length);
  expect(texts(drawn(moved, draw))).toEqual(texts(drawn(all, draw)));
});

test("a mutant that is not chosen gets no switch, and changes no other's id", () => {
  const source = FILES["src/assess/b.ts"];
  const { mutants } = instrument(source, "b.ts", 10);
  const last = mutants.at(-1)?.id ?? 0;
  const { code, mutants: same } = instrument(source, "b.ts", 10, new Set([last]));
  expect(same).toEqual(mutants);
  expect(code.match(/__mutant\(\d+\)/g)).toEqual([`__mutant(${last})`]);
  expect(instrument(source, "b.ts", 10, new Set()).code).toBe(source);
});

function candidatesOf(files: Readonly<Record<string, string>>) {
  return Object.entries(files).flatMap(([file, source]) =>
    instrument(source, file, 0).mutants.map((mutant) => ({ ...mutant, file })),
  );
}

function texts(some: readonly Candidate[]) {
  return some.map(({ file, kind, original, text }) => [file, kind, original, text]);
}
