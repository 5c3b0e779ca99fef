import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { ContainerFacts, EnvFacts } from "../contract/pod-facts.ts";
import { maskWorkload } from "./workload.ts";

const PASSWORD = noise(20);
const [FIRST, SECOND] = [PASSWORD.slice(0, 10), PASSWORD.slice(10)];
const AT = "spec.template.spec.containers[0]";

function found(container: ContainerFacts, pod = {}): readonly string[] {
  const facts = maskWorkload(workloadFacts({ containers: [{ name: "web", ...container }], pod }));
  const { secrets, ...rest } = facts;
  expect(JSON.stringify(secrets)).not.toContain(FIRST);
  expect(secrets.length > 0 && JSON.stringify(rest).includes(FIRST)).toBe(false);
  return secrets.map(({ path }) => path.replace(`${AT}.`, ""));
}

const field = (name: string, fieldPath: string): EnvFacts => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

describe("metadata that a variable with a secret's name reads", () => {
  test.each([["annotations"], ["labels"]])("%s", (holder) => {
    const env = [field("DB_PASSWORD", `metadata.${holder}['example.org/x']`)];
    expect(found({ env }, { [holder]: { "example.org/x": PASSWORD } })).toEqual([
      `spec.template.metadata.${holder}["example.org/x"]`,
    ]);
  });

  test.each<[string, EnvFacts]>([
    ["a variable with another name", field("RELEASE", "metadata.annotations['x']")],
    ["another field", field("DB_PASSWORD", "metadata.name")],
    ["an annotation that is not there", field("DB_PASSWORD", "metadata.annotations['y']")],
    ["no reference", { name: "DB_PASSWORD" }],
    ["a variable without a name", { valueFrom: { fieldRef: { fieldPath: "metadata.annotations['x']" } } }],
  ])("%s finds nothing", (_, variable) => {
    expect(found({ env: [variable] }, { annotations: { x: PASSWORD } })).toEqual([]);
  });
});

describe("a value made of others", () => {
  const parts = [
    { name: "A", value: FIRST },
    { name: "B", value: SECOND },
  ];
  test.each<[string, ContainerFacts, readonly string[]]>([
    [
      "two halves",
      { env: [...parts, { name: "DB_PASSWORD", value: "$(A)$(B)" }] },
      ["env[0].value", "env[1].value"],
    ],
    [
      "pieces too short to be secrets alone",
      {
        env: [
          { name: "A", value: "Hiv" },
          { name: "B", value: "er2" },
          { name: "C", value: "02!" },
          { name: "DB_PASSWORD", value: "$(A)$(B)$(C)" },
        ],
      },
      ["env[0].value", "env[1].value", "env[2].value"],
    ],
    [
      "a value under another name",
      {
        env: [
          { name: "A", value: PASSWORD },
          { name: "DB_PASSWORD", value: "$(A)" },
        ],
      },
      ["env[0].value"],
    ],
    [
      "a value by way of a third name",
      {
        env: [
          { name: "A", value: PASSWORD },
          { name: "B", value: "$(A)" },
          { name: "DB_PASSWORD", value: "$(B)" },
        ],
      },
      ["env[0].value"],
    ],
    [
      "the password of a URL, not its host",
      {
        env: [
          { name: "H", value: "db.prod.fr" },
          { name: "A", value: PASSWORD },
          { name: "DSN", value: "postgres://app:$(A)@$(H)/app" },
        ],
      },
      ["env[1].value"],
    ],
    ["an argument", { env: [{ name: "A", value: PASSWORD }], args: ["--password=$(A)"] }, ["env[0].value"]],
    [
      "an argument after its flag",
      { env: [{ name: "A", value: PASSWORD }], args: ["--password", "$(A)"] },
      ["env[0].value"],
    ],
    [
      "a command of a shell",
      { env: [{ name: "A", value: PASSWORD }], command: ["sh", "-c", "PGPASSWORD=$(A) psql"] },
      ["env[0].value"],
    ],
  ])("%s", (_, container, paths) => {
    expect(found(container)).toEqual(paths);
  });

  test.each<[string, ContainerFacts]>([
    [
      "a Secret's value",
      {
        env: [
          { name: "A", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
          { name: "DSN", value: "postgres://app:$(A)@db/app" },
          { name: "DB_PASSWORD", value: "$(A)" },
        ],
      },
    ],
    [
      "a Secret's value in the place of an earlier literal one",
      {
        env: [
          { name: "A", value: "hello-world" },
          { name: "A", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
          { name: "DB_PASSWORD", value: "$(A)" },
        ],
      },
    ],
    [
      "an address",
      {
        env: [
          { name: "H", value: "db" },
          { name: "URL", value: "http://$(H):8080" },
        ],
      },
    ],
    [
      "a file's path",
      {
        env: [
          { name: "D", value: "/run" },
          { name: "DB_PASSWORD_FILE", value: "$(D)/db" },
        ],
      },
    ],
    ["an escaped reference", { env: [...parts, { name: "DB_PASSWORD", value: "$$(A)" }] }],
    ["a name that is set later", { env: [{ name: "DB_PASSWORD", value: "$(A)" }, ...parts] }],
    ["arguments without a secret", { env: parts, args: ["--level", "$(A)"] }],
  ])("%s is none", (_, container) => {
    expect(found(container)).toEqual([]);
  });

  test("a value longer than any password is not put together", () => {
    const long = "x".repeat(8_000);
    const env = [
      { name: "A", value: long },
      { name: "DB_PASSWORD", value: "$(A)$(A)" },
      { name: "B_PASSWORD", value: `$(A)${long}` },
    ];
    expect(() => found({ env })).not.toThrow();
  });
});
