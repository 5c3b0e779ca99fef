import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fakeSigstore } from "../../../test/fixtures/fake-sigstore.ts";
import { type TufMirror, TufRepository, tufKey, tufMirror } from "../../../test/fixtures/tuf-repository.ts";
import { DouaneError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import { fetchTrustedRoot, type TufUpdate } from "./update-trusted-root.ts";

const PAST = "2020-01-01T00:00:00Z";
const [FIRST, SECOND, THIRD, STRANGER] = [tufKey(), tufKey(), tufKey(), tufKey()];
const ROOT = { rootKeys: [FIRST] };
let trusted: Buffer;
let mirror: TufMirror;
let http: Http;
let repository: TufRepository;
let pinned: Buffer;
beforeAll(async () => {
  trusted = Buffer.from(JSON.stringify((await fakeSigstore()).trustedRoot));
  mirror = await tufMirror();
  http = createHttp(hostPolicy([]), { env: {} });
});
beforeEach(() => {
  repository = new TufRepository();
  mirror.files = repository.files;
  mirror.asked.splice(0);
  mirror.statuses.clear();
  pinned = repository.root(ROOT);
  repository.publish(trusted);
});
afterAll(async () => {
  await http.close();
  await mirror.close();
});

async function fetchRoot(seen: TufUpdate["metadata"] = new Map(), root = pinned): Promise<TufUpdate> {
  const bytes = new Map([...seen].map(([name, text]) => [name, Buffer.from(text)]));
  return fetchTrustedRoot(http, { mirror: new URL(mirror.origin), pinned: root, seen: bytes });
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof DouaneError) return error.code;
    throw error;
  }
  return "none";
}

test("the target is fetched, and verified from the pinned root on", async () => {
  const { trustedRoot, rootVersion, metadata } = await fetchRoot();
  expect([trustedRoot, rootVersion]).toEqual([trusted.toString(), 1]);
  expect([...metadata.keys()]).toEqual(["root.json", "timestamp.json", "snapshot.json", "targets.json"]);
  expect(mirror.asked.map((path) => path.replace(/[0-9a-f]{64}/, "HASH"))).toEqual([
    "/2.root.json",
    "/timestamp.json",
    "/1.snapshot.json",
    "/1.targets.json",
    "/targets/HASH.trusted_root.json",
  ]);
});

test("a root is rotated by the keys of the one before and by its own", async () => {
  repository.root({ version: 2, rootKeys: [SECOND], by: [FIRST, SECOND] });
  repository.root({ version: 3, rootKeys: [SECOND, THIRD], threshold: 2, by: [SECOND, THIRD] });
  expect((await fetchRoot()).rootVersion).toBe(3);
});

test("a root that has ended on the way is no end: the last one counts", async () => {
  pinned = repository.root({ ...ROOT, expires: PAST });
  repository.root({ version: 2, ...ROOT });
  expect((await fetchRoot()).rootVersion).toBe(2);
});

