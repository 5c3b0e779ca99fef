import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { container, deployment, podSpec, yaml } from "../../../test/fixtures/manifests.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-accept-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const FINDING = "1.1-privilege-escalation:web:absent";

function manifest(name: string, namespace?: string): string {
  const { securityContext: _none, ...web } = container({ name: "web" });
  const pod = podSpec({ containers: [web] });
  return yaml(deployment({ name, pod, ...(namespace === undefined ? {} : { namespace }) }));
}

async function reported(file: string, ...manifests: readonly string[]): Promise<readonly string[]> {
  writeFileSync(join(cwd, file), manifests.join("---\n"));
  await douane(["check", file, "--no-images", "--format", "json=report.json"], { cwd });
  const { stdout } = await douane(["check", file, "--no-images", "--format", "json"], { cwd });
  const { verdicts } = JSON.parse(stdout);
  return [
    ...new Set<string>(
      verdicts.flatMap(({ rows }: { rows: { findings: { fingerprint: string }[] }[] }) =>
        rows.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)),
      ),
    ),
  ];
}

const SAID = ["--report", "report.json", "--reason", "vu par la plateforme", "--author", "a@atlas.example"];

async function accept(...argv: readonly string[]) {
  return douane(["accept", ...argv], { cwd });
}

describe("douane accept", () => {
  test("prints an entry that accepts exactly that finding, there", async () => {
    const [finding = FINDING] = (
      await reported("web.yaml", manifest("web", "shop"), manifest("api", "shop"))
    ).filter((one) => one.startsWith("1.1-privilege-escalation"));
    const { exit, stdout, stderr } = await accept(finding, ...SAID, "--expires", "2026-12-31");
    expect([exit, stderr]).toEqual([0, expect.stringContaining("under acceptedFindings")]);
    expect(stdout).toContain(
      "    workload:\n      namespace: shop\n      kind: Deployment\n      name: web\n",
    );
    writeFileSync(join(cwd, "policy.yaml"), stdout);
    const judged = await douane(
      ["check", "web.yaml", "--no-images", "--policy", "policy.yaml", "--format", "json"],
      { cwd },
    );
    for (const { rows, subject } of JSON.parse(judged.stdout).verdicts) {
      const of = (key: "findings" | "notes") =>
        rows.flatMap((row: Record<string, { fingerprint: string; accepted?: object }[]>) => row[key] ?? []);
      const standing = of("findings").filter(
        ({ fingerprint }: { fingerprint: string }) => fingerprint === finding,
      );
      const accepted = of("notes").filter(({ accepted: by }: { accepted?: object }) => by !== undefined);
      const names = new Set(accepted.map((one: { fingerprint: string }) => one.fingerprint));
      expect([...names]).toEqual(subject.name === "Deployment/web" ? [finding] : []);
      expect(standing).toEqual([]);
      expect(of("findings").length).toBeGreaterThan(0);
    }
  });

  test("binds it to the images of a repository where that is asked", async () => {
    const [finding = FINDING] = await reported("web.yaml", manifest("web", "shop"));
    const { stdout } = await accept(finding, ...SAID, "--expires", "2026-12-31", "--scope", "repository");
    expect(stdout).toContain("    repository: registry.example/aides/web\n");
    expect((await accept(finding, ...SAID, "--expires", "2026-12-31", "--scope", "digest")).stderr).toContain(
      "where to accept it (--scope digest)",
    );
  });

  test.each([
    [
      ["no-such-finding-at-all", ...SAID, "--expires", "2026-12-31"],
      "the report shows no finding of that name. It shows:\n  1.",
    ],
    [[...SAID, "--expires", "2026-12-31"], "FINDING is missing. Example: douane accept"],
    [["x", "--reason", "r"], "--report FILE is missing"],
    [["x", "--report", "report.json"], "--reason TEXT is missing"],
    [["x", "--report", "report.json", "--reason", " "], "--reason TEXT is missing"],
    [["x", "--report", "report.json", "--reason", "r"], "--author NAME is missing"],
    [["x", ...SAID], "--expires YYYY-MM-DD is missing"],
    [["x", ...SAID, "--expires", "2026-02-31"], "write a day YYYY-MM-DD"],
    [["x", ...SAID, "--expires", "2026-06-14"], "that day is over (today is 2026-06-15)"],
    [["x", ...SAID, "--expires", "2028-01-01"], "too far: a year at most"],
    [
      ["x", ...SAID, "--expires", "2026-12-31", "--scope", "all"],
      "the possible values are workload, repository, digest",
    ],
  ])("%j is refused: %s", async (argv, says) => {
    await reported("web.yaml", manifest("web", "shop"));
    const { exit, stdout, stderr } = await accept(...argv);
    expect([exit, stdout]).toEqual([64, ""]);
    expect(stderr).toContain(says);
  });

  test("names that begin alike are shown first", async () => {
    const [finding = FINDING] = await reported("web.yaml", manifest("web", "shop"));
    const { stderr } = await accept(finding.slice(0, -1), ...SAID, "--expires", "2026-12-31");
    expect(stderr).toContain(`It shows:\n  ${finding}\n`);
  });

  test.each(["{", '{"schema":"douane/evidence/v3"}'])("%s is no report", async (text) => {
    writeFileSync(join(cwd, "other.json"), text);
    const { exit, stderr } = await accept(
      "x",
      "--report",
      "other.json",
      "--reason",
      "r",
      "--author",
      "a",
      "--expires",
      "2026-12-31",
    );
    expect([exit, stderr]).toEqual([65, expect.stringContaining("no JSON report of douane")]);
  });

  test("the author is who the pipeline says", async () => {
    const [finding = FINDING] = await reported("web.yaml", manifest("web", "shop"));
    const argv = [
      "accept",
      finding,
      "--report",
      "report.json",
      "--reason",
      "r",
      "--expires",
      "2026-12-31",
      "--quiet",
    ];
    const { stdout, stderr } = await douane(argv, { cwd, env: { GITLAB_USER_EMAIL: "moi@atlas.example" } });
    expect([stdout, stderr]).toEqual([expect.stringContaining("author: moi@atlas.example\n"), ""]);
  });
});

test.each(["checklist", "markdown"])("--show-fingerprints names findings in the %s", async (format) => {
  const [finding = FINDING] = await reported("web.yaml", manifest("web", "shop"));
  const told = async (...more: readonly string[]) =>
    (
      await douane(["check", "web.yaml", "--no-images", "--format", format, "--width", "120", ...more], {
        cwd,
      })
    ).stdout;
  expect(await told("--show-fingerprints")).toContain(finding);
  expect(await told()).not.toContain(finding);
});
