import { mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { osvRecord } from "../../../test/fixtures/osv-records.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import { VULNS_COMMAND_NAMES } from "./command-names.ts";
import { VULNS_COMMANDS } from "./commands.ts";

test("what to do is asked for, a near word is proposed", async () => {
  const missing = await douane(["vulns"]);
  expect([missing.exit, missing.stderr]).toEqual([64, expect.stringContaining("or a sub-command (")]);
  const wrong = await douane(["vulns", "statsu"]);
  expect([wrong.exit, wrong.stderr]).toEqual([64, expect.stringContaining("Did you mean status?")]);
});

test.each([
  [["vulns", "affected", "CVE-2026-1111", "a.json", "--vex", "/nope"], "--vex"],
  [["vulns", "status", "--signing-key", "/nope"], "--signing-key"],
  [["vulns", "import", "a.json", "--policy", "/nope"], "--policy"],
  [["vulns", "portal.cdx.json", "--max-age", "3"], "--max-age"],
  [["vulns", "vex", "new", "--platform", "linux/amd64"], "--platform"],
  [["sbom", "portal:1.0.0", "--data", "/nope"], "--data"],
  [["sbom", "diff", "a:1", "b:1", "--profile", "ntia"], "--profile"],
])("%j: an option that would be ignored is unknown there", async (argv, option) => {
  const { exit, stderr } = await douane(argv);
  expect([exit, stderr]).toEqual([64, expect.stringContaining(`Unknown option: "${option}"`)]);
});

test("the names that are proposed are those of the commands", () => {
  expect(VULNS_COMMANDS.map(({ name }) => name)).toEqual(VULNS_COMMAND_NAMES);
});

test.each([
  [["vulns", "--help"], "douane vulns <command> [options]", "import"],
  [["vulns", "import", "--help"], "douane vulns import [FILE…] [options]", "--source"],
  [["help", "vulns", "vex", "new"], "douane vulns vex new [ID", "--justification"],
  [["sbom", "diff", "--help"], "douane sbom diff [A B…] [options]", "--data"],
])("%j tells of that command", async (argv, usage, says) => {
  const { exit, stdout } = await douane(argv);
  expect([exit, stdout]).toEqual([0, expect.stringContaining(usage)]);
  expect(stdout).toContain(says);
});

test("scan is what is meant where no command is named; options stand behind a command", async () => {
  const [short, long] = [await douane(["vulns", "./gone"]), await douane(["vulns", "scan", "./gone"])];
  expect(short).toEqual(long);
  const { exit, stderr } = await douane(["vulns", "--data", "/nope", "import", "a.json"]);
  expect([exit, stderr]).toEqual([64, expect.stringContaining("douane vulns import […]")]);
});

test("what the environment gives is for every command", async () => {
  const env = { HOME: "/nowhere", DOUANE_POLICY: "/nope" };
  const { stderr } = await douane(["vulns", "import", "/nope"], { env });
  expect(stderr).toContain("/nope");
  expect(stderr).not.toContain("--policy");
});

test.each([
  [{ HOME: "/nowhere" }, [], "/nowhere/.local/share/douane/vulnerabilities"],
  [{ HOME: "/nowhere", XDG_DATA_HOME: "/data" }, [], "/data/douane/vulnerabilities"],
  [{ HOME: "/nowhere", XDG_DATA_HOME: "relative" }, [], "/nowhere/.local/share/douane/vulnerabilities"],
  [{ DOUANE_DATA: "/there" }, [], "/there"],
  [{ DOUANE_DATA: "/there" }, ["--data", "/here"], "/here"],
])("of %j %j the data lie in %s", async (env, flags, directory) => {
  const { exit, stdout } = await douane(["vulns", "status", ...flags], { env });
  expect([exit, stdout.split("\n")[0]]).toEqual([2, directory]);
});

test("without a home the folder is to be named", async () => {
  const { exit, stderr } = await douane(["vulns", "status"], { env: {} });
  expect([exit, stderr]).toEqual([64, expect.stringContaining("--data, DOUANE_DATA")]);
});

/** A folder of feeds, and a folder of data imported from them. */
function workplace() {
  const cwd = temporaryDirectory();
  const env = { DOUANE_DATA: join(cwd, "data") };
  return {
    put: (name: string, content: object | string | Buffer): void => {
      const isText = typeof content === "string" || Buffer.isBuffer(content);
      writeFileSync(join(cwd, name), isText ? content : JSON.stringify(content));
    },
    cwd,
    run: (...argv: readonly string[]) => douane(["vulns", ...argv], { cwd, env }),
    at: (now: string, ...argv: readonly string[]) =>
      douane(["vulns", ...argv], { cwd, env, now: () => new Date(now) }),
  };
}

function npmZip(...ids: readonly string[]): Buffer {
  return zipOf(
    ids.map((id) => ({ name: `${id}.json`, content: JSON.stringify(osvRecord(id, id.toLowerCase())) })),
  );
}

test("import says what each source holds, status what there is and how old it is", async () => {
  const { put, run, at } = workplace();
  put("all.zip", npmZip("GHSA-1", "GHSA-2"));
  put("kev.json", {
    catalogVersion: "2026.06.13",
    dateReleased: "2026-06-13T10:00:00Z",
    vulnerabilities: [{ cveID: "CVE-2026-1", dateAdded: "2026-06-12" }, { cveID: "CVE-2026-0001" }],
  });
  const imported = await run("import", "all.zip", "kev.json");
  expect(imported.stdout).toBe(`kev: 1 record, current on 2026-06-13
osv:npm: 2 records, current on 2026-06-14
`);
  expect([imported.exit, imported.stderr]).toEqual([
    0,
    expect.stringContaining('kev: records without the form expected, left out: 1 ("CVE-2026-1").'),
  ]);
  const fresh = await run("status");
  expect([fresh.exit, fresh.stdout.split("\n").slice(1, 4)]).toEqual([
    0,
    [
      "  source   records  current on  age",
      "  kev            1  2026-06-13  2 d",
      "  osv:npm        2  2026-06-14  1 d",
    ],
  ]);
  expect(fresh.stdout).toContain("every source is 5 days old at most");
  const old = await at("2026-06-18T12:00:00Z", "status", "--lang", "fr");
  expect([old.exit, old.stdout]).toEqual([
    2,
    expect.stringContaining("kev                    1  2026-06-13  5 j, trop ancien"),
  ]);
  expect(old.stdout).toContain("sources qui ne prouvent rien : 1 sur 2 (limite 5 jours)");
  expect((await at("2026-06-19T09:00:00Z", "status", "--max-age", "30")).exit).toBe(0);
  const back = await at("2026-06-01T09:00:00Z", "status");
  expect([back.exit, back.stdout]).toEqual([2, expect.stringContaining("is this machine's clock right?")]);
});

test("status as JSON names everything", async () => {
  const { put, run, cwd } = workplace();
  put("all.zip", npmZip("GHSA-1"));
  await run("import", "all.zip", "--quiet");
  const { exit, stdout } = await run("status", "--format", "json");
  const [file = ""] = readdirSync(join(cwd, "data", "tables"));
  expect([exit, JSON.parse(stdout)]).toEqual([
    0,
    {
      directory: join(cwd, "data"),
      maxAgeDays: 5,
      fresh: true,
      sources: [
        {
          name: "osv:npm",
          records: 1,
          date: "2026-06-14T08:00:00Z",
          dateFrom: "content",
          imported: "2026-06-15T12:00:00.000Z",
          ageDays: 1,
          state: "fresh",
          bytes: readFileSync(join(cwd, "data", "tables", file)).length,
          ecosystems: { npm: 1 },
        },
      ],
    },
  ]);
});

test("a source can be named, and dated by who downloaded it", async () => {
  const { put, run } = workplace();
  put("all.zip", npmZip("GHSA-1"));
  const { stdout } = await run("import", "all.zip", "--source", "osv:internal", "--as-of", "2026-06-15");
  expect(stdout).toBe("osv:internal: 1 record, current on 2026-06-15\n");
});

test.each([
  [["import"], 64, "name the files, archives or folders"],
  [["import", "gone.json"], 64, '"gone.json" cannot be read'],
  [["import", "page.html"], 65, '"page.html" is of no known format'],
  [["import", "cut.zip"], 65, '"cut.zip" is damaged or incomplete'],
  [["import", "cut.json"], 65, '"cut.json" cannot be read: its JSON is incomplete or invalid'],
  [["import", "all.zip", "--source", "/etc"], 64, "write a plain name"],
  [["import", "all.zip", "--as-of", "2026-02-30"], 64, "write a day"],
  [["status", "--max-age", "week"], 64, "write a number of days"],
  [["status", "--format", "yaml"], 64, "Possible: table, json"],
  [["status", "--format", "sarif"], 64, "Possible: table, json"],
  [["affected", "a.json", "--format", "gitlab"], 64, "Possible: table, json"],
  [["status", "--format", "json", "--format", "table"], 64, "Two formats to the standard output"],
])("%j ends with %i and leaves the data as they were", async (argv, code, says) => {
  const { put, run } = workplace();
  put("all.zip", npmZip("GHSA-1", "GHSA-2"));
  put("page.html", "<!doctype html><title>Sign in</title>");
  put("cut.zip", npmZip("GHSA-3").subarray(0, 200));
  put("cut.json", JSON.stringify(osvRecord("GHSA-4", "x")).slice(0, 200));
  await run("import", "all.zip");
  const before = (await run("status")).stdout;
  const { exit, stderr } = await run(...argv);
  expect([exit, stderr]).toEqual([code, expect.stringContaining(says)]);
  expect((await run("status")).stdout).toBe(before);
});

test("a source that would lose most of its records stays, unless that is meant", async () => {
  const { put, run } = workplace();
  put("all.zip", npmZip(...Array.from({ length: 30 }, (_, index) => `GHSA-${index}`)));
  put("one.json", osvRecord("GHSA-1", "x"));
  await run("import", "all.zip");
  const refused = await run("import", "one.json");
  expect([refused.exit, refused.stderr]).toEqual([64, expect.stringContaining("add --allow-shrink")]);
  expect((await run("import", "one.json", "--allow-shrink")).stdout).toContain("osv:npm: 1 record");
});

test("documents of a folder that are of no known form are told", async () => {
  const { put, run, cwd } = workplace();
  mkdirSync(join(cwd, "folder"));
  put("folder/a.json", osvRecord("GHSA-1", "x", { modified: "2031-01-01T00:00:00Z" }));
  put("folder/b.json", { anything: "else" });
  const { exit, stderr } = await run("import", "folder");
  expect([exit, stderr]).toEqual([0, expect.stringContaining('left out: 1 ("folder/b.json")')]);
  expect(stderr).toContain("osv: dates in the future, which do not count: 1.");
});

test("a feed without dates is as old as its file, no younger than its CVEs, and status says so", async () => {
  const { put, run, cwd } = workplace();
  const secdb = (id: string) => ({
    distroversion: "v3.22",
    reponame: "main",
    urlprefix: "https://dl-cdn.alpinelinux.org/alpine",
    packages: [{ pkg: { name: "busybox", secfixes: { "1.37.0-r1": [id] } } }],
  });
  put("main.json", secdb("CVE-2026-0001"));
  utimesSync(join(cwd, "main.json"), new Date("2026-06-12T12:00:00Z"), new Date("2026-06-12T12:00:00Z"));
  expect((await run("import", "main.json")).stdout).toContain("current on 2026-06-12");
  expect((await run("status")).stdout).toContain("3 d (the file's date)");
  expect((await run("status", "--lang", "fr")).stdout).toContain("3 j (date du fichier)");
  // Copied today, and six years old.
  put("main.json", secdb("CVE-2020-0001"));
  expect((await run("import", "main.json")).stdout).toContain("current on 2021-01-31");
  expect((await run("status")).exit).toBe(2);
  await run("import", "main.json", "--as-of", "2026-06-14");
  expect((await run("status")).stdout).toContain("1 d (date given)");
});

test("status says that a table is cut off, and not that all is well", async () => {
  const { put, run, cwd } = workplace();
  put("all.zip", npmZip("GHSA-1"));
  await run("import", "all.zip");
  const [file = ""] = readdirSync(join(cwd, "data", "tables"));
  truncateSync(join(cwd, "data", "tables", file), 100);
  const { exit, stdout, stderr } = await run("status");
  expect([exit, stdout, stderr]).toEqual([65, "", expect.stringContaining("damaged")]);
});
