import type { Text } from "../../../contract/text.ts";
import type { ReadSbom, SbomForm, SbomProblem } from "./sbom-document.ts";

export function problem(code: SbomProblem["code"], message: Text): SbomProblem {
  return { code, message };
}

export function unread(code: SbomProblem["code"], message: Text, form?: SbomForm): ReadSbom {
  return { state: "unread", ...(form === undefined ? {} : { form }), problem: problem(code, message) };
}
