/** A small application of one framework, made from npm's packages as the framework's own documentation shows it. */
export interface Skeleton {
  readonly name: string;
  /** Packages with their exact versions. */
  readonly npm: readonly string[];
  /** Files by path in the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Command lines, run in the project in this order. The first word is a program of node_modules/.bin. */
  readonly build: readonly (readonly string[])[];
  /** Variables of the build. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Content of the image: by path in the image, the folder or file of the project. */
  readonly image: Readonly<Record<string, string>>;
}
