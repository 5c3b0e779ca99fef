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
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { SOURCE } from "../../../test/fixtures/attested.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { fakeSigstore, KEYLESS_ISSUER, KEYLESS_SUBJECT } from "../../../test/fixtures/fake-sigstore.ts";
import { emptyImage } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { type TufMirror, TufRepository, tufKey, tufMirror } from "../../../test/fixtures/tuf-repository.ts";

const DAY_MS = 24 * 3600 * 1000;
const KEY = tufKey();
let cwd: string;
let trusted: Record<string, unknown>;
let text: string;
let mirror: TufMirror;
let repository: TufRepository;
beforeAll(async () => {
  trusted = (await fakeSigstore()).trustedRoot;
  text = JSON.stringify(trusted);
  mirror = await tufMirror();
});
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "douane-update-root-"));
  mkdirSync(join(cwd, "keys"));
  repository = new TufRepository();
  mirror.files = repository.files;
  mirror.asked.splice(0);
  writeFileSync(join(cwd, "keys", "root.json"), repository.root({ rootKeys: [KEY] }));
  repository.publish(Buffer.from(text));
  writeLayout(emptyImage("linux/amd64"), join(cwd, "image"));
});
afterEach(() => rmSync(cwd, { recursive: true }));
afterAll(async () => {
  await mirror.close();
});

function writePolicy(trustedRoot: object): void {
  const attestations = {
    signers: [
      { id: "ci", identities: [{ authority: "fulcio", issuer: KEYLESS_ISSUER, subject: KEYLESS_SUBJECT }] },
    ],
    authorities: [{ id: "fulcio", kind: "sigstore", trustedRoot }],
    builders: [{ signer: "ci", id: "https://gitlab.example/*", level: 2 }],
    applications: [{ source: SOURCE, repositories: ["registry.example/team/portal"] }],
    statements: { provenance: { signers: ["ci"] } },
  };
  writeFileSync(join(cwd, "douane.yaml"), JSON.stringify({ attestations }));
}

const FILE = { file: "keys/trusted_root.json" };
const withTuf = () => ({ ...FILE, tuf: { mirror: mirror.origin, root: "keys/root.json" } });

function verify(...argv: readonly string[]) {
  return douane(["verify", ...argv], { cwd, now: () => new Date() });
}

const UPDATE = ["--update-root", "--policy", "douane.yaml"];
const read = (name: string) => readFileSync(join(cwd, "keys", name), "utf8");

test("the file that the policy names is written, with the metadata beside it", async () => {
  writePolicy(withTuf());
  const { exit, stderr } = await verify(...UPDATE);
  expect([exit, stderr]).toEqual([0, 'douane: "keys/trusted_root.json": updated (TUF root 1)\n']);
  expect(read("trusted_root.json")).toBe(text);
  expect(readdirSync(join(cwd, "keys", "trusted_root.json.tuf")).toSorted()).toEqual([
    "root.json",
    "snapshot.json",
    "targets.json",
    "timestamp.json",
  ]);
  expect((await verify(...UPDATE)).stderr).toContain("up to date (TUF root 1)");
});

test("options name mirror, pinned root and file where no policy does", async () => {
  const options = [
    "--tuf-mirror",
    mirror.origin,
    "--tuf-root",
    "keys/root.json",
    "--trusted-root",
    "new.json",
  ];
  expect((await verify("--update-root", ...options)).exit).toBe(0);
  expect(readFileSync(join(cwd, "new.json"), "utf8")).toBe(text);
});

test("with an image, the update comes first, and the image is verified by the new root", async () => {
  writePolicy(withTuf());
  const { exit, stdout, stderr } = await verify("oci:image", ...UPDATE);
  // No attestation: provenance is refused, by a root that did not exist before.
  expect([exit, stderr]).toEqual([1, expect.stringContaining("updated")]);
  expect(stdout).toContain("provenance");
});

test.each<[string, string, () => void]>([
  [
    "an expired timestamp",
    "timestamp.json is expired",
    () =>
      repository.publish(Buffer.from(text), { timestamp: { version: 5, expires: "2020-01-01T00:00:00Z" } }),
  ],
  [
    "an earlier version",
    "the mirror goes back",
    () => repository.publish(Buffer.from(text), { timestamp: { version: 1 } }),
  ],
  [
    "another content",
    "not the one that its metadata announce",
    () => repository.publish(Buffer.from(`${text} `), { ...LATER, served: Buffer.from(`${text}\n`) }),
  ],
  [
    "too long a file",
    "longer than its metadata announce",
    () => repository.publish(Buffer.from(`${text} `), { ...LATER, served: Buffer.from(`${text}  `) }),
  ],
  [
    "a stranger's signature",
    "insufficient signatures",
    () => repository.root({ version: 2, rootKeys: [tufKey()] }),
  ],
])("%s is refused for its own reason, and the file that was there stays", async (_, reason, change) => {
  repository.publish(Buffer.from(text), { timestamp: { version: 2 } });
  writePolicy(withTuf());
  expect((await verify(...UPDATE)).exit).toBe(0);
  const before = readdirSync(join(cwd, "keys"), { recursive: true }).map(String).toSorted();
  const metadata = read("trusted_root.json.tuf/timestamp.json");
  change();
  const { exit, stderr } = await verify(...UPDATE);
  expect([exit, stderr]).toEqual([65, expect.stringContaining(reason)]);
  expect(stderr).toContain("The file in place stays");
  expect([read("trusted_root.json"), read("trusted_root.json.tuf/timestamp.json")]).toEqual([text, metadata]);
  expect(readdirSync(join(cwd, "keys"), { recursive: true }).map(String).toSorted()).toEqual(before);
});

