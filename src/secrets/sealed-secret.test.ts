import { expect, test } from "vitest";
import { scanFile } from "./scan.ts";
import { isSealedValue } from "./sealed-secret.ts";

/** A value as kubeseal writes it; the sealed content is arbitrary. */
function sealed(keyBytes: number, length = keyBytes): string {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(length);
  const body = Buffer.from(Array.from({ length: keyBytes + 30 }, (_, index) => (index * 73 + 41) % 256));
  return Buffer.concat([head, body]).toString("base64");
}

function file(value: string, kind = "SealedSecret"): readonly string[] {
  const text = `apiVersion: bitnami.com/v1alpha1\nkind: ${kind}\nspec:\n  encryptedData:\n    DB_PASSWORD: ${value}\n`;
  return scanFile("/app/k8s/db.yaml", Buffer.from(text)).map(({ kind: found }) => found);
}

test.each([256, 384, 512])("a value sealed by a key of %i bytes is none", (bytes) => {
  expect(file(sealed(bytes))).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ["a password", file("Hiver2024!Portail")],
  ["a long random value", file(sealed(512, 7))],
  ["a length that its bytes do not have", file(sealed(256, 512))],
  ["the same in another kind of object", file(sealed(512), "Portail")],
])("trap: %s in its place is a secret", (_, found) => {
  expect(found).toEqual(["named-secret"]);
});

test("what is short, or no base64, is not decoded", () => {
  expect(isSealedValue(sealed(512).slice(0, 299), "SealedSecret")).toBe(false);
  expect(isSealedValue(`${sealed(512)}!`, "SealedSecret")).toBe(false);
});
