import { describe, expect, test } from "vitest";
import { isApplicationSettings, isInOwnTree, searchScope } from "./scope.ts";

describe("what an application team adds is searched for everything", () => {
  test.each([
    "/app/.env",
    "/app/server.js",
    "/app/config/prod.yaml",
    "/app/certs/server.pem",
    "/app/server.js.map",
    "/app/static/logo.PNG",
    "/app/app.jar",
    "/root/.ssh/id_rsa",
    "/home/node/.npmrc",
    "/etc/nginx/conf.d/app.conf",
    "/etc/ssl/private/server.key",
    "/usr/src/app/index.ts",
    "/usr/local/bin/docker-entrypoint.sh",
    "/usr/share/nginx/html/main.js",
    "/var/www/html/config.php",
    "/opt/service/application.yml",
    "/srv/library/x",
    "/run/secrets/token",
    "/.env",
    "/libs/x.txt",
    "/app/keystore.p12",
    "/root/.cache/team/token",
    "/app/node_modules.bak/x",
  ])("%s", (path) => {
    expect(searchScope(path)).toEqual({ level: "all", tree: "own" });
  });
});

describe("so are, where packages install", () => {
  test.each(["/usr/lib/app/.env", "/usr/lib/foo/server.key", "/lib/id_ed25519", "/usr/lib/x/.npmrc"])(
    "an unmistakable name: %s",
    (path) => {
      expect(searchScope(path)).toEqual({ level: "all", tree: "installed" });
    },
  );

  test.each([
    "/usr/share/team/config.yaml",
    "/usr/share/team/x/y.json",
    "/usr/share/team/server.mjs",
    "/usr/lib/team/auth.py",
    "/usr/lib/team/app.conf",
    "/var/cache/team/app.service",
    "/etc/ssl/certs/ca-certificates.crt",
  ])("what any package may share, or an application: %s", (path) => {
    expect(searchScope(path)).toEqual({ level: "settings", tree: "shared" });
  });

  test.each([
    "/app/node_modules/config/default.json",
    "/app/node_modules/https-proxy/test/server.pem",
    "/app/node_modules/portal/settings.js",
    "/usr/local/lib/python3.12/site-packages/portal/settings.py",
    "/app/.venv/lib/python3.12/site-packages/portal/auth.py",
    "/usr/local/lib/node_modules/portal/server.js",
    "/usr/local/bundle/gems/puma-6/examples/puma/cert.pem",
    "/app/vendor/symfony/http/x.yaml",
    "/go/pkg/mod/golang.org/x/crypto/testdata/rsa",
    "/usr/local/cargo/registry/src/x/key.pem",
    "/usr/share/doc/openssl/examples/server.key",
    "/root/.cache/pip/http-v2/a/b",
    "/usr/local/lib/python3.12/test/certdata/ssl_key.pem",
  ])("what may be a package's of a language, or an application's: %s", (path) => {
    expect(searchScope(path)).toEqual({ level: "settings", tree: "packaged" });
  });
});

describe("what users tell their tools is their own", () => {
  test.each([
    "/root/.gradle/gradle.properties",
    "/root/.cargo/credentials.toml",
    "/root/.m2/settings.xml",
    "/app/.bundle/config",
    "/root/.nuget/NuGet/NuGet.Config",
    "/root/.yarn/x.yml",
    "/root/.ivy2/.credentials",
  ])("%s", (path) => {
    expect(searchScope(path)).toEqual({ level: "all", tree: "own" });
  });
});

describe("code that packages bring is searched for keys", () => {
  test.each([
    ["node_modules", "/app/node_modules/https-proxy/index.js"],
    ["node_modules itself", "/app/node_modules"],
    ["byte code in site-packages", "/usr/local/lib/python3.12/site-packages/tornado/web.pyc"],
    ["Python's own library", "/usr/lib/python3.12/http/server.py"],
    ["npm itself", "/usr/local/lib/node_modules/npm/lib/npm.js"],
    ["dependencies of a global package", "/usr/lib/node_modules/portal/node_modules/x/index.js"],
    ["dist-packages", "/usr/lib/python3/dist-packages/twisted/test/server.der"],
    ["caches of tools", "/root/.gradle/caches/modules-2/x.jar"],
    ["the distribution's libraries", "/usr/lib/x86_64-linux-gnu/perl-base/strict.pm"],
    ["the package database", "/var/lib/dpkg/info/adduser.conffiles"],
    ["what no list names", "/nix/store/x/etc/app.yaml"],
  ])("%s: %s", (_, path) => {
    expect(searchScope(path).level).toBe("keys");
  });
});

test.each([
  ["/a.jar!/lib/b.jar!/application.yml", true],
  ["/a.jar!/lib/b.jar!/application-prod.properties", true],
  ["/a.jar!/lib/b.jar!/bootstrap.yaml", true],
  ["/a.jar!/lib/b.jar!/META-INF/microprofile-config.properties", true],
  ["/a.jar!/lib/b.jar!/META-INF/persistence.xml", true],
  ["/a.jar!/lib/b.jar!/portail-ds.xml", true],
  ["/a.jar!/lib/b.jar!/.env", true],
  ["/a.jar!/lib/b.jar!/prod.env", true],
  ["/a.jar!/lib/b.jar!/defaults.properties", false],
  ["/a.jar!/lib/b.jar!/META-INF/spring.factories", false],
  ["/a.jar!/lib/b.jar!/myapplication.yml", false],
])("%s holds an application's settings: %s", (path, is) => {
  expect(isApplicationSettings(path)).toBe(is);
});

test.each<[string, boolean]>([
  ["/app/a", true],
  ["/srv/portail/__pycache__/a.cpython-312.pyc", true],
  ["/app/node_modules/x/a", false],
  ["/usr/lib/a", false],
  ["/usr/share/nginx/html/a", true],
])("%s lies where an application adds its own: %s", (path, isOwn) => {
  expect(isInOwnTree(path)).toBe(isOwn);
});
