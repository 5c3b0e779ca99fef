import { InvalidInputError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";

/** Content that does not match its claims. If it came over a network, another attempt may succeed. */
export class CorruptImageError extends InvalidInputError {}

/**
 * Error for an image that no runtime would unpack, or only as something else than claimed. `text`: the
 * problem, without a full stop.
 */
export function corruptImage(code: string, { fr, en }: Text, options?: ErrorOptions): CorruptImageError {
  const text = {
    fr: `${fr}. L'image est corrompue : la reconstruire, ou la pousser de nouveau.`,
    en: `${en}. The image is corrupt: rebuild it, or push it again.`,
  };
  return new CorruptImageError(code, text, options);
}
