import { describe, expect, test } from "vitest";
import {
  type MarkedSecret,
  markedKey,
  markedPassword,
  markedToken,
  markedUrl,
} from "../../../test/fixtures/marked-secrets.ts";
import { attachedText, FINISHED, scanReport } from "../../../test/fixtures/scan-reading.ts";
import { xmlTree } from "../../xml/xml-tree.ts";

type Make = (secret: string) => unknown;

const RUN = { tool: { driver: { name: "X" } } };

function sarif(result: object, run: object = {}): unknown {
  return { version: "2.1.0", runs: [{ ...RUN, ...run, results: [{ ruleId: "a", ...result }] }] };
}

function zap(instance: object): unknown {
  return {
    "@programName": "ZAP",
    site: [
      { "@name": "https://a.example", alerts: [{ pluginid: "40018", riskcode: "1", instances: [instance] }] },
    ],
  };
}

function xml(instance: string): string {
  return `<OWASPZAPReport version="2"><site name="a"><alerts><alertitem><riskcode>1</riskcode><instances><instance>${instance}</instance></instances></alertitem></alerts></site></OWASPZAPReport>`;
}

/** Places whose whole content is masked: also a secret that only its place gives away. */
const QUOTING: readonly (readonly [string, Make])[] = [
  ["gitleaks: Secret and Match", (s) => [{ RuleID: "a", Secret: s, Match: `password=${s}` }]],
  ["gitleaks: the commit's message", (s) => [{ RuleID: "a", Secret: "x", Message: `remove ${s}` }]],
  ["gitleaks 7", (s) => [{ rule: "a", offender: s, line: `key: ${s}` }]],
  [
    "GitLab: raw source",
    (s) => ({ vulnerabilities: [{ identifiers: [], raw_source_code_extract: s }], scan: { type: "sast" } }),
  ],
  [
    "GitLab: message of secret detection",
    (s) => ({
      vulnerabilities: [{ identifiers: [], message: `found ${s}`, description: s }],
      scan: { type: "secret_detection" },
    }),
  ],
  [
    "GitLab: evidence",
    (s) => ({
      vulnerabilities: [
        { identifiers: [], evidence: { request: { headers: [{ name: "Cookie", value: s }] } } },
      ],
      scan: { type: "dast" },
    }),
  ],
  [
    "Semgrep: lines and variables",
    (s) => ({
      errors: [],
      paths: {},
      results: [
        { check_id: "a", extra: { lines: `p = "${s}"`, metavars: { $P: { abstract_content: s } }, fix: s } },
      ],
    }),
  ],
  [
    "Bandit: code",
    (s) => ({
      errors: [],
      generated_at: "a",
      metrics: { _totals: {} },
      results: [{ test_id: "B105", code: `1 p = '${s}'` }],
    }),
  ],
  ["ESLint: source", (s) => [{ filePath: "a.js", messages: [], source: `const p = "${s}";`, output: s }]],
  [
    "Talisman: message",
    (s) => ({
      summary: { types: { filecontent: 1, filename: 0, filesize: 0 } },
      results: [{ filename: "a", failure_list: [{ message: `pattern: ${s}`, severity: "low" }] }],
    }),
  ],
  [
    "SARIF: snippet",
    (s) => sarif({ locations: [{ physicalLocation: { region: { snippet: { text: s } } } }] }),
  ],
  ["SARIF: content of an artifact", (s) => sarif({}, { artifacts: [{ contents: { text: s } }] })],
  ["SARIF: environment", (s) => sarif({}, { invocations: [{ environmentVariables: { A: s } }] })],
  ["SARIF: answer", (s) => sarif({ webResponse: { body: { text: s } }, webRequest: { headers: { A: s } } })],
  [
    "SARIF: message of a search for secrets",
    (s) => sarif({ message: { text: `found ${s}` } }, { tool: { driver: { name: "trufflehog" } } }),
  ],
  [
    "Nuclei: request and answer",
    (s) => [
      { "template-id": "a", info: {}, request: s, response: s, "curl-command": s, "extracted-results": [s] },
    ],
  ],
  [
    "ZAP: evidence",
    (s) => zap({ evidence: s, attack: s, otherinfo: s, "request-header": s, "response-body": s }),
  ],
  ["ZAP in XML: evidence", (s) => xml(`<evidence>${s}</evidence><requestheader>${s}</requestheader>`)],
  ["ZAP in XML: below evidence", (s) => xml(`<evidence><b c="${s}">${s}</b></evidence>`)],
];

