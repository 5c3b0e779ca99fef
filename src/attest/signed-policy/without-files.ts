import { type Fields, isFields } from "../../json/fields.ts";

/** The policy without the names of files whose PEM was read: they name nothing on another machine. */
export function withoutFiles(policy: object): Fields {
  const entries = Object.entries(policy).filter(([key]) => key !== "file" || !("pem" in policy));
  return Object.fromEntries(entries.map(([key, value]) => [key, cleaned(value)]));
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isFields(value) ? withoutFiles(value) : value;
}
