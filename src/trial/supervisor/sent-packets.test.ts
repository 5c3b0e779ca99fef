import { expect, test } from "vitest";
import { SentPackets, soughtAddresses } from "./sent-packets.ts";

const HEAD = "IP address       HW type     Flags       HW address            Mask     Device\n";

function row(address: string, device: string): string {
  return `${address.padEnd(16)} 0x1         0x0         00:00:00:00:00:00     *        ${device}\n`;
}

test.each([
  ["no table", "", []],
  ["nobody was looked for", HEAD, []],
  ["what the pod's cable was asked for", HEAD + row("10.20.30.40", "pod0"), ["10.20.30.40"]],
  ["a dependency, which has a cable of its own", HEAD + row("10.97.0.1", "dep0"), []],
  ["a line that is cut", `${HEAD}10.20.30.40 0x1`, []],
])("%s: %j → %j", (_, text, addresses) => {
  expect(soughtAddresses(text)).toEqual(addresses);
});

test("each address is told of once", () => {
  let text = HEAD + row("10.20.30.40", "pod0");
  const sent = new SentPackets(() => text);
  expect(sent.next()).toEqual(["10.20.30.40"]);
  text += row("8.8.8.8", "pod0");
  expect(sent.next()).toEqual(["8.8.8.8"]);
  expect(sent.next()).toEqual([]);
});
