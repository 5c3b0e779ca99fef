import { describe, expect, test } from "vitest";
import type { BuildValueFacts } from "../../contract/dockerfile-facts.ts";
import { isGivenEnvironments, valuesOf, variationOf } from "./build-argument-values.ts";

const CI = ".github/workflows/ci.yaml";

function given(value: string, file = CI, within: readonly string[] = [], name = "API_URL"): BuildValueFacts {
  return { name, value, within, at: { file, line: 1 } };
}

/** Variation of API_URL, to which pipelines give these values. */
function told(...values: readonly string[]) {
  return variationOf(
    "API_URL",
    values.map((value) => given(value)),
  );
}

describe("another value by environment", () => {
  test.each([
    "${{ vars.API_URL_PROD }}",
    "${{ secrets.PREPROD_API_URL }}",
    "${{ inputs.environment }}",
    "${{ inputs.env }}",
    "${{ matrix.stage }}",
    "${{ needs.x.outputs.Environnement }}",
    "${{ github.ref }}",
    "${{ github.ref_name }}",
    "${{ github.base_ref }}",
    "${{ github.head_ref }}",
    "$CI_COMMIT_BRANCH",
    "$CI_COMMIT_REF_NAME",
    "$CI_COMMIT_REF_SLUG",
    "$CI_ENVIRONMENT_NAME",
    "$BRANCH_NAME",
    "$BRANCH",
    "{{ staging_url }}",
    "<<pipeline.parameters.env>>",
  ])("%s", (value) => {
    expect(told(value)).toBe("varies");
  });

  test("of several literals", () => {
    expect(told("https://a.site.fr", "https://b.site.fr")).toBe("varies");
  });
});

describe("the same value", () => {
  test("of a build that is for no environment, or for several", () => {
    expect(told("https://a.site.fr")).toBe("constant");
    expect(told("https://a.site.fr", "https://a.site.fr")).toBe("constant");
    const both = [
      given("https://a.site.fr", "ci.yaml", ["build:preprod"]),
      given("https://a.site.fr", "production.yaml"),
    ];
    expect(variationOf("API_URL", both)).toBe("constant");
  });

  test("of builds for one environment says nothing of the others", () => {
    expect(variationOf("API_URL", [given("https://a.site.fr", "production.yaml")])).toBe("unknown");
    const same = [
      given("https://a.site.fr", "ci.yaml", ["build:PROD"]),
      given("https://a.site.fr", "a.yaml", ["x", "prod"]),
    ];
    expect(variationOf("API_URL", same)).toBe("unknown");
  });
});

describe("neither", () => {
  test.each([
    "$API_URL",
    "${API_URL}",
    "${{ vars.API_URL }}",
    "${{ env.API_URL }}",
    "${{ github.sha }}",
    "${{ github.refs }}",
    "${{ vars.URL }}",
    "${{ vars.ENVELOPE }}",
    "${{ inputs.environments }}",
    "{{ url }}",
    "<<parameters.url>>",
  ])("%s is not known", (value) => {
    expect(told(value)).toBe("unknown");
  });

  test("without values, or with those of other arguments", () => {
    expect(variationOf("API_URL")).toBe("unknown");
    expect(variationOf("OTHER", [given("https://a.site.fr")])).toBe("unknown");
  });

  test("of literals and variables together", () => {
    expect(told("https://a.site.fr", "$API_URL")).toBe("unknown");
  });

  test("an environment that the argument's own name holds", () => {
    expect(variationOf("PROD_URL", [given("${{ vars.PROD_URL }}", CI, [], "PROD_URL")])).toBe("unknown");
    expect(told("https://prod.site.fr")).toBe("constant");
  });
});

describe("what is given on a developer's own machine", () => {
  test.each([
    "compose.yaml",
    "docker-compose.yml",
    "docker-compose.prod.yaml",
    "deploy/compose.yml",
    "Makefile",
    "makefile",
    "justfile",
    "Justfile",
    "app/package.json",
    "Taskfile.yml",
    "Taskfile.yaml",
    "skaffold.yaml",
  ])("in %s, is outweighed by a pipeline", (file) => {
    const local = given("https://local.fr", file);
    expect(valuesOf("API_URL", [local])).toEqual([local]);
    expect(valuesOf("API_URL", [local, given("x")])).toEqual([given("x")]);
  });

  test.each([
    "my-compose.yaml",
    "compose.yaml.j2",
    "compose.txt",
    "Makefile.am",
    "my-Makefile",
    "package.json5",
    "skaffold.yaml.bak",
  ])("%s is a pipeline like others", (file) => {
    const values = [given("a", file), given("b")];
    expect(valuesOf("API_URL", values)).toEqual(values);
  });

  test.each([
    "",
    "localhost:80",
    "http://localhost",
    "http://127.0.0.1:80/x",
    "0.0.0.0",
    "https://host.docker.internal",
  ])("%j is none", (value) => {
    expect(valuesOf("API_URL", [given(value)])).toEqual([]);
  });

  test.each(["x", "http://localhosts", "http://my-localhost", "http://127.0.0.10", "http://x/localhost"])(
    "%j is one",
    (value) => {
      expect(valuesOf("API_URL", [given(value)])).toHaveLength(1);
    },
  );
});

describe("an argument of any name is fixed to an environment", () => {
  const is = (name: string, ...values: readonly string[]) =>
    isGivenEnvironments(
      name,
      values.map((value) => given(value, CI, [], name)),
    );

  test("by several values that are all one's name or address", () => {
    expect(is("TARGET", "prod", "staging")).toBe(true);
    expect(is("TARGET", "https://a.site.fr", "prod")).toBe(true);
    expect(is("MY_HOST", "a.site.fr", "b.site.fr")).toBe(true);
  });

  test("not by one, by others, nor under the name of a mode", () => {
    expect(is("TARGET", "prod", "prod")).toBe(false);
    expect(is("TARGET", "prod", "blue")).toBe(false);
    expect(is("TARGET", "a.site.fr", "b.site.fr")).toBe(false);
    expect(is("NODE_ENV", "production", "development")).toBe(false);
    expect(is("TARGET")).toBe(false);
  });
});
