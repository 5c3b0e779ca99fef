import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { collected, ofCommand } from "../../../test/fixtures/manifest-start.ts";
import { packageStart, startScript } from "../../../test/fixtures/start-script.ts";
import { staticAddress } from "./1.3-static-address.ts";

function check(env: readonly string[], cmd = ["app"]) {
  return checkRule(staticAddress, { image: imageFacts({ config: { env, cmd } }) });
}

describe("refused: an address that one environment has", () => {
  test.each([
    ["DATABASE_URL=postgres://user:xx@10.1.2.3:5432/db", "10.1.2.3"],
    ["REDIS_ADDR=192.168.1.4:6379", "192.168.1.4"],
    ["DB_HOST=172.16.0.9", "172.16.0.9"],
    ["HTTP_PROXY=http://10.0.0.1:3128", "10.0.0.1"],
    ["API_URL=http://api.other-team.svc.cluster.local:8080/v1", "api.other-team.svc.cluster.local"],
    ["AUTH_HOST=auth.prod.svc", "auth.prod.svc"],
    ["KAFKA_BROKER=10.2.3.4:9092", "10.2.3.4"],
  ])("ENV %s", (entry, address) => {
    expect(check([entry])).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(address) } }],
    });
  });

  test("in an argument, in a script with its line, and in the script of a package", () => {
    expect(check([], ["app", "--db-host=10.0.0.5"])).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "config.Cmd" } }],
    });
    expect(checkRule(staticAddress, { image: startScript("app --api http://10.0.0.5/") })).toMatchObject({
      findings: [{ at: { line: 2 } }],
    });
    const image = packageStart("node server.js --db-host=10.0.0.5");
    expect(checkRule(staticAddress, { image }).status).toBe("fail");
  });
});

describe("traps: no peer's address", () => {
  test.each([
    "NODE_VERSION=1.2.3.4",
    "NGINX_VERSION=1.27.0.1",
    "PKG_RELEASE=10.0.0.1",
    "APP_HOST_VERSION=10.0.0.1",
    "SOMETHING=10.1.2.3",
    "NO_PROXY=10.0.0.1",
    "no_proxy=10.0.0.0/8,localhost",
    "TRUSTED_PROXY=10.0.0.1",
    "ALLOWED_HOST=10.0.0.1",
    "POD_CIDR_ADDR=10.0.0.1",
    "HOST=0.0.0.0",
    "DB_HOST=127.0.0.1",
    "DB_HOST=db",
    "METADATA_URL=http://169.254.169.254/latest",
    "EXAMPLE_URL=http://192.0.2.1/",
    "BIND_ADDR=10.0.0.1:80",
    "DB_HOST=$HOST",
    "API_URL=https://api.example.org",
    "DOC_URL=https://example.org/10.1.2.3/",
    "REGISTRY_URL=https://registry.example/app:1.2.3",
    "DB_HOST=10.1.2.300",
    "DB_HOST=10.1.2",
    "A_URL=",
    "DB_HOST=my.svc",
    "OTHER=a.b.svc",
  ])("%s", (entry) => {
    expect(check([entry])).toMatchObject({ status: "pass" });
  });
});

describe("a package.json script that the manifest runs", () => {
  const check = (argv: readonly string[], start: string) => {
    const files = [{ path: "/app/package.json", content: JSON.stringify({ scripts: { start } }) }];
    return ofCommand(staticAddress, argv, {}, { config: { workingDir: "/app" }, files });
  };

  test.each(["app --db-host=10.1.2.3", "DB_HOST=10.1.2.3 app", 'sh -c "app --db-host=10.1.2.3"'])(
    "%s is in the image",
    (start) => {
      expect(check(["npm", "start"], start)).toMatchObject({
        status: "fail",
        findings: [{ at: { path: "/app/package.json" } }],
      });
    },
  );

  test("its arguments are the manifest's, and so is what it takes from them", () => {
    expect(check(["npm", "start", "--", "--db-host=10.1.2.3"], 'app "$@"').status).toBe("pass");
    const run = ["sh", "-c", 'npm start -- "$@"', "x", "10.1.2.3"];
    expect(check(run, "app --db-host=10.1.2.3").status).toBe("fail");
    const file = "/app/start.sh";
    const steps = [{ name: file, file, mode: 0o755, script: '#!/bin/sh\nexport DB_HOST="$1"\nexec app\n' }];
    const command = [file, "10.1.2.3"];
    const given = checkRule(staticAddress, containerEvidence({ command }, collected(command, {}, steps)));
    expect(given.status).toBe("pass");
  });
});

describe("unproven: a file that a shell of the start reads first, and that was not read", () => {
  const files = [{ path: "/etc/profile.d/app.sh", content: "export A=1\n", truncated: true as const }];
  const started = (env: readonly string[]) =>
    checkRule(staticAddress, { image: imageFacts({ config: { env, cmd: ["bash", "-lc", "app"] }, files }) });

  test("is named", () => {
    expect(started([])).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("/etc/profile.d/app.sh") },
    });
  });

  test("suppresses no finding", () => {
    expect(started(["DB_HOST=172.16.0.9"]).status).toBe("fail");
  });
});
