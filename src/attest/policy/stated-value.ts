import { excerpt } from "../../contract/shown.ts";
import { mapTexts } from "../../secrets/map-texts.ts";
import { maskReport } from "../../secrets/scan-report.ts";

/**
 * A value of a statement for a sentence: its secrets are masked (a source with a password, an address with a
 * token) before it is shortened, since half a secret could not be recognised. What is compared is the value
 * itself.
 */
export function statedValue(value: string): string {
  return excerpt(maskReport(mapTexts(value, withoutUser), () => false, String).text);
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
