import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildExample } from "../../examples/build.ts";
import { debianLayer } from "../../scripts/image/image.ts";
import { VERSION } from "../../src/cli/process/version.ts";
import { container, podSpec, yaml } from "../fixtures/manifests.ts";
import { osvFillers, osvRecord } from "../fixtures/osv-records.ts";

// douane as an image: judged by its own rules, and run as a pipeline does.

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin", "douane.cjs");
/** Room for the SBOM of the image, of some 2 MB. */
const MOST_SBOM_BYTES = 16 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "douane-image-e2e-"));
const layout = join(folder, "image");
const env = { ...process.env, HOME: folder, CONTAINERS_STORAGE_CONF: join(folder, "storage.conf") };

beforeAll(() => {
  if (!existsSync(join(ROOT, "douane.cdx.json"))) {
    execFileSync(process.execPath, ["scripts/package.ts"], { cwd: ROOT });
  }
  execFileSync(process.execPath, ["scripts/image.ts", layout], { cwd: ROOT });
  const storage = { driver: "vfs", graphroot: join(folder, "graph"), runroot: join(folder, "run") };
  const lines = Object.entries(storage).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  writeFileSync(env.CONTAINERS_STORAGE_CONF, `[storage]\n${lines.join("\n")}\n`);
  buildExample("portal");
  buildExample("portal-running");
});
afterAll(() => {
  spawnSync("podman", ["unshare", "rm", "-rf", folder], { env });
  rmSync(folder, { recursive: true, force: true });
});

function douane(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...argv], { encoding: "utf8", env });
  return { exit: status, stdout, stderr };
}

function configOf() {
  const argv = ["inspect", "--config", `oci:${layout}:${VERSION}`];
  return JSON.parse(execFileSync("skopeo", argv, { encoding: "utf8" }));
}

/** Runs the image of a tag on a read-only root, examples at /examples; nothing of it may be written. */
function run(tag: string, more: readonly string[], ...argv: readonly string[]) {
  const held = ["run", "--rm", "--runtime=runc", "--network=none", "--read-only", "--read-only-tmpfs=false"];
  const mount = ["--volume", `${join(ROOT, "examples")}:/examples:ro`];
  const words = [...held, ...mount, ...more, `oci:${layout}:${tag}`, ...argv];
  const { status, stdout, stderr } = spawnSync("podman", words, { encoding: "utf8", env });
  return { exit: status, stdout, stderr };
}

test("the same packages give the same layer", () => {
  expect(configOf().rootfs.diff_ids[0]).toBe(debianLayer().diffId);
});

/** Names and versions that the notices of third parties list: `undici 8.13.1`. */
function noticed(): readonly string[] {
  const notices = readFileSync(join(ROOT, "THIRD-PARTY-NOTICES"), "utf8");
  return [...notices.matchAll(/^(\S+) (\S+) \([^)\n]+\)$/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  );
}

/** Components of a CycloneDX document, named as the notices name them. */
function listed(text: string): readonly string[] {
  const { components } = JSON.parse(text) as {
    components: { group?: string; name: string; version?: string; "bom-ref": string }[];
  };
  return components.map(({ group, name, version, "bom-ref": ref }) => {
    const full = group === undefined ? name : `${group}/${name}`;
    return `${full} ${version ?? ref.split(" in ").at(-1)}`;
  });
}

/** The SBOM in the image's last layer. */
function ownSbom(): string {
  const argv = ["inspect", "--raw", `oci:${layout}:${VERSION}`];
  const { layers } = JSON.parse(execFileSync("skopeo", argv, { encoding: "utf8" }));
  const blob = join(layout, "blobs", "sha256", layers.at(-1).digest.slice("sha256:".length));
  return execFileSync("tar", ["-xzOf", blob, "usr/share/sbom/douane.cdx.json"], {
    encoding: "utf8",
    maxBuffer: MOST_SBOM_BYTES,
  });
}

test("its SBOM and the npm package's list all that the notices list, the image's also what Node holds", () => {
  const inPackage = readFileSync(join(ROOT, "douane.cdx.json"), "utf8");
  expect(noticed().length).toBeGreaterThan(30);
  expect(noticed().filter((one) => !listed(inPackage).includes(one))).toEqual([]);
  expect(noticed().filter((one) => !listed(ownSbom()).includes(one))).toEqual([]);
  const { llhttp, openssl, v8, zlib } = process.versions;
  expect(listed(ownSbom())).toEqual(
    expect.arrayContaining([`llhttp ${llhttp}`, `openssl ${openssl}`, `v8 ${v8}`, `zlib ${zlib}`]),
  );
});

test("vulnerabilities of what is bundled are found in the image and by both documents", () => {
  const [name = "", version = ""] =
    noticed()
      .find((one) => one.startsWith("zod "))
      ?.split(" ") ?? [];
  const affected = [{ package: { ecosystem: "npm", name }, versions: [version] }];
  const records = [osvRecord("GHSA-bundled", name, { affected }), ...osvFillers("npm")];
  const place = (file: string) => join(folder, file);
  writeFileSync(place("npm.ndjson"), records.map((one) => JSON.stringify(one)).join("\n"));
  writeFileSync(place("image.cdx.json"), ownSbom());
  writeFileSync(place("package.cdx.json"), readFileSync(join(ROOT, "douane.cdx.json")));
  const data = ["--data", place("data")];
  expect(douane("vulns", "import", place("npm.ndjson"), ...data)).toMatchObject({ exit: 0 });
  const image = `oci:${layout}:${VERSION}`;
  for (const file of [image, place("image.cdx.json"), place("package.cdx.json")]) {
    const { stdout, stderr } = douane("vulns", "scan", file, ...data, "--format", "json");
    expect([file, stdout.includes("GHSA-bundled"), stderr.includes("defect")]).toEqual([file, true, false]);
  }
});

