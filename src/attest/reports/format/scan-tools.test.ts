import { expect, test } from "vitest";
import { kindOfTool } from "./scan-tools.ts";

test.each([
  ["CodeQL", "sast"],
  ["Semgrep OSS", "sast"],
  ["SnykCode", "sast"],
  ["Snyk Open Source", "other"],
  ["Trivy", "other"],
  ["OWASP Dependency-Check", "other"],
  ["Checkov", "other"],
  ["Hadolint", "other"],
  ["douane", "other"],
  ["gitleaks", "secrets"],
  ["TruffleHog", "secrets"],
  ["ZAP", "dast"],
  ["OWASP ZAP", "dast"],
  ["Zappa", "sast"],
])("%s makes %s", (tool, kind) => {
  expect(kindOfTool(tool)).toBe(kind);
});
