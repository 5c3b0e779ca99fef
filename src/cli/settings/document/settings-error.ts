import { UsageError } from "../../../contract/error.ts";
import type { Text } from "../../../contract/text.ts";
import type { Position } from "../../../workload/yaml/position.ts";
import { printable } from "../../terminal/printable.ts";

/** Error in a settings file, as `file:line:column: message`, which editors and terminals recognise. */
export function settingsError(
  file: string,
  { line, column }: Position,
  problem: Text,
  options?: ErrorOptions,
): UsageError {
  const place = `${printable(file)}:${line}:${column}`;
  return new UsageError(
    "settings-invalid",
    { fr: `${place} : ${problem.fr}`, en: `${place}: ${problem.en}` },
    options,
  );
}
