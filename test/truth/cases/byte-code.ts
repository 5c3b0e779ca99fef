// Row 7: secrets in compiled code of the application, in archives of Electron and PHP, and outside a file's
// content: in its name, its link target, its extended attributes.

import { asarOf } from "../../fixtures/asar.ts";
import { assemblyOf } from "../../fixtures/assembly.ts";
import { classOf } from "../../fixtures/java-class.ts";
import { pharOf } from "../../fixtures/phar.ts";
import { pycOf } from "../../fixtures/python-module.ts";
import { checkedToken, noise } from "../../fixtures/secrets.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const SECRET = `k9X${noise(29)}`;
const TOKEN = checkedToken("ghp_");
const DOTENV = `DB_HOST=pg.corp.fr\nDB_PASSWORD=${SECRET}\n`;
const CLASS = classOf({ constants: { JWT_SECRET: SECRET } });
const jar = (name: string, content: Uint8Array) => zipOf([{ name, content, method: 0 }]);
const python = (name: string) =>
  pycOf("3.12", {
    code: [
      [100, 0],
      [90, 0],
    ],
    constants: [SECRET],
    names: [name],
  });

export const cases: Cases = [
  no("a constant of a class", { "app/classes/fr/corp/Conf.class": CLASS }),
  no("the same in the application's jar", {
    "app/app.jar": jar("BOOT-INF/classes/fr/corp/Conf.class", CLASS),
  }),
  no("the same where libraries lie", {
    "app/lib/portal.jar": jar("BOOT-INF/classes/fr/corp/Conf.class", CLASS),
  }),
  no("a field that a constructor fills", {
    "app/app.jar": jar("fr/corp/Conf.class", classOf({ fields: { dbPassword: SECRET } })),
  }),
  no("a key of a map", { "app/classes/Conf.class": classOf({ puts: { client_secret: SECRET } }) }),
  no("a constant of an assembly of .NET", {
    "app/Portail.dll": assemblyOf({ constants: { JWT_SECRET: SECRET } }),
  }),
  no("a property of one, and a key of its settings", {
    "app/Portail.dll": assemblyOf({
      fields: { "<DbPassword>k__BackingField": SECRET },
      puts: { "Jwt:Key": SECRET },
    }),
  }),
  yes("an assembly that .NET brings", {
    "app/System.Portail.dll": assemblyOf({ constants: { JWT_SECRET: SECRET } }),
  }),
  yes("an assembly that names settings", {
    "app/Portail.dll": assemblyOf({
      puts: { "Jwt:Key": "JWT_SIGNING_KEY_OF_THE_PLATFORM" },
      constants: { SecretHeader: SECRET },
    }),
  }),
  no("a module of Python without its source", { "app/portal/settings.pyc": python("SECRET_KEY") }),
  no("a cached module whose source was taken away", {
    "app/portal/__pycache__/worker.cpython-312.pyc": python("API_TOKEN"),
  }),
  no("an application of Electron", {
    "app/resources/app.asar": asarOf({ "main.js": "run()", ".env": DOTENV }),
  }),
  no("an archive of PHP", { "app/portal.phar": pharOf({ "index.php": "<?php run();", ".env": DOTENV }) }),
  no("the same as a command, deflated", {
    "usr/local/bin/portal": pharOf({ ".env": DOTENV }, { packing: "deflate" }),
  }),
  no("a token as a file's name", { [`app/tokens/${TOKEN}`]: "" }),
  no("a token as a folder's name", { [`app/${TOKEN}/a.txt`]: "a", [`app/${TOKEN}/b.txt`]: "b" }),
  no("a link that names an address with a password", {
    "app/database": { type: "symlink", link: `postgres://app:${SECRET}@pg.corp.fr/app` },
  }),
  no("an extended attribute that is called a secret", {
    "app/a.txt": { content: "a", xattrs: { "user.db_password": Buffer.from(SECRET) } },
  }),
  no("an extended attribute that is a token", {
    "app/a.txt": { content: "a", xattrs: { "user.origin": Buffer.from(TOKEN) } },
  }),
  yes("a class that reads its secret", {
    "app/classes/Conf.class": classOf({
      constants: { JWT_SECRET_NAME: "jwt-secret", SECRET_HEADER: "X-Secret" },
    }),
  }),
  yes("a class of a library beside the application", {
    "app/lib/other-1.2.jar": jar("org/other/Conf.class", CLASS),
  }),
  yes("a class of a library in the application's jar", {
    "app/app.jar": zipOf([{ name: "BOOT-INF/lib/other.jar", content: jar("Conf.class", CLASS), method: 0 }]),
  }),
  yes("a class of the application's tests", { "app/test/fr/corp/ConfTest.class": CLASS }),
  yes("a module of a published package", {
    "usr/local/lib/python3.12/site-packages/other/__pycache__/a.cpython-312.pyc": python("SECRET_KEY"),
  }),
  yes("a module that names no secret", { "app/portal/a.pyc": python("BUILD") }),
  yes("an application of Electron without one", {
    "app/resources/app.asar": asarOf({
      "main.js": "run(process.env.DB_PASSWORD)",
      "node_modules/x/test/a.js": `const password = "${SECRET}"`,
    }),
  }),
  yes("a program of PHP that keeps data behind it", {
    "app/run": "#!/usr/bin/php\n<?php run(__COMPILER_HALT_OFFSET__); __HALT_COMPILER();data\n",
  }),
  yes("names like tokens", {
    "app/ghp_README.md": "a",
    "app/npm_modules/a": "a",
    "app/passwords/reset.html": "a",
    [`app/assets/index-${noise(8)}.js`]: "a()",
  }),
  yes("a link to a file", { "app/current": { type: "symlink", link: "releases/20260615-password-reset" } }),
  yes("attributes of desktops and mounts", {
    "app/a.txt": {
      content: "a",
      xattrs: {
        "user.mime_type": Buffer.from("text/plain"),
        "user.xdg.origin.url": Buffer.from("https://www.corp.fr/a"),
        "user.password_policy": Buffer.from("strong"),
      },
    },
  }),
];

function no(name: string, files: LayerFiles): Case {
  return {
    name,
    given: image({ files }),
    expect: { "no-baked-state": "no" },
    why: "1.4: whoever can pull the image reads it, also compiled, packed, or in what is no content.",
  };
}

function yes(name: string, files: LayerFiles): Case {
  return {
    name,
    given: image({ files }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "Nothing of the application's is a secret in it.",
  };
}
