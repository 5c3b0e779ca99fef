import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { PackageFacts } from "../../src/contract/package-facts.ts";
import { CatalogerIndex } from "../../src/sbom/catalogers/cataloger-index.ts";
import { BuildInfoSearch } from "../../src/sbom/catalogers/go/build-info.ts";
import { runtimeSearch } from "../../src/sbom/catalogers/runtimes/runtime-search.ts";
import { goProgram } from "../fixtures/go-program.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-native-"));
afterAll(() => rmSync(folder, { recursive: true }));
const OPTIONS = { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 } as const;

function stated(path: string): readonly PackageFacts[] {
  return new CatalogerIndex().of(path)?.packages({ path, bytes: readFileSync(path) }) ?? [];
}

function fullName({ namespace, name }: PackageFacts): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

test("a stripped Go program's modules are those of go version -m: a replaced one is what replaced it", () => {
  const program = goProgram(folder);
  const search = new BuildInfoSearch();
  search.push(readFileSync(program));
  const own = search.end()?.packages.map((one) => `${fullName(one)} ${one.version}`);
  const lines = execFileSync("go", ["version", "-m", program], OPTIONS).split("\n");
  const [, go = ""] = /: go(\S+)/.exec(lines[0] ?? "") ?? [];
  const listed = lines.flatMap((line, at) => {
    const [, kind, path = "", version = ""] = line.split("\t");
    const isReplaced = lines[at + 1]?.startsWith("\t=>\t") === true;
    if (kind === "=>") return path.startsWith("./") ? [] : [`${path} ${version}`];
    if ((kind !== "mod" && kind !== "dep") || (isReplaced && lines[at + 1]?.includes("./") !== true))
      return [];
    // A folder of the sources has no version.
    return [`${path} ${isReplaced ? "" : version}`];
  });
  expect(listed).toContain("example.org/new v0.2.0-20250101120000-abcdef123456");
  expect(own).toEqual([`stdlib ${go}`, ...listed]);
});

test("gems are those that RubyGems itself finds", () => {
  const script =
    'require "json"; puts JSON.generate([Gem.path, Gem::Specification.dirs, Gem::Specification.map { |one| "#{one.name} #{one.version} #{one.licenses.join(",")}" }])';
  const told = execFileSync("ruby", ["-e", script], OPTIONS);
  const [, folders, listed] = JSON.parse(told) as [string[], string[], string[]];
  const own = folders
    .flatMap((place) => [
      ...globSync(join(place, "*.gemspec")),
      ...globSync(join(place, "default", "*.gemspec")),
    ])
    .flatMap((file) =>
      stated(file).map(({ name, version, licenses = [] }) => `${name} ${version} ${licenses.join(",")}`),
    );
  expect(listed.length).toBeGreaterThan(20);
  expect([...new Set(own)].toSorted()).toEqual([...new Set(listed)].toSorted());
});

test("Composer's packages are those that composer show lists", () => {
  const [app, lib] = ["app", "lib"].map((name) => join(folder, "php", name));
  for (const place of [app, lib]) mkdirSync(place ?? "", { recursive: true });
  const library = { name: "example/lib", version: "v2.1.0", license: ["MIT", "Apache-2.0"] };
  const portal = {
    name: "example/portal",
    version: "1.0.0",
    repositories: [{ type: "path", url: "../lib", options: { symlink: false } }, { "packagist.org": false }],
    require: { "example/lib": "^2.1" },
  };
  writeFileSync(join(lib ?? "", "composer.json"), JSON.stringify(library));
  writeFileSync(join(app ?? "", "composer.json"), JSON.stringify(portal));
  const env = { ...process.env, COMPOSER_ALLOW_SUPERUSER: "1", COMPOSER_HOME: join(folder, "php", "home") };
  const composer = (...argv: readonly string[]) =>
    execFileSync("composer", [...argv, "--no-interaction"], { ...OPTIONS, cwd: app, env, stdio: "pipe" });
  composer("install", "--quiet");
  const { installed } = JSON.parse(composer("show", "--format=json")) as {
    installed: { name: string; version: string }[];
  };
  const own = stated(join(app ?? "", "vendor", "composer", "installed.json"));
  expect(own.map((one) => `${fullName(one)} v${one.version}`)).toEqual(
    installed.map(({ name, version }) => `${name} ${version}`),
  );
  expect(own[0]?.licenses).toEqual(["MIT", "Apache-2.0"]);
});

test.each([
  ["redis-check-rdb", /v=(\S+)/],
  ["valkey-check-rdb", /v=(\S+)/],
])("%s, which is the server's program, is of the version that it tells", (command, form) => {
  const file = execFileSync("sh", ["-c", `command -v ${command}`], OPTIONS).trim();
  const bytes = readFileSync(realpathSync(file));
  const search = runtimeSearch(join("/usr/local/bin", basename(file)));
  for (let at = 0; at < bytes.length; at += 65_536) search?.push(bytes.subarray(at, at + 65_536));
  const told = execFileSync(file, ["--version"], OPTIONS);
  expect(search?.end().map(({ name, version }) => `${name} ${version}`)).toEqual([
    `${command.replace(/-.*/, "")} ${form.exec(told)?.[1]}`,
  ]);
});