test("its own rules say no to nothing of it, and hold it to be minimal and built without a Dockerfile", () => {
  const { stdout } = douane("check", `oci:${layout}:${VERSION}`, "--format", "json");
  const [{ rows }] = JSON.parse(stdout).verdicts;
  const answers = new Map<string, string>(
    rows.map((row: { id: string; answer: string }) => [row.id, row.answer]),
  );
  expect([...answers.values()]).not.toContain("no");
  for (const id of ["non-root", "no-baked-state", "minimal", "immutable-tag", "no-dockerfile"]) {
    expect([id, answers.get(id)]).toEqual([id, "yes"]);
  }
});

test("with the base of an installation it says no to nothing; a trial and attestations settle the rest", () => {
  const rendered = execFileSync("kubectl", ["kustomize", join(ROOT, "deploy", "base")], { encoding: "utf8" });
  const { manifests } = JSON.parse(readFileSync(join(layout, "index.json"), "utf8"));
  const { digest } = manifests.find(
    ({ annotations }: { annotations: Record<string, string> }) =>
      annotations["org.opencontainers.image.ref.name"] === VERSION,
  );
  writeFileSync(join(folder, "base.yaml"), rendered.replace(/sha256:0{64}/, digest));
  const image = `registry.example/platform/douane=oci:${layout}:${VERSION}`;
  const { stdout } = douane("check", "-f", join(folder, "base.yaml"), "--image", image, "--format", "json");
  const [{ rows }] = JSON.parse(stdout).verdicts;
  const unproven = rows.filter((row: { answer: string }) => !["yes", "n/a"].includes(row.answer));
  expect(unproven.map((row: { id: string; answer: string }) => [row.id, row.answer])).toEqual([
    // A trial.
    ["stdout-logs", "unproven"],
    ["bind-all", "unproven"],
    ["twelve-factor", "unproven"],
    ["stateless", "unproven"],
    // Attestations, and vulnerability data.
    ["provenance", "unproven"],
    ["sbom", "unproven"],
    ["scans", "unproven"],
  ]);
});

test("with the manifest of a job it is tried, and admitted", () => {
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "douane", namespace: "ci" },
    spec: {
      template: {
        spec: podSpec({
          restartPolicy: "Never",
          containers: [
            container({ image: `registry.example/tools/douane:${VERSION}`, args: ["explain", "non-root"] }),
          ],
        }),
      },
    },
  };
  writeFileSync(join(folder, "job.yaml"), yaml(job));
  const { exit, stdout } = douane("trial", "-f", join(folder, "job.yaml"), `oci:${layout}:${VERSION}`);
  expect([exit, stdout.split("\n")[0]]).toEqual([0, "✓ Admitted  Job/douane"]);
});

test("checks an image, as nobody, without capabilities, where nothing can be written", () => {
  const held = ["--cap-drop=ALL", "--security-opt=no-new-privileges"];
  const { exit, stdout } = run(VERSION, held, "check", "oci:/examples/portal/image:latest", "--no-cache");
  expect(exit).toBe(1);
  expect(stdout).toContain("USER portal is a name");
});

test("has no shell; the one for trials has, and the git that a job of a pipeline fetches the policy with", () => {
  const shell = ["--entrypoint", "/bin/sh"];
  expect(run(VERSION, shell, "-c", "true").exit).not.toBe(0);
  expect(run(`${VERSION}-trial`, shell, "-c", "exit 7").exit).toBe(7);
  // Nothing answers at that port; a missing library would be another error.
  const fetch = run(
    `${VERSION}-trial`,
    shell,
    "-c",
    "git ls-remote https://127.0.0.1:1/a.git; douane --version",
  );
  expect(fetch.stderr).toContain("127.0.0.1 port 1");
  expect(fetch.stdout).toContain(`douane ${VERSION}`);
});

test.runIf(process.getuid?.() === 0)(
  "the one for trials tries an application and admits it, privileged",
  () => {
    const { exit, stdout, stderr } = run(
      `${VERSION}-trial`,
      ["--privileged", "--user=0", "--tmpfs=/tmp", "--tmpfs=/run"],
      "trial",
      "-f",
      "/examples/portal-fixed/deploy",
      "oci:/examples/portal-running/image:1.4.2",
    );
    expect([exit, stderr]).toEqual([0, expect.stringContaining("Deployment/portal")]);
    expect(stdout).toContain("✓ Admitted  Deployment/portal");
  },
);

test("says in its labels what it is made of", () => {
  const { config } = configOf();
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(config.Labels).toMatchObject({
    "org.opencontainers.image.version": version,
    "org.opencontainers.image.revision": expect.stringMatching(/^[0-9a-f]{40}$/),
    "org.opencontainers.image.licenses": "Apache-2.0",
    "douane.contract": "2025-06",
  });
  expect(config.User).toBe("65532:65532");
});
