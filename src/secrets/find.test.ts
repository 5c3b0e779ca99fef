import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secretKind } from "../rules/image/secret-kinds.ts";
import { DETECTORS } from "./detectors.ts";
import { maskText, scanFile } from "./scan.ts";

const ANCHORS = DETECTORS.flatMap((detector) => detector.anchors);

describe("patterns", () => {
  test.each(DETECTORS.map((detector) => [detector.kind, detector.pattern] as const))(
    "%s: sticky, with indices, and every repetition bounded",
    (_, pattern) => {
      expect(pattern.flags).toMatch(/^di?y$/);
      const outsideClasses = pattern.source.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
      expect(outsideClasses).not.toMatch(/[*+]|,\}/);
    },
  );
});

test.each([...new Set(DETECTORS.map(({ kind }) => kind)), "named-secret", "pkcs12-key", "netrc-password"])(
  "%s has a name in both languages",
  (kind) => {
    expect(secretKind(kind).name.fr).not.toContain(`(${kind})`);
  },
);

describe("hostile texts", () => {
  test.each([
    "/app/x.js",
    "/app/.env",
    "/app/.npmrc",
    "/root/.netrc",
    "/root/.pgpass",
    "/root/.my.cnf",
    "/x/settings.xml",
    "/app/config.yaml",
    "/app/config.json",
    "/app/settings.py",
    "/app/dump.sql",
    "/app/start.sh",
    "/etc/redis/redis.conf",
  ])("take linear time in %s", (path) => {
    const piece = fc.oneof(
      fc.constantFrom(...ANCHORS),
      fc.constantFrom(
        "a:b@",
        "=",
        " ",
        "\n",
        "password=",
        "-----END ",
        "<!--",
        "<password>x",
        '"password":"',
        "password: {",
        "curl -u a:",
        "name: token\\n value:",
        "PASSWORD '",
        "$2y$10$",
        "kind: Config",
        '"auths"',
        "eyJhbGciOiJIUzI1NiJ9.",
      ),
      fc.string({ maxLength: 20 }),
      fc.constantFrom("A", "a0-", "\\n", "\t").map((unit) => unit.repeat(400)),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const unit = pieces.join("") || " ";
        const text = Buffer.from(unit.repeat(Math.ceil(2 ** 20 / unit.length)));
        // 1 MiB takes about 4 ms; quadratic time would run into the test's time limit.
        for (const { line } of scanFile(path, text)) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  test("a file of a hundred thousand passwords does not fill the stack", () => {
    const text = Buffer.from("pwd=".repeat(2 ** 18));
    expect(() => scanFile("/app/.npmrc", text)).not.toThrow();
  });

  test("any bytes can be scanned, and masking a text twice changes nothing more", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(scanFile("/app/.env", bytes).length).toBeLessThan(500);
      }),
    );
    const text = fc
      .array(fc.oneof(fc.constantFrom(...ANCHORS), fc.string()), { maxLength: 10 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (one) => {
        expect(maskText(maskText(one))).toBe(maskText(one));
      }),
    );
  });
});
