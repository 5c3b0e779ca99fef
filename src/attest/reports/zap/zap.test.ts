import { describe, expect, test } from "vitest";
import { scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

type Fields = Record<string, unknown>;

const INSTANCE = {
  id: "1",
  uri: "https://app.example/a",
  method: "GET",
  param: "",
  attack: "",
  evidence: "",
};

function alert(changes: Fields = {}): Fields {
  return {
    pluginid: "40018",
    riskcode: "1",
    confidence: "2",
    cweid: "89",
    instances: [INSTANCE],
    count: "1",
    ...changes,
  };
}

function site(alerts: unknown = [], name = "https://app.example"): Fields {
  return { "@name": name, "@host": "app.example", "@port": "443", "@ssl": "true", alerts };
}

function insight(key: string, statistic: unknown, changes: Fields = {}): Fields {
  return { level: "Info", site: "https://app.example", key: `insight.${key}`, statistic, ...changes };
}

function report(sites: unknown = [site([alert()])], insights: readonly unknown[] = []): Fields {
  return {
    "@programName": "ZAP",
    "@version": "2.17.0",
    "@generated": "Fri, 2 Jan 2026 03:04:05",
    created: "2026-01-02T03:04:05.123456789Z",
    insights,
    site: sites,
  };
}

const VISITED = [insight("endpoint.total", "29"), insight("code.2xx", "84"), insight("code.4xx", "15")];

/** An active scan without a finding, with these insights. */
function insights(...all: readonly unknown[]): string {
  return scanOutcome(report([site()], all), { activeScan: true });
}

test("an active scan is read with its version, date and target", () => {
  expect(scanReport(report())).toMatchObject({
    format: "zap",
    kind: "dast",
    tool: "ZAP",
    toolVersion: "2.17.0",
    finishedAt: "2026-01-02T03:04:05Z",
    target: "https://app.example",
    counts: { low: 1 },
    injections: 1,
    verdict: "warn",
    assertedNeeded: [],
  });
});

describe("incomplete is a failure, named", () => {
  test.each<[string, unknown, string]>([
    ["no site", report([]), "incomplete: no-sites passive-scan"],
    ["a site without a URL", report([site()]), "incomplete: no-urls passive-scan"],
    ["a passive scan", report([site([alert({ pluginid: "10038" })])]), "incomplete: passive-scan"],
    [
      "one alert of an attack among passive ones",
      report([site([alert({ pluginid: "10038" }), alert()])]),
      "warn",
    ],
    ["a passive rule from 90000", report([site([alert({ pluginid: "90022" })])]), "incomplete: passive-scan"],
    ["an attack from 90000", report([site([alert({ pluginid: "90019" })])]), "warn"],
    [
      "a number of a rule that is none",
      report([site([alert({ pluginid: "-1" })])]),
      "incomplete: passive-scan",
    ],
    [
      "a risk that is none",
      report([site([alert(), alert({ riskcode: "7" })])]),
      "incomplete: unreadable-findings",
    ],
    [
      "a negative risk",
      report([site([alert(), alert({ riskcode: -1 })])]),
      "incomplete: unreadable-findings",
    ],
    [
      "a name of the prototype as risk",
      report([site([alert(), alert({ riskcode: "toString" })])]),
      "incomplete: unreadable-findings",
    ],
    ["an alert that is none", report([site([alert(), 7])]), "incomplete: unreadable-findings"],
    ["a site without alerts", report([site([alert()]), { "@name": "b" }]), "incomplete: unreadable-findings"],
    ["a site that is none", report([site([alert()]), "b"]), "incomplete: unreadable-findings"],
    ["a single site without a list, as versions before 2.8 write", report(site([alert()])), "warn"],
  ])("%s", (_, value, expected) => {
    expect(scanOutcome(value)).toBe(expected);
  });

  test("the job's word that the scan attacked settles a passive one, and nothing else", () => {
    const passive = report([site([alert({ pluginid: "10038" })])]);
    expect(scanReport(passive, { activeScan: true })).toMatchObject({
      verdict: "warn",
      asserted: ["activeScan"],
    });
    expect(scanOutcome(passive, { activeScan: false })).toBe("incomplete: passive-scan");
    expect(scanOutcome(report([]), { activeScan: true })).toBe("incomplete: no-sites");
    expect(scanOutcome(report(), { exitCode: 2 })).toBe("warn");
    expect(scanOutcome(report(), { exitCode: 3 })).toBe("incomplete: exit-code");
  });
});

describe("insights", () => {
  test.each<[string, readonly unknown[], string]>([
    ["most answers were successes", VISITED, "pass"],
    ["endpoints without alerts", [insight("endpoint.total", "3")], "pass"],
    ["no endpoint", [insight("endpoint.total", "0")], "incomplete: no-urls"],
    ["only refusals", [VISITED[0], insight("code.4xx", "100")], "incomplete: no-successful-answers"],
    [
      "next to no success",
      [VISITED[0], insight("code.2xx", "4"), insight("code.4xx", "95")],
      "incomplete: no-successful-answers",
    ],
    ["few successes", [VISITED[0], insight("code.2xx", "5"), insight("code.3xx", "95")], "pass"],
    ["a number for a text", [VISITED[0], insight("code.2xx", 84)], "pass"],
    [
      "a percentage that is none",
      [VISITED[0], insight("code.2xx", "-84")],
      "incomplete: no-successful-answers",
    ],
    [
      "successes of another site only",
      [
        VISITED[0],
        insight("code.4xx", "100"),
        insight("endpoint.total", "2", { site: "https://cdn.example" }),
        insight("code.2xx", "100", { site: "https://cdn.example" }),
      ],
      "incomplete: no-successful-answers",
    ],
    [
      "refusals of another site",
      [
        ...VISITED,
        insight("endpoint.total", "1", { site: "https://cdn.example" }),
        insight("code.4xx", "100", { site: "https://cdn.example" }),
      ],
      "pass",
    ],
    [
      "hardly any request was answered",
      [VISITED[0], insight("network.failure", "97", { site: "" })],
      "incomplete: no-successful-answers",
    ],
    [
      "some requests failed",
      [...VISITED, insight("network.failure", "63", { site: "", level: "Medium" })],
      "pass",
    ],
    [
      "the disk was full",
      [...VISITED, insight("diskspace.full", "1", { site: "", level: "High" })],
      "incomplete: scanner-errors",
    ],
  ])("%s", (_, all, expected) => {
    expect(insights(...all)).toBe(expected);
  });
});

test.each<[unknown, string]>([
  ["3", "high 1"],
  ["2", "medium 1"],
  ["1", "low 1"],
  ["0", "info 1"],
  [3, "high 1"],
])("risk %j counts as %s", (riskcode, counts) => {
  expect(scanCounts(report([site([alert({ riskcode })])]))).toBe(counts);
});

test("an alert that someone marked as a false positive is suppressed", () => {
  expect(scanReport(report([site([alert(), alert({ confidence: "0", riskcode: "3" })])]))).toMatchObject({
    suppressed: 1,
    counts: { high: 0, low: 1 },
  });
});

test.each([
  ["89", 1],
  ["79", 1],
  ["16", 0],
  ["-1", 0],
  ["0", 0],
])("weakness %s is %i injections", (cweid, injections) => {
  expect(scanReport(report([site([alert({ cweid })])])).injections).toBe(injections);
});

describe("XML", () => {
  const item = (more = "") =>
    `<alertitem><pluginid>40018</pluginid><riskcode>2</riskcode><confidence>2</confidence><cweid>89</cweid><instances><instance><uri>https://app.example/a</uri></instance></instances>${more}</alertitem>`;
  const xml = (alerts: string, head = "", tail = "") =>
    `<?xml version="1.0"?>${head}<OWASPZAPReport programName="ZAP" version="2.17.0" generated="Fri, 2 Jan 2026 03:04:05"><site name="https://app.example" host="app.example" port="443" ssl="true"><alerts>${alerts}</alerts></site>${tail}</OWASPZAPReport>`;

  test("is read as JSON is, but for the date, whose zone it does not give", () => {
    expect(scanReport(xml(item()))).toMatchObject({
      format: "zap",
      toolVersion: "2.17.0",
      target: "https://app.example",
      counts: { medium: 1 },
      injections: 1,
      verdict: "warn",
      assertedNeeded: ["finishedAt"],
      mediaType: "application/xml",
    });
  });

  test.each([
    ["2.17.0", "2.17.0"],
    ["", undefined],
  ])("of the version %j has the tool's version %s", (version, toolVersion) => {
    const text = xml(item()).replace('version="2.17.0"', `version="${version}"`);
    expect(scanReport(text).toolVersion).toBe(toolVersion);
  });

  test.each<[string, string, string]>([
    ["no site", "<OWASPZAPReport version='2.17.0'/>", "incomplete: no-sites passive-scan"],
    ["no alert", xml(""), "incomplete: no-urls passive-scan"],
    ["a risk that is given twice", xml(item("<riskcode>0</riskcode>")), "incomplete: unreadable-findings"],
    ["a site without alerts", xml(item(), "", "<site name='b'/>"), "incomplete: unreadable-findings"],
    [
      "insights",
      xml(
        item(),
        "",
        "<insights><insight><key>insight.endpoint.total</key><statistic>0</statistic></insight></insights>",
      ),
      "incomplete: no-urls",
    ],
  ])("%s", (_, value, expected) => {
    expect(scanOutcome(value)).toBe(expected);
  });
});
