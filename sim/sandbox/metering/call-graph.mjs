// Which functions can call themselves, directly or by way of others: only these can use up the native stack.
// Tarjan's strongly connected components, without recursion. https://doi.org/10.1137/0201010
import { OP, readLocals, walkInstructions } from './instructions.mjs';
import { Reader, SECTION } from './wasm-binary.mjs';

/** @param {Map<number, Uint8Array>} sections @param {import('./module-shape.mjs').ModuleShape} shape @returns {Set<number>} function indices */
export function findRecursiveFunctions(sections, shape) {
  const total = shape.importedFunctions + shape.bodies.length;
  // An indirect call may reach any function of the table: all pass through one extra node.
  const tableNode = total;
  /** @type {number[][]} */
  const callees = Array.from({ length: total + 1 }, () => []);
  shape.bodies.forEach((body, index) => {
    const out = callees[shape.importedFunctions + index] ?? [];
    walkInstructions(body, readLocals(body).codeFrom, ({ op, immediate }) => {
      if (op === OP.call) out.push(immediate);
      else if (op === OP.callIndirect) out.push(tableNode);
    });
  });
  callees[tableNode] = readTableFunctions(sections.get(SECTION.element));
  return inCycles(callees, tableNode);
}

/** @param {Uint8Array | undefined} body @returns {number[]} */
function readTableFunctions(body) {
  if (!body) return [];
  const reader = new Reader(body);
  const functions = [];
  for (let segments = reader.unsigned(); segments > 0; segments--) {
    const flags = reader.unsigned();
    if (flags !== 0) throw new Error(`The module has an element segment of kind ${flags}, which the meter does not know.`);
    while (reader.byte() !== OP.end);
    for (let count = reader.unsigned(); count > 0; count--) functions.push(reader.unsigned());
  }
  return functions;
}

/** @param {number[][]} edges @param {number} ignored a node that is not a function @returns {Set<number>} */
function inCycles(edges, ignored) {
  const index = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const onStack = new Uint8Array(edges.length);
  /** @type {number[]} */
  const stack = [];
  const found = new Set();
  let counter = 0;
  /** @param {number} node */
  const open = (node) => {
    index[node] = low[node] = counter++;
    stack.push(node);
    onStack[node] = 1;
    return { node, next: 0 };
  };
  /** @param {number} node */
  const close = (node) => {
    if (low[node] !== index[node]) return;
    const component = stack.splice(stack.lastIndexOf(node));
    for (const member of component) onStack[member] = 0;
    if (component.length > 1 || edges[node]?.includes(node)) for (const member of component) found.add(member);
  };
  for (let root = 0; root < edges.length; root++) {
    if (index[root] !== -1) continue;
    const work = [open(root)];
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const target = edges[frame.node]?.[frame.next++];
      if (target === undefined) {
        work.pop();
        close(frame.node);
        const parent = work.at(-1);
        if (parent) low[parent.node] = Math.min(Number(low[parent.node]), Number(low[frame.node]));
      } else if (index[target] === -1) work.push(open(target));
      else if (onStack[target]) low[frame.node] = Math.min(Number(low[frame.node]), Number(low[target]));
    }
  }
  found.delete(ignored);
  return found;
}
