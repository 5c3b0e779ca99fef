import { describe, expect, test } from "vitest";
import { isNeutralSettings, NEUTRAL_FILES } from "./neutral-files.ts";

function isSelected(path: string): boolean {
  return NEUTRAL_FILES.some(
    ({ suffixes = [], pattern }) =>
      suffixes.some((suffix) => path.endsWith(suffix)) && (pattern?.test(path) ?? true),
  );
}

describe("settings of the application", () => {
  test.each([
    "/app/config.yaml",
    "/app/settings.json",
    "/app/conf/app.ini",
    "/app/application.properties",
    "/app/app.jar!/BOOT-INF/classes/application.yml",
    "/etc/app/env.sh",
    "/etc/myapp/config.yaml",
    "/etc/portail/portail.conf",
    "/app/config/default.toml",
    "/srv/portail-config.yml",
    "/opt/portail/conf/server.properties",
    "/app/appsettings.json",
    "/usr/src/app/config/local.json",
  ])("%s", (path) => {
    expect([isNeutralSettings(path), isSelected(path)]).toEqual([true, true]);
  });
});

describe("others", () => {
  test.each([
    "/app/node_modules/config/default.json",
    "/usr/lib/python3/config.ini",
    "/app/tests/config.yaml",
    "/app/config.example.yaml",
    "/app/tsconfig.json",
    "/app/chart/k8s/config.yaml",
    "/app/openapi/server.yaml",
    "/app/config/production.yaml",
    "/app/.env",
    "/usr/share/nginx/html/config.json",
    "/app/libs/sdk.jar!/config.properties",
    "/app/data/communes.json",
    "/app/package.json",
  ])("%s", (path) => {
    expect(isNeutralSettings(path)).toBe(false);
  });
});
