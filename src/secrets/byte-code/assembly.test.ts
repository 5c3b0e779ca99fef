import { describe, expect, test } from "vitest";
import { assemblyOf } from "../../../test/fixtures/assembly.ts";
import { noise } from "../../../test/fixtures/secrets.ts";
import { scanFile } from "../scan.ts";
import { assemblyAssignments } from "./assembly.ts";
import { compiledSource } from "./compiled-source.ts";

const SECRET = `k9X${noise(29)}`;
const LONG = "x".repeat(300);
const given = (bytes: Buffer) => assemblyAssignments(bytes).map(({ name, value }) => `${name}=${value}`);

describe("an assembly gives texts to names", () => {
  test.each<[string, Buffer, string[]]>([
    [
      "constants",
      assemblyOf({ constants: { JWT_SECRET: SECRET, Title: "Portail" } }),
      [`JWT_SECRET=${SECRET}`, "Title=Portail"],
    ],
    [
      "fields",
      assemblyOf({ constants: { A: "abcd" }, fields: { apiToken: SECRET } }),
      ["A=abcd", `apiToken=${SECRET}`],
    ],
    ["properties", assemblyOf({ fields: { "<Secret>k__BackingField": SECRET } }), [`Secret=${SECRET}`]],
    [
      "setters",
      assemblyOf({ calls: { set_Secret: SECRET, SetPassword: SECRET } }),
      [`Secret=${SECRET}`, `SetPassword=${SECRET}`],
    ],
    ["keys", assemblyOf({ puts: { "Jwt:Key": SECRET } }), [`Item=${SECRET}`, `JWT_KEY=${SECRET}`]],
    [
      "texts of two bytes of length",
      assemblyOf({ fields: { a1: LONG }, constants: { b1: LONG } }),
      [`b1=${LONG}`, `a1=${LONG}`],
    ],
    ["none", assemblyOf({}), []],
  ])("%s", (_, bytes, expected) => {
    expect(given(bytes)).toEqual(expected);
  });

  test("of a length of four bytes, which no secret has", () => {
    expect(given(assemblyOf({ fields: { secret: "x".repeat(20_000) } }))).toEqual([]);
  });

  test("what is cut gives no more than is there, and no error", () => {
    const whole = assemblyOf({ constants: { SECRET }, fields: { secret: SECRET } });
    const cuts = Array.from({ length: whole.length }, (_, end) => given(whole.subarray(0, end)));
    expect(new Set(cuts.flat()).size).toBeLessThanOrEqual(2);
    expect(cuts.at(100)).toEqual([]);
  });

  test("a token that names nothing gives none", () => {
    const bytes = assemblyOf({ fields: { secret: SECRET } });
    bytes.writeUInt16LE(99, 70);
    expect(given(bytes)).toEqual([]);
    bytes.writeUInt8(0x1b, 73);
    expect(given(bytes)).toEqual([]);
  });
});

test.each<[string, boolean]>([
  ["/app/Portail.dll", true],
  ["/app/Portail.exe", true],
  ["/app/System.Text.Json.dll", false],
  ["/app/Microsoft.Data.SqlClient.dll", false],
])("%s may be the application's: %s", (path, isOwn) => {
  const bytes = assemblyOf({ constants: { JWT_SECRET: SECRET } });
  expect(compiledSource(path, bytes) !== undefined).toBe(isOwn);
  expect(scanFile(path, bytes).map(({ kind }) => kind)).toEqual(isOwn ? ["named-secret"] : []);
});

test("known forms are found beside, whatever they are called", () => {
  const url = `https://app:${SECRET}@db.corp.fr/x`;
  const kinds = scanFile("/app/Portail.dll", assemblyOf({ fields: { address: url } })).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(["url-password"]);
});
