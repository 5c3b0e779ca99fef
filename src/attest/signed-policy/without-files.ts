import { type Fields, isFields } from "../../json/fields.ts";

/**
 * The policy with only signed content: without names of files whose content was read (they mean nothing on
 * another machine), without empty lists of keys, and without the repository that updates such a file.
 */
export function withoutFiles(policy: object): Fields {
  const isRead = "pem" in policy || "json" in policy;
  const entries = Object.entries(policy).filter(
    ([key, value]) =>
      !((key === "file" || key === "tuf") && isRead) &&
      !(key === "keys" && Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, cleaned(value)]));
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isFields(value) ? withoutFiles(value) : value;
}
