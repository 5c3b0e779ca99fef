import { TEAM_SETTINGS } from "../../../src/cli/settings/team.ts";
import { validate } from "../../../src/cli/settings/validate.ts";
import { parseYaml } from "../../../src/cli/settings/yaml.ts";
import { DouaneError } from "../../../src/contract/error.ts";
import { POLICY_KEYS, policySchema } from "../../../src/policy/policy.ts";
import type { Target } from "../target.ts";

const TEAM = `team: aides
lang: fr
formats: [text, json]
kubernetes: "1.33"
trial: {mounts: [/data]}
`;
const POLICY = `enforceFuture: true
evidenceFrom: [own-run]
acceptedFindings:
  - rule: 1.1-user
    reason: une fausse alerte
    expires: 2027-01-01
bases: {allowed: [registry.example/node]}
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
