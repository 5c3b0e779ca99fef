import type { Clause } from "../contract/rows.ts";

/** Further reading by clause; the contract's own references where it has any. */
export const CLAUSE_URIS: Readonly<Record<Clause, string>> = {
  "1.1": "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  "1.2": "https://12factor.net/processes",
  "1.3": "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
  "1.4": "https://12factor.net/",
  "2.1": "https://slsa.dev/",
  "2.2": "https://cyclonedx.org/",
  "2.3": "https://owasp.org/www-community/Source_Code_Analysis_Tools",
  "3.1": "https://www.chainguard.dev/unchained/minimal-container-images-towards-a-more-secure-future",
  "3.2": "https://kubernetes.io/docs/concepts/containers/images/",
  "3.3": "https://buildpacks.io/",
};
