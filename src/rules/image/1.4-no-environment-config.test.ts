import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import type { FileFacts, RawImage } from "../../contract/image-facts.ts";
import { noEnvironmentConfig } from "./1.4-no-environment-config.ts";

function check(
  path: string,
  content: string | undefined,
  sketch: Partial<FileFacts> = {},
  facts: Partial<RawImage> = {},
) {
  const file = { path, ...(content === undefined ? {} : { content }), ...sketch };
  const image = imageFacts({ layers: [{}, {}], files: [file], facts });
  return checkRule(noEnvironmentConfig, { image });
}

function history(...steps: readonly string[]) {
  return checkRule(noEnvironmentConfig, {
    image: imageFacts({ layers: [{ base: true }, {}], history: steps.map((createdBy) => ({ createdBy })) }),
  });
}

const URL = "https://api.recette.gouv.fr";

describe("fails", () => {
  test.each<[string, string]>([
    ["/app/.env", `API_URL=${URL}`],
    ["/app/.env", "PORT=3000\nDB_PASSWORD=…(12)"],
    ["/app/.env", "SMTP_FROM=no-reply@fabrique.gouv.fr"],
    ["/app/.env.production", `NEXT_PUBLIC_SITE_URL=${URL}`],
    ["/app/.env.staging.local", "MATOMO_SITE_ID=recette-12"],
    ["/app/.next/standalone/.env", `API_URL=${URL}`],
    ["/app/.env.local", `API_URL=${URL}`],
    ["/app/.env.docker", `API_URL=${URL}`],
    ["/app/config/production.edn", `{:api "${URL}"}`],
    ["/app/config/prod.hocon", `api.url = "${URL}"`],
    ["/usr/share/nginx/html/.env", `API_URL=${URL}`],
    ["/srv/prod.env", `API_URL=${URL}`],
    ["/app/config/production.json", `{\n  "api": "${URL}"\n}`],
    ["/app/config/production.json", `{ "api": { "url": "${URL}" } }`],
    ["/app/config/production.json", '{\n  "host": "db.prod.intra.gouv.fr"\n}'],
    [
      "/app/appsettings.Production.json",
      '{"ConnectionStrings":{"Shop":"Server=tcp:db.prod.intra.gouv.fr,1433;Database=shop"}}',
    ],
    ["/app/config/production.js", `module.exports = { url: "${URL}" };`],
    ["/app/envs/prod/config.yaml", `url: ${URL}`],
    ["/usr/share/nginx/html/assets/config/prod.json", `{ "api": "${URL}" }`],
    ["/app/environments/preprod/values.yaml", `ingress:\n  host: app.preprod.gouv.fr`],
    [
      "/app/application-recette.yml",
      "spring:\n  datasource:\n    url: jdbc:postgresql://db.recette.gouv.fr/app",
    ],
    ["/app/application-prod.properties", "spring.datasource.password=…(9)"],
    ["/app/appsettings.Production.json", `{\n  "Api": "${URL}"\n}`],
    ["/app/app.prod.yaml", `endpoint: ${URL}`],
    ["/app/settings/production.py", 'ALLOWED_HOSTS = ["x"]\nAPI = "https://api.gouv.fr"'],
    ["/app/.env", "DATABASE_URL=postgres://app:…(14)@db.gouv.fr/app"],
  ])("%s: %s", (path, content) => {
    expect(check(path, content)).toMatchObject({ status: "fail", findings: [{ at: { path } }] });
  });

  test.each([
    [
      "/app/application.properties",
      "a=1\n%prod.quarkus.datasource.jdbc.url=jdbc:postgresql://db.gouv.fr/app",
    ],
    ["/app/application.yml", `a: 1\n---\nspring.config.activate.on-profile: recette\napi.url: ${URL}`],
  ])("a section of one environment in a file of all: %s", (path, content) => {
    expect(check(path, content)).toMatchObject({ status: "fail", findings: [{ at: { path } }] });
    expect(check(path, content, { layer: 0 }, { base: VERIFIED_BASE })).toMatchObject({ status: "pass" });
  });

  test.each([
    ["of no environment", "%postgres.quarkus.datasource.jdbc.url=jdbc:postgresql://db.gouv.fr/app"],
    ["whose settings do not vary", "%prod.quarkus.http.port=8080"],
    ["of developers", `%dev.api.url=${URL}`],
  ])("not a section %s", (_, content) => {
    expect(check("/app/application.properties", content).status).toBe("pass");
    expect(check("/app/node_modules/a/application.properties", content).status).toBe("pass");
  });

  test("with the setting and its line, and the environment", () => {
    expect(check("/app/config/staging.json", `{\n  "api": "${URL}"\n}`)).toMatchObject({
      findings: [
        {
          message: {
            en: `configuration of environment "staging" in the image, /app/config/staging.json: api=${URL}`,
            fr: `configuration de l'environnement « staging » dans l'image, /app/config/staging.json : api=${URL}`,
          },
          at: { line: 2 },
        },
      ],
    });
  });

  test("a file that a later layer deletes, and says so", () => {
    expect(JSON.stringify(check("/app/.env", `API_URL=${URL}`, { hidden: true }))).toContain(
      "deleted by a later layer",
    );
  });

  test("each file once, by what the container sees", () => {
    const outcome = checkRule(noEnvironmentConfig, {
      image: imageFacts({
        layers: [{}, {}],
        files: [
          { path: "/app/.env", layer: 0, hidden: true, content: `A=${URL}/old` },
          { path: "/app/.env", layer: 1, content: `A=${URL}/new` },
          { path: "/app/.env", layer: 0, hidden: true, content: `A=${URL}/older` },
        ],
      }),
    });
    expect(outcome.status === "fail" && outcome.findings).toHaveLength(1);
    expect(JSON.stringify(outcome)).toContain("/new");
    expect(JSON.stringify(outcome)).not.toContain("deleted");
  });

  test.each([
    "ADD ./envs/prod/config.yaml /etc/myapp/config.yaml # buildkit",
    "COPY --chown=1000:1000 .env.production .env # buildkit",
    "COPY config/recette.yml ./config.yml",
    "COPY envs/prod/ /etc/myapp/",
  ])("the contract's example, in the history: %s", (step) => {
    const outcome = history(step);
    // `.env` is judged by content where the file is known; here only its name is.
    const refuted = !step.includes(".env ");
    expect(outcome.status).toBe(refuted ? "fail" : "pass");
  });
});

