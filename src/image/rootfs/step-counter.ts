import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

/** Bounds the time that deep paths and symbolic links can cost, over all layers of an image. */
export class StepCounter {
  #steps = 0;

  /** @throws InvalidInputError image-path-limit */
  step(): void {
    this.#steps++;
    if (this.#steps <= LIMITS.pathStepsPerImage) return;
    throw new InvalidInputError("image-path-limit", {
      fr: `les chemins de l'image traversent plus de ${LIMITS.pathStepsPerImage} répertoires (borne pathStepsPerImage)`,
      en: `the image's paths lead through more than ${LIMITS.pathStepsPerImage} directories (bound pathStepsPerImage)`,
    });
  }
}
