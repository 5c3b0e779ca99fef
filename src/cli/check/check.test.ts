import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { manifestOf } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { reportJsonSchema } from "../../verdicts/report-schema.ts";
import { Interruption } from "../process/context.ts";
import { VERSION } from "../process/version.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-check-"));
afterAll(() => rmSync(folder, { recursive: true }));
const good = layout("good", {});
const root = layout("root", { User: "0" });

function layout(name: string, config: Readonly<Record<string, unknown>>): string {
  writeLayout(smallImage(config), join(folder, name), { ref: "1.4.2" });
  return `oci:${join(folder, name)}:1.4.2`;
}

const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportJsonSchema());

function digestOfImage(config: Readonly<Record<string, unknown>>): string {
  return manifestOf(smallImage(config)).digest;
}

async function json(argv: readonly string[], cwd = temporaryDirectory()) {
  const { exit, stdout, stderr } = await douane(["check", "--format", "json", ...argv], { cwd });
  return { exit, stderr, report: JSON.parse(stdout) };
}

describe("exit codes", () => {
  test.each([
    ["an image alone is unproven", [good], 2],
    ["unless only a refusal shall fail", [good, "--fail-on", "refused"], 0],
    ["root is refused", [root], 1],
    ["also when only a refusal shall fail", [root, "--fail-on", "refused"], 1],
    ["one refused image decides for several", [good, root], 1],
    ["a source that is not there hides no refusal", [root, "oci:/nowhere"], 3],
    ["nor does a registry that cannot be reached", [root, "127.0.0.1:1/app:1.0.0"], 3],
    ["a file that is no image is invalid", [`docker-archive:${import.meta.filename}`], 65],
    ["a registry that cannot be reached is unavailable", ["127.0.0.1:1/app:1.0.0"], 69],
  ])("%s", async (_, argv, exit) => {
    expect((await douane(["check", ...argv])).exit).toBe(exit);
  });
});

describe("reports", () => {
  test("the checklist is the default, in the language of the user", async () => {
    const { stdout, stderr } = await douane(["check", good, "--lang", "fr"]);
    expect(stdout).toContain("Image exécutée en tant qu'utilisateur non-root");
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toBe("");
  });

  test("JSON is alone on stdout and follows its schema", async () => {
    const { report, stderr } = await json([good, root]);
    expect(stderr).toBe("");
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.verdicts.map(({ admitted }: { admitted: string }) => admitted)).toEqual(["unproven", "no"]);
  });

  test("several formats go to their files, and one to stdout", async () => {
    const cwd = temporaryDirectory();
    const formats = [
      "sarif=a.sarif",
      "junit=b.xml",
      "markdown=c.md",
      "html=d.html",
      "json=e.json",
      "checklist",
    ];
    const { stdout } = await douane(["check", root, ...formats.flatMap((name) => ["--format", name])], {
      cwd,
    });
    expect(stdout).toContain("USER 0");
    for (const name of ["a.sarif", "b.xml", "c.md", "d.html", "e.json"]) {
      expect(readFileSync(join(cwd, name), "utf8")).toContain("USER 0");
    }
  });

  test("a report that cannot be written keeps no other back", async () => {
    const cwd = temporaryDirectory();
    const argv = ["check", root, "--format", "json=no/such/folder.json", "--format", "html=b.html"];
    const { exit, stderr } = await douane(argv, { cwd });
    expect(exit).toBe(3);
    expect(stderr).toContain("no/such/folder.json");
    expect(stderr).toMatch(/douane: 1 refused; 1 file could not be written → exit code 3\n$/);
    expect(existsSync(join(cwd, "b.html"))).toBe(true);
  });

  test("an image that cannot be read stands beside the verdicts on the others", async () => {
    const { exit, report, stderr } = await json([good, "oci:/nowhere"]);
    expect(exit).toBe(64);
    expect(report.verdicts).toHaveLength(1);
    expect(report.errors).toMatchObject([{ image: "oci:/nowhere" }]);
    expect(stderr).toContain("/nowhere");
  });

  test("the same image gives the same bytes, with and without the cache", async () => {
    const env = { HOME: temporaryDirectory() };
    const argv = ["check", root, "--format", "json"];
    const first = await douane(argv, { env });
    expect(existsSync(join(env.HOME, ".cache", "douane"))).toBe(true);
    expect(await douane(argv, { env })).toEqual(first);
    expect(await douane([...argv, "--no-cache"], { env })).toEqual(first);
  });

  test("a cache that cannot be used costs a warning, not the verdict", async () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    const env = { XDG_CACHE_HOME: file };
    const { exit, stderr } = await douane(["check", good], { env });
    expect(exit).toBe(2);
    expect(stderr).toContain("Warning: the cache");
    expect((await douane(["check", good, "--no-cache"], { env })).stderr).toBe("");
  });

  test("facts that a repository may have brought are not believed, which --quiet does not say", async () => {
    const cwd = temporaryDirectory();
    const env = { XDG_CACHE_HOME: join(cwd, ".cache") };
    await douane(["check", good], { env, cwd: "/" });
    const [kind] = readdirSync(join(cwd, ".cache", "douane", "layers"));
    expect(kind).toBeDefined();
    mkdirSync(join(cwd, ".git"));
    const { exit, stderr } = await douane(["check", good], { env, cwd });
    expect([exit, stderr.match(/set XDG_CACHE_HOME to a folder outside/g)?.length]).toEqual([2, 1]);
    expect((await douane(["check", good, "--no-cache"], { env, cwd })).stderr).toBe("");
    expect((await douane(["check", good, "--quiet"], { env, cwd })).stderr).toBe("");
  });

  test("--quiet drops the checklist that nobody asked for, not one that somebody did", async () => {
    expect(await douane(["check", root, "--quiet"])).toEqual({ exit: 1, stdout: "", stderr: "" });
    expect((await douane(["check", root, "--quiet", "--format", "checklist"])).stdout).toContain("USER 0");
  });
});

