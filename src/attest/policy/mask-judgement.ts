import type { JudgedAttestations } from "../../contract/attestation-facts.ts";
import { fieldsOf } from "../../json/fields.ts";
import { mapTexts } from "../../secrets/map-texts.ts";
import { maskMessage } from "../../secrets/message.ts";
import { maskReport } from "../../secrets/scan-report.ts";
import { isDocument } from "./document-types.ts";
import type { SignedStatement } from "./signers.ts";

type Judged = Omit<JudgedAttestations, "unverified">;

/**
 * Masks secrets in the texts of statements, such as a password in the address of a source, or a token. Attested
 * documents are not changed: no judgement quotes their content.
 *
 * @returns the given list if no text contains a secret
 */
export function maskStatements(statements: readonly SignedStatement[]): readonly SignedStatement[] {
  const masked = statements.map(maskStatement);
  return masked.every((one, index) => one === statements[index]) ? statements : masked;
}

function maskStatement(signed: SignedStatement): SignedStatement {
  const { predicate, predicateType } = signed.statement;
  if (isDocument(predicateType)) return signed;
  const raw = JSON.stringify(predicate);
  const { text } = maskReport(mapTexts(predicate, withoutUser), () => false, JSON.stringify);
  if (text === raw) return signed;
  return { ...signed, statement: { ...signed.statement, predicate: fieldsOf(JSON.parse(text)) } };
}

/**
 * Text without users and passwords in addresses of any form; the `git` of `git@` is kept, since it is not
 * personal.
 */
function withoutUser(text: string): string {
  return text.replace(/:\/\/[^\s/?#"]{1,1000}/g, (authority) => {
    const end = authority.lastIndexOf("@");
    return end < 0 || authority.slice(3, end) === "git" ? authority : `://…${authority.slice(end)}`;
  });
}

/**
 * Judgement without secrets in its texts. If both judgements give the same answers, the judgement of the masked
 * statements is returned: its values were masked before they were shortened. Otherwise the original judgement, which
 * decides, with its texts masked afterwards.
 */
export function maskJudgement(judged: Judged, ofMasked: Judged): Judged {
  if (answersOf(judged) === answersOf(ofMasked)) return ofMasked;
  return {
    ...judged,
    checks: judged.checks.map((check) => ({
      ...check,
      text: maskMessage(check.text),
      ignored: check.ignored.map((one) => ({ ...one, text: maskMessage(one.text) })),
    })),
  };
}

/** A judgement without its texts. */
function answersOf(judged: Judged): string {
  return JSON.stringify(judged, (key: string, value: unknown) => (key === "text" ? undefined : value));
}
