import type { Text } from "../../contract/text.ts";
import type { Session } from "../command-line/command.ts";
import type { VulnsValues } from "./flags.ts";

/** What the first word of `douane vulns` asks for. */
export interface VulnsAction {
  readonly name: string;
  /** What stands behind the word: `FILE…`. */
  readonly operands?: Text;
  readonly help: Text;
  /** Those that have an effect. */
  readonly flags: readonly (keyof VulnsValues)[];
  /** Each is a chunk of its own. */
  load(): Promise<VulnsRun>;
}

/** @param operands behind the action's word; resolves to the exit code */
type VulnsRun = (session: Session, values: VulnsValues, operands: readonly string[]) => Promise<number>;