test.each<[string, string, () => void]>([
  [
    "a rotation that the keys before did not sign",
    "tuf-signature",
    () => repository.root({ version: 2, rootKeys: [SECOND] }),
  ],
  [
    "a rotation that its own keys did not sign",
    "tuf-signature",
    () => repository.root({ version: 2, rootKeys: [SECOND], by: [FIRST] }),
  ],
  [
    "a rotation signed by one key of two",
    "tuf-signature",
    () => repository.root({ version: 2, rootKeys: [FIRST, SECOND], threshold: 2, by: [FIRST] }),
  ],
  [
    "a root under the number of another",
    "tuf-rollback",
    () => repository.files.set("/2.root.json", repository.root({ version: 4, ...ROOT })),
  ],
  ["a root that has ended", "tuf-expired", () => repository.root({ version: 2, ...ROOT, expires: PAST })],
  [
    "a timestamp that has ended",
    "tuf-expired",
    () => repository.publish(trusted, { timestamp: { expires: PAST } }),
  ],
  [
    "a snapshot that has ended",
    "tuf-expired",
    () => repository.publish(trusted, { snapshot: { expires: PAST } }),
  ],
  [
    "targets that have ended",
    "tuf-expired",
    () => repository.publish(trusted, { targets: { expires: PAST } }),
  ],
  [
    "a timestamp of a stranger",
    "tuf-signature",
    () => repository.publish(trusted, { timestamp: { by: [STRANGER] } }),
  ],
  [
    "a snapshot of a stranger",
    "tuf-signature",
    () => repository.publish(trusted, { snapshot: { by: [STRANGER] } }),
  ],
  [
    "targets of a stranger",
    "tuf-signature",
    () => repository.publish(trusted, { targets: { by: [STRANGER] } }),
  ],
  ["unsigned targets", "tuf-signature", () => repository.publish(trusted, { targets: { by: [] } })],
  [
    "another file in place of the target",
    "tuf-hash",
    () => repository.publish(trusted, { served: Buffer.from(trusted.toString().replace("test", "tost")) }),
  ],
  [
    "a target that is shorter",
    "tuf-hash",
    () => repository.publish(trusted, { served: trusted.subarray(1) }),
  ],
  [
    "a target that is longer",
    "tuf-too-large",
    () => repository.publish(trusted, { served: Buffer.concat([trusted, Buffer.from(" ")]) }),
  ],
  [
    "a target that is announced beyond the limit",
    "tuf-too-large",
    () => repository.publish(trusted, { length: LIMITS.settingsBytes + 1 }),
  ],
  [
    "a timestamp beyond the library's limit",
    "tuf-too-large",
    () => repository.files.set("/timestamp.json", Buffer.alloc(20_000, " ")),
  ],
  [
    "a root beyond the library's limit",
    "tuf-too-large",
    () => repository.files.set("/2.root.json", Buffer.alloc(600_000, " ")),
  ],
  [
    "a timestamp that is no JSON",
    "tuf-invalid",
    () => repository.files.set("/timestamp.json", Buffer.from("{")),
  ],
  ["no timestamp", "tuf-invalid", () => repository.files.delete("/timestamp.json")],
  ["another target only", "tuf-invalid", () => repository.publish(trusted, { name: "other.json" })],
  ["a target that is no trusted root", "tuf-invalid", () => repository.publish(Buffer.from("{}"))],
  ["a redirection", "tuf-answer", () => mirror.statuses.set("/timestamp.json", 302)],
  ["a mirror that answers 401", "tuf-answer", () => mirror.statuses.set("/2.root.json", 401)],
])("%s is refused", async (_, code, change) => {
  change();
  expect(await codeOf(fetchRoot())).toBe(code);
  expect(mirror.asked).not.toContain("/elsewhere");
});

test.each<[string, () => void]>([
  ["timestamp", () => repository.publish(trusted, { timestamp: { version: 1 }, snapshot: { version: 2 } })],
  ["snapshot", () => repository.publish(trusted, { timestamp: { version: 3 }, snapshot: { version: 1 } })],
  [
    "targets",
    () =>
      repository.publish(trusted, {
        timestamp: { version: 3 },
        snapshot: { version: 3 },
        targets: { version: 1 },
      }),
  ],
])("an earlier version of %s than the last one seen is refused", async (_, change) => {
  repository.publish(trusted, {
    timestamp: { version: 2 },
    snapshot: { version: 2 },
    targets: { version: 2 },
  });
  const { metadata } = await fetchRoot();
  expect(await codeOf(fetchRoot(metadata))).toBe("none");
  change();
  expect(await codeOf(fetchRoot(metadata))).toBe("tuf-rollback");
});

test("a mirror that ends at an earlier root than the last one seen is refused", async () => {
  repository.root({ version: 2, ...ROOT });
  const { metadata } = await fetchRoot();
  repository.files.delete("/2.root.json");
  expect(await codeOf(fetchRoot(metadata))).toBe("tuf-rollback");
});

test("what was seen establishes no key: an update begins at the pinned root", async () => {
  const { metadata } = await fetchRoot();
  const theirs = new TufRepository();
  const other = theirs.root({ rootKeys: [STRANGER] });
  theirs.publish(trusted);
  mirror.files = theirs.files;
  expect(await codeOf(fetchRoot(new Map([...metadata, ["root.json", other.toString()]])))).toBe(
    "tuf-signature",
  );
});

test.each([
  ["no JSON", () => Buffer.from("{")],
  ["not signed by its own keys", () => new TufRepository().root({ ...ROOT, by: [STRANGER] })],
  ["a trusted_root.json", () => trusted],
])("a pinned root that is %s is named", async (_, root) => {
  expect(await codeOf(fetchRoot(new Map(), root()))).toBe("tuf-root-invalid");
});
