import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { ofCommand as byManifest, collected, PATH } from "../../../test/fixtures/manifest-start.ts";
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

describe("files that a login shell reads", () => {
  const check = (content: string, ...cmd: readonly string[]) => {
    const files = [{ path: "/etc/profile.d/app.sh", content }];
    return checkRule(startEnvironment, { image: imageFacts({ config: { cmd }, files }) });
  };

  test("count beside bash -lc, and beside no other command", () => {
    expect(check(`export DB_HOST=${HOST}\n`, "bash", "-lc", "app")).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "/etc/profile.d/app.sh", line: 1 } }],
    });
    expect(check(`export DB_HOST=${HOST}\n`, "bash", "-c", "app").status).toBe("pass");
  });

  test.each([
    "export PATH=$PATH:/opt/app/bin\n",
    `export DB_HOST="\${DB_HOST:-${HOST}}"\n`,
    "HOSTNAME=$(/usr/bin/hostnamectl --transient 2>/dev/null)\nexport HOSTNAME\n",
  ])("%j: nothing of one environment", (content) => {
    expect(check(content, "bash", "-lc", "app").status).toBe("pass");
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

describe("beside a manifest that runs a task of the image", () => {
  const TASKS: readonly (readonly [command: string, path: string, content: string])[] = [
    ["npm start", "/app/package.json", JSON.stringify({ scripts: { start: `app --db=${HOST}` } })],
    ["npm start", "/app/package.json", JSON.stringify({ scripts: { start: `DB_HOST=${HOST} app` } })],
    ["npm start", "/app/package.json", JSON.stringify({ scripts: { start: `app postgres://${HOST}/a` } })],
    ["npm start", "/app/package.json", JSON.stringify({ scripts: { start: `sh -c 'app --db=${HOST}'` } })],
    ["npm start", "/app/package.json", JSON.stringify({ scripts: { start: `env A=b app --db=${HOST}` } })],
    [
      "npm start",
      "/app/package.json",
      JSON.stringify({ scripts: { start: "npm run serve", serve: `f() { app --db=${HOST}; }; f` } }),
    ],
    [
      "npm start",
      "/app/package.json",
      JSON.stringify({ scripts: { start: `eval "export DB_HOST=${HOST}"` } }),
    ],
    ["make run", "/app/Makefile", `run:\n\texport DB_HOST=${HOST}; app\n`],
    ["honcho start", "/app/Procfile", `web: app --db=${HOST}\n`],
    ["sh -c|npm start", "/app/package.json", JSON.stringify({ scripts: { start: `app --db=${HOST}` } })],
  ];

  test.each(TASKS)("%s: the text of %s is in the image: %j", (command, path, content) => {
    const argv = command.includes("|")
      ? [...(command.split("|")[0] ?? "").split(" "), "npm start"]
      : command.split(" ");
    const sketch = { config: { workingDir: "/app" }, files: [{ path, content }] };
    expect(byManifest(startEnvironment, argv, {}, sketch)).toMatchObject({
      status: "fail",
      findings: [{ at: { path } }],
    });
    const volumeMounts = [{ name: "app", mountPath: "/app" }];
    expect(byManifest(startEnvironment, argv, { volumeMounts }, sketch).status).toBe("pass");
  });

  test.each<readonly string[]>([
    ["npm", "start", "--", `--db=${HOST}`],
    ["make", "run", `DB=${HOST}`],
    ["sh", "-c", `DB_HOST=${HOST} npm start`],
  ])("its own words are its own: %s", (...argv) => {
    const files = [
      { path: "/app/package.json", content: JSON.stringify({ scripts: { start: 'app "$@"' } }) },
      { path: "/app/Makefile", content: "DB=x\nrun:\n\tapp --db=$(DB)\n" },
    ];
    const sketch = { config: { workingDir: "/app" }, files };
    expect(byManifest(startEnvironment, argv, {}, sketch).status).toBe("pass");
  });
});

describe("a script with the manifest's arguments", () => {
  const check = (text: string, ...args: readonly string[]) => {
    const file = "/app/start.sh";
    const steps = [{ name: file, file, mode: 0o755, uid: 0, gid: 0, script: `#!/bin/sh\n${text}\n` }];
    const command = [file, ...args];
    return checkRule(startEnvironment, containerEvidence({ command }, collected(command, {}, steps))).status;
  };

  test.each([
    ['export DB_HOST="$1"', [HOST]],
    ['export DB_URL="postgres://$1/app"', [HOST]],
    ['exec app --db-host "$1"', [HOST]],
    ['while [ $# -gt 0 ]; do case "$1" in -h) WAIT_HOST="$2"; shift 2;; esac; done', ["-h", HOST]],
    ['case "$1" in recette) echo ok;; esac\nexport APP_ENV=$1', ["recette"]],
  ])("%j has its value from them", (text, args) => {
    expect(check(text, ...args)).toBe("pass");
  });

  test.each([
    [`export DB_HOST="${HOST}"`, [HOST]],
    [`exec app --db-host ${HOST}`, [`--db-host=${HOST}`]],
    [`[ "$1" = x ] && DB_HOST=$1; export DB_HOST=${HOST}`, [HOST]],
    ["export APP_ENV='recette'", ["recette"]],
    [`export DB_HOST=${HOST}`, []],
  ])("%j has its own, whatever they say", (text, args) => {
    expect(check(text, ...args)).toBe("fail");
  });

  test("an option of ENTRYPOINT is the image's, whatever they say", () => {
    const argv = ["app", `--db=${HOST}`, "--name", HOST];
    const program = { argv, path: PATH, workingDir: "/app", steps: [] };
    const config = { entrypoint: argv.slice(0, 2), workingDir: "/app" };
    const image = imageFacts({ config, facts: { overridden: [program] } });
    expect(checkRule(startEnvironment, containerEvidence({ args: argv.slice(2) }, image))).toMatchObject({
      findings: [{ at: { path: "config.Entrypoint" } }],
    });
  });

  test("one that was not followed to its end is unproven", () => {
    const command = ["/app/start.sh"];
    const program = { argv: command, path: PATH, workingDir: "/app", steps: [], cut: true } as const;
    const image = imageFacts({ facts: { overridden: [program] } });
    expect(checkRule(startEnvironment, containerEvidence({ command }, image)).status).toBe("unproven");
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
