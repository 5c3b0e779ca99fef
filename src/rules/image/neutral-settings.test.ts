import { describe, expect, test } from "vitest";
import { neutralSetting } from "./neutral-settings.ts";

const HOST = "db.prod.corp.fr";

function pathOf(content: string): string {
  return content.startsWith("{") ? "/app/config.json" : "/app/config.yaml";
}

describe("certain: the name of an environment beside an address", () => {
  test.each<[string, string, number]>([
    [`environment: production\ndatabase:\n  host: ${HOST}\n`, "database.host", 3],
    ['{"env":"production","apiUrl":"https://api.prod.corp.fr","smtp":"smtp.prod.corp.fr"}', "apiUrl", 1],
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
    expect(neutralSetting(content, pathOf(content))).toMatchObject({ name, line, certainty: "certain" });
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
    expect(neutralSetting(content, pathOf(content))).toMatchObject({ name, certainty: "presumed" });
  });
});

describe("presumed: the application's services by environment, chosen at start", () => {
  const byEnvironment = (name: string) =>
    `[production]\n${name} = ${HOST}\n[recette]\n${name} = db.recette.corp.fr\n`;
  test.each<[string, string, string]>([
    ["/app/app.ini", byEnvironment("db_host"), "production.db_host"],
    ["/app/app.ini", byEnvironment("host"), "production.host"],
    [
      "/app/config.yaml",
      "prd:\n  database:\n    url: postgres://x.prod.corp.fr/a\nrecette:\n  database:\n    url: postgres://x.recette.corp.fr/a\n",
      "prd.database.url",
    ],
    [
      "/app/config.json",
      '{"recette": {"api_url": "https://api.recette.corp.fr"}, "production": {"api_url": "https://api.prod.corp.fr"}}',
      "recette.api_url",
    ],
    [
      "/app/config.toml",
      `db_prod_host = "${HOST}"\ndb_recette_host = "db.recette.corp.fr"\n`,
      "db_prod_host",
    ],
  ])("%s: %j", (path, content, name) => {
    expect(neutralSetting(content, path)).toMatchObject({ name, certainty: "presumed" });
  });

  test.each<[string, string, string]>([
    [
      "pages of each environment",
      "/app/urls.ini",
      "[production]\nurl = https://www.prod.corp.fr\n[recette]\nurl = https://www.recette.corp.fr\n",
    ],
    [
      "services of several environments under none of their names",
      "/app/config.ini",
      `[a]\ndb_host = ${HOST}\n[b]\ndb_host = db.recette.corp.fr\n`,
    ],
    [
      "an environment's host under another's name",
      "/app/config.ini",
      `[recette]\ndb_host = ${HOST}\n[production]\ndb_host = db.recette.corp.fr\n`,
    ],
    [
      "values that the container gets",
      "/app/config.ini",
      "[production]\ndb_host = ${DB_HOST}\n[recette]\ndb_host = ${DB_HOST}\n",
    ],
    [
      "mirrors",
      "/app/config.ini",
      "[production]\nmirror_url = https://nexus.prod.corp.fr\n[recette]\nmirror_url = https://nexus.recette.corp.fr\n",
    ],
  ])("trap: %s", (_, path, content) => {
    expect(neutralSetting(content, path)).toBeUndefined();
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
    expect(neutralSetting(content, pathOf(content))).toBeUndefined();
  });
});

