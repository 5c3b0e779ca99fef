import {
  checkRange,
  checkText,
  checkWord,
  entries,
  type Field,
  isSet,
  member,
  numberOf,
  reject,
  rejectMissing,
  textOf,
} from "./field.ts";
import { PORT_NAME } from "./names.ts";

const HIGHEST = 65_535;

/** @param onHost whether the pod shares the node's network */
export function checkPorts(ports: Field, onHost: boolean): void {
  const names = new Set<string>();
  for (const port of entries(ports)) {
    const name = member(port, "name");
    checkText(name, PORT_NAME);
    const text = textOf(name) ?? "";
    if (names.has(text)) reject(name, DUPLICATE);
    if (text !== "") names.add(text);
    const number = member(port, "containerPort");
    if (!isSet(number)) rejectMissing(number);
    checkRange(number, 1, HIGHEST);
    const onNode = member(port, "hostPort");
    checkRange(onNode, 0, HIGHEST);
    checkWord(member(port, "protocol"), ["TCP", "UDP", "SCTP"]);
    if (onHost && ![0, numberOf(number)].includes(numberOf(onNode) ?? 0)) reject(onNode, DIFFERENT);
  }
}

/** Checks the port of a probe or hook: a number, or a name. */
export function checkPortReference(port: Field): void {
  checkText(port, PORT_NAME);
  checkRange(port, 1, HIGHEST);
}

export const DUPLICATE = { fr: "est déjà pris", en: "is already taken" };

const DIFFERENT = {
  fr: "diffère de containerPort, alors que hostNetwork vaut true",
  en: "differs from containerPort, while hostNetwork is true",
};
