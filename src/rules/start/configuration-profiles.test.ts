import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestDevelopmentMode } from "../manifest/manifest-rules.ts";
import { developmentMode } from "./1.4-development-mode.ts";

function check(...env: readonly string[]) {
  return checkRule(developmentMode, { image: imageFacts({ config: { cmd: ["app"], env } }) });
}

describe("a note: it selects a configuration", () => {
  test.each([
    "SPRING_PROFILES_ACTIVE=dev",
    "SPRING_PROFILES_ACTIVE=a, Local ,b",
    "QUARKUS_PROFILE=dev",
    "MICRONAUT_ENVIRONMENTS=dev,redis",
    "ASPNETCORE_ENVIRONMENT=Development",
    "DOTNET_ENVIRONMENT=Development",
    "NODE_CONFIG_ENV=development",
    "APP_ENV=local",
  ])("%s", (entry) => {
    const name = entry.split("=")[0];
    const outcome = check(entry);
    expect(outcome).toMatchObject({
      status: "pass",
      notes: [
        {
          message: { en: expect.stringContaining(`${entry}: selects`) },
          remedy: {
            en: `Take ${name} out of the image and inject it at start: each environment selects its own configuration.`,
          },
        },
      ],
    });
    expect(JSON.stringify(outcome)).not.toMatch(/prod/i);
  });
});

describe("nothing", () => {
  test.each([
    "SPRING_PROFILES_ACTIVE=a,local-x,xdev",
    "SPRING_PROFILES_ACTIVE=prod",
    "ASPNETCORE_ENVIRONMENT=Staging",
    "APP_ENV=prod",
    "constructor=dev",
  ])("%s", (entry) => {
    expect(check(entry)).toMatchObject({ status: "pass" });
    expect(check(entry).notes ?? []).toEqual([]);
  });
});

test("what starts a debugger or a development server beside it refutes", () => {
  for (const entry of ["NODE_ENV=development", "APP_DEBUG=1", "JAVA_OPTS=-agentlib:jdwp=transport=dt_socket"])
    expect(check("SPRING_PROFILES_ACTIVE=dev", entry)).toMatchObject({
      status: "fail",
      findings: [{}],
      notes: [{}],
    });
});

test("in the manifest of a development namespace there is nothing to change", () => {
  const given = (name: string, value: string) =>
    manifestAlone(manifestDevelopmentMode, { env: [{ name, value }] });
  expect(given("SPRING_PROFILES_ACTIVE", "dev")).toEqual({
    status: "n/a",
    found: [],
    notes: ["1.4-manifest-development-mode:portal/Deployment/web/web/env:SPRING_PROFILES_ACTIVE:dev"],
  });
  expect(given("APP_ENV", "dev").found).toEqual([]);
  expect(given("RAILS_ENV", "development").status).toBe("fail");
});
