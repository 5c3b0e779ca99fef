import { expect, test } from "vitest";
import { languageOf } from "./language.ts";

test.each([
  [{}, "en"],
  [{ LANG: "fr_FR.UTF-8" }, "fr"],
  [{ LANG: "fr" }, "fr"],
  [{ LANG: "fr_CA" }, "fr"],
  [{ LANG: "FR_fr" }, "fr"],
  [{ LANG: "frp_IT.UTF-8" }, "en"],
  [{ LANG: "C.UTF-8" }, "en"],
  [{ LANG: "de_DE.UTF-8" }, "en"],
  [{ LANG: "fr_FR.UTF-8", LC_MESSAGES: "en_GB.UTF-8" }, "en"],
  [{ LANG: "en_GB.UTF-8", LC_MESSAGES: "fr_FR.UTF-8" }, "fr"],
  [{ LC_ALL: "C", LC_MESSAGES: "fr_FR.UTF-8", LANG: "fr_FR.UTF-8" }, "en"],
  [{ LC_ALL: "", LC_MESSAGES: "", LANG: "fr_FR.UTF-8" }, "fr"],
])("the locale %j speaks %s", (env, lang) => {
  expect(languageOf({ argv: [], env })).toBe(lang);
});

test.each([
  [["--lang", "fr"], "fr"],
  [["check", "--lang=fr"], "fr"],
  [["--lang", "de"], "en"],
  [["--lang"], "en"],
  [["check", "--", "--lang", "fr"], "en"],
])("%j speaks %s", (argv, lang) => {
  expect(languageOf({ argv, env: {} })).toBe(lang);
});

test("--lang goes before the locale", () => {
  expect(languageOf({ argv: ["--lang", "en"], env: { LC_ALL: "fr_FR.UTF-8" } })).toBe("en");
});
