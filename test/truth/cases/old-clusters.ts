// Clusters whose own Pod Security asks for less than the contract (--kubernetes below 1.22).

import type { RowId } from "../../../src/contract/rows.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const SECURE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};

function inOldCluster(minor: number, row: RowId, securityContext: object): Case {
  return {
    name: `1.${minor}: ${JSON.stringify(securityContext)}`,
    given: { ...manifests(web({ securityContext })), minor },
    expect: { [row]: "no" },
    why: "1.1 asks for it, whatever the cluster's own Pod Security does.",
  };
}

export const cases: Cases = [
  ...[19, 20, 21].map((minor) =>
    inOldCluster(minor, "no-escalation", { ...SECURE, capabilities: { drop: ["NET_RAW"] } }),
  ),
  inOldCluster(19, "no-escalation", { capabilities: { drop: ["ALL"] } }),
  inOldCluster(20, "seccomp", { ...SECURE, seccompProfile: { type: "Unconfined" } }),
  inOldCluster(21, "no-host-access", { ...SECURE, privileged: true }),
  ...[19, 21].map(
    (minor): Case => ({
      name: `1.${minor}: a conforming manifest`,
      given: { ...manifests(web()), minor },
      expect: { "no-host-access": "yes", "no-escalation": "yes", seccomp: "yes" },
      trap: true,
      why: "An old cluster asks for no more, either.",
    }),
  ),
];
