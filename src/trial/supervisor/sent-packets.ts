import { POD_LINK } from "./network.ts";
import { readTable } from "./read-table.ts";

/**
 * Addresses sought on the pod's cable, from the text of /proc/net/arp: the kernel seeks every address to
 * which a packet of any protocol is sent, however soon the socket is closed, but not one to which a datagram
 * socket is only connected. Multicast addresses are not sought.
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

  /** Addresses that were not returned before. */
  next(): readonly string[] {
    const addresses = soughtAddresses(this.#read()).filter((address) => !this.#told.has(address));
    for (const address of addresses) this.#told.add(address);
    return addresses;
  }
}
