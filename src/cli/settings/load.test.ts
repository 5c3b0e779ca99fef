import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadPolicy, loadTeamSettings } from "./load.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = join(folder, "settings.yaml");
  writeFileSync(file, text);
  return file;
}

/** Seven levels of nine aliases each: 4,782,969 items in 300 bytes. */
function aliasesOfAliases(): string {
  const names = Array.from("abcdefg");
  const levels = names.slice(1).map((name, index) => `${name}: &${name} [${`*${names[index]},`.repeat(9)}]`);
  return ["a: &a [x]", ...levels].join("\n");
}

describe("douane.yaml", () => {
  test("holds a team's settings", async () => {
    const text =
      "team: portail\nlang: fr\nplatform: linux/arm64\nkubernetes: '1.29'\nformats: [checklist, json=r.json]\nfailOn: refused\n";
    expect(await loadTeamSettings(written(text), "douane.yaml")).toEqual({
      team: "portail",
      lang: "fr",
      platform: "linux/arm64",
      kubernetes: "1.29",
      formats: ["checklist", "json=r.json"],
      failOn: "refused",
    });
  });

  test.each(["", "# nothing yet\n", "---\n"])("%j sets nothing", async (text) => {
    expect(await loadTeamSettings(written(text), "douane.yaml")).toEqual({});
  });

  test.each([
    ["team: portail\nfailon: refused\n", 'douane.yaml:2:1: unknown key "failon". Did you mean failOn?'],
    [
      "zzz: 1\n",
      'unknown key "zzz". Possible: team, lang, platform, kubernetes, formats, failOn, enforceFuture.',
    ],
    ["team: portail\nfailOn: never\n", 'douane.yaml:2:9: failOn must be refused or unproven, not "never"'],
    ["enforceFuture: yes\n", 'douane.yaml:1:16: enforceFuture must be true or false, not "yes"'],
    ["team: ''\n", 'team must be a text that is not empty, not ""'],
    ["formats: json\n", 'formats must be a list, not "json"'],
    ["formats:\n  - json\n  - 3\n", "douane.yaml:3:5: formats.1 must be a text between quotes, not"],
    ["formats: [{}]\n", "formats.0 must be a text, not"],
    ["kubernetes: 1.30\n", 'douane.yaml:1:13: kubernetes must be a text between quotes, not "1.3"'],
    ["kubernetes: newest\n", 'kubernetes must be a version of Kubernetes such as 1.29, not "newest"'],
    ["- team\n", "douane.yaml:1:1: the file must be a mapping"],
    ["just words\n", "douane.yaml:1:1: the file must be a mapping"],
    ["team: a\nteam: b\n", "douane.yaml:2:1: this key is already set"],
    ["team: a\n---\nteam: b\n", "one YAML document is expected"],
    ["team:\n\t- a\n", "cannot be indented with tabs"],
    ["team: [a\n", "douane.yaml:"],
    ["acceptedFindings: []\n", "allowed in the platform's policy only"],
    [`team: ${"[".repeat(200_000)}`, "douane.yaml:"],
    [aliasesOfAliases(), "too many aliases"],
  ])("%j is refused with its place", async (text, says) => {
    await expect(loadTeamSettings(written(text), "douane.yaml")).rejects.toMatchObject({
      exit: 64,
      text: { en: expect.stringContaining(says) },
    });
  });

  test("a file beyond the bound is refused, and the bound named", async () => {
    const file = written(`# ${"x".repeat(1024 ** 2)}\n`);
    await expect(loadTeamSettings(file, "douane.yaml")).rejects.toThrow("settingsBytes");
  });

  test("a file that is not there is refused", async () => {
    await expect(loadTeamSettings(join(folder, "none"), "none")).rejects.toThrow(
      'The file "none" cannot be read',
    );
  });
});

describe("the platform's policy", () => {
  const ENTRY = "- {fingerprint: 'x:y', reason: r, author: a, expires: 2026-12-31}";

  test("accepts false findings", async () => {
    expect(
      await loadPolicy(written(`acceptedFindings:\n  ${ENTRY}\nenforceFuture: true\n`), "p.yaml"),
    ).toEqual({
      acceptedFindings: [{ fingerprint: "x:y", reason: "r", author: "a", expires: "2026-12-31" }],
      enforceFuture: true,
    });
  });

  test.each([
    [ENTRY.replace("reason: r, ", ""), "acceptedFindings.0.reason is missing"],
    [ENTRY.replace("2026-12-31", "2026-02-31"), 'must be a date YYYY-MM-DD, not "2026-02-31"'],
    [ENTRY.replace("2026-12-31", "31/12/2026"), 'must be a date YYYY-MM-DD, not "31/12/2026"'],
    [ENTRY.replace("author", "autor"), 'unknown key "autor". Did you mean author?'],
  ])("%j is refused with its place", async (entry, says) => {
    const text = `acceptedFindings:\n  ${entry}\n`;
    await expect(loadPolicy(written(text), "p.yaml")).rejects.toMatchObject({
      exit: 64,
      text: { en: expect.stringMatching(/^p\.yaml:2:\d+: /), fr: expect.stringMatching(/^p\.yaml:2:\d+ : /) },
    });
    await expect(loadPolicy(written(text), "p.yaml")).rejects.toThrow(says);
  });
});
