import { resolve } from "node:path";
import { judgingFacts } from "../../assess/judging-facts.ts";
import type { ScannedSubject } from "../../assess/vulnerability-scan.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { JudgingFacts } from "../../contract/judging-facts.ts";
import type { Policy } from "../../policy/policy.ts";
import type { VulnerabilityScan } from "../../report/vulnerabilities/scan.ts";
import { noCriticalVulnerabilities } from "../../rules/supply-chain/2.2-no-critical-vulnerabilities.ts";
import { gateAnswer } from "../../rules/supply-chain/gate.ts";
import { byPackage } from "../../rules/supply-chain/same-package.ts";
import { remedyText, vulnerabilityText } from "../../rules/supply-chain/vulnerability-words.ts";
import { openDatabase } from "../../vulnerabilities/database/open-database.ts";
import { applyVex } from "../../vulnerabilities/vex/apply-vex.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { type Context, today } from "../process/context.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { sourceDate } from "../process/source-date.ts";
import { warn } from "../terminal/failure.ts";
import { VERSION } from "../version.ts";
import type { VulnsValues } from "./flags.ts";
import { targetsOf } from "./formats.ts";
import { SCAN_FORMATS } from "./scan-formats.ts";
import { scannedOf } from "./scanned.ts";
import { statementsOf, vexSubject } from "./vex-files.ts";

/** `douane vulns IMAGE|SBOM`: what is known of the vulnerabilities of one image, and what the gate makes of it. */
export async function runScan(
  session: Session,
  values: VulnsValues,
  operands: readonly string[],
): Promise<number> {
  const [operand, ...others] = operands;
  if (operand === undefined || others.length > 0) throw oneOperand();
  const { context, lang, quiet } = session;
  const policy = await policyOf(context, values.policy);
  const data = openDatabase(
    dataDirectory(context, values.data),
    today(context),
    policy.vulnerabilityData?.publicKey,
  );
  try {
    const read = await scannedOf(session, values, operand, data);
    const statements = await statementsOf(context, values.vex);
    const { facts } = applyVex(read.facts, statements, vexSubject(read));
    const scanned = { ...read, facts };
    if (!quiet) for (const text of [...scanned.remarks, ...scanned.gaps]) await warn(text, context, lang);
    const judging = judgingFacts(policy, {
      today: today(context),
      judgedAt: sourceDate(context).toISOString(),
    });
    const scan = scanOf(scanned, judging);
    await writeFormats(session, targetsOf(values.format), ({ name }, options) =>
      SCAN_FORMATS[name](scan, options),
    );
    return exitOf(scan, scanned);
  } finally {
    data.close();
  }
}

function exitOf({ outcome }: VulnerabilityScan, { gaps }: ScannedSubject): number {
  if (outcome.status === "fail") return EXIT.refused;
  return outcome.status === "unproven" || gaps.length > 0 ? EXIT.unproven : EXIT.admitted;
}

function scanOf({ subject, facts, layers }: ScannedSubject, judging: JudgingFacts): VulnerabilityScan {
  return {
    subject,
    facts,
    layers,
    outcome: noCriticalVulnerabilities.check({ vulnerabilities: facts, judging }),
    blocks(finding) {
      const answer = gateAnswer(finding, judging);
      return answer.is === "blocks" ? answer.why : undefined;
    },
    says(finding) {
      const [one = { finding, name: "", version: "", components: [] }] = byPackage([finding]);
      return { message: vulnerabilityText(one), remedy: remedyText(one) };
    },
    douane: VERSION,
    at: judging.at,
  };
}

async function policyOf({ cwd }: Pick<Context, "cwd">, file: string | undefined): Promise<Policy> {
  if (file === undefined) return {};
  const { loadPolicy } = await import("../settings/load.ts");
  return loadPolicy(resolve(cwd, file), file);
}

function oneOperand(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane vulns décrit une image ou un SBOM à la fois : en nommer un.",
    en: "douane vulns tells of one image or SBOM at a time: name one.",
  });
}
