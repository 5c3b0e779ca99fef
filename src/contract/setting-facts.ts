/**
 * Setting that belongs, or may belong, to one environment only; found in a file when its image was collected.
 */
export interface SettingFacts {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  /** `certain`: only a setting of one environment has this form. */
  readonly certainty: "certain" | "presumed";
  /**
   * Kind of the value: `address` of a service, or `name` of the environment. Absent if the reader does not
   * distinguish them.
   */
  readonly what?: "address" | "name";
  /** Environment of the setting's section, as written; absent if the section is for all environments. */
  readonly environment?: string;
}
