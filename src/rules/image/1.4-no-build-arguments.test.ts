import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import { noBuildArguments } from "./1.4-no-build-arguments.ts";

function check(steps: readonly string[], env: readonly string[] = []) {
  const history = ["FROM scratch", ...steps].map((createdBy) => ({ createdBy }));
  return checkRule(noBuildArguments, { image: imageFacts({ history, config: { env } }) });
}

function run(...args: readonly string[]) {
  return check([`RUN |${args.length} ${args.join(" ")} /bin/sh -c npm run build # buildkit`]);
}

describe("fails", () => {
  test.each([
    "NEXT_PUBLIC_SITE_URL=https://app.recette.gouv.fr",
    "NUXT_PUBLIC_API=https://api.gouv.fr",
    "VITE_API_URL=https://api.gouv.fr/v1",
    "REACT_APP_API=https://api.gouv.fr",
    "VUE_APP_HOST=api.gouv.fr",
    "GATSBY_URL=https://a.gouv.fr",
    "PUBLIC_ORIGIN=https://a.gouv.fr",
    "NG_APP_URL=https://a.gouv.fr",
    "EXPO_PUBLIC_URL=https://a.gouv.fr",
    "NEXT_PUBLIC_APP_ENV=production",
    "VITE_MODE=recette",
    "API_URL=https://api.gouv.fr",
    "SITE_HOST=app.gouv.fr",
    "APP_BASE_URL=https://app.gouv.fr",
    "ENVIRONMENT=recette",
    "APP_ENV=preprod",
  ])("a build argument %s", (argument) => {
    expect(run(argument)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(argument) }, at: { path: "history[1]" } }],
    });
  });

  test("in the classic builder's form, and among others", () => {
    const outcome = check(["|3 A=1 NEXT_PUBLIC_URL=https://a.gouv.fr TITLE=My app /bin/sh -c npm run build"]);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: [{ fingerprint: "1.4-no-build-arguments:NEXT_PUBLIC_URL:https%3A//a.gouv.fr" }],
    });
  });

  test("a mode of the build", () => {
    expect(check(["RUN /bin/sh -c npm run build -- --mode recette # buildkit"])).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "history[1]" } }],
    });
  });

  test("an inlined variable in ENV", () => {
    expect(check([], ["NEXT_PUBLIC_URL=https://a.gouv.fr"])).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "config.Env[NEXT_PUBLIC_URL]" } }],
    });
  });

  test("once, however many steps repeat it", () => {
    const step = "RUN |1 VITE_URL=https://a.gouv.fr /bin/sh -c x";
    const outcome = check([step, step], ["VITE_URL=https://a.gouv.fr"]);
    expect(outcome.status === "fail" && outcome.findings).toHaveLength(1);
  });
});

describe("notes", () => {
  test.each([
    ["NEXT_PUBLIC_SITE_NAME=Mon espace", "if the value varies"],
    ["VITE_API_URL=http://localhost:3000", "if the value varies"],
    ["NEXT_PUBLIC_API_URL=APP_NEXT_PUBLIC_API_URL", "replaced at start"],
    ["NEXT_PUBLIC_API_URL=__NEXT_PUBLIC_API_URL__", "replaced at start"],
    ["VITE_API_URL=%%API%%", "replaced at start"],
    ["HTTP_PROXY=http://proxy.intra.gouv.fr:3128", "a proxy's address"],
    ["https_proxy=http://proxy.intra.gouv.fr:3128", "a proxy's address"],
  ])("%s", (argument, says) => {
    expect(run(argument)).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining(says) } }],
    });
  });
});

describe("traps: stays silent on", () => {
  test.each([
    "NODE_VERSION=24.1.0",
    "NODE_ENV=production",
    "APP_ENV=production",
    "ENVIRONMENT=production",
    "npm_config_registry=https://nexus.intra.gouv.fr/npm",
    "NPM_REGISTRY_URL=https://nexus.intra.gouv.fr",
    "PIP_INDEX_URL=https://nexus.intra.gouv.fr/pypi",
    "COMMIT_SHA=0123456789abcdef",
    "TARGETARCH=amd64",
    "BUILDKIT_INLINE_CACHE=1",
    "DEBIAN_FRONTEND=noninteractive",
    "BASE_URL=/app",
    "APP_HOST=0.0.0.0",
    "API_URL=http://backend:8080",
    "NO_PROXY=.gouv.fr",
    "NEXT_PUBLIC_API_URL=",
    "NEXT_PUBLIC_FEATURE=true",
    "NEXT_PUBLIC_VERSION=1.4.2",
    "NEXT_PUBLIC_API_KEY=…(32)",
  ])("%s", (argument) => {
    expect(run(argument)).toMatchObject({ status: "pass", notes: [] });
  });

  test("where a release is fetched from, by the version beside it; not an address that holds another number", () => {
    const maven = "https://dlcdn.apache.org/maven/maven-3/3.9.9/binaries";
    const step = (version: string, url: string) =>
      `RUN |2 MAVEN_VERSION=${version} BASE_URL=${url} /bin/sh -c make`;
    expect(check([step("3.9.9", maven)])).toMatchObject({ status: "pass", notes: [] });
    expect(check([step("3.9.9", "https://dl.example.org/app-3.9.9.tar.gz")]).status).toBe("pass");
    const api = "RUN |2 APP_VERSION=3.9.9 VITE_API_URL=https://api.recette.gouv.fr/3.9.9 /bin/sh -c make";
    expect(check([api]).status).toBe("fail");
    for (const version of ["3.9", "9.9", "3", "1.2.3", "…(12)"]) {
      expect(check([step(version, maven)]).status).toBe("fail");
    }
  });

  test("ENV that can be set again at start, and an ENV without a value", () => {
    expect(check([], ["API_URL=https://api.gouv.fr", "ENVIRONMENT=recette", "VITE_X"])).toMatchObject({
      status: "pass",
      notes: [],
    });
  });

  test("build arguments of a base image that was verified, not of what only seems to be one", () => {
    const history = [{ createdBy: "RUN |1 VITE_URL=https://a.gouv.fr /bin/sh -c x", layer: 0 }];
    const image = imageFacts({ history, facts: { base: VERIFIED_BASE } });
    expect(checkRule(noBuildArguments, { image })).toMatchObject({ status: "pass", notes: [] });
    const guessed = imageFacts({ layers: [{ base: true }], history });
    expect(checkRule(noBuildArguments, { image: guessed }).status).toBe("fail");
  });
});

test("an image without a history is unproven; one without layers has nothing to show", () => {
  expect(checkRule(noBuildArguments, { image: imageFacts() }).status).toBe("unproven");
  expect(checkRule(noBuildArguments, { image: imageFacts({ layers: [] }) }).status).toBe("pass");
});
