import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import type { InlinedFacts, RawImage } from "../../contract/image-facts.ts";
import { foundIn } from "../../contract/outcome-of.ts";
import { servedEnvironments } from "./1.4-served-environments.ts";

const ROOT = "/usr/share/nginx/html";
const MAIN: InlinedFacts = {
  kind: "host",
  value: "api.recette.corp.fr",
  path: `${ROOT}/assets/main.js`,
  layer: 0,
};

function check(path: string, content: string) {
  return checkRule(servedEnvironments, { image: imageFacts({ files: [{ path, content }] }) });
}

describe("a page is given one environment's services", () => {
  test.each([
    [`${ROOT}/assets/env.js`, "window.env = { API_URL: 'https://api.recette.corp.fr' };"],
    [`${ROOT}/config.js`, 'window.CONFIG = {"apiUrl":"https://api.recette.corp.fr/v1"};'],
    [`${ROOT}/assets/config.json`, '{"apiUrl": "https://api.preprod.corp.fr/v1"}'],
    ["/app/dist/assets/app-config.json", '{"api_url":"https://api.staging.corp.fr"}'],
    ["/var/www/html/env-config.js", 'window._env_ = {\n  VITE_API_URL: "https://api.prod.corp.fr",\n};'],
    ["/app/public/__env.js", "globalThis.__ENV = { ssoIssuer: `https://sso.recette.corp.fr` }"],
  ])("%s: %s", (path, content) => {
    const outcome = check(path, content);
    expect(outcome).toMatchObject({ status: "fail", findings: [{ at: { path } }] });
    expect(outcome).not.toHaveProperty("presumed");
  });

  test.each([
    [`${ROOT}/env.js`, "window.__env = { apiUrl: 'https://api.rec.corp.fr', debug: false };"],
    [`${ROOT}/env.js`, "window.__env = { dbHost: 'pg.rec.corp.fr' };"],
    [`${ROOT}/env.js`, "window.__env = { env: 'recette' };"],
  ])("%s: %s, presumably", (path, content) => {
    expect(check(path, content)).toMatchObject({ status: "fail", presumed: true });
  });
});

describe("says nothing of one environment", () => {
  test.each([
    [`${ROOT}/env.js`, "window.env = { API_URL: '${API_URL}' };"],
    [`${ROOT}/env.js`, "window.__env = { apiUrl: 'https://api.corp.fr' };"],
    [`${ROOT}/config.json`, '{"authDomain": "portail.firebaseapp.com"}'],
    [`${ROOT}/env.js`, "window.__env = { apiUrl: '/api', title: 'Portail' };"],
    [`${ROOT}/config.js`, 'window.CONFIG = {"apiUrl":"https://geo.api.gouv.fr"};'],
    [`${ROOT}/config.js`, 'window.CONFIG = {"matomoUrl":"https://matomo.corp.fr"};'],
    [`${ROOT}/config.js`, "// apiUrl: 'https://api.recette.corp.fr'\n"],
    [`${ROOT}/config.js`, "window.env = { env: 'production' };"],
    [`${ROOT}/config.js`, "const all = { production: 'https://production.sdk.corp.fr' };"],
    [`${ROOT}/config.js`, "a = { apiUrl: 'https://api.corp.fr', apiRecUrl: 'https://api.recette.corp.fr' };"],
    [`${ROOT}/config.js`, "a = { apiUrl: 'https://API.corp.fr', apiRecUrl: 'https://API.recette.corp.fr' };"],
    [`${ROOT}/config.js`, "const apiUrl = window.API_URL || 'https://api.recette.corp.fr';"],
    [`${ROOT}/config.json`, '{"apiUrl": "http://localhost:8080"}'],
    [`${ROOT}/docs/config.js`, "const apiUrl = 'https://api.recette.corp.fr';"],
    ["/app/src/config.js", "const apiUrl = 'https://api.recette.corp.fr';"],
    ["/app/node_modules/a/dist/config.js", "var apiUrl = 'https://api.staging.corp.fr';"],
    [`${ROOT}/main.js`, "const apiUrl = 'https://api.recette.corp.fr';"],
  ])("%s: %s", (path, content) => {
    expect(check(path, content).status).toBe("pass");
  });

  test("in a file that was not read", () => {
    const image = imageFacts({ files: [{ path: `${ROOT}/env.js` }] });
    expect(checkRule(servedEnvironments, { image }).status).toBe("pass");
  });

  test("in a base that was verified", () => {
    const files = [{ path: `${ROOT}/env.js`, content: "env = { apiUrl: 'https://api.recette.corp.fr' }" }];
    const image = imageFacts({ files, facts: { base: VERIFIED_BASE } });
    expect(checkRule(servedEnvironments, { image }).status).toBe("pass");
  });
});

