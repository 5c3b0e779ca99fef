import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { signatureOver } from "../../attest/keys/sign.ts";
import type { Catalog, CatalogSource, SignedIndex } from "./catalog.ts";
import { unsignedSources } from "./signed-sources.ts";
import { TABLE_FORMAT } from "./table/table-format.ts";

function keys() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    secret: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    open: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

const KEYS = keys();
const HASH = "0".repeat(64);

const NPM: CatalogSource = {
  name: "osv:npm",
  feed: "osv",
  records: 2,
  date: "2026-06-14",
  dateFrom: "content",
  imported: "2026-06-14",
  ecosystems: { npm: 2 },
  file: `${HASH}.table`,
  bytes: 10,
  sha256: HASH,
  content: HASH,
};

function signed(sources: readonly CatalogSource[], key = KEYS.secret, format = TABLE_FORMAT): SignedIndex {
  const index = JSON.stringify({ format, created: "2026-06-14T00:00:00Z", sources });
  return { index, signature: signatureOver(Buffer.from(index), key, "key") };
}

function unsigned(given: Partial<Catalog>): readonly string[] {
  return [...unsignedSources({ format: TABLE_FORMAT, sources: [NPM], ...given }, KEYS.open)];
}

test("what the key signed is signed, wherever and whenever it was imported", () => {
  const here = { ...NPM, imported: "2026-06-15", download: { url: "https://a.example" } };
  expect(unsigned({ sources: [here], signed: [signed([]), signed([NPM])].toReversed() })).toEqual([]);
});

test.each<[string, Partial<Catalog>]>([
  ["no signature", {}],
  ["another key's", { signed: [signed([NPM], keys().secret)] }],
  [
    "an index that was changed after it",
    { signed: [{ ...signed([NPM]), index: `${signed([NPM]).index} ` }] },
  ],
  ["one of another format", { signed: [signed([NPM], KEYS.secret, 99)] }],
  ["one that is none", { signed: [{ ...signed([NPM]), signature: "?" }] }],
  ["one of other sources", { signed: [signed([{ ...NPM, name: "osv:PyPI" }])] }],
  ["a date that was edited", { sources: [{ ...NPM, date: "2026-06-15" }], signed: [signed([NPM])] }],
  ["a count that was edited", { sources: [{ ...NPM, ecosystems: { npm: 9_000 } }], signed: [signed([NPM])] }],
  ["another table", { sources: [{ ...NPM, sha256: "1".repeat(64) }], signed: [signed([NPM])] }],
])("%s signs nothing", (_, given) => {
  expect(unsigned(given)).toEqual(["osv:npm"]);
});

test("what is no key is told", () => {
  expect(() =>
    unsignedSources({ format: TABLE_FORMAT, sources: [NPM], signed: [signed([NPM])] }, "x"),
  ).toThrow("not a readable PEM key");
});
