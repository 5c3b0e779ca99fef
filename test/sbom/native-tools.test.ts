import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PackageFacts } from "../../src/contract/package-facts.ts";
import { CatalogerIndex } from "../../src/sbom/catalogers/cataloger-index.ts";
import { BuildInfoSearch } from "../../src/sbom/catalogers/go/build-info.ts";

const INDEX = new CatalogerIndex();
const ROOT = join(import.meta.dirname, "..", "..");

/** Packages stated by a file of this machine, as if in a layer. */
function stated(path: string): readonly PackageFacts[] {
  return INDEX.of(path)?.packages({ path, bytes: readFileSync(path) }) ?? [];
}

function told(command: string, argv: readonly string[]): readonly string[] {
  const options = { encoding: "utf8", cwd: ROOT, maxBuffer: 64 * 1024 ** 2 } as const;
  return execFileSync(command, argv, options)
    .split("\n")
    .filter((line) => line !== "")
    .toSorted();
}

test("Debian's packages are those that dpkg-query lists, with their sources", () => {
  const format =
    "${db:Status-Status} ${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\n";
  const listed = told("dpkg-query", ["--show", "--showformat", format])
    .filter((line) => !/^(?:config-files|not-installed) /.test(line))
    .map((line) => line.slice(line.indexOf(" ") + 1));
  const own = stated("/var/lib/dpkg/status").map(
    ({ name, version, architecture, source = { name, version } }) =>
      `${name} ${version} ${architecture} ${source.name} ${source.version}`,
  );
  expect(listed.length).toBeGreaterThan(100);
  expect(own.toSorted()).toEqual(listed);
});

test("npm's packages are those that lie where npm ls says", () => {
  const folders = told("npm", ["ls", "--all", "--parseable", "--long"]);
  const listed = folders.flatMap((line) => {
    const [folder = "", spec = ""] = line.split(":");
    return existsSync(folder) && folder !== ROOT ? [`${folder.slice(ROOT.length)} ${spec}`] : [];
  });
  const own = globSync("node_modules/**/package.json", { cwd: ROOT })
    .filter((path) => INDEX.of(`/${path}`)?.name === "node-modules")
    .flatMap((path) =>
      stated(join(ROOT, path)).map(({ namespace, name, version }) => {
        const folder = path.slice(0, -"/package.json".length);
        return `/${folder} ${namespace === undefined ? "" : `${namespace}/`}${name}@${version}`;
      }),
    );
  expect(listed.length).toBeGreaterThan(20);
  expect([...new Set(own)].toSorted()).toEqual([...new Set(listed)].toSorted());
});

test("Python's distributions are those that importlib.metadata finds", () => {
  const script = `import importlib.metadata as m, json
print(json.dumps([[d.metadata["Name"], d.version, str(d._path)] for d in m.distributions(path=["/usr/lib/python3/dist-packages"])]))`;
  const listed = (
    JSON.parse(told("/usr/bin/python3", ["-c", script]).join("")) as [string, string, string][]
  ).map(([name, version]) => `${name.toLowerCase().replace(/[-_.]+/g, "-")} ${version}`);
  const own = globSync(["*.dist-info/METADATA", "*.egg-info/PKG-INFO", "*.egg-info"], {
    cwd: "/usr/lib/python3/dist-packages",
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => stated(join(parentPath, name)));
  expect(listed.length).toBeGreaterThan(0);
  expect(own.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual(listed.toSorted());
});

test("a Go program's modules are those that its text lists", () => {
  const [program = ""] = globSync("node_modules/@oxlint-tsgolint/linux-*/tsgolint*", { cwd: ROOT });
  const bytes = readFileSync(join(ROOT, program));
  const search = new BuildInfoSearch();
  for (let at = 0; at < bytes.length; at += 262_144) search.push(bytes.subarray(at, at + 262_144));
  const own = (search.end()?.packages ?? []).map(
    ({ namespace, name, version }) => `${namespace === undefined ? "" : `${namespace}/`}${name} ${version}`,
  );
  const listed = [...bytes.toString("latin1").matchAll(/^dep\t(\S+)\t(\S+)\t.*\n(?!=>)/gm)].map(
    ([, path = "", version = ""]) => `${path} ${version}`,
  );
  expect(listed.length).toBeGreaterThan(3);
  expect(own).toEqual(expect.arrayContaining(listed));
  expect(own[0]).toMatch(/^stdlib 1\.\d+/);
});
