// Row 7: keys where packages install, their own and others'.

import { createHash } from "node:crypto";
import { KEY, noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const MANIFEST = '{\n  "name": "pem",\n  "version": "1.0.0"\n}\n';
const LIBRARY = "usr/local/lib/python3.12/site-packages";

function sum(algorithm: string, encoding: "hex" | "base64" | "base64url"): string {
  return createHash(algorithm).update(KEY).digest(encoding);
}

function secret(name: string, files: LayerFiles, why: string): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "no" }, why };
}

function own(name: string, files: LayerFiles): Case {
  return {
    name,
    given: image({ files }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "A published package brought it for its tests: everybody has that key.",
  };
}

const NOBODY = "No published package brought it: it is the team's.";

export const cases: Cases = [
  secret("a key beside the packages of npm", { "app/node_modules/tls.pem": KEY }, NOBODY),
  secret("a key in a cache among the packages of npm", { "app/node_modules/.cache/tls.pem": KEY }, NOBODY),
  secret("a key in vendor", { "app/vendor/acme/tls.pem": KEY }, NOBODY),
  secret("a key in .cache", { "root/.cache/acme/tls.pem": KEY }, NOBODY),
  secret("a password in .cache", { "root/.cache/acme/.env": `DB_PASSWORD=${noise(14)}\n` }, NOBODY),
  secret("a key in /usr/share", { "usr/share/acme/tls.pem": KEY }, NOBODY),
  secret("a token in settings in /usr/share", { "usr/share/acme/app.ini": `t=glpat-${noise(20)}\n` }, NOBODY),
  secret("a key in /usr/lib", { "usr/lib/acme/server.bin": `\0\0${KEY}` }, NOBODY),
  secret(
    "a key in the packages of Python, which no list names",
    { [`${LIBRARY}/acme/tests/tls.pem`]: KEY },
    NOBODY,
  ),
  secret(
    "a key among the tests of the repository's own package",
    {
      "app/node_modules/@acme/api/package.json": '{"name": "@acme/api", "version": "1.0.0", "private": true}',
      "app/node_modules/@acme/api/test/tls.pem": KEY,
    },
    "The package is private: nobody published it.",
  ),
  secret(
    "a key at the root of a package",
    { "app/node_modules/pem/package.json": MANIFEST, "app/node_modules/pem/tls.pem": KEY },
    "It is no test, example or documentation of the package's.",
  ),
  secret(
    "a hard link to a key among the tests of a package",
    {
      "app/node_modules/pem/package.json": MANIFEST,
      "app/node_modules/pem/test/tls.pem": KEY,
      "srv/tls.pem": { hardLink: "app/node_modules/pem/test/tls.pem" },
    },
    "The application uses it by a name of its own.",
  ),
  {
    name: "a key that a later step added to a package's tests",
    given: image({
      files: { "app/node_modules/pem/package.json": MANIFEST },
      layers: [{ files: { "app/node_modules/pem/test/tls.pem": KEY } }],
    }),
    expect: { "no-baked-state": "no" },
    why: "The step that installed the package did not bring it.",
  },
  own("a key among the tests of an npm package", {
    "app/node_modules/pem/package.json": MANIFEST,
    "app/node_modules/pem/test/fixtures/key.pem": KEY,
  }),
  own("a key among the tests of a Python package", {
    [`${LIBRARY}/tornado/test/test.key`]: KEY,
    [`${LIBRARY}/tornado-6.4.dist-info/RECORD`]: `tornado/test/test.key,sha256=${sum("sha256", "base64url")},241\n`,
  }),
  own("a key among the examples of a Debian package", {
    "usr/share/doc/libio-socket-ssl-perl/examples/key.pem": KEY,
    "var/lib/dpkg/info/libio-socket-ssl-perl.md5sums": `${sum("md5", "hex")}  usr/share/doc/x\n`,
  }),
  own("a key among the tests of an Alpine package", {
    "usr/lib/python3.12/test/certdata/key.pem": KEY,
    "lib/apk/db/installed": `P:python3-tests\nV:3.12\nF:usr/lib\nR:key.pem\nZ:Q1${sum("sha1", "base64")}\n\n`,
  }),
  own("a key among the tests of a gem", {
    "usr/local/bundle/gems/httpclient-2.8.3/test/server.key": KEY,
    "usr/local/bundle/specifications/httpclient-2.8.3.gemspec": "Gem::Specification.new\n",
  }),
  own("a key in the documentation of an npm package", {
    "app/node_modules/pem/package.json": MANIFEST,
    "app/node_modules/pem/README.md": `# pem\n\n${KEY}\n`,
  }),
];
