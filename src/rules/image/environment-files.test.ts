import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { isSelected } from "../../contract/selector-index.ts";
import { ENVIRONMENT_PATHS, environmentFile, isExample } from "./environment-files.ts";

function isAsked(path: string): boolean {
  const [file] = imageFacts({ files: [{ path }] }).files;
  return file !== undefined && ENVIRONMENT_PATHS.some((selector) => isSelected(selector, file));
}

describe("a file of variables", () => {
  test.each([
    ["/app/.env", undefined],
    ["/app/.env.local", undefined],
    ["/app/.env.production", "production"],
    ["/app/.env.production.local", "production"],
    ["/app/.env.Recette", "Recette"],
    ["/app/prod.env", "prod"],
  ])("%s", (path, environment) => {
    expect(environmentFile(path)).toStrictEqual({
      ...(environment === undefined ? {} : { environment }),
      kind: "dotenv",
    });
    expect(isAsked(path)).toBe(true);
  });

  test.each([
    "/app/.env.example",
    "/app/.env.production.example",
    "/app/.env-sample",
    "/app/.env.SAMPLE",
    "/app/.env.test",
    "/app/.env.ci",
    "/app/.env.md",
    "/app/.env.default",
    "/app/.env.defaults",
    "/app/.env.dist",
    "/app/.env.d.ts",
    "/app/.env.ts",
    "/app/.env.js",
    "/app/.env.mjs",
    "/app/.env.cts",
    "/app/example.env",
    "/deploy/preprod-2.env",
    "/app/app.env",
    "/app/.environment",
    "/app/x.env.production/y",
    "/app/node_modules/x/.env.example",
    "/usr/share/doc/x/.env",
  ])("%s is none", (path) => {
    expect(environmentFile(path)).toBeUndefined();
  });

  test("that only looks like code is one", () => {
    expect(environmentFile("/app/.env.jest")).toEqual({ kind: "dotenv" });
    expect(environmentFile("/app/.env.tsx")).toEqual({ kind: "dotenv" });
  });
});

describe("a file of settings", () => {
  test.each([
    ["/app/config/prod/app.yaml", "prod"],
    ["/app/configs/staging/db.json", "staging"],
    ["/app/env/recette/x.conf", "recette"],
    ["/app/envs/prod2/x.conf", "prod"],
    ["/app/environment/uat/x.toml", "uat"],
    ["/app/environnements/qualif/x.py", "qualif"],
    ["/app/environnement/qualif/x.py", "qualif"],
    ["/app/environments/live/x.rb", "live"],
    ["/app/configuration/stg/x.ini", "stg"],
    ["/app/configurations/stg/x.ini", "stg"],
    ["/app/conf/prd/x.hcl", "prd"],
    ["/app/settings/prod/x.ts", "prod"],
    ["/app/overlays/Production/x.yml", "Production"],
    ["/app/deploy/integ/x.properties", "integ"],
    ["/app/profiles/int/x.properties", "int"],
    ["/app/profiles/rct/x.properties", "rct"],
    ["/app/config/production.js", "production"],
    ["/app/config/app.production.js", "production"],
    ["/app/config/Staging1.cjs", "Staging"],
    ["/app/settings/preprod.py", "preprod"],
    ["/app/portail/settings_prod.py", "prod"],
    ["/app/config-recette.php", "recette"],
    ["/app/application-prod.yml", "prod"],
    ["/app/application-preprod12.yml", "preprod"],
    ["/app/appsettings.Production.json", "Production"],
    ["/app/values-staging.yaml", "staging"],
    ["/app/my_service.uat.toml", "uat"],
    ["/usr/share/nginx/html/config/prod.json", "prod"],
    ["/usr/share/caddy/config.prod.json", "prod"],
    ["/usr/share/httpd/config.prod.json", "prod"],
    ["/usr/share/apache2/config.prod.json", "prod"],
  ])("%s", (path, environment) => {
    const expected = environment === undefined ? undefined : { environment, kind: "settings" };
    expect(environmentFile(path)).toEqual(expected);
  });

  test.each([
    ["/app/env.d/prod.sh", "prod"],
    ["/app/conf/recette/vars.sh", "recette"],
    ["/app/bin/setenv-preprod.sh", "preprod"],
    ["/app/uat.env.sh", "uat"],
    ["/app/config/int/app.yaml", "int"],
    ["/app/application-int.yml", "int"],
    ["/app/application.properties.recette", "recette"],
    ["/app/env.prod", "prod"],
    ["/app/config.recette.neon", "recette"],
    ["/app/tnsnames.prod.ora", "prod"],
  ])("%s is a file of settings", (path, environment) => {
    expect(environmentFile(path)).toEqual({ environment, kind: "settings" });
  });

  test.each(["/app/deploy-prod.sh", "/app/deploy/prod.sh", "/app/scripts/prod/run.sh", "/app/notes.prod"])(
    "%s is none",
    (path) => {
      expect(environmentFile(path)).toBeUndefined();
    },
  );

  test.each([
    ["/app/node_modules/@team/config/prod.json", "prod"],
    ["/app/node_modules/@team/config/config.prod.json", "prod"],
    ["/app/vendor/git.corp.fr/team/config/recette.yaml", "recette"],
    ["/x/site-packages/portal/settings_prod.py", "prod"],
    ["/x/site-packages/portal/.env", undefined],
  ])("%s is in a folder of packages", (path, environment) => {
    const named = environment === undefined ? {} : { environment };
    expect(environmentFile(path)).toEqual({ ...named, kind: "packaged" });
  });

  test.each(["/app/node_modules/.env", "/app/vendor/.env.local"])("%s is beside packages", (path) => {
    expect(environmentFile(path)).toEqual({ kind: "dotenv" });
  });

  test.each([
    ["/app/config/environments/production.rb", "production"],
    ["/app/config/prod.exs", "prod"],
    ["/app/src/environments/environment.prod.ts", "prod"],
    ["/app/src/environments/environment.prod.js", "prod"],
  ])("%s is a framework's", (path, environment) => {
    expect(environmentFile(path)).toEqual({ environment, kind: "framework" });
  });

  test.each([
    "/app/config/app.yaml",
    "/app/config/product.yaml",
    "/app/config/prod/app.txt",
    "/app/config/prod123/app.yaml",
    "/app/config/prod.yaml.bak",
    "/app/myconfig/prod/app.yaml",
    "/app/application-prod.js",
    "/app/application-product.yml",
    "/app/application-prod.yml.txt",
    "/app/demo.yml",
    "/app/formation/config.yaml",
    "/app/config/prod/a/b/c/d/app.yaml",
    "/usr/lib/x/config/prod.json",
    "/app/node_modules/x/test/config/prod.json",
    "/app/node_modules/x/webpack.prod.json",
    "/app/node_modules/x/config/app.json",
    "/app/node_modules/x/config/dev.json",
    "/app/types/int/app.json",
  ])("%s is none", (path) => {
    expect(environmentFile(path)).toBeUndefined();
  });

  test.each([
    "/app/tsconfig.prod.json",
    "/app/webpack.prod.js",
    "/app/config/webpack.config.prod.js",
    "/app/.eslintrc.prod.json",
    "/app/requirements/../requirements-prod.toml",
    "/app/docker-compose.prod.yml",
    "/app/i18n/prod.json",
    "/app/config/locale/app-prod.json",
    "/app/config/locales/app-prod.json",
    "/app/lang/app-prod.json",
    "/app/translation/app-prod.json",
    "/app/translations/app-prod.json",
    "/app/messages/app-prod.json",
    "/app/.next/app-prod.json",
    "/app/.nuxt/app-prod.json",
    "/app/.output/app-prod.json",
  ])("%s says how the image was made, or what it shows", (path) => {
    expect(environmentFile(path)).toBeUndefined();
  });

  test("is not taken for a tool's by the end of its folder", () => {
    expect(environmentFile("/app/my-project/settings-prod.json")).toMatchObject({ environment: "prod" });
    expect(environmentFile("/app/xi18n/settings-prod.json")).toMatchObject({ environment: "prod" });
    expect(environmentFile("/projects/a/settings-prod.json")).toMatchObject({ environment: "prod" });
  });
});

