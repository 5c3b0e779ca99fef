import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { ofCommand as byManifest, collected } from "../../../test/fixtures/manifest-start.ts";
import { shellFormImage, startScript } from "../../../test/fixtures/start-script.ts";
import { startEnvironment } from "./1.4-start-environment.ts";

const HOST = "db.prod.corp.fr";

function ofCommand(...cmd: readonly string[]) {
  return checkRule(startEnvironment, { image: imageFacts({ config: { cmd: ["app", ...cmd] } }) });
}

function ofScript(text: string) {
  return checkRule(startEnvironment, { image: startScript(`${text}\nexec "$@"`) });
}

describe("an address of one environment in the start command", () => {
  test.each<[readonly string[], boolean]>([
    [[`--db=${HOST}`], false],
    [["--db-host", HOST], false],
    [["--profile=production", `--db=${HOST}`], false],
    [[`-Dspring.datasource.url=jdbc:postgresql://${HOST}/app`], false],
    [["--apiUrl=https://api.recette.corp.fr"], false],
    [["--db-host=pg1.corp.fr"], true],
    [["--spring.profiles.active=recette"], true],
    [["serve", `postgres://${HOST}/app`], true],
    [["--x=https://x.prod.corp.fr"], true],
  ])("%j", (cmd, isPresumed) => {
    const outcome = ofCommand(...cmd);
    expect(outcome).toMatchObject({ status: "fail", findings: [{ at: { path: "config.Cmd" } }] });
    expect("presumed" in outcome).toBe(isPresumed);
  });

  test("in the shell form", () => {
    const image = shellFormImage(`DB_HOST=${HOST} exec app`);
    expect(checkRule(startEnvironment, { image }).status).toBe("fail");
  });
});

describe("an address of one environment in a script that the image starts", () => {
  test.each<[string, boolean, number]>([
    [`export DB_HOST=${HOST}`, false, 1],
    [`DB_HOST=${HOST}`, false, 1],
    [`export DB_HOST=${HOST}\nexport DB_HOST=${HOST}`, false, 2],
    ["export APP_ENV=recette", true, 1],
    ["export DATABASE_HOST=pg1.corp.fr", true, 1],
    [`case "$ENV" in\n prod) export DB_HOST=${HOST};;\nesac`, true, 1],
    [
      `case "$ENV" in\n prod|production) export DB_HOST=${HOST};;\n recette) export DB_HOST=db.recette.corp.fr;;\nesac`,
      true,
      2,
    ],
    [`if [ "$ENV" = prod ]; then DB_HOST=${HOST}; fi`, true, 1],
    [`if [ "$ENV" = prod ]; then app --db-host=${HOST}; fi`, true, 1],
    [`case "$ENV" in prod) export DB_HOST=${HOST};; esac\nexport API_URL=https://api.prod.corp.fr`, false, 2],
  ])("%j", (text, isPresumed, count) => {
    const outcome = ofScript(text);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: Array.from({ length: count }, () => ({
        at: { path: "/usr/local/bin/entrypoint.sh", line: expect.any(Number) },
      })),
    });
    expect("presumed" in outcome).toBe(isPresumed);
  });
});

test("an address of one environment in the package.json script that `npm start` runs", () => {
  const content = JSON.stringify({ scripts: { start: `app --db=${HOST}` } });
  const files = [{ path: "/app/package.json", content }];
  const image = imageFacts({ config: { cmd: ["npm", "start"], workingDir: "/app" }, files });
  expect(checkRule(startEnvironment, { image })).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringContaining(`--db=${HOST}`) }, at: { path: "config.Cmd" } }],
  });
});

describe("traps: nothing of one environment", () => {
  test.each<readonly string[]>([
    ["--profile=production"],
    ["--env", "production"],
    ["--db-host=localhost"],
    ["--db-host=db"],
    ["--db=db.prod.example.com"],
    ["--db-host", "$DB_HOST"],
    [`--url=\${API_URL}`],
    ["--main=fr.corp.prod.Main"],
    ["fr.corp.prod.Main"],
    ["--config=nginx.prod.conf"],
    ["--index-url=https://nexus.prod.corp.fr/simple"],
    ["--api-url=https://geo.api.gouv.fr"],
    ["https://api.corp.fr"],
    [],
  ])("%s", (...cmd) => {
    expect(ofCommand(...cmd).status).toBe("pass");
  });

  test.each([
    `export DB_HOST="\${DB_HOST:-${HOST}}"`,
    `: "\${DB_HOST:=${HOST}}"`,
    `[ -n "$DB_HOST" ] || export DB_HOST=${HOST}`,
    `if [ -z "\${DB_HOST+x}" ]; then DB_HOST=${HOST}; fi`,
    `if [[ -v DB_HOST ]]; then echo; else DB_HOST=${HOST}; fi`,
    'case "$ENV" in prod) export DB_HOST=pg1.corp.fr;; esac',
    'case "$ENV" in recette) export APP_ENV=recette;; esac',
    `echo "the database of production is postgres://${HOST}/app"`,
    `npm config set registry https://nexus.prod.corp.fr/npm/`,
    `# export DB_HOST=${HOST}`,
    `unused() { export DB_HOST=${HOST}; }`,
    "export NODE_ENV=production",
    "export DB_HOST",
  ])("%s", (text) => {
    expect(ofScript(text).status).toBe("pass");
  });
});

describe("beside a manifest", () => {
  const script = startScript(`export DB_HOST=${HOST}`);
  const steps = script.program.steps;

  test("its own arguments are injected, and so is a script under its volume", () => {
    expect(byManifest(startEnvironment, ["app", `--db=${HOST}`]).status).toBe("pass");
    expect(byManifest(startEnvironment, ["sh", "-c", `DB_HOST=${HOST} app`]).status).toBe("pass");
    const volumeMounts = [{ name: "scripts", mountPath: "/usr/local/bin" }];
    const mounted = containerEvidence({ volumeMounts }, script);
    expect(checkRule(startEnvironment, mounted).status).toBe("pass");
  });

  test("a script of the image counts, also where the manifest starts the script or sets the variable", () => {
    const env = [{ name: "DB_HOST", value: "db" }];
    expect(checkRule(startEnvironment, containerEvidence({ env }, script)).status).toBe("fail");
    const image = collected(["entrypoint.sh"], {}, steps);
    const started = containerEvidence({ command: ["entrypoint.sh"] }, image);
    expect(checkRule(startEnvironment, started).status).toBe("fail");
  });
});
