import { describe, expect, test } from "vitest";
import {
  isEnvironmentName,
  isRemoteHost,
  isRemoteUrl,
  variesByEnvironment,
  wasMasked,
} from "./environment-values.ts";

test.each(
  (
    "prod prd production live preprod pre-prod preproduction pre-production staging stage stg recette rct integration " +
    "integ qualif qualification qlf qa uat homologation formation demo review sandbox dev development " +
    "Production prod2 uat12"
  ).split(" "),
)("%s is an environment", (name) => {
  expect(isEnvironmentName(name)).toBe(true);
});

test.each(["test", "product", "xprod", "prod-x", "prod123", ""])("%j is none", (name) => {
  expect(isEnvironmentName(name)).toBe(false);
});

describe("a URL", () => {
  test.each([
    "https://api.prod.fr",
    "HTTPS://API.PROD.FR/x",
    "jdbc:postgresql://db.interne.fr:5432/app",
    "amqp://user:motdepasse@mq.interne.fr",
    "redis+sentinel://cache.interne.fr",
    "see https://my-host.interne.fr",
    "https://a1.a-b.c_d.fr",
  ])("%s leads to a host of its own", (value) => {
    expect(isRemoteUrl(value)).toBe(true);
  });

  test.each([
    "",
    "api.prod.fr",
    "http://db",
    "http://db:5432/app.fr",
    "//api.prod.fr",
    "http://127.0.0.1:80",
    "http://0.0.0.0:80",
    "http://host.docker.internal",
    "http://example.com",
    "http://api.example.org/x",
    "http://www.example",
    "http://x.test",
    "http://x.invalid",
    "http://app.localhost",
    "http://www.w3.org/2000/svg",
    "https://json.schemastore.org/x",
    "https://schemastore.org/x",
    "https://schemastore.azurewebsites.net/x",
    "http://json-schema.org/draft-07/schema",
    "https://schema.org",
    "http://www.springframework.org/schema",
    "https://maven.apache.org/POM",
    "https://registry.npmjs.org",
    "https://GITHUB.com/x",
  ])("%s does not", (value) => {
    expect(isRemoteUrl(value)).toBe(false);
  });

  test.each([
    "http://127.0.0.1.nip.io",
    "http://127.0.0.1234",
    "http://xexample.com",
    "http://example.com.fr",
    "http://github.com.fr",
    "http://my.github.com",
    "http://schemastore.fr",
  ])("%s only looks like one that is the same everywhere", (value) => {
    expect(isRemoteUrl(value)).toBe(true);
  });
});

describe("a host", () => {
  test.each([
    ["DB_HOST", "db.interne.fr"],
    ["db_hostname", "db.interne.fr"],
    ["DOMAIN", "interne.fr"],
    ["SERVER", "a.b.c.d.e.fr"],
    ["servers", "a.fr:9092"],
    ["ENDPOINT", "s3.interne.fr"],
    ["ORIGIN", "A-b.interne.fr"],
    ["BROKER", "k1.interne.fr"],
    ["KAFKA_BROKERS", "k.interne.fr:9092"],
    ["ADDR", "k.interne.fr"],
    ["ADDRESS", "k.interne.fr"],
  ])("%s=%s", (name, value) => {
    expect(isRemoteHost(name, value)).toBe(true);
  });

  test.each([
    ["DB_HOST", "db"],
    ["DB_HOST", "db.interne.fr/x"],
    ["DB_HOST", "x db.interne.fr"],
    ["DB_HOST", "-db.interne.fr"],
    ["DB_HOST", "db-.interne.fr"],
    ["DB_HOST", "server.js"],
    ["DB_HOST", "app.ts"],
    ["DB_HOST", "app.json"],
    ["DB_HOST", "app.yml"],
    ["DB_HOST", "app.yaml"],
    ["DB_HOST", "app.py"],
    ["DB_HOST", "app.rb"],
    ["DB_HOST", "app.php"],
    ["DB_HOST", "app.htm"],
    ["DB_HOST", "app.html"],
    ["DB_HOST", "app.css"],
    ["DB_HOST", "app.conf:80"],
    ["DB_HOST", "app.log"],
    ["DB_HOST", "app.sock"],
    ["DB_HOST", "app.jar"],
    ["DB_HOST", "10.0.0.1"],
    ["DB_HOST", "db.example.org:5432"],
    ["DB_HOST", "db.interne.fr:123456"],
    ["DB_HOST", "db.interne.fr:"],
    ["DB_HOST", "db.localhost:80"],
    ["DB_HOST_NAME", "db.interne.fr"],
  ])("%s=%s is none", (name, value) => {
    expect(isRemoteHost(name, value)).toBe(false);
  });

  test("ends with a domain that only begins like a file's ending", () => {
    expect(isRemoteHost("HOST", "app.python")).toBe(true);
    expect(isRemoteHost("HOST", "app.js.fr")).toBe(true);
  });
});

test("a value in which a secret was masked is known by its mark", () => {
  expect(wasMasked("AKIA…(20)")).toBe(true);
  expect(["AKIA…", "…(x)", "(20)", "…()"].some(wasMasked)).toBe(false);
});

test.each([
  ["X", "abc…(12)"],
  ["X", "https://api.prod.fr"],
  ["DB_HOST", "db.interne.fr"],
])("%s=%s varies by environment", (name, value) => {
  expect(variesByEnvironment(name, value)).toBe(true);
});

test("other values do not", () => {
  expect(variesByEnvironment("X", "db.interne.fr")).toBe(false);
});
