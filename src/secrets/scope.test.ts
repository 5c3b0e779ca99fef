import { describe, expect, test } from "vitest";
import { searchScope } from "./scope.ts";

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

  test.each(["/usr/share/team/config.yaml", "/usr/share/team/x/y.json"])(
    "what any package may share, or an application: %s",
    (path) => {
      expect(searchScope(path)).toEqual({ level: "all", tree: "shared" });
    },
  );
});

describe("what packages bring is searched for keys", () => {
  test.each([
    ["node_modules", "/app/node_modules/https-proxy/test/server.pem"],
    ["node_modules itself", "/app/node_modules"],
    ["site-packages", "/usr/local/lib/python3.12/site-packages/tests/keys/rsa"],
    ["dist-packages", "/usr/lib/python3/dist-packages/twisted/test/server.pem"],
    ["gems", "/usr/local/bundle/gems/puma-6/examples/puma/cert.pem"],
    ["vendor", "/app/vendor/symfony/http/x.yaml"],
    ["the Go module cache", "/go/pkg/mod/golang.org/x/crypto/testdata/rsa"],
    ["the Cargo registry", "/usr/local/cargo/registry/src/x/key.pem"],
    ["caches of tools", "/root/.cache/pip/http-v2/a/b"],
    ["Python's own tests", "/usr/local/lib/python3.12/test/certdata/ssl_key.pem"],
    ["documentation", "/usr/share/doc/openssl/examples/server.key"],
    ["the distribution's libraries", "/usr/lib/x86_64-linux-gnu/perl-base/Config.pm"],
    ["public certificates", "/etc/ssl/certs/ca-certificates.crt"],
    ["the package database", "/var/lib/dpkg/info/adduser.conffiles"],
  ])("%s: %s", (_, path) => {
    expect(searchScope(path).level).toBe("keys");
  });
});
