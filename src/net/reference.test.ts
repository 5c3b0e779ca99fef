import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import { DouaneError } from "../contract/error.ts";
import { formatReference, parseReference, type Reference } from "./reference.ts";

const DIGEST = digestOf(7);

describe("Docker's defaults", () => {
  test.each([
    ["nginx", "docker.io/library/nginx"],
    ["nginx:1.27", "docker.io/library/nginx:1.27"],
    ["library/nginx", "docker.io/library/nginx"],
    ["team/app", "docker.io/team/app"],
    ["docker.io/nginx", "docker.io/library/nginx"],
    ["index.docker.io/team/app", "docker.io/team/app"],
    ["localhost/app", "localhost/app"],
    ["localhost:5000/app:1", "localhost:5000/app:1"],
    ["registry.example/a/b/c:v1.2.3", "registry.example/a/b/c:v1.2.3"],
    ["[::1]:5000/app", "[::1]:5000/app"],
    ["HOST/app", "HOST/app"],
    ["my-app__x.y--z:_t", "docker.io/library/my-app__x.y--z:_t"],
    [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
    [`ghcr.io/a/b:1.0@${DIGEST}`, `ghcr.io/a/b:1.0@${DIGEST}`],
    ["localhost:5000", "docker.io/library/localhost:5000"],
  ])("%s is %s", (text, full) => {
    expect(formatReference(parseReference(text))).toBe(full);
  });

  test("no tag given is no tag, not latest", () => {
    expect(parseReference("nginx").tag).toBeUndefined();
  });
});

describe("refused", () => {
  test.each([
    ["", "repository"],
    ["Nginx", "lower-case"],
    ["team/App", "lower-case"],
    ["a.0x1/app", "host name"],
    ["1.2.3.4.5/app", "host name"],
    ["nginx:", "tag"],
    ["nginx:-1", "tag"],
    [`nginx:${"x".repeat(129)}`, "tag"],
    ["nginx:a b", "tag"],
    ["nginx@", "digest"],
    ["nginx@sha256:abc", "digest"],
    [`nginx@${DIGEST.toUpperCase()}`, "digest"],
    [`nginx@sha512:${"0".repeat(128)}`, "digest"],
    [`nginx@${DIGEST}@${DIGEST}`, "digest"],
    ["a//b", "repository"],
    ["/app", "repository"],
    ["app/", "repository"],
    ["-app", "repository"],
    ["app-", "repository"],
    ["a..b", "repository"],
    ["a___b", "repository"],
    ["registry.example:/app", "host name"],
    ["registry.example:99999/app", "host name"],
    ["-bad.example/app", "host name"],
    ["https://registry.example/app", "host name"],
    ["user@registry.example/app", "digest"],
    ["registré.example/app", "host name"],
    [`registry.example/${"a/".repeat(127)}ab`, "longer than 255"],
    ["0".repeat(64), "an id"],
    ["nginx\u001b[2J", "repository"],
  ])("%j: %s", (text, reason) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({ code: "reference-invalid", exit: 64 }),
    );
    expect(() => parseReference(text)).toThrow(reason);
  });
});

const separator = fc.constantFrom(".", "_", "__", "-", "---");
const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const component = fc
  .tuple(word, fc.array(fc.tuple(separator, word), { maxLength: 3 }))
  .map(([head, tail]) => head + tail.flat().join(""));
const host = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.(?:example|test)$/),
  fc.constantFrom("localhost", "[::1]", "127.0.0.1", "HOST"),
);
const registry = fc
  .tuple(host, fc.option(fc.nat(65_535)))
  .map(([name, port]) => (port === null ? name : `${name}:${port}`));
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}` as const);
const reference: fc.Arbitrary<Reference> = fc.record(
  {
    registry,
    repository: fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")),
    tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
    digest,
  },
  { requiredKeys: ["registry", "repository"] },
);

describe("properties", () => {
  test("what is written is read back", () => {
    fc.assert(
      fc.property(reference, (value) => {
        expect(parseReference(formatReference(value))).toEqual(value);
      }),
    );
  });

  const soup = fc.string({ unit: fc.constantFrom("a", "A", "0", ".", "-", "_", "/", ":", "@", "[", "]") });
  test("any string is read in a stable way or refused as a reference", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), soup), (text) => {
        const { reference: parsed, code } = attempt(text);
        expect(code).toBe(parsed === undefined ? "reference-invalid" : undefined);
        expect(parsed && attempt(formatReference(parsed)).reference).toEqual(parsed);
      }),
    );
  });
});

function attempt(text: string): { reference?: Reference; code?: string } {
  try {
    return { reference: parseReference(text) };
  } catch (error) {
    return { code: error instanceof DouaneError ? error.code : String(error) };
  }
}