describe("what is asked for", () => {
  test.each([
    ["/app/.env", true],
    ["/app/.env.production", true],
    ["/app/x.env", true],
    ["/app/config/prod.yaml", true],
    ["/app/config/prod/app.py", true],
    ["/app/app-prod.yaml", true],
    ["/app/app.PROD2.toml", true],
    ["/usr/share/nginx/html/config/prod.json", true],
    ["/usr/share/caddy/config/prod.json", true],
    ["/usr/share/httpd/config/prod.json", true],
    ["/usr/share/apache2/config/prod.json", true],
    ["/usr/share/nginxes/config/prod.json", false],
    ["/app/config/app.yaml", false],
    ["/app/product.yaml", false],
    ["/app/config/prod.txt", false],
    ["/app/.env.production/x", false],
    ["/app/.environment", false],
    ["/usr/lib/config/prod.json", false],
    ["/usr/share/x/config/prod.json", false],
    ["/app/node_modules/x/config/prod.json", true],
    ["/app/node_modules/x/config/dev.json", false],
    ["/app/node_modules/x/index.prod.js", false],
    ["/x/site-packages/config/prod.json", true],
    ["/x/vendor/x/config/prod.json", true],
    ["/app/application.properties.recette", true],
    ["/app/env.d/prod.sh", true],
    ["/x/vendor/config/prod.json", true],
    ["/app/config_prod.json", true],
    ["/opt/usr/lib/config/prod.json", true],
  ])("%s: %s", (path, asked) => {
    expect(isAsked(path)).toBe(asked);
  });

  test("is kept from every layer, with its content", () => {
    for (const selector of ENVIRONMENT_PATHS)
      expect(selector).toMatchObject({ type: "file", scope: "layers", content: 32 * 1024 });
  });
});

test.each([
  ["/app/.env.example", true],
  ["/app/settings.sample.yaml", true],
  ["/app/settings.SAMPLE.YAML", true],
  ["/app/settings_template.json", true],
  ["/app/settings-tpl", true],
  ["/app/exemple.json", true],
  ["/app/schema.json", true],
  ["/app/vault.yml", true],
  ["/app/test.json", true],
  ["/app/settings.default.json", true],
  ["/app/settings.defaults.json", true],
  ["/example/settings.json", false],
  ["/app/settings.yaml", false],
  ["/app/latest.json", false],
  ["/app/example-prod.json", false],
])("%s is an example: %s", (path, is) => {
  expect(isExample(path)).toBe(is);
});

test("a .env beside the packages is the application's, one in a package is the package's", () => {
  expect(environmentFile("/app/node_modules/.env")).toEqual({ kind: "dotenv" });
  expect(environmentFile("/app/node_modules/.env.production")).toEqual({ kind: "dotenv" });
  expect(environmentFile("/app/node_modules/x/.env")).toEqual({ kind: "packaged" });
  expect(environmentFile("/app/vendor/.env.example")).toBeUndefined();
});

test("a module of a package that is named for an environment, in no form of settings, is none", () => {
  expect(environmentFile("/app/node_modules/preprod/lib/a.py")).toBeUndefined();
  expect(environmentFile("/app/node_modules/x/prod.txt")).toBeUndefined();
});
