import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { arch } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { buildExample } from "../../examples/build.ts";
import { COSTLY } from "../../scripts/package/lazy-builtins.ts";
import { ROWS } from "../../src/contract/rows.ts";
import { emptyImage, withLayer } from "../fixtures/image/image.ts";
import { layerOf, layerOfBlob } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { cronJob, deployment, yaml } from "../fixtures/manifests.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";
import { trialImage } from "../fixtures/trial-images.ts";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin", "douane.cjs");
const NODES = [
  {
    version: "22",
    node: join(import.meta.dirname, `../node-versions/node_modules/node-22-${arch()}/bin/node`),
  },
  { version: "24", node: process.execPath },
  {
    version: "26",
    node: join(import.meta.dirname, `../node-versions/node_modules/node-26-${arch()}/bin/node`),
  },
];

function douane(node: string, argv: readonly string[], env: Record<string, string> = {}) {
  const home = { HOME: temporaryDirectory(), PATH: process.env["PATH"] ?? "" };
  const { status, stdout, stderr } = spawnSync(node, [BIN, ...argv], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...home, ...env },
  });
  return { exit: status, stdout, stderr };
}

beforeAll(() => {
  buildExample("portal");
  buildExample("portal-fixed");
});

describe.each(NODES)("the bundle on Node $version", ({ version, node }) => {
  test("runs on the version that it says", () => {
    expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(new RegExp(`^v${version}\\.`));
  });

  test("prints its help and its version, without a warning", () => {
    expect(douane(node, ["--version"])).toMatchObject({ exit: 0, stderr: "" });
    const help = douane(node, ["--help"], { LC_ALL: "fr_FR.UTF-8" });
    expect(help).toMatchObject({ exit: 0, stderr: "" });
    expect(help.stdout).toContain("Utilisation : douane");
  });

  test("refuses the example and shows places and remedies", () => {
    const { exit, stdout, stderr } = douane(node, ["check", "oci:examples/portal/image:latest"]);
    expect([exit, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("Write `USER 1001` in the Dockerfile instead.");
    expect(stdout).toContain("NEXT_PUBLIC_SITE_URL");
    expect(stdout).toContain("/var/log/portal.log");
  });

  test("refuses a zstd layer that is cut off, and not the whole one behind it", () => {
    const whole = layerOf([{ path: "a", content: "a" }], "zstd");
    const cut = layerOfBlob(whole.blob.subarray(0, -1), whole.tar, whole.mediaType);
    const directory = temporaryDirectory();
    writeLayout(withLayer(withLayer(emptyImage(), cut), whole), directory);
    const { exit, stderr } = douane(node, ["check", `oci:${directory}`]);
    expect(exit).toBe(65);
    expect(stderr).toContain(`layer 1 (${cut.digest}): corrupt or truncated zstd stream`);
  });

  test("proves of the example that was put right all that an image can prove", () => {
    const argv = ["check", "oci:examples/portal-fixed/image:1.4.2", "--format", "json"];
    const { exit, stdout, stderr } = douane(node, argv);
    expect([exit, stderr]).toEqual([2, ""]);
    const [verdict] = JSON.parse(stdout).verdicts;
    const answers = new Map(verdict.rows.map((row: { id: string; answer: string }) => [row.id, row.answer]));
    const provable = ROWS.filter((row) =>
      row.provenBy.some((kind) => kind === "image" || kind === "reference"),
    ).map(({ id }) => id);
    // The report also says that the image embeds no SBOM.
    const expected = (id: string) =>
      provable.some((one) => one === id) ? "yes" : id === "sbom" ? "no" : "unproven";
    for (const { id } of ROWS) expect([id, answers.get(id)]).toEqual([id, expected(id)]);
  });

  test("runs an image and judges what it does", () => {
    const image = trialImage("crashes-read-only");
    const { exit, stdout, stderr } = douane(node, ["trial", image, "--format", "json"]);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/writable root +\S+ s {2}ready after/);
    expect(stdout).toContain("mount an emptyDir volume at /data: tried so");
  });

  test.each([["explain", "non-root"], ["schema", "report"], ["doctor"]])("runs %s %s", (...argv) => {
    expect(douane(node, argv)).toMatchObject({ exit: 0, stderr: "" });
  });
});

test("a reader that goes away is no crash", async () => {
  const child = spawn(process.execPath, [BIN, "schema", "report"], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (data) => (stderr += data));
  child.stdout.destroy();
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on("close", resolve);
  expect([await promise, stderr]).toEqual([0, ""]);
});

test("a full disk behind stdout is an error, not a crash", () => {
  const command = `"$0" "$1" explain > /dev/full`;
  const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, BIN], { encoding: "utf8" });
  expect(status).toBe(69);
  expect(stderr).toMatch(/standard.*ENOSPC/);
});

test("the package holds the bundle, the executable and the texts, and nothing else", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const [{ files }] = JSON.parse(packed);
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["bin/douane.cjs", "dist/douane.cjs", "LICENSE", "package.json"]),
  );
  expect(
    paths.filter(
      (path) =>
        !/^(bin|dist)\/[\w.-]+\.cjs$|^dist\/compiled\/v[\w.-]+\/[\w.-]+\.code$|^deploy\/(base|roles|webhooks)\/[\w.-]+\.(yaml|crt)$|^deploy\/database-roles\.sql$|^deploy\/helm\/(templates\/)?[\w.-]+\.(yaml|md)$|^[A-Z-]+(\.md)?$|^(package|douane\.cdx)\.json$|^man\/(fr\/)?douane\.1$/.test(
          path,
        ),
    ),
  ).toEqual([]);
  const { mode } = files.find(({ path }: { path: string }) => path === "bin/douane.cjs");
  expect(mode & 0o111).not.toBe(0);
});

