import { isInImage } from "../../contract/finding.ts";
import { argvPlace, type CommandPlace } from "../../start/command-place.ts";
import { shellSteps } from "../../start/shell-steps.ts";
import type { StartedImage } from "../../start/started-image.ts";

/** A setting of a start script. */
interface Setting {
  /** Setting with its value: `DB_HOST=db.corp.fr`, `--db-host=db.corp.fr`. */
  readonly shown: string;
  /** Parts of the value that decide. */
  readonly parts: readonly string[];
  readonly at: CommandPlace;
}

/**
 * Whether a script's setting has its value from the manifest's arguments: `export DB_HOST="$1"`. The script
 * itself then contains no part of the value, or not in this setting.
 */
export function isFromArguments(image: StartedImage, { shown, parts, at }: Setting): boolean {
  const given = image.program.argv.filter((_, index) => !isInImage(argvPlace(image, index)));
  if (given.length === 0 || !parts.every((part) => given.some((word) => word.includes(part)))) return false;
  const text = textOf(image, at.path)?.replace(/["'\\]/g, "");
  if (text === undefined) return false;
  const forms = [shown, shown.replace("=", " ")];
  return (
    !forms.some((form) => text.includes(form)) &&
    !parts.some((part) => /\W/.test(part) && text.includes(part))
  );
}

function textOf(image: StartedImage, path: string): string | undefined {
  const step = shellSteps(image).find(({ file }) => file === path);
  return step?.script ?? image.files.find((file) => file.path === path)?.content;
}
