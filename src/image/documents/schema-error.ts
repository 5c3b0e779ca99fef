import { config, type core } from "zod/mini";
import en from "zod/v4/locales/en.js";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** A document that lacks what its format requires: names the first field that is wrong. */
/** Without a language it only says "Invalid input". */
config(en());

export function schemaError(what: string, error: core.$ZodError): InvalidInputError {
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
