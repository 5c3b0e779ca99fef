import { describe, expect, test } from "vitest";
import { neutralSetting } from "./neutral-settings.ts";

const HOST = "db.prod.corp.fr";

describe("certain: the name of an environment beside an address", () => {
  test.each<[string, string, number]>([
    [`environment: production\ndatabase:\n  host: ${HOST}\n`, "database.host", 3],
    ['{"env":"production","apiUrl":"https://api.prod.corp.fr","smtp":"smtp.prod.corp.fr"}', "apiUrl", 3],
    ["[server]\nenv = prod\n[db]\nhost = 10.3.4.5\n", "db.host", 4],
    [
      "spring.datasource.url=jdbc:postgresql://db.prod.corp.fr:5432/shop\nspring.profiles.active=prod\n",
      "spring.datasource.url",
      1,
    ],
    ['stage="production"\n[db]\nurl="postgres://db.prod.corp.fr/shop"\n', "db.url", 3],
    ["env: recette\napi:\n  url: https://api.corp.fr\n", "api.url", 3],
    ["deployment:\n  environment: preprod\napiUrl: https://api.corp.fr\n", "apiUrl", 3],
    [
      `{\n  "Environment": "Production",\n  "ConnectionStrings": {\n    "Shop": "Server=tcp:${HOST},1433;Database=shop"\n  }\n}`,
      "ConnectionStrings.Shop",
      4,
    ],
  ])("%j", (content, name, line) => {
    expect(neutralSetting(content)).toMatchObject({ name, line, certainty: "certain" });
  });
});

describe("presumed: one of the two", () => {
  test.each<[string, string]>([
    [`export DATABASE_HOST=${HOST}\nexport SITE=https://www.prod.corp.fr\n`, "DATABASE_HOST"],
    ["api:\n  url: https://api.recette.corp.fr\n", "api.url"],
    ["env: recette\nport: 8080\n", "env"],
    ["spring.profiles.active=preprod\n", "spring.profiles.active"],
    ["env: production\napiUrl: https://api.corp.fr\n", "apiUrl"],
    ["env: production\ndb:\n  host: pg1.corp.fr\n", "db.host"],
  ])("%j", (content, name) => {
    expect(neutralSetting(content)).toMatchObject({ name, certainty: "presumed" });
  });
});

describe("nothing", () => {
  test.each<[string, string]>([
    ["a mode", "environment: production\nport: 8080\nhost: 0.0.0.0\n"],
    ["modes of frameworks", "NODE_ENV=production\nRAILS_ENV=staging\n"],
    ["an environment in a sentence", "env: the one of the second data centre\nport: 8080\n"],
    [
      "a mode beside a public service",
      "env: production\nmail:\n  host: smtp.gmail.com\napiUrl: https://geo.api.gouv.fr\n",
    ],
    ["a mode beside an address of nobody's", "env: production\ndocs:\n  url: https://docs.vendor.io\n"],
    ["addresses without an environment", "api:\n  url: https://api.corp.fr\ndb:\n  host: pg1.corp.fr\n"],
    ["a private address without an environment", "trusted:\n  host: 10.0.0.1\n"],
    [
      "values that are injected",
      `env: \${APP_ENV}\ndb:\n  host: "{{ db_host }}"\n  url: \${DB_URL:jdbc:postgresql://${HOST}/app}\n`,
    ],
    [
      "hosts of several environments",
      "urls:\n  recette:\n    url: https://api.recette.corp.fr\n  prod:\n    url: https://api.prod.corp.fr\n",
    ],
    ["several hosts in one value", "servers: https://a.prod.corp.fr,https://a.recette.corp.fr\nenv: prod\n"],
    ["developers' values", "env: development\ndb:\n  host: db.dev.corp.fr\n"],
    [
      "this machine and examples",
      "env: production\ndb:\n  host: localhost\napi:\n  url: https://api.example.com\n",
    ],
    ["a neighbour of one word", "env: production\ndb:\n  host: postgres\n"],
    ["a comment", `# host: ${HOST}\n; host = ${HOST}\n`],
    [
      "mirrors and proxies",
      "env: production\nnpm_registry_url: https://nexus.prod.corp.fr/npm\nproxy_host: proxy.prod.corp.fr\n",
    ],
    ["a public test service", "acme:\n  url: https://acme-staging-v02.api.letsencrypt.org/directory\n"],
    ["a step of a procedure", "stage: qualification\ntitle: Demande\n"],
    ["prose", "description: Les données de production sont sur https://www.prod.corp.fr\n"],
    ["a secret that is masked", "env: production\ndb:\n  url: …(40)\n"],
    ["a name that is none of an address", `logger: ${HOST}\n`],
    ["no settings", "nothing here"],
  ])("%s", (_, content) => {
    expect(neutralSetting(content)).toBeUndefined();
  });
});
