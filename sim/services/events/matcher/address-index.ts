// CIDR blocks by address: one table of networks for each length of mask that some block has.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-ip-matching
import { readIpv4 } from '../pattern/address';
import { addressOf, type Value } from '../pattern/clause';
import { type Bag, pushAll } from './bag';
import { PrefixTree } from './prefix-tree';

interface Table<T extends object> {
  maskBits: number;
  byNetwork: Map<number, Bag<T>>;
  /** Of another length. */
  next: Table<T> | null;
}

const IPV4_BITS = 32;

/** The network's number: the address without the bits that the mask leaves open. */
function networkOf(address: number, maskBits: number): number {
  return maskBits === 0 ? 0 : address >>> (IPV4_BITS - maskBits);
}

function without<T extends object>(chain: Table<T> | null, table: Table<T>): Table<T> | null {
  if (chain === null || chain === table) return table.next;
  return { ...chain, next: without(chain.next, table) };
}

export class AddressIndex<T extends object> {
  private ipv4: Table<T> | null = null;
  /** IPv6 blocks as the bits that their addresses begin with. */
  private ipv6: PrefixTree<T> | null = null;

  get isEmpty(): boolean {
    return this.ipv4 === null && this.ipv6 === null;
  }

  /** Edits the items of a block: `4` or `6`, and the bits that all of its addresses begin with. */
  change(bits: string, edit: (bag: Bag<T>) => Bag<T>): void {
    if (bits.startsWith('6')) {
      this.ipv6 ??= new PrefixTree();
      this.ipv6.change(bits, edit);
      if (this.ipv6.isEmpty) this.ipv6 = null;
      return;
    }
    const maskBits = bits.length - 1;
    let table = this.ipv4;
    while (table && table.maskBits !== maskBits) table = table.next;
    if (!table) {
      table = { maskBits, byNetwork: new Map<number, Bag<T>>(), next: this.ipv4 };
      this.ipv4 = table;
    }
    const network = maskBits === 0 ? 0 : Number.parseInt(bits.slice(1), 2);
    const items = edit(table.byNetwork.get(network));
    if (items !== undefined) table.byNetwork.set(network, items);
    else {
      table.byNetwork.delete(network);
      if (table.byNetwork.size === 0) this.ipv4 = without(this.ipv4, table);
    }
  }

  /** Appends the items of every block that the text, an address, lies in. */
  collect(value: Value, found: T[]): void {
    const plain = readIpv4(value.text);
    if (plain >= 0) {
      this.collectIpv4(plain, found);
      return;
    }
    const bits = addressOf(value);
    if (bits === null) return;
    if (bits.startsWith('4')) this.collectIpv4(Number.parseInt(bits.slice(1), 2), found);
    else this.ipv6?.collect(bits, found);
  }

  private collectIpv4(address: number, found: T[]): void {
    for (let table = this.ipv4; table !== null; table = table.next) {
      pushAll(table.byNetwork.get(networkOf(address, table.maskBits)), found);
    }
  }
}
