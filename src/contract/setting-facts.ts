/** A setting that is of one environment, or may be, found in a file when its image was collected. */
export interface SettingFacts {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  /** `certain`: only a setting of one environment has this form. */
  readonly certainty: "certain" | "presumed";
  /** `address`: of a service. `name`: of the environment. Absent if the reader does not tell them apart. */
  readonly what?: "address" | "name";
  /** Environment of the section that has the setting, as written; absent if the section is that of all. */
  readonly environment?: string;
}
