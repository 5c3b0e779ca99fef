import { InvalidInputError } from "../../contract/error.ts";
import type { Copying } from "./copy-manifest.ts";

/**
 * Result of copying a part of an attachment; undefined, and added to the copy's omissions, if what the source
 * has is missing, damaged or invalid. Errors of the destination and of the network are thrown.
 *
 * @param name digest or tag
 */
export async function unlessOmitted<T>(
  { omitted }: Copying,
  name: string,
  step: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    omitted.push({ name, code: error.code, text: error.text });
    return undefined;
  }
}