describe("other forms of the same two facts", () => {
  const stage = "production";
  test.each<[string, string, string, number]>([
    [
      "/app/settings.py",
      `ENVIRONMENT = "${stage}"\nDATABASES = {"default": {"HOST": "${HOST}", "PORT": 5432}}\n`,
      "DATABASES.default.HOST",
      2,
    ],
    [
      "/app/settings.py",
      `ENV = '${stage}'\nDATABASES = {\n  'default': {\n    'HOST': '${HOST}',  # primary\n  }\n}\n`,
      "DATABASES.default.HOST",
      4,
    ],
    [
      "/app/config/app.php",
      `<?php\nreturn ['env' => '${stage}', 'db' => ['host' => '${HOST}']];\n`,
      "db.host",
      2,
    ],
    [
      "/app/wp-config.php",
      `<?php\ndefine('WP_ENV', '${stage}');\ndefine( 'DB_HOST', '${HOST}' );\n`,
      "DB_HOST",
      3,
    ],
    [
      "/app/config.js",
      `module.exports = { env: '${stage}', db: { host: '${HOST}', port: 5432 } };\n`,
      "db.host",
      1,
    ],
    [
      "/app/config.ts",
      `export const env = "${stage}";\nexport const db = {\n  host: "${HOST}",\n};\n`,
      "db.host",
      3,
    ],
    ["/app/config.rb", `ENVIRONMENT = "${stage}"\nDB_HOST = "${HOST}"\n`, "DB_HOST", 2],
    ["/app/config.hcl", `environment = "${stage}"\ndatabase {\n  host = "${HOST}"\n}\n`, "database.host", 3],
    ["/app/config.json5", `// x\n{ env: "${stage}", db: { host: "${HOST}" } }\n`, "db.host", 2],
    [
      "/app/config.json",
      `\uFEFF{"env":"${stage}","api":{"url":"https:\\/\\/api.prod.corp.fr"}}`,
      "api.url",
      1,
    ],
    [
      "/app/config.xml",
      `<?xml version="1.0"?>\n<c><!-- <host>x</host> -->\n<environment>${stage}</environment><database>\n<host>${HOST}</host></database></c>`,
      "c.database.host",
      4,
    ],
    [
      "/app/web.config",
      `<configuration><connectionStrings><add name="db" connectionString="Server=${HOST};Database=app"/></connectionStrings><appSettings><add key="Environment" value="Production"/></appSettings></configuration>`,
      "configuration.connectionStrings.db",
      1,
    ],
    [
      "/app/config.yaml",
      `x: &h ${HOST}\nenvironment: &e ${stage}\ndatabase: {host: *h, env: *e}\n`,
      "database.host",
      3,
    ],
    ["/app/config.yaml", `{env: ${stage}, host: ${HOST}}\n`, "host", 1],
    ["/app/config.json", `{"env": "${stage}", "a b": {"host": "${HOST}"}}`, "host", 1],
    ["/app/config.xml", `<c><p key='env'>${stage}</p><p key='db.host'>${HOST}</p></c>`, "c.db.host", 1],
    ["/app/config.yaml", `env: ${stage}\ndb:\n  host: >-\n    ${HOST}\n`, "db.host", 3],
    ["/app/config.yaml", `env: !!str ${stage}\ndb: &db\n  host: !!str "${HOST}"\n`, "db.host", 3],
    [
      "/etc/supervisord.d/app.ini",
      `[program:x]\nenvironment=APP_ENV="${stage}",DB_HOST="${HOST}"\n`,
      "DB_HOST",
      2,
    ],
    ["/etc/app/config", `environment = ${stage}\ndb_host = ${HOST}\n`, "db_host", 2],
    ["/etc/profile.d/app.sh", `export APP_ENV=${stage}\nexport DB_HOST=${HOST}\n`, "DB_HOST", 2],
  ])("%s: certain in %j", (path, content, name, line) => {
    expect(neutralSetting(content, path)).toMatchObject({ name, line, certainty: "certain" });
  });

  test.each<[string, string, string, number]>([
    [
      "/app/app.war!/META-INF/context.xml",
      `<Context><Resource name="jdbc/app" url="jdbc:postgresql://${HOST}:5432/app"/></Context>`,
      "Context.Resource.url",
      1,
    ],
    [
      "/etc/nginx/nginx.conf",
      "http { upstream api { server 10.3.4.5:8000; server 10.3.4.6:8000; } }",
      "server",
      1,
    ],
    [
      "/etc/nginx/conf.d/x.conf",
      "location /auth {\n  proxy_pass https://sso.prod.corp.fr;\n}",
      "proxy_pass",
      2,
    ],
    ["/etc/apache2/sites-enabled/x", 'ProxyPass "/api" "http://api.recette.corp.fr/"\n', "ProxyPass", 1],
    ["/etc/haproxy/haproxy.cfg", "backend x\n  server s1 10.3.4.5:8080 check\n", "server", 2],
    ["/app/settings.py", `DATABASES = {"default": {"HOST": "${HOST}"}}\n`, "DATABASES.default.HOST", 1],
  ])("%s: presumed in %j", (path, content, name, line) => {
    expect(neutralSetting(content, path)).toMatchObject({ name, line, certainty: "presumed" });
  });
});

