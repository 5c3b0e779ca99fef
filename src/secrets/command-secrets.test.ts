import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { byContent, inCommand, maskArguments, maskCommand } from "./command-secrets.ts";
import { mergeSpans } from "./spans.ts";

const PW = "Kj8vQ2xW9z";

function values(command: string) {
  return mergeSpans(command, inCommand(command)).map((span) => {
    expect(span).toMatchObject({ kind: "named-secret", confidence: "likely" });
    expect(command.slice(span.start, span.end)).toBe(span.value);
    return span.value;
  });
}

describe("behind a name and a sign", () => {
  test.each([
    [`DB_PASSWORD=${PW} app`],
    [`env DB_PASSWORD=${PW}`],
    [`app --password=${PW}`],
    [`app -password=${PW}`],
    [`app --db.passphrase="${PW}"`],
    [`app --password='${PW}'`],
    [`DB_PASSWORD="a ${PW}" app`, `a ${PW}`],
    [`DB_PASSWORD='a ${PW}' app`, `a ${PW}`],
    [`a;DB_PASSWORD=${PW};b`],
    [`(DB_PASSWORD=${PW})`],
    [`DB_PASSWORD=${PW}|b`],
    [`DB_PASSWORD=${PW}&b`],
    [`\`DB_PASSWORD=${PW}\``],
    [`JAVA_OPTS="-Xmx1g -Dspring.datasource.password=${PW}"`],
    [`kubectl create secret generic a --from-literal=password=${PW}`],
    [`AA="BB='PASSWORD=${PW}'"`],
  ])("%s", (command, value = PW) => {
    expect(values(command)).toEqual([value]);
  });

  test.each([
    "DB_PASSWORD= app",
    'DB_PASSWORD=""',
    "DB_PASSWORD=$DB_PASSWORD app",
    "apk add libtoken=1.2-r0",
    `DB_HOST=${PW}`,
    `$DB_PASSWORD=${PW}`,
    `DB_PASSWORD ${PW}`,
    `AA="BB='CC=PASSWORD=${PW}'"`,
  ])("but not in %s", (command) => {
    expect(values(command)).toEqual([]);
  });

  test("several, each where it stands", () => {
    expect(values(`A_TOKEN=${PW} app --password="${PW}" 'b_token=x${PW}'`)).toEqual([PW, PW, `x${PW}`]);
  });
});

describe("behind a flag and a blank", () => {
  test.each([
    [`app --passphrase ${PW}`],
    [`app --passphrase \t ${PW} --x`],
    [`app --db-passphrase ${PW};b`],
    [`(app --passphrase ${PW})`],
    [`app --passphrase "a ${PW}"`, `a ${PW}`],
    [`app --passphrase 'a ${PW}'`, `a ${PW}`],
    [`--passphrase ${PW}`],
    [`sh -c "app --passphrase ${PW}"`],
  ])("%s", (command, value = PW) => {
    expect(values(command)).toEqual([value]);
  });

  test.each([
    "app --passphrase",
    `app --passphrase --x${PW}`,
    `app --passphrase -x${PW}`,
    `app --passphrase <${PW}`,
    `app --passphrase >${PW}`,
    `app --passphrase \\${PW}`,
    `app --passphrase; ${PW}`,
    `app x--passphrase ${PW}`,
    `app -passphrase ${PW}`,
    `app --host ${PW}`,
  ])("but not in %s", (command) => {
    expect(values(command)).toEqual([]);
  });
});

describe("in what is sent or set", () => {
  test.each([
    [`app -d '{"passphrase":"${PW}"}'`],
    [`app -d '{"a":1,"passphrase" : "${PW}"}'`],
    [`app -d "{\\"passphrase\\":\\"${PW}\\"}"`],
    [`app '{"passphrase":\n"${PW}"}'`],
    [`yq '.db.passphrase = "${PW}"' a.yml`],
    [`jq '.passphrase |= "${PW}"' a.json`],
    [`yq ".passphrase  =  \\"${PW}\\"" a.yml`],
  ])("%s", (command) => {
    expect(values(command)).toEqual([PW]);
  });

  test.each([
    `app -d '{"host":"${PW}"}'`,
    `app -d '{x"passphrase":"${PW}"}'`,
    `app -d '{"passphrase":${PW}}'`,
    `app -d '{"passphrase":""}'`,
    `yq '.host = "${PW}"' a.yml`,
    `yq '.passphrase == "${PW}"' a.yml`,
    `passphrase = "${PW}"`,
  ])("but not in %s", (command) => {
    expect(values(command)).toEqual([]);
  });
});

test("where a program takes one, and in what is written into files", () => {
  expect(values(`mysql -uapp -p${PW}`)).toEqual([PW]);
  expect(values(`echo "password: ${PW}" > app.yml`)).toEqual([PW]);
});

test("by its content, wherever it stands", () => {
  const token = `glpat-${noise(20)}`;
  expect(byContent(`say ${token}`).map(({ kind, value }) => [kind, value])).toEqual([
    ["gitlab-token", token],
  ]);
  expect(byContent(`say é ${token}`)).toHaveLength(1);
  expect(byContent("Authorization: Bearer 4f9a7c1e2b8d6035")).toHaveLength(1);
  expect(byContent("say nothing")).toEqual([]);
});

describe("a command line in words", () => {
  test.each([
    [
      ["app", "--password", PW],
      ["app", "--password", "…(10)"],
    ],
    [
      ["app", "-password", PW],
      ["app", "-password", "…(10)"],
    ],
    [
      ["app", `--password=${PW}`],
      ["app", "--password=…(10)"],
    ],
    [
      ["mysql", "-uapp", `-p${PW}`],
      ["mysql", "-uapp", "-p…(10)"],
    ],
    [
      ["redis-cli", "-a", PW],
      ["redis-cli", "-a", "…(10)"],
    ],
    [
      ["app", `glpat-${noise(20)}`],
      ["app", "glpa…(26)"],
    ],
    [
      ["app", "--host", PW],
      ["app", "--host", PW],
    ],
    [
      ["app", "x--password", PW],
      ["app", "x--password", PW],
    ],
    [
      ["app", "--password=", PW],
      ["app", "--password=", PW],
    ],
    [[], []],
  ])("%j", (argv, expected) => {
    expect(maskCommand(argv)).toEqual(expected);
  });

  test("each word is masked with what stands before it, and told by its place", () => {
    const seen: string[] = [];
    const masked = maskArguments(["app", "--token", "x", "y"], (text, index) => {
      seen.push(`${index} ${text}`);
      return text.toUpperCase();
    });
    expect(seen).toEqual(["0 app", "1 --token", "2 token=x", "3 y"]);
    expect(masked).toEqual(["APP", "--TOKEN", "X", "Y"]);
  });
});
