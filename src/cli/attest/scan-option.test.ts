import { expect, test } from "vitest";
import { parseScanOption } from "./scan-option.ts";

test("the words of the job stand behind the file", () => {
  expect(
    parseScanOption(
      "out/a.json,exit-code=1,target=https://a.example/?b=c,d,tool=gitleaks,tool-version=8.16.0,kind=secrets,finished=2026-01-02T03:04:05Z,active=yes,rules=p/security",
    ),
  ).toEqual({
    file: "out/a.json",
    asserted: {
      exitCode: 1,
      target: "https://a.example/?b=c,d",
      tool: "gitleaks",
      toolVersion: "8.16.0",
      kind: "secrets",
      finishedAt: "2026-01-02T03:04:05Z",
      activeScan: true,
      rules: "p/security",
    },
  });
});

test.each(["a.json", "a,b.json", "a=b.json", "C:/a.json", "a,B=c.json"])("%s is a file alone", (file) => {
  expect(parseScanOption(file)).toEqual({ file, asserted: {} });
});

test.each([
  ",target=a",
  "a,target=",
  "a,exit-code=-1",
  "a,exit-code=1e3",
  "a,exit-code=1000",
  "a,kind=sca",
  "a,kind=constructor",
  "a,finished=yesterday",
  "a,finished=2026-01-02T03:04:05",
  "a,active=true",
  "a,severity=low",
  "a,constructor=b",
  "a,exit-code=1,exit-code=0",
])("%s is refused, with the form", (option) => {
  expect(() => parseScanOption(option)).toThrow(
    /^--scan: ".*" is not recognised\. Form: --scan FILE\[,exit-code=N\]/,
  );
});
