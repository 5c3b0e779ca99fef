import { DouaneError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Examined } from "./examinations.ts";

/** Runs an examination; a rejection becomes its problem. Never rejects. */
export async function settledExamination(
  examine: () => Promise<Examined>,
  onError: (error: unknown) => void,
): Promise<Examined> {
  try {
    return await examine();
  } catch (error) {
    onError(error);
    return { problems: [error instanceof DouaneError ? error.text : FAILED] };
  }
}

/** Problem shown if an examination fails for an internal reason. */
const FAILED: Text = {
  fr: "l'examen a échoué ; la cause est dans le journal du serveur.",
  en: "the examination failed; the cause is in the server's log.",
};
