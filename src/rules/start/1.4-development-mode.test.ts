import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { startScript } from "../../../test/fixtures/start-script.ts";
import { developmentMode } from "./1.4-development-mode.ts";

function check(line: string, env: readonly string[] = [], content?: string) {
  const files = content === undefined ? [] : [{ path: "/app/package.json", content }];
  return checkRule(developmentMode, { image: imageFacts({ config: { cmd: line.split(" "), env }, files }) });
}

describe("refused, by the command", () => {
  test.each([
    "nodemon server.js",
    "npx nodemon server.js",
    "ts-node-dev src/x.ts",
    "tsx watch src/x.ts",
    "node --watch server.js",
    "node --inspect=0.0.0.0:9229 server.js",
    "node --inspect-brk server.js",
    "tini -- next dev",
    "nuxt dev",
    "vite",
    "vite dev --host",
    "vite --host 0.0.0.0",
    "ng serve --host 0.0.0.0",
    "vue-cli-service serve",
    "react-scripts start",
    "python manage.py runserver 0.0.0.0:8000",
    "flask run --debug",
    "uvicorn app:app --reload",
    "python -m debugpy --listen 0.0.0.0:5678 -m uvicorn app:app",
    "php -S 0.0.0.0:80",
    "dotnet watch run",
    "java -agentlib:jdwp=transport=dt_socket -jar x.jar",
    "./mvnw spring-boot:run",
    "go run .",
    "cargo run",
  ])("%s", (line) => {
    const outcome = check(line);
    expect(outcome).toMatchObject({ status: "fail", findings: [{ at: { path: "config.Cmd" } }] });
    expect(outcome.status === "fail" && outcome.presumed).toBeFalsy();
  });

  test.each(["npm run dev", "yarn start:dev", "pnpm watch"])(
    "%s, by its name where the text is not known",
    (line) => {
      expect(check(line)).toMatchObject({ status: "fail" });
    },
  );

  test("npm run dev, by the script that it runs", () => {
    expect(check("npm run dev", [], '{"scripts":{"dev":"next dev"}}').status).toBe("fail");
    expect(check("npm run dev", [], '{"scripts":{"dev":"node server.js"}}').status).toBe("pass");
  });
});

describe("refused, by the environment", () => {
  test.each([
    "NODE_ENV=development",
    "NODE_ENV=dev",
    "RAILS_ENV=development",
    "FLASK_ENV=development",
    "FLASK_DEBUG=1",
    "DJANGO_DEBUG=True",
    "DEBUG=1",
    "DEBUG=true",
    "DEBUG=on",
    "NODE_OPTIONS=--max-old-space-size=512 --inspect=0.0.0.0",
    "JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y",
    "GIN_MODE=debug",
  ])("ENV %s", (entry) => {
    expect(check("app", [entry])).toMatchObject({
      status: "fail",
      findings: [{ at: { path: expect.stringContaining("config.Env[") } }],
    });
  });

  test("with the line to write", () => {
    expect(check("app", ["NODE_ENV=development"])).toMatchObject({
      findings: [{ remedy: { en: "Write `ENV NODE_ENV=production` in the Dockerfile." } }],
    });
    expect(check("app", ["NODE_OPTIONS=--inspect"])).toMatchObject({
      findings: [{ remedy: { en: "Remove the debugger from NODE_OPTIONS." } }],
    });
  });
});

describe("traps: production", () => {
  test("a start script's mode for development, which these arguments do not choose", () => {
    const script = 'if [ "$1" = dev ]; then exec nodemon x.js; fi\nexec "$@"';
    expect(checkRule(developmentMode, { image: startScript(script, { cmd: ["node", "x.js"] }) }).status).toBe(
      "pass",
    );
    expect(checkRule(developmentMode, { image: startScript(script, { cmd: ["dev"] }) }).status).toBe("fail");
  });

  test.each([
    "node server.js",
    "node server.js --inspect",
    "vite build",
    "vite preview --host",
    "next start",
    "react-scripts build",
    "tsx src/server.ts",
    "python manage.py migrate",
    "gunicorn app:app",
    "flask run",
    "java -jar x.jar",
    "dotnet x.dll",
    "npm run devices",
    "npm start",
    "echo nodemon",
    "php-fpm",
    "constructor dev",
  ])("%s", (line) => {
    expect(check(line).status).toBe("pass");
  });

  test.each([
    "DEBUG=app:*",
    "DEBUG=",
    "DEBUG=0",
    "DEBUG=false",
    "DEBUG_COLORS=1",
    "LOG_LEVEL=debug",
    "NODE_ENV=production",
    "NODE_ENV=test",
    "APP_ENV=prod",
    "NODE_OPTIONS=--max-old-space-size=512",
    "SPRING_PROFILES_ACTIVE=prod,devices",
    "ASPNETCORE_ENVIRONMENT=Staging",
    "constructor=dev",
  ])("ENV %s", (entry) => {
    expect(check("app", [entry]).status).toBe("pass");
  });
});

describe("each variable of development, with what to write instead", () => {
  test.each([
    ["NODE_ENV", "development", "production"],
    ["RAILS_ENV", "dev", "production"],
    ["RACK_ENV", "Development", "production"],
    ["MIX_ENV", "dev", "prod"],
    ["FLASK_ENV", "devel", "production"],
    ["GIN_MODE", "Debug", "release"],
    ["DEBUG", "1", "0"],
    ["APP_DEBUG", "TRUE", "0"],
    ["DJANGO_DEBUG", "yes", "0"],
    ["FLASK_DEBUG", "on", "0"],
  ])("%s=%s", (name, value, instead) => {
    expect(check("app", [`${name}=${value}`])).toMatchObject({
      status: "fail",
      findings: [{ remedy: { en: `Write \`ENV ${name}=${instead}\` in the Dockerfile.` } }],
    });
    expect(check("app", [`${name}=x${value}`]).status).toBe("pass");
    expect(check("app", [`${name}=${value}x`]).status).toBe("pass");
  });

  test.each(["NODE_OPTIONS", "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CATALINA_OPTS"])(
    "%s with a debugger",
    (name) => {
      const debuggers = [
        "--inspect",
        "--inspect=0.0.0.0",
        "--inspect-brk",
        "--inspect-wait=1",
        "-a --inspect b",
        "-agentlib:jdwp=x",
        "-Xrunjdwp:x",
        "-Xdebug",
        "-Xdebug -x",
        "-m debugpy x",
      ];
      for (const value of debuggers)
        expect(check("app", [`${name}=${value}`])).toMatchObject({
          status: "fail",
          findings: [{ remedy: { en: `Remove the debugger from ${name}.` } }],
        });
      for (const value of [
        "--inspector",
        "x--inspect",
        "--inspect-port",
        "-Xdebugx",
        "mydebugpy",
        "debugpyx",
      ])
        expect([value, check("app", [`${name}=${value}`]).status]).toEqual([value, "pass"]);
    },
  );
});

test.each([
  "npm run dev",
  "npm run develop",
  "npm run watch",
  "npm run start-dev",
  "npm run dev:x-dev",
  "npm run start:my-dev",
  "npm run serve:dev",
])("%s is development's by its name", (line) => {
  expect(check(line).status).toBe("fail");
});

test.each([
  "npm run devs",
  "npm run xdev",
  "npm run start",
  "npm run start:prod",
  "npm run restart:dev",
  "npm run serve",
])("%s is not", (line) => {
  expect(check(line).status).toBe("pass");
});
