import { describe, expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { packageScript } from "./package-scripts.ts";

const NAMES = ["start", "stop", "test", "restart", "dev", "serve", "run-script"];
const SCRIPTS = Object.fromEntries(NAMES.map((name) => [name, `node ${name}.js`]));

function scriptOf(command: string, content = JSON.stringify({ scripts: SCRIPTS })) {
  const files = [{ path: "/app/package.json", content }];
  const image = imageFacts({ config: { workingDir: "/app" }, files });
  return packageScript(image, command.split(" "));
}

describe("a script", () => {
  test.each([
    ["npm start", "start"],
    ["npm stop", "stop"],
    ["npm test", "test"],
    ["npm restart", "restart"],
    ["npm run dev", "dev"],
    ["npm run-script dev", "dev"],
    ["npm --silent run dev", "dev"],
    ["/usr/local/bin/npm run -s dev", "dev"],
    ["yarn dev", "dev"],
    ["yarn run serve", "serve"],
    ["pnpm dev", "dev"],
    ["bun dev", "dev"],
    ["bun run serve", "serve"],
  ])("%s runs %s", (command, name) => {
    const manager = /(?:npm|yarn|pnpm|bun)\b/.exec(command)?.[0];
    const script = `node ${name}.js`;
    expect(scriptOf(command)).toEqual({ manager, name, file: "/app/package.json", script });
  });

  test.each([
    "npm",
    "npm run",
    "npm dev",
    "npm serve",
    "npm restarted",
    "npm pretest",
    "node start",
    "npx start",
    "make run start",
    ...["exec", "x", "dlx", "install", "i", "ci", "add", "create", "init", "node"].map(
      (own) => `yarn ${own}`,
    ),
    "yarn workspace web start",
    "yarn workspaces run start",
  ])("%s runs none", (command) => {
    expect(scriptOf(command)).toBeUndefined();
  });
});

describe("the text of the script is not known", () => {
  const UNKNOWN = { manager: "npm", name: "start", file: "/app/package.json" };

  test.each([
    "{",
    "[]",
    "null",
    "1",
    "{}",
    '{"scripts":null}',
    '{"scripts":"start"}',
    '{"scripts":{"start":1}}',
  ])("where package.json is %s", (content) => {
    expect(scriptOf("npm start", content)).toEqual(UNKNOWN);
  });

  test("where a script of that name is only inherited", () => {
    expect(scriptOf("npm run toString", "{}")).toEqual({ ...UNKNOWN, name: "toString" });
    expect(scriptOf("npm run toString", '{"scripts":{}}')).toEqual({ ...UNKNOWN, name: "toString" });
  });

  test("where the file stands elsewhere, or a later layer hid it", () => {
    const content = JSON.stringify({ scripts: SCRIPTS });
    const elsewhere = imageFacts({
      config: { workingDir: "/app" },
      files: [{ path: "/package.json", content }],
    });
    expect(packageScript(elsewhere, ["npm", "start"])).toEqual(UNKNOWN);
    const hidden = imageFacts({
      config: { workingDir: "/app" },
      files: [{ path: "/app/package.json", content, hidden: { layer: 1 } as never }],
    });
    expect(packageScript(hidden, ["npm", "start"])).toEqual(UNKNOWN);
  });
});
