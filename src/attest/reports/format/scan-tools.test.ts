import { expect, test } from "vitest";
import { kindOfTool } from "./scan-tools.ts";

const KINDS = {
  secrets: "gitleaks, trufflehog, detect-secrets, ggshield, gitguardian, talisman, whispers, noseyparker",
  dast: "zap, owasp zap, nuclei, dastardly, arachni, stackhawk, burp, wapiti, nikto",
  other:
    "trivy, grype, snyk open source, snyk container, snyk iac, osv-scanner, dependency-check, owasp dependency-check, docker scout, clair, anchore, checkov, tfsec, terrascan, kics, hadolint, dockle, kube-linter, kubescape, kubesec, kube-score, polaris, douane",
};

test.each(
  Object.entries(KINDS).flatMap(([kind, tools]) => tools.split(", ").map((tool) => [tool, kind] as const)),
)("%s makes %s, with a version behind it, too, and no tool with a longer name does", (tool, kind) => {
  const names = [tool, ` ${tool.toUpperCase()} 1.2`, `${tool}x`, `x${tool}`];
  expect(names.map(kindOfTool)).toEqual([kind, kind, "sast", "sast"]);
});

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
