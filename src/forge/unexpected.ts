import { UnavailableError } from "../contract/error.ts";

/** Error for an answer that violates the API's documentation. */
export function unexpected(forge: string): UnavailableError {
  return new UnavailableError("forge-answer", {
    fr: `${forge} ne répond pas ce que son API promet ; une page d'un portail ou d'un proxy répond peut-être à sa place.`,
    en: `${forge} does not answer as its API promises; a page of a portal or a proxy may answer in its place.`,
  });
}
