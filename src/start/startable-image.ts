import type { ImageFacts } from "../contract/image-facts.ts";

/**
 * The facts of an image that its start depends on: of an image that was read, or derived from a Dockerfile or
 * a manifest.
 */
export type StartableImage = Pick<ImageFacts, "config" | "program" | "overridden" | "layers" | "files">;
