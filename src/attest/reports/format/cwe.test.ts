import { expect, test } from "vitest";
import { cwesIn, cwesOf, isInjection } from "./cwe.ts";

test.each([
  ["CWE-89: SQL Injection", [89]],
  ["external/cwe/cwe-089", [89]],
  ["cwe_78", [78]],
  ["https://cwe.mitre.org/data/definitions/79.html", [79]],
  ["CWE-327, CWE-328", [327, 328]],
  ["owasp-a9 cwe cwe-937", [937]],
  ["CWE-0", []],
  ["CWE-", []],
  ["CWE-1234567", []],
  ["89", []],
])("the text %j names %j", (text, cwes) => {
  expect(cwesIn([text])).toEqual(cwes);
});

test.each<[unknown, readonly number[]]>([
  [89, [89]],
  ["89", [89]],
  ["CWE-89", [89]],
  [
    ["cwe-89", 79],
    [89, 79],
  ],
  [-1, []],
  ["-1", []],
  [0, []],
  [1.5, []],
  [1e300, []],
  [null, []],
  [{ id: 89 }, []],
])("the field %j holds %j", (value, cwes) => {
  expect(cwesOf(value)).toEqual(cwes);
});

test("injections into queries, commands, code, pages, headers, templates and prompts count", () => {
  for (const cwe of [74, 77, 78, 79, 89, 90, 91, 94, 95, 96, 98, 113, 643, 917, 943, 1336, 1427])
    expect([cwe, isInjection([cwe])]).toEqual([cwe, true]);
});

test("path traversal, deserialisation, requests to servers, external entities and weak hashes do not", () => {
  for (const cwe of [22, 502, 918, 611, 327, 352, 798, 120, 1333])
    expect([cwe, isInjection([cwe])]).toEqual([cwe, false]);
});
