import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Session } from "../command-line/command.ts";
import { suggestion } from "../command-line/nearest.ts";
import { SCHEMAS } from "./schemas.ts";

/** `douane schema`. */
export async function runSchema(
  { context: { stdout }, lang }: Session,
  _values: object,
  [name]: readonly string[],
): Promise<number> {
  if (name === undefined) {
    await stdout.write(SCHEMAS.map((schema) => `${schema.name.padEnd(13)}${schema.about[lang]}\n`).join(""));
    return EXIT.admitted;
  }
  const schema = SCHEMAS.find((candidate) => candidate.name === name);
  if (schema === undefined) throw unknownSchema(name);
  await stdout.write(`${JSON.stringify(await schema.load(lang), null, 2)}\n`);
  return EXIT.admitted;
}

function unknownSchema(name: string): UsageError {
  const { fr, en } = suggestion(
    name,
    SCHEMAS.map((schema) => schema.name),
  );
  return new UsageError("schema-unknown", {
    fr: `Aucun schéma ${quoted(name)}. ${fr}`,
    en: `No schema ${quoted(name)}. ${en}`,
  });
}
