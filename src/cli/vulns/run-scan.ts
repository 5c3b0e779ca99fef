import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ScannedSubject } from "../../assess/scanned-subject.ts";
import type { VulnerabilityJudge } from "../../assess/vulnerability-judge.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { VulnerabilityScan } from "../../report/vulnerabilities/scan.ts";
import { applyVex, type VexUse } from "../../vulnerabilities/vex/apply-vex.ts";
import type { Session } from "../command-line/command.ts";
import { suggestion } from "../command-line/nearest.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { VERSION } from "../process/version.ts";
import { scanSubject } from "../sbom/scan-subject.ts";
import { warn } from "../terminal/failure.ts";
import { VULNS_COMMAND_NAMES } from "./command-names.ts";
import type { ScanValues } from "./flags.ts";
import { targetsOf } from "./formats.ts";
import { openJudge } from "./open-judge.ts";
import { SCAN_FORMATS } from "./scan-formats.ts";
import { statementsOf, vexSubject } from "./vex-files.ts";

/** `douane vulns IMAGE|SBOM`: vulnerabilities of one image, and the gate's decision. */
export async function runScan(
  session: Session,
  values: ScanValues,
  operands: readonly string[],
): Promise<number> {
  const [operand, ...others] = operands;
  if (operand === undefined) throw missing();
  if (!isSource(operand, session)) throw unknown(operand);
  if (others.length > 0) throw oneOperand();
  const targets = targetsOf(values.format);
  const { context, lang, quiet } = session;
  const statements = await statementsOf(context, values.vex);
  const { judge, policy, close } = await openJudge(session, values);
  try {
    const read = judge.scanned(await scanSubject(session, values, operand, policy));
    const { facts, uses } = applyVex(read.facts, statements, vexSubject(read));
    const scanned = { ...read, facts };
    if (!quiet)
      for (const text of [...scanned.remarks, ...scanned.gaps, ...inVain(uses)])
        await warn(text, context, lang);
    const scan = scanOf(scanned, judge);
    await writeFormats(session, targets, ({ name }, options) => SCAN_FORMATS[name](scan, options));
    return EXITS[scan.outcome.status];
  } finally {
    close();
  }
}

const EXITS = {
  fail: EXIT.refused,
  unproven: EXIT.unproven,
  pass: EXIT.admitted,
  "n/a": EXIT.admitted,
} as const;

function scanOf(scanned: ScannedSubject, judge: VulnerabilityJudge): VulnerabilityScan {
  const { subject, facts, layers } = scanned;
  return {
    subject,
    facts,
    layers,
    outcome: judge.outcome(scanned),
    blocks: (finding) => judge.blocks(finding),
    says: (finding) => judge.says(finding),
    douane: VERSION,
    at: judge.judging.at,
  };
}

/**
 * Texts about statements without effect, since a VEX document about another image would otherwise be silently
 * ignored.
 */
function inVain(uses: readonly VexUse[]): readonly Text[] {
  const unused = uses.filter(({ applied }) => applied === 0).length;
  if (unused === 0) return [];
  return [
    {
      fr: `déclarations VEX sans effet : ${unused} sur ${uses.length}. « douane vulns vex explain FICHIER… IMAGE » dit pourquoi.`,
      en: `VEX statements without effect: ${unused} of ${uses.length}. \`douane vulns vex explain FILE… IMAGE\` says why.`,
    },
  ];
}

function oneOperand(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane vulns décrit une image ou un SBOM à la fois : en nommer un.",
    en: "douane vulns scans one image or SBOM at a time: give only one.",
  });
}

/** Whether a word is an image: it contains a character that no command name has, or exists as a file. */
function isSource(word: string, { context: { cwd } }: Session): boolean {
  return /[/:.@]/.test(word) || existsSync(resolve(cwd, word));
}

function missing(): UsageError {
  const list = VULNS_COMMAND_NAMES.join(", ");
  return new UsageError("vulns-operand-missing", {
    fr: `douane vulns : nommer une image ou un SBOM, ou dire quoi faire (${list}).`,
    en: `douane vulns: give an image or an SBOM, or a sub-command (${list}).`,
  });
}

/** UsageError for an unknown word; a subcommand must come before the options. */
function unknown(word: string): UsageError {
  if (VULNS_COMMAND_NAMES.includes(word)) {
    return new UsageError("vulns-options-first", {
      fr: `douane vulns : écrire les options après la commande : douane vulns ${word} […].`,
      en: `douane vulns: write the options behind the command: douane vulns ${word} […].`,
    });
  }
  const { fr, en } = suggestion(word, VULNS_COMMAND_NAMES);
  return new UsageError("vulns-command-unknown", {
    fr: `douane vulns ${quoted(word)} : commande inconnue. ${fr}`,
    en: `douane vulns ${quoted(word)}: unknown command. ${en}`,
  });
}