/** Places that stay readable, in which recognised secrets are masked. */
const DESCRIBING: readonly (readonly [string, Make])[] = [
  ["SARIF: message", (s) => sarif({ message: { text: `see ${s}` } })],
  ["SARIF: command line", (s) => sarif({}, { invocations: [{ commandLine: `scan --url ${s}` }] })],
  [
    "Semgrep: message",
    (s) => ({ errors: [], paths: {}, results: [{ check_id: "a", extra: { message: s } }] }),
  ],
  ["ZAP: address", (s) => zap({ uri: `https://a.example/?q=${s}` })],
  ["ZAP in XML: address", (s) => xml(`<uri>https://a.example/${s}</uri>`)],
  ["a key of an object", (s) => sarif({ properties: { [s]: 1 } })],
];

describe("a secret that its place gives away is masked", () => {
  test.each(QUOTING)("%s", (_, make) => {
    const { value, marker } = markedPassword();
    expect(JSON.stringify(make(value))).toContain(marker);
    expect(attachedText(make(value), FINISHED)).not.toContain(marker);
  });
});

describe("a secret that its content gives away is masked", () => {
  const secrets: readonly (readonly [string, MarkedSecret])[] = [
    ["a token", markedToken()],
    ["a password in an address", markedUrl()],
  ];
  test.each(
    [...QUOTING, ...DESCRIBING].flatMap(([place, make]) =>
      secrets.map(([kind, secret]) => [place, kind, make, secret] as const),
    ),
  )("%s: %s", (_, __, make, { value, marker }) => {
    expect(attachedText(make(value), FINISHED)).not.toContain(marker);
  });

  test("a key", () => {
    const { value, marker } = markedKey();
    expect(attachedText(sarif({ message: { text: value } }))).not.toContain(marker);
  });
});

test("a secret that a parameter's name gives away is masked in an address and in a command", () => {
  const { value, marker } = markedPassword();
  expect(attachedText(zap({ uri: `https://a.example/?access_token=${value}&b=c` }))).not.toContain(marker);
  expect(
    attachedText(sarif({}, { invocations: [{ commandLine: `scan --password ${value}` }] })),
  ).not.toContain(marker);
});

test("names from the report and the job are masked, too", () => {
  const { value, marker } = markedUrl();
  expect(JSON.stringify(scanReport(sarif({}), { target: value }))).not.toContain(marker);
  expect(JSON.stringify(scanReport(sarif({}, { tool: { driver: { name: value } } })))).not.toContain(marker);
});

test("what is no secret stays as it was, and so does what the report says", () => {
  const report = sarif({
    level: "error",
    message: { text: "Password hashing with MD5; see https://a.example/b?c=d" },
  });
  expect(JSON.parse(attachedText(report))).toEqual(report);
  const quoting = [{ RuleID: "a", Secret: markedPassword().value, File: "a.env", StartLine: 3 }];
  const asserted = { ...FINISHED, exitCode: 1 };
  const { digest: _, ...again } = scanReport(attachedText(quoting), asserted);
  expect(scanReport(quoting, asserted)).toMatchObject(again);
});

test("lines stay lines, and XML stays XML, with the same elements", () => {
  const line = { "template-id": "a", info: { severity: "low" }, request: "GET /" };
  const lines = attachedText(`${JSON.stringify(line)}\n${JSON.stringify(line)}\n`);
  expect(
    lines
      .trimEnd()
      .split("\n")
      .map((one) => JSON.parse(one) as unknown),
  ).toEqual([
    { ...line, request: "…(5)" },
    { ...line, request: "…(5)" },
  ]);
  const source = xml('<uri>https://a.example/?a=1&amp;b=&quot;2&quot;</uri><param a="&lt;&#10;"/>');
  const written = attachedText(source);
  expect(xmlTree(written, "a")).toEqual(xmlTree(source, "a"));
});
