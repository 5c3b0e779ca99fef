import { expect, test } from "vitest";
import { parseRequest, requestedPairs } from "./request.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const STATEMENT = { predicateType: "https://slsa.dev/provenance/v1", predicate: { a: 1 } };
const REQUEST = { repository: "registry.example/app", digests: [DIGEST], statements: [STATEMENT] };

const parse = (changes: object) => parseRequest(Buffer.from(JSON.stringify({ ...REQUEST, ...changes })));
const digests = (count: number) =>
  Array.from({ length: count }, (_, at) => `sha256:${String(at).padStart(64, "0")}`);
const statements = (count: number) => Array.from({ length: count }, () => STATEMENT);
const of = (some: readonly string[]) => ({ ...STATEMENT, digests: some });
const typed = (predicateType: unknown) => ({ statements: [{ ...STATEMENT, predicateType }] });

test("a request is read as it is, each digest once", () => {
  expect(parse({})).toEqual(REQUEST);
  expect(parse({ digests: [DIGEST, DIGEST] }).digests).toEqual([DIGEST]);
});

test("statements are paired with the digests that they are about, digest by digest", () => {
  const [one = "", two = ""] = digests(2);
  const pairs = requestedPairs(
    parse({ digests: [one, two, DIGEST], statements: [of([two, one]), STATEMENT] }),
  );
  expect(pairs.map(({ digest, statement }) => [digest, "digests" in statement])).toEqual([
    [one, true],
    [one, false],
    [two, true],
    [two, false],
    [DIGEST, false],
  ]);
});

test.each<[string, object]>([
  ["a port and a path", { repository: "registry.example:5000/a/b-c/d_e.f" }],
  ["a path of 20 names", { repository: `r${"/a".repeat(20)}` }],
  ["33 digests", { digests: digests(33) }],
  ["60 statements", { statements: statements(60) }],
  ["20 statements of 33 digests each", { digests: digests(33), statements: statements(20) }],
  ["an SBOM of each platform", { digests: digests(33), statements: digests(33).map((one) => of([one])) }],
  ["a URN", typed("urn:douane:trial:v1")],
  ["the shortest URI", typed("a:b")],
  ["a scheme with every sign", typed("a1+.-:b")],
  ["the longest URI", typed(`urn:${"x".repeat(500)}`)],
  ["an empty predicate", { statements: [{ ...STATEMENT, predicate: {} }] }],
])("accepted: %s", (_, changes) => {
  expect(parse(changes)).toMatchObject(changes);
});

test.each<[string, object]>([
  ["another field", { more: 1 }],
  ["no repository", { repository: undefined }],
  ["a registry alone", { repository: "registry.example" }],
  ["a tag", { repository: "registry.example/app:1" }],
  ["a digest behind the repository", { repository: `registry.example/app@${DIGEST}` }],
  ["a scheme before the repository", { repository: "https://registry.example/app" }],
  ["a user before the repository", { repository: "a@registry.example/app" }],
  ["capital letters", { repository: "registry.example/App" }],
  ["an empty name", { repository: "registry.example//app" }],
  ["a name that climbs", { repository: "registry.example/../app" }],
  ["a port of six digits", { repository: "registry.example:500000/app" }],
  ["an empty port", { repository: "registry.example:/app" }],
  ["a line's end", { repository: "registry.example/app\n" }],
  ["a path of 21 names", { repository: `r${"/a".repeat(21)}` }],
  ["no digest", { digests: [] }],
  ["34 digests", { digests: digests(34) }],
  ["a digest of another kind", { digests: ["sha512:aa"] }],
  ["a digest in capitals", { digests: [DIGEST.toUpperCase()] }],
  ["a digest behind something", { digests: [`x${DIGEST}`] }],
  ["a digest before something", { digests: [`${DIGEST}0`] }],
  ["no statement", { statements: [] }],
  ["61 statements", { statements: statements(61) }],
  ["21 statements of 33 digests each", { digests: digests(33), statements: statements(21) }],
  ["a statement of no digest", { statements: [of([])] }],
  ["a statement of another digest", { statements: [STATEMENT, of([DIGEST, ...digests(1)])] }],
  ["a statement of a digest of another kind", { statements: [of(["sha512:aa"])] }],
  ["a field of a statement", { statements: [{ ...STATEMENT, subject: [] }] }],
  ["a type that is no URI", typed("provenance")],
  ["a type without a rest", typed("urn:")],
  ["a type with a space", typed("urn:a b")],
  ["a type behind a space", typed(" urn:a")],
  ["a type with a capital scheme", typed("URN:a")],
  ["a type that is too long", typed(`urn:${"x".repeat(501)}`)],
  ["a type that is a number", typed(1)],
  ["a predicate that is a list", { statements: [{ ...STATEMENT, predicate: [] }] }],
  ["a predicate that is none", { statements: [{ ...STATEMENT, predicate: null }] }],
])("refused: %s", (_, changes) => {
  expect(() => parse(changes)).toThrow(
    expect.objectContaining({ code: "request-invalid", status: 400 }) as Error,
  );
});
