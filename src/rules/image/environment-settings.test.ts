import { describe, expect, test } from "vitest";
import type { EnvironmentFile } from "./environment-files.ts";
import { environmentSettings, namedHost } from "./environment-settings.ts";

const DOTENV: EnvironmentFile = { kind: "dotenv" };
const SETTINGS: EnvironmentFile = { kind: "settings", environment: "prod" };

function varying(content: string, file: EnvironmentFile = SETTINGS) {
  return environmentSettings(content, file).varying;
}

describe("in a dotenv file every value varies", () => {
  test.each([
    "TITLE=Mon site",
    "API=http://backend",
    "ENV=recette",
    "X=truest",
    "X=12 minutes",
    "X=Xerror",
    "X=fr_fra",
  ])("%s", (line) => {
    expect(varying(line, DOTENV)).toMatchObject({ line: 1 });
  });

  test.each([
    "true",
    "FALSE",
    "yes",
    "no",
    "on",
    "off",
    "12",
    "1.5",
    "1_000",
    "10 ms",
    "30s",
    "trace",
    "debug",
    "info",
    "warn",
    "warning",
    "error",
    "utc",
    "Europe/Paris",
    "fr",
    "fr_FR",
    "fr-FR.UTF-8",
    "en.UTF8",
    "/data",
    "./data",
    "../data",
    "*",
  ])("but for a switch: %s", (value) => {
    expect(varying(`X=${value}`, DOTENV)).toBeUndefined();
  });

  test.each([
    "NODE_ENV",
    "RAILS_ENV",
    "RACK_ENV",
    "MIX_ENV",
    "APP_ENV",
    "APP_DEBUG",
    "PORT",
    "HOST",
    "HOSTNAME",
    "TZ",
    "LANG",
    "LC_ALL",
    "LOG_LEVEL",
    "NODE_OPTIONS",
    "NEXT_TELEMETRY_DISABLED",
    "CI",
    "APP_VERSION",
  ])("but for a mode: %s", (name) => {
    expect(varying(`${name}=abcd`, DOTENV)).toBeUndefined();
    expect(varying(`X_${name.replace("VERSION", "V")}=abcd`, DOTENV)).toBeDefined();
    expect(varying(`${name}_X=abcd`, DOTENV)).toBeDefined();
  });

  test("nor what the file's name says", () => {
    expect(varying("APP_STAGE=production", DOTENV)).toBeUndefined();
    expect(varying("APP_MODE=Production", DOTENV)).toBeUndefined();
    expect(varying("my_env=production", DOTENV)).toBeUndefined();
    expect(varying("NAME=production", DOTENV)).toBeDefined();
    expect(varying("APP_STAGE=staging", DOTENV)).toBeDefined();
    expect(varying("APP_STAGE=production2", DOTENV)).toBeDefined();
  });
});

describe("in a file of settings", () => {
  test.each([
    "url: https://api.site.fr",
    "db.host: db.interne.fr",
    "url: http://backend:8080/x",
    "url: http://backend",
    "url: http://backend?x",
    "url: jdbc:postgresql://db/app",
    "url: JDBC:postgresql://DB/app",
    "url: redis+x://user:…@cache/0",
  ])("an address varies: %s", (line) => {
    expect(varying(line)).toMatchObject({ line: 1 });
  });

  test.each([
    "title: Mon site",
    "url: http://localhost:8080",
    "url: http://localhost/x",
    "url: see http://backend",
    "url: http://backend.",
    "url: http://9backend",
    "url: /api",
    "url: ${URL}",
  ])("what is the same everywhere does not: %s", (line) => {
    expect(varying(line)).toBeUndefined();
  });

  test("a host whose name begins like that of the machine is another one", () => {
    expect(varying("url: http://localhosts/x")).toBeDefined();
  });

  test.each(["dev", "development", "sandbox", "Review", "demo", "dev2"])(
    "services of one word are those of a Compose file in %s",
    (environment) => {
      expect(varying("url: http://backend", { kind: "settings", environment })).toBeUndefined();
    },
  );

  test.each(["devel", "xdev", "dev123", "prod"])("and are not in %s", (environment) => {
    expect(varying("url: http://backend", { kind: "settings", environment })).toBeDefined();
  });

  test("a framework's are not looked at so closely", () => {
    expect(varying("url: http://backend", { kind: "framework", environment: "prod" })).toBeUndefined();
    expect(varying("url: https://api.site.fr", { kind: "framework", environment: "prod" })).toBeDefined();
  });
});

