import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decision } from "../../../test/fixtures/decisions.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { serverFolder, type TestServer, testServer } from "../../../test/fixtures/postgresql.ts";
import { generateKey } from "../../attest/keys/generate-key.ts";
import { connect } from "../../server/store/database/connect.ts";
import { keepDocument } from "../../server/store/documents.ts";
import { openStore } from "../../server/store/open-store.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-audit-"));
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const read = (name: string) => readFileSync(join(cwd, name), "utf8");
for (const name of ["audit", "other"]) {
  const { secret, open } = generateKey("p256");
  write(`${name}.key`, secret);
  write(`${name}.pub`, open);
}

let server: TestServer;
let url: string;
let ownerUrl: string;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  rmSync(cwd, { recursive: true });
});

const audit = (...argv: readonly string[]) => douane(["audit", ...argv], { cwd });
const OF_LOG = () => ["--database", url];
const KEY = ["--public-key", "audit.pub"];

/** Log with eight decisions, each of a namespace in turn, and a head that was signed after six of them. */
beforeEach(async () => {
  ({ url, ownerUrl } = await server.emptyDatabase());
  const store = await openStore({ url }, { douane: "0.1.0" });
  const policy = await keepDocument(store.database, "policy", "enforceFuture: true\n");
  const rules = await keepDocument(store.database, "rules", "[]");
  const key = { subject: policy, policy, rules };
  for (let index = 1; index <= 8; index++) {
    const namespace = index % 2 === 0 ? "portal" : "other";
    const at = `2026-06-0${index}T12:00:00.000Z`;
    await store.record(decision({ uid: String(index), at, namespace, key }));
    if (index === 6) await audit("head", "--key", "audit.key", "--out", "head.json", ...OF_LOG());
  }
  await store.close();
});

/** Changes the database as who owns the server can: without the trigger. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const { pool, close } = connect({ url: ownerUrl });
  await pool.query("alter table douane.audit_entry disable trigger all");
  for (const statement of statements) await pool.query(statement);
  await close();
}

/** Computes hashes of all entries anew, as an attacker with this program's source would. */
const REWRITTEN = [
  "create temp table old on commit preserve rows as select * from douane.audit_entry order by sequence",
  "delete from douane.audit_entry",
  `select douane.append_entries(array_agg(replace(entry, '"uid":"3"', '"uid":"x"') order by sequence),
    array_agg(at order by sequence), array_agg(namespace order by sequence)) from old`,
];

describe("douane audit verify", () => {
  test("finds a log whole, and says what no head covers", async () => {
    const plain = await audit("verify", ...OF_LOG());
    expect(plain).toMatchObject({ exit: 0, stdout: expect.stringContaining("The log is whole: 8 entries") });
    expect(plain.stdout).toContain("Without a signed head");
    const headed = await audit("verify", "--head", "head.json", ...KEY, ...OF_LOG());
    expect(headed).toMatchObject({ exit: 0, stdout: expect.stringContaining("up to 6; 2 are newer") });
  });

  test.each<[string, readonly string[], string]>([
    [
      "a changed entry",
      [`update douane.audit_entry set entry = replace(entry, 'refused', 'admitted') where sequence = 3`],
      "entry 3: content, place or hash changed",
    ],
    [
      "a deleted entry",
      ["delete from douane.audit_entry where sequence = 3"],
      "entry 3: deleted from the middle",
    ],
    [
      "an inserted entry",
      [
        "update douane.audit_entry set sequence = sequence + 100 where sequence > 3",
        "update douane.audit_entry set sequence = sequence - 99 where sequence > 100",
        "insert into douane.audit_entry select 4, hash, sha256('x'), at, namespace, entry from douane.audit_entry where sequence = 3",
      ],
      "entry 4: content, place or hash changed",
    ],
    [
      "entries whose places were exchanged",
      [
        "update douane.audit_entry set sequence = 100 where sequence = 3",
        "update douane.audit_entry set sequence = 3 where sequence = 4",
        "update douane.audit_entry set sequence = 4 where sequence = 100",
      ],
      "entry 3: content, place or hash changed",
    ],
    [
      "an entry that an export would not find",
      ["update douane.audit_entry set namespace = 'hidden' where sequence = 4"],
      "entry 4: search columns differ",
    ],
    [
      "an end that was cut off",
      ["delete from douane.audit_entry where sequence > 4"],
      "entries 5 to 6: cut off the end",
    ],
    ["a log that was rewritten as a whole", REWRITTEN, "log rewritten"],
  ])("finds %s", async (_, statements, message) => {
    await tamper(...statements);
    const ended = await audit("verify", "--head", "head.json", ...KEY, ...OF_LOG());
    expect(ended).toMatchObject({ exit: 1, stdout: expect.stringContaining(message) });
  });

  test("what was rewritten as a whole shows by the head alone", async () => {
    await tamper(...REWRITTEN);
    expect(await audit("verify", ...OF_LOG())).toMatchObject({ exit: 0 });
  });

  test("a head of another log is refused by name", async () => {
    const { url: another } = await server.emptyDatabase();
    await (await openStore({ url: another }, { douane: "0.1.0" })).close();
    const ended = await audit("verify", "--head", "head.json", ...KEY, "--database", another);
    expect(ended).toMatchObject({ exit: 65, stderr: expect.stringContaining("is that of the log") });
  });

  test.each<[string, readonly string[], number, string]>([
    ["a head without a key", ["--head", "head.json"], 64, "--public-key FILE"],
    [
      "a head of another key",
      ["--head", "head.json", "--public-key", "other.pub"],
      65,
      "by none of the keys",
    ],
    ["a private key", ["--head", "head.json", "--public-key", "audit.key"], 64, "a private key"],
    ["no such head", ["--head", "none.json", ...KEY], 64, "none.json"],
    ["two exports", ["a.json", "b.json", ...KEY], 64, "one export at a time"],
    ["an export without a key", ["head.json"], 64, "--public-key FILE"],
    ["a head in the place of an export", ["head.json", ...KEY], 65, "not an export"],
  ])("%s ends with its reason", async (_, argv, exit, message) => {
    const ended = await audit("verify", ...argv, ...OF_LOG());
    expect(ended).toMatchObject({ exit, stderr: expect.stringContaining(message) });
  });
});