describe("progress", () => {
  test("is shown on a terminal, on one line that is gone at the end", async () => {
    let shown = "";
    const stderr = { isTTY: true, columns: 80, write: async (text: string) => void (shown += text) };
    await douane(["check", good], { stderr });
    expect(shown).toContain(good.slice(0, 40));
    expect(shown.endsWith("\r\u001b[2K")).toBe(true);
    expect(shown).not.toContain("\n");
  });

  test("stops at once when the user interrupts", async () => {
    const signal = AbortSignal.abort(new Interruption("SIGINT"));
    expect(await douane(["check", good], { signal })).toEqual({ exit: 130, stdout: "", stderr: "" });
  });
});

describe("evidence", () => {
  const file = join(folder, "evidence.json");

  test("is kept, and judged again without the image with the same verdict", async () => {
    const first = await json([root, "--save-evidence", file]);
    const again = await json(["--evidence", file]);
    const origins = ({ report }: typeof first) => report.verdicts[0].evidence;
    expect(origins(first)).toEqual([{ kind: "image", origin: { by: "own-run", douane: VERSION } }]);
    expect(origins(again)).toEqual([{ kind: "image", origin: { by: "handed-in", file, douane: VERSION } }]);
    again.report.verdicts[0].evidence = origins(first);
    expect(again).toEqual(first);
  });

  test("counts for the image that it is about", async () => {
    const evidence = readFileSync(file, "utf8").replace('"user":"0"', '"user":"4242"');
    const changed = join(folder, "changed.json");
    writeFileSync(changed, evidence);
    const { report, stderr } = await json([root, "--evidence", changed]);
    expect(stderr).toBe("");
    expect(JSON.stringify(report)).toContain("USER 4242");
  });

  test("is ignored for any other, and that is said", async () => {
    const { exit, report, stderr } = await json([good, "--evidence", file]);
    expect(exit).toBe(2);
    expect(JSON.stringify(report)).not.toContain("USER 0");
    expect(stderr).toContain("evidence ignored");
    expect(stderr).toContain(root);
  });

  test("that is none is invalid", async () => {
    writeFileSync(join(folder, "none.json"), "{}");
    const { exit, stderr } = await douane(["check", "--evidence", join(folder, "none.json")]);
    expect(exit).toBe(65);
    expect(stderr).toContain("none.json");
  });

  test("about no image at all is no verdict, hence never a yes", async () => {
    const empty = join(folder, "empty.json");
    writeFileSync(empty, '{"schema":"douane/evidence/v3","douane":"0.1.0","evidence":[]}');
    const { exit, stdout, stderr } = await douane(["check", "--evidence", empty, "--fail-on", "refused"]);
    expect([exit, stdout]).toEqual([65, ""]);
    expect(stderr).toContain("empty.json");
  });

  test("is not saved when no image could be read", async () => {
    const none = join(folder, "not-saved.json");
    expect((await douane(["check", "oci:/nowhere", "--save-evidence", none])).exit).toBe(64);
    expect(existsSync(none)).toBe(false);
  });

  test("that cannot be saved does not cost the report", async () => {
    const { exit, stdout } = await douane(["check", root, "--save-evidence", join(folder, "no", "such")]);
    expect(exit).toBe(3);
    expect(stdout).toContain("USER 0");
  });
});