describe("notes", () => {
  test.each<[string, string, string]>([
    ["a .env of switches", "/app/.env", "NODE_ENV=production\nPORT=3000\nLOG_LEVEL=info\nTZ=Europe/Paris"],
    ["a stage that its name has said", "/app/.env.production", "APP_STAGE=production"],
    ["a configuration without values that vary", "/app/config/production.json", '{ "cache": true }'],
    ["one without any value", "/app/config/production.yaml", "# nothing yet\n"],
    ["addresses of this machine", "/app/config/development.json", '{\n  "api": "http://localhost:3000"\n}'],
    ["neighbours", "/app/config/dev.yaml", "api: http://backend:8080"],
    ["values injected at start", "/app/application-prod.yml", "url: ${DB_URL}\nhost: {{ host }}\nother: x"],
    ["Rails' folder", "/app/config/environments/production.rb", 'config.asset_host = "https://cdn.gouv.fr"'],
    ["Angular's sources", "/app/src/environments/environment.prod.ts", `api: "${URL}"`],
    [
      "Symfony's committed .env",
      "/app/.env",
      "###> symfony/framework-bundle ###\nAPP_ENV=dev\nDEFAULT_URI=http://x.gouv.fr\n",
    ],
    [
      "Django's settings by environment, without values",
      "/app/settings/production.py",
      'DEBUG = False\nSECRET_KEY = os.environ["SECRET_KEY"]',
    ],
  ])("%s", (_, path, content) => {
    expect(check(path, content)).toMatchObject({ status: "pass", notes: [{ at: { path } }] });
  });
});