test("the package runs by itself, without this project or its dependencies", () => {
  const folder = temporaryDirectory();
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
    stdio: "ignore",
  });
  const [archive = ""] = globSync("*.tgz", { cwd: folder });
  execFileSync("tar", ["-xzf", archive], { cwd: folder });
  const run = (...argv: readonly string[]) =>
    spawnSync(process.execPath, ["package/bin/douane.cjs", ...argv], { cwd: folder, encoding: "utf8" });
  expect(run("check", `oci:${join(ROOT, "examples/portal/image")}`)).toMatchObject({ status: 1, stderr: "" });
  expect(run("check", "127.0.0.1:1/app:1.0.0").status).toBe(69);
  expect(run("schema", "evidence").status).toBe(0);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s while a registry keeps it waiting ends it, silently",
  async (signal) => {
    const asked = Promise.withResolvers<void>();
    const server = createServer(() => asked.resolve()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, [BIN, "check", `127.0.0.1:${port}/app:1.0.0`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    await asked.promise;
    child.kill(signal);
    const [, endedBy] = await once(child, "close");
    server.close();
    expect([endedBy, output]).toEqual([signal, ""]);
  },
);

test("manifests come through a pipe, however slowly", async () => {
  const child = spawn(process.execPath, [BIN, "check", "-f", "-", "--no-images", "--format", "json"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (data) => (stdout += data));
  const text = yaml(deployment(), cronJob());
  child.stdin.write(text.slice(0, 100));
  await setTimeout(300);
  child.stdin.end(text.slice(100));
  const [code] = await once(child, "close");
  expect([code, JSON.parse(stdout).verdicts.length]).toEqual([2, 2]);
});

test("SIGINT while standard input keeps it waiting ends it, silently", async () => {
  const child = spawn(process.execPath, [BIN, "check", "-f", "-"], { stdio: "pipe" });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  await setTimeout(500);
  child.kill("SIGINT");
  const [, endedBy] = await once(child, "close");
  expect([endedBy, output]).toEqual(["SIGINT", ""]);
});

test("what is not needed is not loaded: no image code for manifests alone, no YAML for images, no code for missing data", () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "web.yaml"), yaml(deployment()));
  const loaded = (...argv: readonly string[]) => {
    const { stderr } = spawnSync(process.execPath, [BIN, "check", ...argv], {
      cwd,
      encoding: "utf8",
      env: { NODE_DEBUG: "module", HOME: cwd },
    });
    const chunks = [
      "images",
      "opening",
      "manifests",
      "yaml",
      "dockerfile",
      "open-database",
      "image-vulnerabilities",
    ];
    return [
      ...chunks.filter((name) => stderr.includes(`/dist/chunk-${name}.cjs`)),
      ...COSTLY.filter((name) => stderr.includes(`load built-in module ${name}\n`)),
    ];
  };
  expect(loaded("web.yaml", "--no-images")).toEqual(["manifests", "yaml"]);
  expect(loaded(`oci:${join(ROOT, "examples/portal/image")}`)).toEqual([
    "images",
    "opening",
    "crypto",
    "zlib",
  ]);
});

test("a check runs from compiled code, unless V8 refuses it, and says the same", () => {
  const folder = temporaryDirectory();
  const counting = join(folder, "counting.cjs");
  writeFileSync(
    counting,
    `const vm = require("node:vm"), counts = {};
vm.Script = class extends vm.Script {
  constructor(...given) { super(...given); counts[this.cachedDataRejected] = (counts[this.cachedDataRejected] ?? 0) + 1; }
};
process.on("exit", () => require("node:fs").writeFileSync("counts.json", JSON.stringify(counts)));
`,
  );
  const check = (...flags: readonly string[]) => {
    const image = `oci:${join(ROOT, "examples/portal/image")}`;
    const argv = ["--require", counting, ...flags, BIN, "check", image, "--no-cache"];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" });
    return {
      outcome: { status, stdout, stderr },
      counts: JSON.parse(readFileSync(join(folder, "counts.json"), "utf8")),
    };
  };
  const compiled = check();
  // One script of our own bounds the time of a document.
  expect(compiled.counts).toEqual({ false: expect.any(Number), undefined: 1 });
  expect(compiled.counts.false).toBeGreaterThan(20);
  expect(check("--no-flush-bytecode")).toEqual({
    outcome: compiled.outcome,
    counts: { true: 1, undefined: 1 },
  });
});

test("starting loads little: what --help needs stays below 120 kB", () => {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const next of staticImportsOf(join(ROOT, "dist", name))) visit(next);
  };
  visit("douane.cjs");
  visit("chunk-start.cjs");
  const bytes = [...needed].map((name) => statSync(join(ROOT, "dist", name)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000);
});

/** Static imports of a function; a module loaded on demand has a function of its own: `()=>require(…)`. */
function staticImportsOf(file: string): readonly string[] {
  const matches = readFileSync(file, "utf8").matchAll(/(?<!=>)require\(["'`]\.\/([^"'`]+)["'`]\)/g);
  return [...matches].map((match) => match[1] ?? "");
}
