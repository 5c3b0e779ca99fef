import { describe, expect, test } from "vitest";
import { namesEnvironment, namesHost } from "./environment-words.ts";

describe("a value names its file's environment", () => {
  test.each([
    ["db", "prod", "prod"],
    ["db", "db-prod", "prod"],
    ["database", "portail_prd", "production"],
    ["bucket", "portail-recette2", "recette"],
    ["queue", "rct.portail", "Recette"],
    ["realm", "portail-preprod", "pre-prod"],
    ["index", "stg-portail", "staging"],
    ["schema", "uat", "uat2"],
    ["db", "portail-demo", "demo"],
  ])("%s: %s, in one of %s", (name, value, environment) => {
    expect(namesEnvironment(name, value, environment)).toBe(true);
  });

  test.each([
    ["NODE_ENV", "production", "prod"],
    ["spring.profiles.active", "prod", "prod"],
    ["logger", "production", "production"],
    ["title", "prod", "prod"],
    ["db", "portail", "prod"],
    ["db", "recette", "prod"],
    ["db", "product", "prod"],
    ["about", "Portail de production", "production"],
    ["db", "", "prod"],
  ])("%s: %s does not, in one of %s", (name, value, environment) => {
    expect(namesEnvironment(name, value, environment)).toBe(false);
  });
});

describe("a value names a host", () => {
  test.each([
    ["host", "srv-rec-01"],
    ["db.host", "pg1:5432"],
    ["databaseHost", "pg"],
    ["serveur", "srvprd"],
  ])("%s: %s", (name, value) => {
    expect(namesHost(name, value)).toBe(true);
  });

  test.each([
    ["host", "localhost"],
    ["host", "0.0.0.0"],
    ["host", "true"],
    ["ghost", "srv-rec-01"],
    ["server", "gunicorn"],
    ["host", "a b"],
  ])("%s: %s does not", (name, value) => {
    expect(namesHost(name, value)).toBe(false);
  });
});
