import type { z } from "zod";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** A document that lacks what its format requires: names the first field that is wrong. */
export function schemaError(what: string, error: z.ZodError): InvalidInputError {
  const issue = error.issues[0];
  const field = quoted(issue?.path.map(String).join(".") ?? "");
  const reason = quoted(issue?.message ?? "");
  return new InvalidInputError(
    "document-invalid",
    {
      fr: `${what} : le champ ${field} n'est pas conforme à la spécification OCI (${reason}). Récupérer l'image à nouveau ou la reconstruire.`,
      en: `${what}: the field ${field} does not conform to the OCI specification (${reason}). Fetch the image again, or rebuild it.`,
    },
    { cause: error },
  );
}
