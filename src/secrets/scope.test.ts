import { describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { secretScope } from "./scope.ts";

describe("read: what an application team adds", () => {
  test.each([
    "/app/.env",
    "/app/server.js",
    "/app/config/prod.yaml",
    "/app/certs/server.pem",
    "/app/server.js.map",
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
  ])("%s", (path) => {
    expect(secretScope(path, 100)).toBe("all");
  });

  test.each(["/usr/lib/app/.env", "/usr/lib/foo/server.key", "/lib/id_ed25519", "/usr/lib/x/.npmrc"])(
    "an unmistakable name in a system tree: %s",
    (path) => {
      expect(secretScope(path, 100)).toBe("all");
    },
  );
});

describe("not read", () => {
  test.each([
    ["test keys in node_modules", "/app/node_modules/https-proxy/test/server.key"],
    ["test keys in site-packages", "/usr/local/lib/python3.12/site-packages/tests/keys/id_rsa"],
    ["test keys in dist-packages", "/usr/lib/python3/dist-packages/twisted/test/server.pem"],
    ["test keys in gems", "/usr/local/bundle/gems/puma-6/examples/puma/cert.key"],
    ["test keys in vendor", "/app/vendor/symfony/http/.env"],
    ["test keys in the Go module cache", "/go/pkg/mod/golang.org/x/crypto/testdata/id_rsa"],
    ["test keys in the Cargo registry", "/usr/local/cargo/registry/src/x/key.pem"],
    ["Python's own tests", "/usr/local/lib/python3.12/test/certdata/ssl_key.pem"],
    ["Python's own tests, as Debian has them", "/usr/lib/python3.11/test/keycert.key"],
    ["CMake's example", "/usr/share/cmake-3.31/Templates/Windows/Windows_TemporaryKey.pfx"],
    ["documentation", "/usr/share/doc/openssl/examples/server.key"],
    ["the distribution's libraries", "/usr/lib/x86_64-linux-gnu/perl-base/Config.pm"],
    ["public certificates", "/etc/ssl/certs/ca-certificates.crt"],
    ["the package database", "/var/lib/dpkg/info/adduser.conffiles"],
    ["an image", "/app/static/logo.PNG"],
    ["an archive", "/app/app.jar"],
  ])("%s: %s", (_, path) => {
    expect(secretScope(path, 100)).toBe("none");
  });

  test("an empty file, and one beyond the bound", () => {
    expect(secretScope("/app/a", 0)).toBe("none");
    expect(secretScope("/app/a", LIMITS.secretFileBytes)).toBe("all");
    expect(secretScope("/app/a", LIMITS.secretFileBytes + 1)).toBe("none");
  });
});