const LATER = { timestamp: { version: 3 }, snapshot: { version: 2 }, targets: { version: 2 } };

test("a newer file replaces the one that was there", async () => {
  writePolicy(withTuf());
  await verify(...UPDATE);
  repository.publish(Buffer.from(`${text}\n`), LATER);
  expect((await verify(...UPDATE)).stderr).toContain("updated (TUF root 1)");
  expect(read("trusted_root.json")).toBe(`${text}\n`);
});

test.each<[string, readonly string[], string]>([
  ["no policy and no option", ["--update-root"], "--update-root: give --policy FILE"],
  [
    "a mirror alone",
    ["--update-root", "--tuf-mirror", "https://tuf.example"],
    "--update-root: give --policy FILE",
  ],
  ["a published policy", ["--update-root", "--policy", "oci://registry.example/policy:1"], "is published"],
  ["a policy without a repository", UPDATE, "has trustedRoot.tuf"],
  [
    "options without the update",
    ["oci:image", "--policy", "douane.yaml", "--tuf-root", "x"],
    "go with --update-root",
  ],
  [
    "a mirror over plain HTTP",
    [
      "--update-root",
      "--tuf-mirror",
      "http://tuf.example",
      "--tuf-root",
      "keys/root.json",
      "--trusted-root",
      "x.json",
    ],
    "not the https address",
  ],
  [
    "a pinned root that is not there",
    [
      "--update-root",
      "--tuf-mirror",
      "https://tuf.example",
      "--tuf-root",
      "none.json",
      "--trusted-root",
      "x.json",
    ],
    "cannot be read",
  ],
])("%s is refused before anybody is asked", async (_, argv, message) => {
  writePolicy(FILE);
  writeFileSync(join(cwd, "keys", "trusted_root.json"), text);
  const { exit, stderr } = await verify(...argv);
  expect([exit, stderr]).toEqual([64, expect.stringContaining(message)]);
  expect(mirror.asked).toEqual([]);
});

test("a policy with a repository but no file is refused", async () => {
  writePolicy({ json: text, tuf: { mirror: mirror.origin, root: "keys/root.json" } });
  expect((await verify("oci:image", "--policy", "douane.yaml")).exit).toBe(64);
});

interface Validity {
  readonly validFor: { readonly start: string; readonly end?: string };
}

/** Trusted root whose logs end after some days; some have a successor. */
function endingRoot(days: number, hasSuccessor: boolean): string {
  const end = new Date(Date.now() + days * DAY_MS).toISOString();
  const [log] = trusted["tlogs"] as { publicKey: Validity }[];
  if (log === undefined) throw new Error("no log");
  const ending = { ...log, publicKey: { ...log.publicKey, validFor: { ...log.publicKey.validFor, end } } };
  return JSON.stringify({ ...trusted, tlogs: hasSuccessor ? [ending, log] : [ending] });
}

test.each<[string, () => string, string]>([
  ["ends in 29 days", () => endingRoot(29, false), "will have no valid transparency log (Rekor) after"],
  ["ended yesterday", () => endingRoot(-1, false), "has had no valid transparency log (Rekor) since"],
  ["ends in 31 days", () => endingRoot(31, false), ""],
  ["ends in 29 days and has a successor", () => endingRoot(29, true), ""],
])("verify warns of a root whose log %s", async (_, root, warning) => {
  writePolicy(FILE);
  writeFileSync(join(cwd, "keys", "trusted_root.json"), root());
  const { stderr } = await verify("oci:image", "--policy", "douane.yaml");
  expect(stderr.includes("transparency log (Rekor)")).toBe(warning !== "");
  expect(stderr).toContain(warning);
  expect((await verify("oci:image", "--policy", "douane.yaml", "--quiet")).stderr).toBe("");
});

test.each([
  ["end in 29 days", 29, "expire on"],
  ["have ended", -1, "expired on"],
  ["end in 31 days", 31, ""],
])("verify warns of TUF metadata that %s", async (_, days, warning) => {
  const expires = new Date(Date.now() + days * DAY_MS).toISOString().replace(/\.\d+/, "");
  writePolicy(withTuf());
  await verify(...UPDATE);
  const root = repository.root({ rootKeys: [KEY], expires });
  writeFileSync(join(cwd, "keys", "trusted_root.json.tuf", "root.json"), root);
  const { stderr } = await verify("oci:image", "--policy", "douane.yaml");
  expect(stderr.includes("TUF metadata")).toBe(warning !== "");
  expect(stderr).toContain(warning);
});

test("nothing of TUF is asked for without --update-root", async () => {
  writePolicy(withTuf());
  writeFileSync(join(cwd, "keys", "trusted_root.json"), text);
  expect((await verify("oci:image", "--policy", "douane.yaml")).exit).toBe(1);
  expect([mirror.asked, existsSync(join(cwd, "keys", "trusted_root.json.tuf"))]).toEqual([[], false]);
});
