import fc from "fast-check";
import { expect, test } from "vitest";
import { dockerfileFacts } from "../../test/fixtures/dockerfile.ts";
import { RULES } from "../rules/index.ts";

const DOCKERFILE_RULES = RULES.filter(({ needs }) => needs.includes("dockerfile"));

const piece = fc.constantFrom(
  ..."FROM ARG ENV USER RUN COPY ADD CMD ENTRYPOINT ONBUILD SHELL HEALTHCHECK EXPOSE VOLUME WORKDIR LABEL STOPSIGNAL node:22 scratch AS a b = $A ${A:-b} ${ } \" ' [ ] , \\ ` # <<EOF EOF <<- --from=a --mount=x && || ; | > ( ) if then fi NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt 0 root".split(
    " ",
  ),
  "\n",
  "\n",
  "\r\n",
  "\\\n",
  " ",
  "\t",
);
const text = fc
  .oneof(fc.array(piece, { maxLength: 80 }), fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }))
  .map((pieces) => `FROM a\n${pieces.join(" ")}`);

/** Every place in plain JSON. */
function places(value: unknown): readonly { readonly line: number; readonly column: number }[] {
  if (typeof value !== "object" || value === null) return [];
  const own =
    "line" in value && "column" in value && typeof value.line === "number" && typeof value.column === "number"
      ? [{ line: value.line, column: value.column }]
      : [];
  return [...own, ...Object.values(value).flatMap(places)];
}

test("reading never throws, gives plain JSON, and every place lies in the file", () => {
  fc.assert(
    fc.property(text, (source) => {
      const facts = dockerfileFacts(source);
      const lines = source.split("\n");
      for (const { line, column } of places(facts)) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
      }
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    }),
    { numRuns: 500 },
  );
});

test("no secret is left in what was read", () => {
  fc.assert(
    fc.property(text, (source) => {
      expect(JSON.stringify(dockerfileFacts(source))).not.toContain("glpat-aB3dEfGh1jKlMnOpQrSt");
    }),
  );
});

test("no rule throws, whatever the file", () => {
  fc.assert(
    fc.property(text, (source) => {
      const dockerfile = dockerfileFacts(source);
      for (const rule of DOCKERFILE_RULES) expect(rule.check({ dockerfile })).toHaveProperty("status");
    }),
  );
});
