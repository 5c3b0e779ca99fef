import type { JudgedAttestations } from "../../contract/attestation-facts.ts";
import { fieldsOf } from "../../json/fields.ts";
import { mapTexts } from "../../secrets/map-texts.ts";
import { maskMessage } from "../../secrets/message.ts";
import { maskReport } from "../../secrets/scan-report.ts";
import { isDocument } from "./document-types.ts";
import type { SignedStatement } from "./signers.ts";

type Judged = Omit<JudgedAttestations, "unverified">;

/**
 * Statements whose texts hold no secret: a source with a password, an address with a token. Contents of attested
 * documents, which no judgement quotes, stay as they are.
 *
 * @returns the same list if there is no secret
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
 * Judgement without secrets in its texts: the texts of the masked statements' judgement, whose values were masked
 * before they were shortened, if the answers are the same. Else the statements' own, which decide, masked afterwards.
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