describe("what is filled in later is no value", () => {
  test.each([
    "${X}",
    "$(x)",
    "{{ x }}",
    "<%= x %>",
    "%env(X)%",
    "process.env.X",
    "os.environ['X']",
    "getenv('X')",
    "ENV['X']",
    "config('x')",
    "__X__",
  ])("%s", (value) => {
    expect(varying(`x: https://api.site.fr/${value}`)).toBeUndefined();
    expect(varying(`connect("https://api.site.fr", ${value})`)).toBeUndefined();
  });

  test("what only looks like it is one", () => {
    expect(varying("x: https://api.site.fr/myconfig(1)")).toBeDefined();
    expect(varying("x: https://api.site.fr/__")).toBeDefined();
  });
});

describe("an address without a name", () => {
  test("counts, with its line", () => {
    expect(varying('a\n  connect("https://api.site.fr/x", 1)')).toEqual({
      name: "URL",
      value: "https://api.site.fr/x",
      line: 2,
    });
  });

  test.each(["# ", "  # ", "// ", "/* ", "* ", "; ", "<!-- "])("not in a comment: %s", (mark) => {
    expect(varying(`${mark}see https://api.site.fr/x`)).toBeUndefined();
  });

  test("not where it leads to no host of its own, nor twice", () => {
    expect(varying("(http://backend/x)")).toBeUndefined();
    const { varying: first, others } = environmentSettings("url: https://api.site.fr", SETTINGS);
    expect([first?.name, others]).toEqual(["url", undefined]);
  });
});

test("the first that varies comes with the first of the others", () => {
  expect(environmentSettings("a: Mon site\nb: https://api.site.fr\nc: x y", SETTINGS)).toMatchObject({
    varying: { name: "b", value: "https://api.site.fr", line: 2 },
    others: { name: "a", value: "Mon site", line: 1 },
  });
  expect(environmentSettings("", SETTINGS)).toEqual({});
});

test("a placeholder is no value, a masked secret is one", () => {
  expect(varying("X=changeme", DOTENV)).toBeUndefined();
  expect(varying("X=", DOTENV)).toBeUndefined();
  expect(varying("password=abc…(12)")).toBeDefined();
  expect(varying("X=http://example.org/changeme", DOTENV)).toBeDefined();
});

describe("a host whose domain somebody has is no placeholder", () => {
  test.each(["host: pg.prod.example.fr", "db_host: db.exemple.gouv.fr", "smtp.host=mail.sample-corp.fr:587"])(
    "%s",
    (line) => {
      expect(varying(line)).toBeDefined();
    },
  );

  test.each([
    "host: pg.example.com",
    "host: db.example.org",
    "host: pg.prod.example",
    "host: changeme",
    "package: com.example.portail",
    "domain: com.example",
  ])("trap: %s", (line) => {
    expect(varying(line)).toBeUndefined();
  });
});

describe("the host of a service, in a file of an environment", () => {
  test.each([
    "db: db.prod.example.internal",
    "db: db.prod.corp.fr",
    "db: pg1.corp.fr",
    "redis: cache.exemple.interne.fr",
    "database: pg1.example.internal:5432",
  ])("%s", (line) => {
    expect(varying(line)).toMatchObject({ line: 1 });
  });

  test.each([
    "db: db.prod.example.com",
    "db: db.prod.example",
    "database: shop.orders",
    "namespace: fr.corp.app",
    "db: your.database.here.conf",
  ])("trap: %s", (line) => {
    expect(varying(line)).toBeUndefined();
  });
});

describe("in XML", () => {
  test.each([
    '<Appenders><Socket name="s" host="logs-prod.corp.fr"/></Appenders>',
    '<properties>\n  <property name="db.host" value="pg.prod.corp.fr"/>\n</properties>',
    "<config><db><host>pg-main</host></db></config>",
  ])("%s", (content) => {
    expect(varying(content)).toBeDefined();
  });

  test.each([
    '<Root level="info"><AppenderRef ref="Console"/></Root>',
    "<config><host>${DB_HOST}</host></config>",
    "<!-- <host>pg.prod.corp.fr</host> --><config/>",
  ])("not %s", (content) => {
    expect(varying(content)).toBeUndefined();
  });
});

test("hosts of Oracle's net services are read in a file of that ending alone", () => {
  const text =
    "PORTAIL = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = ora.prod.corp.fr)(PORT = 1521)))\n";
  expect(environmentSettings(text, SETTINGS, "/app/tnsnames.prod.ora").varying).toMatchObject({ line: 1 });
});

test("a host that names an environment is found under any name, but in comments and injected values", () => {
  expect(namedHost("# https://api.recette.portail.fr\nurl: ${URL:-x}\n")).toBeUndefined();
  expect(namedHost("api = 'https://api.recette.portail.fr'\n")).toMatchObject({ name: "api", line: 1 });
  expect(namedHost("https://api.recette.portail.fr\n")).toMatchObject({ name: "URL" });
});
