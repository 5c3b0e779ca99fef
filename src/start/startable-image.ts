import type { ImageFacts } from "../contract/image-facts.ts";

/**
 * What a start depends on of an image: of one that was read, or as much as a Dockerfile or a manifest
 * tells of one.
 */
export type StartableImage = Pick<ImageFacts, "config" | "program" | "overridden" | "layers" | "files">;
