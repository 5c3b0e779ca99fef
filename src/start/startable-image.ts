import type { ImageFacts } from "../contract/image-facts.ts";

/**
 * Facts of an image on which its start depends: of an image that was read, or derived from a Dockerfile or
 * manifest.
 */
export type StartableImage = Pick<ImageFacts, "config" | "program" | "overridden" | "layers" | "files">;
