import { describe, expect, test } from "vitest";
import { type Baking, baking, bakingByName } from "./baked-variables.ts";

const URL = "https://api.site.fr";

describe("a build argument", () => {
  test.each<[string, string, Baking]>([
    ["NEXT_PUBLIC_X", URL, "baked"],
    ["NUXT_PUBLIC_X", URL, "baked"],
    ["VITE_X", URL, "baked"],
    ["REACT_APP_X", URL, "baked"],
    ["VUE_APP_X", URL, "baked"],
    ["GATSBY_X", URL, "baked"],
    ["NG_APP_X", URL, "baked"],
    ["EXPO_PUBLIC_X", URL, "baked"],
    ["PUBLIC_X", URL, "baked"],
    ["STORYBOOK_X", URL, "baked"],
    ["DOCUSAURUS_X", URL, "baked"],
    ["ASTRO_PUBLIC_X", URL, "baked"],
    ["API_URL", URL, "baked"],
    ["MY_API_BASE_URL", URL, "baked"],
    ["BACKEND_HOST", "api.site.fr", "baked"],
    ["VITE_APP_ENV", "production", "baked"],
    ["VITE_STAGE", "prod", "baked"],
    ["ENV", "recette", "baked"],
    ["APP_ENV", "staging", "baked"],
    ["DEPLOY_ENVIRONMENT", "uat", "baked"],
    ["TARGET_STAGE", "qualif", "baked"],
    ["BUILD_ENV", "preprod", "baked"],
    ["RUNTIME_ENV", "stg", "baked"],
    ["VITE_SENTRY_URL", URL, "constant"],
    ["VITE_MATOMO_SITE_URL", URL, "constant"],
    ["VITE_GEOAPI_URL", URL, "constant"],
    ["VITE_GEO_API_URL", URL, "constant"],
    ["VITE_TILE_URL", URL, "constant"],
    ["VITE_TILES_URL", URL, "constant"],
    ["VITE_DOC_URL", URL, "constant"],
    ["VITE_DOCS_URL", URL, "constant"],
    ["VITE_TITLE", "Mon site", "constant"],
    ["VITE_NODE_ENV", "production", "constant"],
    ["VITE_NAME", "production", "constant"],
    ["VITE_X", "__VITE_X__", "replaced"],
    ["VITE_X", "%%VITE_X%%", "replaced"],
    ["VITE_X", "APP_VITE_X", "replaced"],
    ["VITE_X", "$X", "replaced"],
    ["VITE_X", "http://back/VITE_X", "constant"],
    ["http_proxy", "http://proxy:3128", "proxy"],
    ["HTTPS_PROXY", "http://proxy:3128", "proxy"],
    ["ftp_proxy", "http://proxy:3128", "proxy"],
    ["all_proxy", "http://proxy:3128", "proxy"],
    ["no_proxy", "localhost", "none"],
    ["NO_PROXY", "localhost", "none"],
  ])("%s=%s is %s", (name, value, expected) => {
    expect(baking(name, value, "argument")).toBe(expected);
  });

  test.each([
    ["VITE_X", ""],
    ["VITE_X", "abc…(12)"],
    ["VITE_X", "true"],
    ["VITE_X", "FALSE"],
    ["VITE_X", "on"],
    ["VITE_X", "12"],
    ["VITE_X", "v1.2.3"],
    ["VITE_X", "1.2.3.4-rc.1"],
    ["APP_ENV", "production"],
    ["APP_ENV", "prod"],
    ["APP_ENV", "Dev"],
    ["APP_ENV", "development"],
    ["APP_ENV", "blue"],
    ["MY_APP_ENV", "staging"],
    ["APP_ENVS", "staging"],
    ["X_VITE_URL", URL],
    ["NAME", URL],
    ["MYAPI_URL", URL],
    ["API_URLS", URL],
    ["API_URL", "http://backend"],
    ["x_http_proxy", "http://proxy:3128"],
    ["http_proxy_x", "http://proxy:3128"],
  ])("%s=%s says nothing of the environment", (name, value) => {
    expect(baking(name, value, "argument")).toBe("none");
  });

  test.each([
    ["VITE_X", "untrue"],
    ["VITE_X", "true or not"],
    ["VITE_X", "x1.2"],
    ["VITE_X", "1.2 x"],
    ["VITE_X", "1.2.x"],
    ["VITE_X", "1.2-"],
  ])("%s=%s is no switch", (name, value) => {
    expect(baking(name, value, "argument")).toBe("constant");
  });
});

test("of ENV, only what bundlers inline is fixed by then", () => {
  expect(baking("VITE_X", URL, "env")).toBe("baked");
  expect(baking("API_URL", URL, "env")).toBe("none");
  expect(baking("APP_ENV", "staging", "env")).toBe("none");
});

test.each<[string, Baking]>([
  ["API_URL", "baked"],
  ["SITE_URI", "baked"],
  ["MY_WEBSITE_DOMAIN", "baked"],
  ["VITE_X_URL", "baked"],
  ["VITE_ENV", "baked"],
  ["VITE_X_STAGE", "baked"],
  ["VITE_SENTRY_URL", "constant"],
  ["SENTRY_API_URL", "constant"],
  ["VITE_TITLE", "constant"],
  ["VITE_URL_X", "constant"],
  ["VITE_VERSION_X", "constant"],
  ["VITE_APP_VERSION", "none"],
  ["VITE_COMMIT", "none"],
  ["VITE_SHA", "none"],
  ["VITE_REVISION", "none"],
  ["VITE_BUILD_ID", "none"],
  ["VITE_RELEASE", "none"],
  ["X_URL", "none"],
  ["XAPI_URL", "none"],
  ["VERSION", "none"],
])("%s without a default is %s", (name, expected) => {
  expect(bakingByName(name)).toBe(expected);
});
