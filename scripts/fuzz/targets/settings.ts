import { parseYaml } from "../../../src/cli/settings/document/yaml.ts";
import { TEAM_SETTINGS } from "../../../src/cli/settings/team.ts";
import { validate } from "../../../src/cli/settings/validate.ts";
import { DouaneError } from "../../../src/contract/error.ts";
import { POLICY_KEYS, policySchema } from "../../../src/policy/policy.ts";
import type { Target } from "../target.ts";

const TEAM = `team: aides
lang: fr
formats: [text, json]
kubernetes: "1.33"
failOn: unproven
`;
const POLICY = `enforceFuture: true
evidenceFrom: [own-run]
acceptedFindings:
  - fingerprint: abc
    workload: {namespace: aides, kind: Deployment, name: web}
    reason: une fausse alerte
    author: Aides
    expires: "2027-01-01"
bases: [registry.example/socle/*]
`;

/** A team's settings and the platform's policy. */
export const settings: Target = {
  name: "settings",
  seeds: [TEAM, POLICY].map((text) => Buffer.from(text)),
  run(input) {
    const yaml = parseYaml(input.toString("utf8"), "douane.yaml");
    try {
      validate(yaml, "douane.yaml", TEAM_SETTINGS);
    } catch (error) {
      if (!(error instanceof DouaneError)) throw error;
    }
    validate(yaml, "policy.yaml", { schema: policySchema, keys: POLICY_KEYS });
  },
};
