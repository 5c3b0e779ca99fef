import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../../test/fixtures/imports.ts";
import { COMMANDS } from "../commands.ts";
import type { Flag, Flags } from "./command.ts";
import { isGroup } from "./command.ts";
import { COMMON_FLAGS } from "./common-flags.ts";
import { fromEnvironment, variableOf } from "./environment.ts";
import { loadedEntries } from "./leaves.ts";
import { longFlag } from "./option.ts";

const SWITCH: Flag = { env: true, help: { fr: "", en: "" } };
const VALUE: Flag = { ...SWITCH, value: { fr: "", en: "" } };

describe("the environment gives a setting", () => {
  test.each([
    ["a value", "failOn", VALUE, { DOUANE_FAIL_ON: " refused " }, "refused"],
    ["a value that is read", "n", { ...VALUE, parse: Number }, { DOUANE_N: "7" }, 7],
    [
      "a list",
      "format",
      { ...VALUE, many: true },
      { DOUANE_FORMAT: "json=a.json, checklist" },
      ["json=a.json", "checklist"],
    ],
    ["a list by lines", "x", { ...VALUE, many: true }, { DOUANE_X: "a,b\nc\n" }, ["a,b", "c"]],
    ["a switch", "noCache", SWITCH, { DOUANE_NO_CACHE: "1" }, true],
    ["a switch that is off", "noCache", SWITCH, { DOUANE_NO_CACHE: "false" }, false],
    ["nothing, empty", "x", VALUE, { DOUANE_X: " " }, undefined],
    ["nothing, unset", "x", VALUE, {}, undefined],
    ["nothing, since it may not", "x", { ...VALUE, env: undefined }, { DOUANE_X: "1" }, undefined],
  ] as const)("%s", (_, name, flag, env, value) => {
    expect(fromEnvironment(name, flag as Flag, env)).toEqual(value);
  });

  test("a value that is wrong names the variable", () => {
    expect(() => fromEnvironment("lang", COMMON_FLAGS.lang, { DOUANE_LANG: "de" })).toThrow(
      'DOUANE_LANG: --lang "de": douane speaks fr and en.',
    );
    expect(() => fromEnvironment("x", SWITCH, { DOUANE_X: "perhaps" })).toThrow(
      'DOUANE_X="perhaps": write 1 or 0',
    );
  });
});

describe.each(["settings.md", "settings.fr.md"])("the table of %s", (name) => {
  const text = readFileSync(join(ROOT, "docs/usage", name), "utf8");
  const rows = [...text.matchAll(/^\| `(DOUANE_\w+)` \| `(--[\w-]+)` \|/gm)].map(([, variable, flag]) => [
    variable,
    flag,
  ]);

  test("has every setting that the environment gives, and no other", async () => {
    const commands = (await loadedEntries(COMMANDS)).map(({ command }) => command);
    const all: readonly Flags[] = [
      COMMON_FLAGS,
      ...commands.flatMap((command) => (isGroup(command) ? [] : [command.flags as Flags])),
    ];
    const settings = all.flatMap((flags) =>
      Object.entries(flags).flatMap(([key, flag]) =>
        flag.env === true ? [`${variableOf(key)} ${longFlag(key)}`] : [],
      ),
    );
    expect(rows.map((row) => row.join(" ")).toSorted()).toEqual([...new Set(settings)].toSorted());
  });
});
