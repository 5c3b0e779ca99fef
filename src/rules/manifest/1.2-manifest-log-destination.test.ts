import { expect, test } from "vitest";
import { BATCH, manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestLogDestination } from "./manifest-rules.ts";

const ID = "1.2-manifest-log-destination:portal/Deployment/web/web";

test.each([
  ["an option of the command", { command: ["app", "--log-file=/var/log/x.log"] }, "command:--log-file"],
  [
    "an option of args behind a command",
    { command: ["app"], args: ["--log-file", "/var/log/x.log"] },
    "args:--log-file",
  ],
  ["args alone, of a program that is not known", { args: ["--log-file=/var/log/x.log"] }, "args:--log-file"],
  ["args that may be a command", { args: ["serve", "--log-file=/var/log/x.log"] }, "args:--log-file"],
  ["a variable", { env: [{ name: "LOG_FILE", value: "/var/log/x.log" }] }, "env:LOG_FILE"],
  [
    "a variable beside a command",
    { command: ["app"], env: [{ name: "LOG_FILE", value: "/var/log/x.log" }] },
    "env:LOG_FILE",
  ],
  [
    "a variable that env takes apart",
    {
      env: [
        { name: "LOGS", value: "/var/log" },
        { name: "LOG_FILE", value: "$(LOGS)/x.log" },
      ],
    },
    "env:LOG_FILE",
  ],
  ["a shell's redirection", { command: ["sh", "-c", "exec app >> /var/log/x.log"] }, "command:%3E%3E"],
])("presumed fail: %s", (_, container, found) => {
  expect(manifestAlone(manifestLogDestination, container)).toEqual({
    status: "presumed",
    found: [`${ID}/${found}:/var/log/x.log`],
    notes: [],
  });
});

test("a batch task's logs are to be collected, too", () => {
  const container = { command: ["app", "--log-file=/var/log/x.log"] };
  expect(manifestAlone(manifestLogDestination, container, BATCH).status).toBe("presumed");
});

test.each([
  ["nothing is said", {}],
  ["the standard output", { args: ["--log-file=/dev/stdout", "--access-logfile", "-"] }],
  ["LOG_LEVEL", { env: [{ name: "LOG_LEVEL", value: "debug" }] }],
  [
    "a value that only the cluster knows",
    { env: [{ name: "LOG_FILE", valueFrom: { configMapKeyRef: { name: "web", key: "log" } } }] },
  ],
  ["a variable that only the image knows", { args: ["--log-file=$(LOGS)/x.log"] }],
  ["a script of the image", { command: ["/app/start.sh"] }],
  ["a shell's text behind an ENTRYPOINT that is not known", { args: ["sh", "-c", "app > /var/log/x.log"] }],
  ["nginx's own log, a link in its image", { args: ["--error-log=/var/log/nginx/error.log"] }],
  ["httpd's directory of links", { env: [{ name: "APACHE_LOG_DIR", value: "/var/log/apache2" }] }],
])("trap: %s", (_, container) => {
  expect(manifestAlone(manifestLogDestination, container)).toEqual({ status: "n/a", found: [], notes: [] });
});
