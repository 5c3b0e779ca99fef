import type { Text } from "../../../contract/text.ts";

/** Problem of a service, with the path of the field below it. */
export class ServiceProblem extends Error {
  override readonly name = "ServiceProblem";
  readonly path: readonly PropertyKey[];
  readonly text: Text;

  constructor(path: readonly PropertyKey[], text: Text) {
    super(text.en);
    this.path = path;
    this.text = text;
  }
}