describe("a bundle that was built for one environment", () => {
  test.each([
    [[{}], "adresse d'un environnement"],
    [[{ kind: "mode", value: "recette" }], "mode de Vite"],
    [[{}, { kind: "mode", value: "recette" }], "adresse"],
    [
      [{ path: "/app/app.jar", inside: "BOOT-INF/classes/static/main.js" }],
      "/app/app.jar (BOOT-INF/classes/static/main.js)",
    ],
    [[{}, { layer: 1 }], "main.js"],
    [[{}, { value: "docs.preprod.autre.fr" }], "api.recette.corp.fr"],
  ] as const)("%j", (sketches, shown) => {
    const outcome = checkRule(servedEnvironments, { image: withInlined(sketches) });
    expect(outcome).toMatchObject({ status: "fail", presumed: true });
    expect(foundIn(outcome).findings).toHaveLength(1);
    expect(foundIn(outcome).findings[0]?.message.fr).toContain(shown);
  });

  test.each([
    ["several environments", [{}, { value: "api.preprod.corp.fr" }]],
    ["another mode", [{}, { kind: "mode", value: "preprod" }]],
    ["deleted by a later layer", [{ hidden: true }]],
    ["of what anyone calls", [{ value: "api.staging.stripe.com" }]],
    ["a settings file, read itself", [{ path: `${ROOT}/env.js` }]],
    ["the same in an archive", [{ path: "/app/a.war", inside: "static/env.js" }]],
    ["documentation", [{ path: `${ROOT}/docs/main.js` }]],
    ["a test in an archive", [{ path: "/app/a.war", inside: "WEB-INF/tests/main.js" }]],
    ["a dependency in an archive", [{ path: "/app/a.zip", inside: "node_modules/a/main.js" }]],
  ] as const)("silent: %s", (_, sketches) => {
    expect(checkRule(servedEnvironments, { image: withInlined(sketches) }).status).toBe("pass");
  });

  test("silent: of a base that was verified, under a mount", () => {
    const { placement } = containerEvidence({ volumeMounts: [{ name: "v", mountPath: ROOT }] });
    const ofBase = withInlined([{}], { base: VERIFIED_BASE });
    expect(checkRule(servedEnvironments, { image: ofBase }).status).toBe("pass");
    expect(checkRule(servedEnvironments, { image: withInlined([{}]), placement }).status).toBe("pass");
  });

  test("beside a settings file that is certain", () => {
    const files = [{ path: `${ROOT}/env.js`, content: "env = { apiUrl: 'https://api.recette.corp.fr' }" }];
    const outcome = checkRule(servedEnvironments, {
      image: imageFacts({ files, facts: { inlined: [MAIN] } }),
    });
    expect(outcome).not.toHaveProperty("presumed");
    expect(foundIn(outcome).findings).toHaveLength(2);
  });
});

function withInlined(sketches: readonly Partial<InlinedFacts>[], facts: Partial<RawImage> = {}) {
  return imageFacts({ facts: { ...facts, inlined: sketches.map((sketch) => ({ ...MAIN, ...sketch })) } });
}

describe("a file that a start script writes from its template", () => {
  const content = "env = { apiUrl: 'https://api.recette.corp.fr' }";

  test.each([
    ["env.template.js", "pass"],
    ["env.js.template", "pass"],
    ["env.js.tmpl", "pass"],
    ["Env-template.js", "pass"],
    ["other.template.js", "fail"],
    ["env.templates.json", "fail"],
  ])("%s: %s", (name, status) => {
    const files = [{ path: `${ROOT}/env.js`, content }, { path: `${ROOT}/${name}` }];
    expect(checkRule(servedEnvironments, { image: imageFacts({ files }) }).status).toBe(status);
  });
});

describe("where the manifest mounts", () => {
  const files = [{ path: `${ROOT}/env.js`, content: "env = { apiUrl: 'https://api.recette.corp.fr' }" }];

  test.each([
    [`${ROOT}/env.js`, "pass"],
    [`${ROOT}/`, "pass"],
    ["/usr/share/nginx/htm", "fail"],
    ["", "fail"],
  ])("%s: %s", (mountPath, status) => {
    const { placement } = containerEvidence({ volumeMounts: [{ name: "v", mountPath }] });
    expect(checkRule(servedEnvironments, { image: imageFacts({ files }), placement }).status).toBe(status);
  });

  test("nothing", () => {
    const { placement } = containerEvidence({});
    expect(checkRule(servedEnvironments, { image: imageFacts({ files }), placement }).status).toBe("fail");
  });
});

test("settings in evidence say what they are; without a word, they are addresses", () => {
  const found = { name: "env", value: "recette", line: 2, certainty: "presumed" } as const;
  const message = (what?: "address" | "name") => {
    const settings = { served: [{ ...found, ...(what === undefined ? {} : { what }) }] };
    const image = imageFacts({ files: [{ path: `${ROOT}/config.js`, settings }] });
    return foundIn(checkRule(servedEnvironments, { image })).findings[0]?.message.en;
  };
  expect(message("name")).toMatch(/config\.js, env: recette: the name of one environment/);
  expect(message("address")).toBe(message());
  expect(message()).toContain("the address of one environment");
});
