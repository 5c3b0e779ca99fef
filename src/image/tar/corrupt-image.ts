import { InvalidInputError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";

/** The bytes are not what they claim to be: where they came over a network, they may be elsewhere. */
export class CorruptImageError extends InvalidInputError {}

/** An image that no runtime would unpack, or not as what it claims to be. `text`: what is wrong, without a full stop. */
export function corruptImage(code: string, { fr, en }: Text, options?: ErrorOptions): CorruptImageError {
  const text = {
    fr: `${fr}. L'image est corrompue : la reconstruire, ou la pousser de nouveau.`,
    en: `${en}. The image is corrupt: rebuild it, or push it again.`,
  };
  return new CorruptImageError(code, text, options);
}
