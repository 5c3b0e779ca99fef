import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Observed } from "../../observations/observed.ts";

/**
 * Proposed probes of one port: the best indicator of readiness as readinessProbe, the next best as
 * livenessProbe.
 */
export function proposedProbes(rule: RuleId, answers: readonly Observed<"http">[]): readonly Finding[] {
  return answers.map(({ port, path, status }, index) => {
    const probe = answers.length === 1 ? BOTH : index === 0 ? "readinessProbe" : "livenessProbe";
    const shown = excerpt(path);
    return proposal(
      rule,
      probe,
      `httpGet: { path: ${shown}, port: ${port} }`,
      `GET :${port}${shown} → ${status}`,
      [`${port}`, path],
    );
  });
}

/** Proposal of a TCP probe, for a port without HTTP. */
export function proposedTcpProbe(rule: RuleId, port: number): Finding {
  return proposal(rule, BOTH, `tcpSocket: { port: ${port} }`, `tcp ${port}`, [`${port}`]);
}

const BOTH = "both";

function proposal(
  rule: RuleId,
  probe: "readinessProbe" | "livenessProbe" | typeof BOTH,
  handler: string,
  seen: string,
  parts: readonly string[],
): Finding {
  const field = probe === BOTH ? "readinessProbe" : probe;
  const alike =
    probe === BOTH
      ? { fr: ", et de même livenessProbe", en: ", and livenessProbe alike" }
      : { fr: "", en: "" };
  return {
    message: { fr: `sonde possible : ${seen}`, en: `possible probe: ${seen}` },
    remedy: {
      fr: `Déclarer dans le manifeste « ${field}: { ${handler} } »${alike.fr}.`,
      en: `Declare in the manifest \`${field}: { ${handler} }\`${alike.en}.`,
    },
    fingerprint: fingerprint(rule, "proposal", ...parts),
  };
}
