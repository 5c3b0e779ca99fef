import { counted } from "../../contract/counted.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { visible } from "../../report/escape.ts";
import { applyVex, type VexUse } from "../../vulnerabilities/vex/apply-vex.ts";
import type { Session } from "../command-line/command.ts";
import { scanSubject } from "../sbom/scan-subject.ts";
import type { ExplainVexValues } from "./flags.ts";
import { openJudge } from "./open-judge.ts";
import { statementsOf, vexSubject } from "./vex-files.ts";

/** `douane vulns vex explain FILE… IMAGE|SBOM`. */
export async function runExplainVex(
  session: Session,
  values: ExplainVexValues,
  operands: readonly string[],
): Promise<number> {
  const [files, target] = [operands.slice(0, -1), operands.at(-1)];
  if (target === undefined || files.length === 0) {
    throw new UsageError("vex-operands", {
      fr: "douane vulns vex explain : nommer les documents VEX, puis l'image ou le SBOM.",
      en: "douane vulns vex explain: name the VEX documents, then the image or SBOM.",
    });
  }
  const { context, lang } = session;
  const statements = await statementsOf(context, files);
  const { judge, policy, close } = await openJudge(session, values);
  try {
    const scanned = judge.scanned(await scanSubject(session, values, target, policy));
    const { uses } = applyVex(scanned.facts, statements, vexSubject(scanned));
    await context.stdout.write(uses.map((use) => `${visible(useText(use)[lang])}\n`).join(""));
    return EXIT.admitted;
  } finally {
    close();
  }
}

const WHY: Record<NonNullable<VexUse["why"]>, Text> = {
  "no-such-vulnerability": {
    fr: "aucun paquet comparé n'a cette vulnérabilité",
    en: "no package that was compared has this vulnerability",
  },
  "no-such-product": {
    fr: "ni l'image (empreinte, repository_url) ni un de ses paquets n'est le produit nommé",
    en: "neither the image (digest, repository_url) nor one of its packages is the product named",
  },
  "no-such-part": {
    fr: "le produit est le bon, le paquet concerné n'est pas parmi les composants nommés par leur package URL (subcomponents)",
    en: "the product is right, the package concerned is not among the parts named by a package URL (subcomponents)",
  },
  "no-products": { fr: "la déclaration ne nomme aucun produit", en: "the statement names no product" },
  "unknown-products": {
    fr: "les produits nommés n'ont ni package URL ni empreinte",
    en: "the products named have neither a package URL nor a digest",
  },
};

function useText({ statement, applied, superseded, why }: VexUse): Text {
  const { document, names, status, author } = statement;
  const what = `${document}: ${names.join(", ")} ${status}${author === "" ? "" : ` (${author})`}`;
  if (why !== undefined) {
    return { fr: `${what} – sans effet : ${WHY[why].fr}`, en: `${what} – not applied: ${WHY[why].en}` };
  }
  const over = (lang: Lang): string =>
    superseded === 0
      ? ""
      : {
          fr: `, remplacée par une plus récente : ${superseded}`,
          en: `, superseded by a later one: ${superseded}`,
        }[lang];
  return {
    fr: `${what} – s'applique à ${counted(applied, "fr", ["constat", "constats"])}${over("fr")}`,
    en: `${what} – applies to ${counted(applied, "en", ["finding", "findings"])}${over("en")}`,
  };
}
