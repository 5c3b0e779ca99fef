// Invariants of the lists of components that are not rules (test/rules.test.ts has those of rules): every
// component of a folder is in its list, has a test beside it, and is in the manual in both languages.

import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../src/cli/commands.ts";
import { REPORTS } from "../src/report/index.ts";
import { ALL_CATALOGERS } from "../src/sbom/catalogers/cataloger-index.ts";
import { FEEDS } from "../src/vulnerabilities/feed/feed.ts";
import { FEED_FORMATS } from "../src/vulnerabilities/feeds/recognise.ts";

const ROOT = join(import.meta.dirname, "..");

function text(...paths: readonly string[]): string {
  return paths.map((path) => readFileSync(join(ROOT, path), "utf8")).join("\n");
}

function folders(path: string): readonly string[] {
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function inBothLanguages(page: string, word: string): boolean {
  return [`docs/usage/${page}.md`, `docs/usage/${page}.fr.md`].every((path) => text(path).includes(word));
}

describe("catalogers", () => {
  const TESTS = globSync(["src/sbom/catalogers/**/*.test.ts", "test/sbom/*.test.ts"], { cwd: ROOT });

  test.each(ALL_CATALOGERS.map((one) => [one.name, one] as const))(
    "%s has a test that hands it a file",
    (_, { names }) => {
      // One reads all files of a folder.
      const named = names.length === 0 ? ["/status.d/"] : names;
      expect(named.some((name) => text(...TESTS).includes(name))).toBe(true);
    },
  );

  test.each([
    ["alpine", "apk"],
    ["arch", "pacman"],
    ["bitnami", "Bitnami"],
    ["conda", "Conda"],
    ["debian", "dpkg"],
    ["dotnet", ".deps.json"],
    ["go", "Go"],
    ["java", "pom.properties"],
    ["npm", "package.json"],
    ["opkg", "opkg"],
    ["php", "installed.json"],
    ["python", "METADATA"],
    ["rpm", "rpm"],
    ["ruby", ".gemspec"],
    ["runtimes", "OpenJDK"],
    ["rust", "cargo auditable"],
  ])("the folder %s is in the manual by %s", (folder, word) => {
    expect(folders("src/sbom/catalogers")).toContain(folder);
    expect(inBothLanguages("sbom", word)).toBe(true);
  });

  test("paths of Nix, which no cataloger reads from a file, are in the manual", () => {
    expect(inBothLanguages("sbom", "Nix")).toBe(true);
  });

  test("no folder is without its line above", () => {
    expect(folders("src/sbom/catalogers")).toHaveLength(16);
  });
});

describe("feeds", () => {
  const RECOGNISED: readonly string[] = [...FEED_FORMATS.map(({ feed }) => feed), "epss"];

  test("what is read is in the table, and what is in the table is read", () => {
    expect([...RECOGNISED].toSorted()).toEqual(Object.keys(FEEDS).toSorted());
  });

  test("each folder has a reader that is imported by what recognises feeds", () => {
    const readers = text(
      "src/vulnerabilities/feeds/recognise.ts",
      "src/vulnerabilities/import/read-content.ts",
    );
    for (const folder of folders("src/vulnerabilities/feeds")) {
      expect(readers).toContain(`/${folder}/${folder}.ts"`);
    }
  });

  test.each(Object.keys(FEEDS))("%s has real records in a test, and a line in the manual", (feed) => {
    const tests = globSync(["src/vulnerabilities/feeds/*.test.ts", "test/vulnerabilities/*.test.ts"], {
      cwd: ROOT,
    });
    expect(text(...tests)).toContain(feed);
    expect(inBothLanguages("vulnerability-data", feed === "osv" ? "OSV" : `\`${feed}`)).toBe(true);
  });
});

test.each(REPORTS.map(({ name }) => name))(
  "the report %s is a file of its name, with a test and models",
  (name) => {
    const files = [`src/report/${name}.ts`, `src/report/${name}.test.ts`];
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(
      readdirSync(join(ROOT, "src/report/__goldens__")).filter((file) => file.includes(name)),
    ).not.toEqual([]);
    expect(["pipelines", "images", "manifests", "settings"].some((page) => inBothLanguages(page, name))).toBe(
      true,
    );
  },
);

describe("commands", () => {
  const NAMES = COMMANDS.map(({ name }) => name);
  /** Folders shared by all commands. */
  const SHARED = ["command-line", "process", "settings", "terminal"];

  test("each folder is a command, and each command a folder", () => {
    expect(
      folders("src/cli")
        .filter((name) => !SHARED.includes(name))
        .toSorted(),
    ).toEqual([...NAMES].toSorted());
  });

  test.each(NAMES)("%s is a file of its name, tested as it is called", (name) => {
    expect(existsSync(join(ROOT, `src/cli/${name}/${name}.ts`))).toBe(true);
    const tests = [
      ...globSync("src/cli/**/*.test.ts", { cwd: ROOT }),
      ...globSync("test/e2e/*.test.ts", { cwd: ROOT }),
    ];
    expect(tests.some((path) => text(path).includes(`"${name}"`) || text(path).includes(`"${name} `))).toBe(
      true,
    );
  });
});
