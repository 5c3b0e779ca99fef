// Row 7: the configuration of one environment under a neutral name, in code, XML, proxies' files and archives.

import { gzipSync } from "node:zlib";
import { writeTar } from "../../../src/image/tar/write.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Cases } from "../case.ts";
import { type BakedFiles, bakedFiles, bakedTogether } from "../given/baked.ts";

const HOST = "db.prod.corp.fr";
const YAML = `environment: production\ndatabase:\n  host: ${HOST}\n`;
const WHY =
  "1.4: configuration that varies by environment is no part of the image, whatever it is written in.";
const SILENT = "Injected, a default, chosen at start, the same everywhere, or another's.";

const OF_ONE: BakedFiles = {
  "app/settings.py": `DEBUG = False\nENVIRONMENT = "production"\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "${HOST}"}}\n`,
  "app/config/app.php": `<?php\nreturn ['env' => 'production', 'db' => ['host' => '${HOST}', 'name' => 'app']];\n`,
  "app/config.js": `module.exports = { env: 'production', db: { host: '${HOST}', port: 5432 } };\n`,
  "app/config.rb": `ENVIRONMENT = "production"\nDB_HOST = "${HOST}"\n`,
  "app/config.hcl": `environment = "production"\ndatabase {\n  host = "${HOST}"\n}\n`,
  "app/config.json5": `// config\n{ env: "production", db: { host: "${HOST}" } }\n`,
  "app/config.xml": `<?xml version="1.0"?><config><environment>production</environment><database><host>${HOST}</host></database></config>`,
  "app/web.config": `<configuration><connectionStrings><add name="db" connectionString="Server=${HOST};Database=app"/></connectionStrings><appSettings><add key="Environment" value="Production"/></appSettings></configuration>`,
  "app/app.war": zipOf([
    {
      name: "META-INF/context.xml",
      content: `<Context><Resource name="jdbc/app" url="jdbc:postgresql://${HOST}:5432/app"/></Context>`,
    },
  ]),
  "etc/nginx/nginx.conf":
    "events{}\nhttp{ upstream api { server 10.3.4.5:8000; } server { listen 8080; location / { proxy_pass http://api; } location /auth { proxy_pass https://sso.prod.corp.fr; } } }\n",
  "app/conf.tar.gz": gzipSync(writeTar([{ path: "config.yaml", content: YAML }])),
  "etc/profile.d/app.sh": `export APP_ENV=production\nexport DB_HOST=${HOST}\n`,
  "etc/supervisord.d/app.ini": `[program:x]\nenvironment=APP_ENV="production",DB_HOST="${HOST}"\n`,
  "etc/app/config": `environment = production\ndb_host = ${HOST}\n`,
  "app/config.yaml": `x: &h ${HOST}\nenvironment: &e production\ndatabase: {host: *h, env: *e}\n`,
};

const OF_NONE: BakedFiles = {
  "app/settings.py":
    'import os\nENVIRONMENT = "production"\nDATABASES = {"default": {"HOST": os.environ["DB_HOST"], "NAME": os.environ.get("DB_NAME", "app")}}\n',
  "app/settings/base.py":
    'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "localhost", "NAME": "app"}}\nALLOWED_HOSTS = ["*"]\nSTATIC_URL = "/static/"\n',
  "app/config/settings.py": `if os.environ["ENV"] == "prod":\n    DB_HOST = "${HOST}"\nelse:\n    DB_HOST = "localhost"\n`,
  "app/config/database.php":
    "<?php return ['default' => env('DB_CONNECTION', 'mysql'), 'host' => env('DB_HOST', 'db.prod.corp.fr')];\n",
  "app/config.js": `module.exports = { development: { host: 'localhost' }, production: { host: '${HOST}' } };\n`,
  "app/config/index.js": `module.exports = { env: 'production', host: process.env.DB_HOST || '${HOST}' };\n`,
  "app/tests/settings.py": `ENV = "production"\nDB_HOST = "${HOST}"\n`,
  "app/vendor/acme/config/app.php": `<?php return ['env' => 'production', 'host' => '${HOST}'];\n`,
  "usr/lib/python3/dist-packages/x/settings.py": `ENV = "production"\nDB_HOST = "${HOST}"\n`,
  "app/config.xml":
    '<c xmlns="https://schemas.prod.corp.fr/c"><environment>production</environment><host>localhost</host></c>',
  "app/logback.xml":
    '<configuration><appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender"/></configuration>',
  "etc/nginx/nginx.conf":
    "events{}\nhttp{ set_real_ip_from 10.0.0.0/8; upstream a { server backend:8000; } server { location / { proxy_pass http://127.0.0.1:9000; } location /x { proxy_pass $target; } } }\n",
  "app/examples.tar.gz": gzipSync(writeTar([{ path: "examples/config.yaml", content: YAML }])),
  "app/acme-1.0.0.tgz": gzipSync(writeTar([{ path: "package/config.yaml", content: YAML }])),
  "app/lib/sdk.jar": zipOf([
    { name: "config.xml", content: `<c><env>production</env><host>${HOST}</host></c>` },
  ]),
  "etc/default/app": "APP_HOME=/opt/app\nAPP_USER=app\n",
};

export const cases: Cases = [
  ...bakedFiles(OF_ONE, "no", WHY),
  bakedTogether(
    "a configuration in UTF-16",
    { "app/config.yaml": Buffer.from(`\uFEFF${YAML}`, "utf16le") },
    "no",
    WHY,
  ),
  ...bakedFiles(OF_NONE, "yes", SILENT),
];
