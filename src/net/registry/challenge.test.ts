import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseChallenges } from "./challenge.ts";

function read(...headers: string[]) {
  return parseChallenges(headers).map(({ scheme, parameters }) => ({
    scheme,
    ...Object.fromEntries(parameters),
  }));
}

describe("WWW-Authenticate", () => {
  test.each([
    [
      'Bearer realm="https://auth.example/token",service="registry",scope="repository:a:pull"',
      [
        {
          scheme: "bearer",
          realm: "https://auth.example/token",
          service: "registry",
          scope: "repository:a:pull",
        },
      ],
    ],
    ['Basic realm="Registry Realm"', [{ scheme: "basic", realm: "Registry Realm" }]],
    ["BASIC Realm=plain", [{ scheme: "basic", realm: "plain" }]],
    ['Bearer realm="a, b=\\"c\\"" , service=x', [{ scheme: "bearer", realm: 'a, b="c"', service: "x" }]],
    ['Negotiate, Basic realm="x"', [{ scheme: "negotiate" }, { scheme: "basic", realm: "x" }]],
    [
      'Bearer realm="x",error="insufficient_scope", Basic realm="y"',
      [
        { scheme: "bearer", realm: "x", error: "insufficient_scope" },
        { scheme: "basic", realm: "y" },
      ],
    ],
    [
      "Bearer realm=https://auth.example/token,service=x",
      [{ scheme: "bearer", realm: "https://auth.example/token", service: "x" }],
    ],
    ["", []],
    ["=", []],
    ['Bearer realm="never closed', [{ scheme: "bearer" }]],
  ])("%s", (header, challenges) => {
    expect(read(header)).toEqual(challenges);
  });

  test("several headers", () => {
    expect(read('Bearer realm="a"', 'Basic realm="b"')).toHaveLength(2);
  });

  test("any quoted value is read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (value) => {
        const quoted = value.replace(/["\\]/g, "\\$&");
        expect(read(`Bearer realm="${quoted}"`)).toEqual([{ scheme: "bearer", realm: value }]);
      }),
    );
  });

  test("a megabyte of commas names no scheme", () => {
    expect(read(", ".repeat(500_000))).toEqual([]);
  });
});
