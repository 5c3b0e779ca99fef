import type { SettingFacts } from "./setting-facts.ts";

/**
 * Reads the settings in a file's text once, when the image is collected: neither evidence nor a cached image keeps
 * the text, and no judgement parses it.
 */
export interface SettingsReader {
  /** Name of its settings in FileFacts.settings; unique. */
  readonly name: string;
  /** Version, part of the key of cached images and of Image.asked: increase it if other settings are found in a text. */
  readonly version: number;
  /**
   * Settings of a file; undefined if the rule ignores files of this path, or without a text.
   *
   * @param content undefined for a file that is empty or was not kept
   */
  readonly read: (path: string, content: string | undefined) => readonly SettingFacts[] | undefined;
}