describe("traps: stays silent on", () => {
  test.each<[string, string, string?]>([
    [".env.example", "/app/.env.example", `API_URL=${URL}`],
    [".env.dist, .env.template, .env.sample, .env.test", "/app/.env.test", `API_URL=${URL}`],
    ["an empty .env", "/app/.env", "# nothing\n\nAPI_URL=\n"],
    ["a .env of placeholders", "/app/.env", "API_KEY=changeme\nAPI_URL=${API_URL}\n"],
    ["dependencies", "/app/node_modules/pkg/.env", "API_URL=https://api.pkg.io\nDB_HOST=127.0.0.1"],
    ["dependencies' configuration", "/app/node_modules/pkg/config/production.json", '{"a":"https://pkg.io"}'],
    ["dependencies of a web root", "/usr/share/nginx/html/node_modules/a/.env", "API_URL=https://pkg.io"],
    ["the distribution's files", "/usr/lib/systemd/config/dev.conf", `url=${URL}`],
    ["config/default.json", "/app/config/default.json", `{"a":"${URL}"}`],
    ["build settings", "/app/tsconfig.prod.json", `{"$schema":"${URL}"}`],
    ["webpack.prod.js", "/app/config/webpack.prod.js", `url: "${URL}"`],
    ["translations", "/app/locales/config/dev.json", `{"a":"${URL}"}`],
    ["a bundle whose name holds .prod.", "/app/dist/vue.global.prod.js", `"${URL}"`],
    ["Symfony's folder", "/app/config/packages/prod/monolog.yaml", `url: ${URL}`],
    ["other dotenv names", "/app/base.env", `API_URL=${URL}`],
    ["a name that only begins like an environment", "/app/config/product.json", `{"a":"${URL}"}`],
  ])("%s", (_, path, content) => {
    const outcome = check(path, content);
    expect(outcome).toMatchObject({ status: "pass", notes: [] });
  });

  test("files whose content was not kept, and those of a base image that was verified but for a note", () => {
    const facts = { base: VERIFIED_BASE };
    const noted = { status: "pass", notes: [{ at: { path: "/app/.env" } }] };
    expect(check("/app/.env", `API_URL=${URL}`, {}, facts)).toMatchObject(noted);
    expect(check("/app/.env", `API_URL=${URL}`, { layer: 1 }, facts).status).toBe("fail");
    expect(check("/app/.env", undefined)).toMatchObject({ status: "pass", notes: [] });
  });

  test.each([
    "COPY config/ /app/config/ # buildkit",
    "COPY --from=build /src/envs/prod/config.yaml /etc/x # buildkit",
    "COPY nginx/prod/default.conf /etc/nginx/conf.d/default.conf",
    "COPY config/prod.conf /etc/nginx/conf.d/default.conf",
    "COPY config/production.json config/production.json # buildkit",
    "COPY config/environments/production.rb /app/x.rb",
    "COPY",
    "/bin/sh -c #(nop) COPY file:0123 in /etc/myapp/config.yaml",
    "RUN /bin/sh -c make",
  ])("a copy that says nothing: %s", (step) => {
    expect(history(step)).toMatchObject({ status: "pass" });
  });
});

test("a file of a layer that is only believed to be the base's refutes, and says so", () => {
  const files = [{ path: "/app/.env", content: `API_URL=${URL}` }];
  const outcome = checkRule(noEnvironmentConfig, {
    image: imageFacts({ layers: [{ base: true }, {}], files }),
  });
  expect(outcome).toMatchObject({
    status: "fail",
    findings: [
      { message: { en: expect.stringContaining(", in a layer that seems to be the base image's") } },
    ],
  });
});

test("a copy of a base image that was verified is noted, of one that is only believed refutes", () => {
  const history = [{ createdBy: "COPY envs/prod/config.yaml /etc/config.yaml", layer: 0 }];
  const verified = imageFacts({ history, facts: { base: VERIFIED_BASE } });
  const outcome = checkRule(noEnvironmentConfig, { image: verified });
  expect([outcome.status, outcome.notes]).toMatchObject(["pass", [{ at: { path: "history[0]" } }]]);
  const believed = imageFacts({ layers: [{ base: true }], history });
  expect(checkRule(noEnvironmentConfig, { image: believed }).status).toBe("fail");
});

test("a finding is tied to the file and to the setting that was seen in it", () => {
  expect(check("/app/.env", `A=1\nAPI_URL=${URL}`)).toMatchObject({
    findings: [{ fingerprint: "1.4-no-environment-config:/app/.env:API_URL" }],
  });
  expect(check("/app/config/production.json", "{}")).toMatchObject({
    notes: [{ fingerprint: "1.4-no-environment-config:/app/config/production.json" }],
  });
});
