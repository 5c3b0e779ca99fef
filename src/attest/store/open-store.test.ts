import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { sha256 } from "../../contract/digest.ts";
import { MANIFEST_TYPE } from "./artifact-manifest.ts";
import { openStore, type StoreOptions } from "./open-store.ts";

const [ONE, OTHER] = ["one", "other"].map((text) => sha256(Buffer.from(text)));
const OPTIONS = { cwd: "/" } as StoreOptions;

function entry(digest: string | undefined, name?: string, more: object = {}): object {
  const annotations =
    name === undefined ? {} : { annotations: { "org.opencontainers.image.ref.name": name } };
  return { mediaType: MANIFEST_TYPE, digest, ...annotations, ...more };
}

/** Opens a layout with these entries. @param ref behind its path */
function open(entries: readonly object[], ref = "") {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: entries }));
  return { folder, ...openStore(`oci:${folder}${ref}`, OPTIONS) };
}

test("the only image of a layout is opened, under the layout's name", () => {
  const { folder, reference, name } = open([entry(ONE)]);
  expect([reference, name]).toEqual([ONE, basename(folder)]);
});

test.each([
  ["by its name", [entry(ONE, "v1"), entry(OTHER, "v2")], ":v2", OTHER, "v2"],
  ["twice under one digest", [entry(ONE, "v1"), entry(ONE, "v2")], "", ONE, undefined],
  [
    "beside an attachment",
    [entry(ONE), entry(OTHER, undefined, { artifactType: "a/b" })],
    "",
    ONE,
    undefined,
  ],
  ["beside cosign's tag", [entry(ONE), entry(OTHER, `sha256-${"a".repeat(64)}.sig`)], "", ONE, undefined],
  ["beside a list of referrers", [entry(ONE), entry(OTHER, `sha256-${"a".repeat(64)}`)], "", ONE, undefined],
])("an image is found %s", (_, entries, ref, digest, name) => {
  const found = open(entries, ref);
  expect([found.reference, found.name]).toEqual([digest, name ?? basename(found.folder)]);
});

test.each([
  ["several images", [entry(ONE, "v1"), entry(OTHER)], "", "several-images", 'It holds: "v1", "?".'],
  ["another name", [entry(ONE, "v1")], ":v2", "image-not-in-source", 'It holds: "v1".'],
  ["no image", [], "", "image-not-in-source", "It holds: ."],
  ["an entry without a digest", [entry(undefined)], "", "image-not-in-source", 'It holds: "?".'],
  [
    "names like cosign's tags",
    [entry(ONE, `sha256-${"a".repeat(64)}x`), entry(OTHER, `x-sha256-${"a".repeat(64)}`)],
    "",
    "several-images",
    "It holds",
  ],
])("a layout with %s is not opened", (_, entries, ref, code, message) => {
  expect(() => open(entries, ref)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
});

test("of many images, twenty are named", () => {
  const many = Array.from({ length: 21 }, (_, index) =>
    entry(sha256(Buffer.from(String(index))), `v${index}`),
  );
  expect(() => open(many)).toThrow('"v19".');
});

test.each([
  ["app:1", "attest-registry"],
  ["podman:app:1", "attest-source"],
  [`oci:${import.meta.dirname}`, "attest-source"],
  ["oci:/nothing-here", "source-not-found"],
])("%s is no place for an attestation: %s", (source, code) => {
  expect(() => openStore(source, OPTIONS)).toThrow(expect.objectContaining({ code }));
});
