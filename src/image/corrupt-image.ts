import { InvalidInputError } from "../contract/error.ts";
import type { Text } from "../contract/text.ts";

/** An image that no runtime would unpack, or not as what it claims to be. `text`: what is wrong, without a full stop. */
export function corruptImage(code: string, { fr, en }: Text, options?: ErrorOptions): InvalidInputError {
  const text = {
    fr: `${fr}. L'image est corrompue : la reconstruire, ou la pousser de nouveau.`,
    en: `${en}. The image is corrupt: rebuild it, or push it again.`,
  };
  return new InvalidInputError(code, text, options);
}
