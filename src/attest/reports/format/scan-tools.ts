import type { ScanKind } from "./scan-format.ts";

const SECRETS =
  /^(?:gitleaks|trufflehog|detect-secrets|ggshield|gitguardian|talisman|whispers|noseyparker)\b/;
const DAST = /^(?:(?:owasp )?zap|nuclei|dastardly|arachni|stackhawk|burp|wapiti|nikto)\b/;
/** Tools for dependencies, images, manifests and infrastructure, including douane. */
const OTHERS =
  /^(?:trivy|grype|snyk (?:open source|container|iac)|osv-scanner|(?:owasp )?dependency-check|docker scout|clair|anchore|checkov|tfsec|terrascan|kics|hadolint|dockle|kube-linter|kubescape|kubesec|kube-score|polaris|douane)\b/;

/** Kind of scan that a tool makes, by the tool's name; SAST for an unknown name. */
export function kindOfTool(name: string): ScanKind | "other" {
  const lower = name.trim().toLowerCase();
  if (SECRETS.test(lower)) return "secrets";
  if (DAST.test(lower)) return "dast";
  return OTHERS.test(lower) ? "other" : "sast";
}