describe("douane audit export", () => {
  const PERIOD = ["--from", "2026-06-01", "--to", "2026-06-04"];
  const exported = () =>
    audit("export", "--application", "portal/portal", ...PERIOD, "--out", "e.json", ...OF_LOG());

  test("writes the decisions about one application, which verify without the database", async () => {
    expect(await exported()).toMatchObject({ exit: 0 });
    const document = JSON.parse(read("e.json"));
    expect(document.chain.map((link: unknown) => typeof link)).toEqual([
      "object",
      "string",
      "object",
      "string",
      "string",
    ]);
    expect(document.documents.map(({ body }: { body: string }) => body).toSorted()).toEqual([
      "[]",
      "enforceFuture: true\n",
    ]);
    expect(read("e.json")).not.toContain('"other"');
    const ended = await audit("verify", "e.json", ...KEY);
    expect(ended).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("2 entries about portal/portal"),
    });
    expect(ended.stdout).toContain("By their digest alone: 3 entries.");
  });

  test.each<[string, (text: string) => string, string]>([
    [
      "a changed decision",
      (text) => text.replace('"kind":"refused"', '"kind":"admitted"'),
      "do not lead to the signed head",
    ],
    [
      "a decision that was taken out",
      (text) => {
        const document = JSON.parse(text);
        return JSON.stringify({ ...document, chain: document.chain.toSpliced(2, 1) });
      },
      "do not lead to the signed head",
    ],
    [
      "another policy",
      (text) => text.replace("enforceFuture: true", "enforceFuture: false"),
      "it was changed",
    ],
    [
      "another application",
      (text) => text.replace("portal/portal", "other"),
      'is not about \\"other\\"'.replaceAll("\\", ""),
    ],
    [
      "another period",
      (text) => text.replace('"to":"2026-06-04', '"to":"2026-06-03'),
      "is outside the period",
    ],
    ["a key twice", (text) => text.replace('{"schema"', '{"first":1,"schema"'), "stands twice"],
    ["another form", (text) => text.replace("audit-export/v1", "audit-export/v9"), "not an export"],
    ["a head that was changed", (text) => text.replace(/"sig":"..../, '"sig":"AAAA'), "by none of the keys"],
  ])("%s is found", async (_, change, message) => {
    await exported();
    const text = read("e.json");
    expect(change(text)).not.toBe(text);
    write("e.json", change(text));
    expect(await audit("verify", "e.json", ...KEY)).toMatchObject({
      exit: 65,
      stderr: expect.stringContaining(message),
    });
  });

  test("a policy that the server did not keep is named", async () => {
    const { pool, close } = connect({ url });
    await pool.query("delete from douane.document where kind = 'rules'");
    await close();
    await exported();
    expect(await audit("verify", "e.json", ...KEY)).toMatchObject({
      exit: 2,
      stdout: expect.stringContaining("did not keep:\n  sha256:"),
    });
  });

  test.each<[readonly string[], number, string]>([
    [["--application", "portal", "--from", "2026-06-01"], 64, "needs --application, --from and --to"],
    [["--application", "portal", "--from", "2026-06-04", "--to", "2026-06-01"], 64, "must not be after"],
    [["--application", "a/b/c", ...PERIOD], 64, "NAMESPACE/NAME"],
    [["--application", "portal", "--from", "2026-02-30", "--to", "2026-06-01"], 64, "YYYY-MM-DD"],
    [["--application", "none", ...PERIOD], 64, "no decision about"],
    [
      ["--application", "portal", "--from", "2026-06-07", "--to", "2026-06-08"],
      64,
      "No signed head covers entry 8",
    ],
  ])("%j ends with %i", async (argv, exit, message) => {
    const ended = await audit("export", ...argv, ...OF_LOG());
    expect(ended).toMatchObject({ exit, stderr: expect.stringContaining(message) });
  });
});

