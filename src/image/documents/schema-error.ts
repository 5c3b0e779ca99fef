import { config, type core } from "zod/mini";
import en from "zod/v4/locales/en.js";
import { InvalidInputError } from "../../contract/error.ts";
import { parsedBy } from "../../contract/parsed-by.ts";
import { quoted } from "../../contract/shown.ts";

/** Without a language, zod's only message is "Invalid input". */
config(en());

interface Schema<T> {
  readonly safeParse: (
    value: unknown,
  ) =>
    | { readonly data: T; readonly error?: never }
    | { readonly data?: never; readonly error: core.$ZodError };
}

/**
 * Validates a document by its format's schema.
 *
 * @throws InvalidInputError document-invalid, which names the first invalid field
 */
export function conforming<T>(schema: Schema<T>, value: unknown, what: string): T {
  const parsed = parsedBy(schema, value);
  if (parsed !== undefined && parsed.error === undefined) return parsed.data;
  const issue = parsed?.error.issues[0];
  const field = quoted(issue?.path.map(String).join(".") ?? "");
  const reason = quoted(issue?.message ?? "too many problems");
  throw new InvalidInputError(
    "document-invalid",
    {
      fr: `${what} : le champ ${field} n'est pas conforme à la spécification OCI (${reason}). Récupérer l'image à nouveau ou la reconstruire.`,
      en: `${what}: the field ${field} does not conform to the OCI specification (${reason}). Fetch the image again, or rebuild it.`,
    },
    { cause: parsed?.error },
  );
}
