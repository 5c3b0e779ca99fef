import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { startScript } from "../../../test/fixtures/start-script.ts";
import { signalForwarding } from "./1.4-signal-forwarding.ts";

test("npm as process 1, with the script that it hides where that is known", () => {
  const config = { cmd: ["npm", "start"] };
  expect(checkRule(signalForwarding, { image: imageFacts({ config }) })).toMatchObject({
    status: "pass",
    notes: [
      {
        remedy: {
          en: 'Start the program itself, in exec form, and handle SIGTERM in it (process.on("SIGTERM", …)): without a handler, process 1 ignores SIGTERM.',
        },
      },
    ],
  });
  const files = [{ path: "/app/package.json", content: '{"scripts":{"start":"next start"}}' }];
  expect(checkRule(signalForwarding, { image: imageFacts({ config, files }) })).toMatchObject({
    notes: [
      {
        remedy: {
          en: 'Start the program itself: `next start`, in exec form, and handle SIGTERM in it (process.on("SIGTERM", …)): without a handler, process 1 ignores SIGTERM.',
        },
      },
    ],
  });
});

test("a start script whose last command has no exec", () => {
  expect(checkRule(signalForwarding, { image: startScript("migrate\nnode server.js") })).toMatchObject({
    status: "pass",
    notes: [{ at: { line: 3 }, remedy: { en: "Write `exec node server.js`." } }],
  });
  const wrapped = startScript("node x", { config: { entrypoint: ["tini", "--", "entrypoint.sh"] } });
  expect(checkRule(signalForwarding, { image: wrapped }).notes).toHaveLength(1);
});

test.each(['exec "$@"', "wait", "_main", "exit 0", "", "A=1"])("but not one that ends in %j", (text) => {
  expect(checkRule(signalForwarding, { image: startScript(text) }).notes).toEqual([]);
});

test("nor a start script in another language", () => {
  const steps = [{ name: "app", file: "/app", script: "#!/usr/bin/python3\nx\n" }];
  expect(
    checkRule(signalForwarding, { image: imageFacts({ config: { cmd: ["app"] }, steps }) }).notes,
  ).toEqual([]);
});

test.each(["node server.js\necho stopped", "node server.js | cat", "node server.js\nrm -f /tmp/x.pid"])(
  "%j: exec before its last command would not help",
  (text) => {
    expect(checkRule(signalForwarding, { image: startScript(text) })).toMatchObject({
      notes: [{ remedy: { en: "End the script with `exec program`: nothing can come behind the program." } }],
    });
  },
);