describe("settings", () => {
  const ROOT_DIGEST = digestOfImage({ User: "0" });
  const ACCEPTED = `{fingerprint: '1.1-image-user:0', digest: '${ROOT_DIGEST}', reason: a test, author: us, expires: 2026-07-15}`;

  function folderWith(name: string, text: string): string {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, name), text);
    return cwd;
  }

  test("douane.yaml of the current folder gives defaults", async () => {
    const cwd = folderWith(
      "douane.yaml",
      "team: portail\nlang: fr\nformats: [json=r.json, checklist]\nfailOn: refused\n",
    );
    const { exit, stdout } = await douane(["check", good], { cwd });
    expect(exit).toBe(0);
    expect(stdout).toContain("Exigences fortes");
    expect(JSON.parse(readFileSync(join(cwd, "r.json"), "utf8")).verdicts[0].subject.team).toBe("portail");
  });

  test("the command line goes before it", async () => {
    const cwd = folderWith("douane.yaml", "lang: fr\nformats: [json]\nfailOn: refused\n");
    const argv = ["check", good, "--lang", "en", "--format", "checklist", "--fail-on", "unproven"];
    const { exit, stdout } = await douane(argv, { cwd });
    expect(exit).toBe(2);
    expect(stdout).toContain("Mandatory requirements");
  });

  test("--config names another file, which must exist", async () => {
    const cwd = folderWith("other.yaml", "team: autre\n");
    expect((await json([good, "--config", "other.yaml"], cwd)).report.verdicts[0].subject.team).toBe("autre");
    expect((await douane(["check", good, "--config", "none.yaml"], { cwd })).exit).toBe(64);
  });

  test("the platform's policy accepts a false finding, visibly", async () => {
    const cwd = folderWith("policy.yaml", `acceptedFindings: [${ACCEPTED}]\n`);
    const { exit, report, stderr } = await json([root, "--policy", "policy.yaml"], cwd);
    expect([exit, stderr]).toEqual([2, ""]);
    expect(report.verdicts[0].rows[0]).toMatchObject({
      answer: "yes",
      notes: [{ accepted: { reason: "a test", author: "us", digest: ROOT_DIGEST } }],
    });
    expect(report.acceptedFindings).toMatchObject([{ digest: ROOT_DIGEST, state: "applied", daysLeft: 30 }]);
    validate(report);
    expect(validate.errors).toBeNull();
  });

  test("but not in another image, and says where it counts", async () => {
    const cwd = folderWith("policy.yaml", `acceptedFindings: [${ACCEPTED}]\n`);
    const other = layout("other-root", { User: "0", Labels: { other: "image" } });
    const { exit, report, stderr } = await json([other, "--policy", "policy.yaml"], cwd);
    expect([exit, report.acceptedFindings[0].state]).toEqual([1, "elsewhere"]);
    expect(stderr).toBe(
      `Warning: policy: 1.1-image-user:0 is accepted for ${ROOT_DIGEST} only; the finding exists elsewhere here, where it counts.\n`,
    );
  });

  test.each([
    ["that is gone", "--lang", "fr", "1.1-privilege-tools:sudo", "ne couvre aucun constat : la retirer"],
    ["that is gone, in English", "--lang", "en", "1.1-privilege-tools:sudo", "covers no finding: remove it"],
  ])("an acceptance of a finding %s is said", async (_, flag, lang, fingerprint, says) => {
    const cwd = folderWith(
      "policy.yaml",
      `acceptedFindings: [${ACCEPTED.replace("1.1-image-user:0", fingerprint)}]\n`,
    );
    const { report, stderr } = await json([root, flag, lang, "--policy", "policy.yaml"], cwd);
    expect([report.acceptedFindings[0].state, stderr]).toEqual(["absent", expect.stringContaining(says)]);
  });

  test("acceptances for what is not judged here are told in one line, or not at all with --quiet", async () => {
    const entries = ["a", "b", "c", "d"].map((name) =>
      ACCEPTED.replace(`digest: '${ROOT_DIGEST}'`, `repository: registry.example/${name}`).replace(
        "user:0",
        `user:${name}`,
      ),
    );
    const cwd = folderWith("policy.yaml", `acceptedFindings: [${entries.join()}]\n`);
    const { report, stderr } = await json([good, "--policy", "policy.yaml"], cwd);
    expect(report.acceptedFindings.map(({ state }: { state: string }) => state)).toEqual(
      Array.from({ length: 4 }, () => "other-subjects"),
    );
    expect(stderr).toBe(
      "Warning: policy: 4 acceptances are bound to images or workloads that are not judged here (1.1-image-user:a, 1.1-image-user:b, 1.1-image-user:c, …).\n",
    );
    expect((await json([good, "--quiet", "--policy", "policy.yaml"], cwd)).stderr).toBe("");
  });

  test.each([
    ["06-29", " ends on 2026-06-29 (14 d); the finding will count again then.\n"],
    ["06-15", " ends on 2026-06-15 (0 d); the finding will count again then.\n"],
    ["06-30", ""],
  ])("an acceptance that ends on %s is said, if that is within two weeks", async (day, says) => {
    const cwd = folderWith("policy.yaml", `acceptedFindings: [${ACCEPTED.replace("07-15", day)}]\n`);
    const { exit, stderr } = await json([root, "--policy", "policy.yaml"], cwd);
    const warning = says === "" ? "" : `Warning: policy.yaml: the acceptance of 1.1-image-user:0${says}`;
    expect([exit, stderr]).toEqual([2, warning]);
  });

  test("an acceptance that is bound to nothing is refused", async () => {
    const cwd = folderWith(
      "policy.yaml",
      `acceptedFindings: [${ACCEPTED.replace(`digest: '${ROOT_DIGEST}', `, "")}]\n`,
    );
    const { exit, stderr } = await douane(["check", root, "--policy", "policy.yaml"], { cwd });
    expect([exit, stderr]).toEqual([64, expect.stringContaining("must be bound to an image repository")]);
  });

  test("an acceptance that has expired counts for nothing, and that is said", async () => {
    const cwd = folderWith("policy.yaml", `acceptedFindings: [${ACCEPTED.replace("07-15", "06-14")}]\n`);
    const { exit, stderr } = await json([root, "--policy", "policy.yaml"], cwd);
    expect(exit).toBe(1);
    expect(stderr).toContain(
      "Warning: policy.yaml: the acceptance of 1.1-image-user:0 expired on 2026-06-14",
    );
  });

  test("a team cannot accept its own findings", async () => {
    const cwd = folderWith("douane.yaml", `acceptedFindings: [${ACCEPTED}]\n`);
    const { exit, stderr } = await douane(["check", root], { cwd });
    expect(exit).toBe(64);
    expect(stderr).toContain("douane.yaml:1:1: acceptedFindings is allowed in the platform's policy only");
  });

  test("future requirements can be made to decide", async () => {
    const cwd = folderWith("policy.yaml", "enforceFuture: true\n");
    for (const argv of [["--enforce-future"], ["--policy", "policy.yaml"]]) {
      expect((await json([good, ...argv], cwd)).report.verdicts[0].admitted).toBe("no");
    }
  });
});