describe("nothing in code, XML and proxies", () => {
  test.each<[string, string]>([
    [
      "/app/settings.py",
      'ENV = "production"\nDATABASES = {"default": {"HOST": os.environ.get("DB_HOST", "db.prod.corp.fr")}}\n',
    ],
    ["/app/settings.py", 'ENV = "production"\nDB_HOST = env("DB_HOST", default="db.prod.corp.fr")\n'],
    ["/app/settings.py", 'DATABASES = {"default": {"ENGINE": "x", "HOST": "localhost", "NAME": "app"}}\n'],
    ["/app/settings.py", 'DATABASES = {"default": {"HOST": "postgres"}}\nENVIRONMENT = "production"\n'],
    ["/app/settings.py", `if DEBUG:\n    DB_HOST = "localhost"\nelse:\n    DB_HOST = "${HOST}"\nX = 1\n`],
    ["/app/settings.py", `class ProductionConfig(Config):\n    DB_HOST = "${HOST}"\n`],
    [
      "/app/settings.py",
      `class Settings(BaseSettings):\n    db_host: str = Field("${HOST}", env="DB_HOST")\n`,
    ],
    ["/app/settings.py", `"""\nDB_HOST = "${HOST}"\n"""\n# DB_HOST = "${HOST}"\n`],
    [
      "/app/settings.py",
      `DB_HOST = "${HOST}" if PROD else "localhost"\nURL = "https://api." + "prod.corp.fr"\n`,
    ],
    [
      "/app/config/database.php",
      "<?php return ['host' => env('DB_HOST', 'db.prod.corp.fr'), 'url' => env('X')];",
    ],
    ["/app/config.php", `<?php\nif ($prod) {\n  $db_host = '${HOST}';\n}\n`],
    [
      "/app/config.js",
      `module.exports = { host: process.env.DB_HOST || '${HOST}', url: x ?? 'https://api.prod.corp.fr' };`,
    ],
    [
      "/app/config.js",
      `module.exports = { development: { host: 'localhost' }, production: { host: '${HOST}' } };`,
    ],
    [
      "/app/config.js",
      `function host() {\n  return { host: '${HOST}' };\n}\n// host: '${HOST}'\n/* host: '${HOST}' */\n`,
    ],
    ["/app/config.js", "const env = 'production';\nconst url = 'https://geo.api.gouv.fr';\n"],
    ["/app/config.rb", `DB_HOST = ENV["DB_HOST"] || "${HOST}"\nhost = "${HOST}" if production?\n`],
    [
      "/app/config.xml",
      '<c xmlns="https://schemas.prod.corp.fr/x"><environment>production</environment><host>localhost</host></c>',
    ],
    ["/app/config.xml", `<c><!-- <host>${HOST}</host> --><host>\${DB_HOST}</host></c>`],
    [
      "/app/settings.xml",
      "<settings><mirrors><mirror><url>https://nexus.prod.corp.fr/m2</url></mirror></mirrors></settings>",
    ],
    [
      "/etc/nginx/nginx.conf",
      "upstream a { server backend:8000; server 127.0.0.1:9000; }\nlocation / { proxy_pass http://a; }",
    ],
    [
      "/etc/nginx/nginx.conf",
      "set_real_ip_from 10.0.0.0/8;\nallow 10.3.4.5;\nresolver 10.96.0.10;\nproxy_pass http://$backend;\nproxy_pass ${API_URL};",
    ],
    [
      "/etc/nginx/nginx.conf",
      "# proxy_pass https://sso.prod.corp.fr;\nproxy_pass http://172.17.0.1:3000;\nproxy_pass https://api.corp.fr;",
    ],
    ["/app/config.yaml", "env: production\ndb:\n  host: >-"],
    ["/app/config.xml", `<c>1 < 2 <environment>production</environment><!-- <host>${HOST}</host>`],
    ["/app/config.js", `const env = "production"; /* host: '${HOST}'`],
    ["/app/config.js", `const env = "production"; // host: '${HOST}'`],
    ["/app/settings.py", `ENV = "production"\n"""\nHOST = "${HOST}"\n`],
    ["/app/config.yaml", "x: *unknown\nenv: production\ndb: {host: *unknown, url: }\n"],
  ])("%s: %j", (path, content) => {
    expect(neutralSetting(content, path)).toBeUndefined();
  });
});
