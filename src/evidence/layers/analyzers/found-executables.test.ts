import { expect, test } from "vitest";
import { elf } from "../../../../test/fixtures/image-packages.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { FoundExecutables } from "./found-executables.ts";

test("no more executables of a layer than a bound", () => {
  const found = new FoundExecutables();
  const head = elf("a", 64);
  const see = (index: number) =>
    found.see({ index, path: `/a${index}`, type: "file", mode: 0o755, size: 64 }, head);
  for (let index = 0; index < LIMITS.executablesPerLayer; index++) see(index);
  expect(() => see(LIMITS.executablesPerLayer)).toThrow("executablesPerLayer");
});

test("no more listed programs than a bound; data do not count", () => {
  const paths = (count: number, ending: string) =>
    Array.from({ length: count }, (_, at) => `/a/${at}${ending}`);
  const found = new FoundExecutables();
  found.list([{ owner: "deb a", paths: paths(LIMITS.listedProgramsPerLayer + 1, ".png") }]);
  found.list([{ owner: "deb a", paths: paths(LIMITS.listedProgramsPerLayer, "") }]);
  expect(() => found.list([{ owner: "deb a", paths: ["/one/more"] }])).toThrow("listedProgramsPerLayer");
});

test("some files of a package stand for it: documentation and configuration only where it has no others", () => {
  const found = new FoundExecutables();
  const many = Array.from({ length: 100 }, (_, at) => `/usr/lib/a/${at}`);
  found.list([
    { owner: "deb a", paths: ["/etc/a", "/usr/share/doc/a/x", ...many] },
    { owner: "deb b", paths: ["/etc/b", "/usr/share/doc/b/x"] },
  ]);
  const [a, b] = found.facts().owners;
  expect(a?.samples).toEqual([0, 19, 39, 59, 79, 99].map((at) => `/usr/lib/a/${at}`));
  expect(b?.samples).toEqual(["/etc/b", "/usr/share/doc/b/x"]);
});