describe("the store of an audit command", () => {
  test("is an embedded one, whose server runs or does not", async () => {
    const folder = serverFolder();
    const dataDir = join(folder, "data");
    expect(await audit("verify", "--data-dir", dataDir)).toMatchObject({
      exit: 64,
      stderr: expect.stringContaining("contains no data"),
    });
    const store = await openStore({ folder: dataDir }, { douane: "0.1.0" });
    await store.record(decision());
    expect(await audit("verify", "--data-dir", dataDir)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("whole: 1 entry, the last"),
    });
    await store.record(decision());
    await store.close();
    const env = { XDG_DATA_HOME: join(folder, "none"), DOUANE_DATA_DIR: dataDir };
    const ended = await douane(["audit", "verify"], { cwd, env });
    expect(ended).toMatchObject({ exit: 0, stdout: expect.stringContaining("2 entries") });
    rmSync(folder, { recursive: true });
  });

  test.each<[readonly string[], number, string]>([
    [["--database", "postgres://127.0.0.1:1/x"], 69, "does not answer"],
    [["--database", "postgres:///x", "--data-dir", "y"], 64, "two places"],
    [["--database", "secret"], 64, "postgres://USER@HOST"],
  ])("%j ends with %i", async (argv, exit, message) => {
    expect(await audit("verify", ...argv)).toMatchObject({ exit, stderr: expect.stringContaining(message) });
  });

  test("an empty database is not migrated", async () => {
    const { url: empty } = await server.emptyDatabase();
    expect(await audit("verify", "--database", empty)).toMatchObject({
      exit: 64,
      stderr: expect.stringContaining("contains no data"),
    });
  });
});

test("serve --preview says by namespace and application what another policy would refuse, and changes nothing", async () => {
  const store = await openStore({ url }, { douane: "0.1.0" });
  const digest = `sha256:${"8".repeat(64)}` as const;
  const containers = [{ name: "web", image: `registry.example/web:1.0.0@${digest}` }];
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { containers } };
  await store.subjects?.keepSubject({ digest, object }, "portal");
  await store.close();
  const content = async () => {
    const { pool, close } = connect({ url });
    const counts = await Promise.all(
      ["subject", "verdict", "audit_entry", "document"].map((table) =>
        pool.query(`select count(*)::int as count from douane.${table}`),
      ),
    );
    await close();
    return counts.map(({ rows }) => rows[0]?.count);
  };
  const before = await content();
  const previewed = (admission: object, ...argv: readonly string[]) => {
    write("next.yaml", JSON.stringify({ admission }));
    return douane(["serve", "--preview", "next.yaml", "--database", url, ...argv], { cwd });
  };
  const listed = { registries: ["other.example"] };
  const refused = await previewed(listed);
  expect([refused.exit, refused.stderr]).toEqual([1, ""]);
  expect(refused.stdout).toMatch(
    /portal · unknown application: would be refused\n {2}- container "web": .*registry\.example/,
  );
  expect(refused.stdout).toMatch(/admitted: 0; exempt: 0; refused: 1; unproven: 0; not examined: 0\n$/);
  const french = await previewed(listed, "--lang", "fr");
  expect(french.stdout).toContain("portal · application inconnue : serait refusé");
  const exempt = await previewed({ ...listed, exemptNamespaces: ["portal"] });
  expect([exempt.exit, exempt.stdout]).toEqual([
    0,
    "admitted: 0; exempt: 1; refused: 0; unproven: 0; not examined: 0\n",
  ]);
  expect(await content()).toEqual(before);
});

test("serve --migrate prepares the tables of a database, and serves nothing", async () => {
  const { url: empty } = await server.emptyDatabase();
  const migrate = (...argv: readonly string[]) =>
    douane(["serve", "--migrate", "--database", empty, ...argv], { cwd });
  expect(await migrate()).toMatchObject({
    exit: 0,
    stdout: "the tables of the database are those of this version\n",
    stderr: "",
  });
  expect((await migrate("--lang", "fr")).stdout).toContain("celles de cette version");
  expect(await audit("verify", "--database", empty)).toMatchObject({ exit: 0 });
});
