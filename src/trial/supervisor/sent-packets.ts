import { POD_LINK } from "./network.ts";
import { readTable } from "./read-table.ts";

/**
 * The addresses that the kernel looked for on the pod's cable, of the text of /proc/net/arp: it looks
 * for each to which a packet of whatever protocol is sent, however soon the socket is closed, and for
 * none that a datagram socket is but connected to. Addresses of several receivers are not looked for.
 */
export function soughtAddresses(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split(/\s+/, 6);
    const [address = ""] = fields;
    return fields[5] === POD_LINK ? [address] : [];
  });
}

/** Tells of each address once to which the pod has sent something. */
export class SentPackets {
  readonly #told = new Set<string>();
  readonly #read: () => string;

  constructor(read: () => string = () => readTable("/proc/net/arp")) {
    this.#read = read;
  }

  /** Those that were not told yet. */
  next(): readonly string[] {
    const addresses = soughtAddresses(this.#read()).filter((address) => !this.#told.has(address));
    for (const address of addresses) this.#told.add(address);
    return addresses;
  }
}
