// Writes sim/protocol/{shapes,constraints}/*.ts: what each operation's messages look like on the wire, from the AWS SDK's own schemas, and the
// lengths, ranges, patterns and enumerations that AWS's front ends check, from botocore's service models.
//   node scripts/generate-protocol-shapes.mjs <botocore/data folder> [IAM prefix…]
// Run it when a client package changes, and commit what it writes: the site and the tests need neither source.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SERVICES } from './protocol-services.mjs';

const require = createRequire(import.meta.url);
const OUT = path.resolve(import.meta.dirname, '../sim/protocol');
const LINES_MAX = 400;

/**
 * A schema is what the SDK's packages hold: a number, a tuple, or a function that gives one. See @smithy/core/schema.
 * @typedef {any} Schema
 * @typedef {Record<string, any>} Model
 * @typedef {import('./protocol-services.mjs').Service} Service
 */

/** @param {Service} service @param {string} operation */
function isLeftOut({ only, without }, operation) {
  return only ? !only.includes(operation) : (without?.test(operation) ?? false);
}

/** @type {Record<string, string>} */
const SIMPLE = { 0: 's', 2: 'b', 4: 't', 5: 'ti', 6: 'th', 7: 'te', 15: 'd', 17: 'n', 19: 'f', 21: 'y', 42: 'y' };
const FLAGS = ['httpLabel', 'idempotent', 'idempotencyToken', 'sensitive', 'httpPayload', 'httpResponseCode', 'httpQueryParams'];
/** @type {[string, (value: string) => string][]} */
const TRAITS = [
  ['xmlFlattened', () => '@f'],
  ['xmlName', (value) => `@x=${value}`],
  ['jsonName', (value) => `@j=${value}`],
  ['httpHeader', (value) => `@h=${value}`],
  ['httpPrefixHeaders', (value) => `@P=${value}`],
  ['httpQuery', (value) => `@q=${value}`],
  ['httpQueryParams', () => '@Q'],
  ['httpLabel', () => '@l'],
  ['httpPayload', () => '@p'],
  ['httpResponseCode', () => '@c'],
];

/**
 * EC2's requests begin every name with a capital; few have another name besides.
 * @param {Record<string, any>} traits
 * @param {string} member
 */
function ec2Name({ ec2QueryName, xmlName }, member) {
  const name = xmlName ?? member;
  const usual = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return ec2QueryName === undefined || ec2QueryName === usual ? '' : `@e=${ec2QueryName}`;
}

/** @param {Schema} schema */
const deref = (schema) => (typeof schema === 'function' ? schema() : schema);
/** @param {Schema} given @returns {Record<string, any>} */
const traitsOf = (given) =>
  typeof given === 'object' && given !== null
    ? given
    : Object.fromEntries(FLAGS.filter((_, i) => (given >> i) & 1).map((name) => [name, 1]));

/**
 * A member or list item as the schemas write it: the shape, or the shape with traits.
 * @param {Schema} schema
 * @returns {{ shape: Schema, traits: Record<string, any> }}
 */
function split(schema) {
  const given = deref(schema);
  if (Array.isArray(given) && given.length === 2) {
    const inner = split(given[0]);
    return { shape: inner.shape, traits: { ...inner.traits, ...traitsOf(given[1]) } };
  }
  return { shape: given, traits: {} };
}

class Writer {
  /** Only what clients send is checked, so inputs are written first. */
  isInput = true;

  /** @type {Map<string, string>} */
  structures = new Map();
  /** @type {Map<string, string>} */
  constraints = new Map();

  /** @param {Service} service @param {Record<string, any>} client @param {string} dataFolder */
  constructor(service, client, dataFolder) {
    this.service = service;
    this.client = client;
    this.model = botocoreModel(dataFolder, service);
  }

  /** @param {Schema} schema @param {string} [botoName] @returns {string} */
  type(schema, botoName = '') {
    const { shape, traits } = split(schema);
    const boto = this.model[botoName];
    const suffix = traits.xmlName ? `~${traits.xmlName}` : '';
    if (typeof shape === 'number' && shape >= 128) return `<s:${this.type(shape & 63, boto?.value?.shape)}>${suffix}`;
    if (typeof shape === 'number' && shape >= 64) return `[${this.type(shape & 63, boto?.member?.shape)}]${suffix}`;
    if (shape === 1) return `${!boto || boto.type === 'float' || boto.type === 'double' ? 'f' : 'n'}${suffix}`;
    if (typeof shape === 'number') return `${SIMPLE[shape]}${suffix}`;
    if (shape === 'unit') return 'unit';
    const [kind, , name] = shape;
    if (kind === 0) return `${this.type(shape[4], botoName)}${suffix}`;
    if (kind === 1) return `[${this.type(shape[4], boto?.member?.shape)}]${suffix}`;
    if (kind === 2) return `<${this.type(shape[4], boto?.key?.shape)}:${this.type(shape[5], boto?.value?.shape)}>${suffix}`;
    if (!/^[A-Z]/.test(name)) throw new Error(`${name}: a structure's name begins with a capital here.`);
    this.structure(shape);
    return `${name}${suffix}`;
  }

  /** @param {Schema} shape */
  structure(shape) {
    const [, , name, , members, schemas, requiredCount = 0] = shape;
    if (this.structures.has(name)) return;
    this.structures.set(name, '');
    const boto = this.model[name];
    const words = members.map((/** @type {string} */ member, /** @type {number} */ i) => {
      const { traits } = split(schemas[i]);
      const botoName = boto?.members?.[member]?.shape;
      // A structure's own traits are not its member's.
      const own =
        TRAITS.flatMap(([trait, write]) => (traits[trait] === undefined ? [] : [write(traits[trait])])).join('') + ec2Name(traits, member);
      const type = this.type(schemas[i], botoName).replace(/~[^>\]]*$/, '');
      const constraint = this.constraint(botoName) ? `#${botoName}` : '';
      return `${member}${i < requiredCount ? '!' : ''}:${type}${constraint}${own}`;
    });
    this.structures.set(name, [name, ...words].join(' '));
  }

  /**
   * True when the shape, or what it is a list or map of, is bounded in any way.
   * @param {string | undefined} name
   * @returns {boolean}
   */
  constraint(name = '') {
    const shape = this.model[name];
    if (!shape || !this.isInput || this.service.validation === null) return false;
    if (this.constraints.has(name)) return this.constraints.get(name) !== '';
    this.constraints.set(name, '');
    const words = [];
    const isNumber = ['integer', 'long', 'float', 'double'].includes(shape.type);
    if (shape.min !== undefined || shape.max !== undefined) {
      words.push(`${isNumber ? 'range' : 'length'}=${shape.min ?? ''}..${shape.max ?? ''}`);
    }
    for (const part of ['member', 'key', 'value']) {
      if (shape[part] && this.constraint(shape[part].shape)) words.push(`${part}=${shape[part].shape}`);
    }
    if (shape.sensitive) words.push('secret=1');
    if (shape.enum && !this.service.ownEnumerations?.includes(name)) {
      // The SDK's are in the alphabet's order and may be newer; botocore's are in the model's order.
      const newer = Object.values(this.client[name] ?? {}).filter((value) => typeof value === 'string' && !shape.enum.includes(value));
      words.push(`enum=${[...shape.enum, ...newer].join('|')}`);
    }
    if (shape.pattern) words.push(`pattern=${shape.pattern}`);
    if (words.some((word) => word !== 'secret=1') && shape.type !== 'structure') this.constraints.set(name, [name, ...words].join(' '));
    return this.constraints.get(name) !== '';
  }
}

/** @param {string} dataFolder @param {Service} service @returns {Model} */
function botocoreModel(dataFolder, { prefix, also }) {
  return { ...(also ? shapesOf(dataFolder, also.model) : {}), ...shapesOf(dataFolder, prefix) };
}

/** @param {string} dataFolder @param {string} name @returns {Model} */
function shapesOf(dataFolder, name) {
  const folder = path.join(dataFolder, name);
  const version = readdirSync(folder).sort().at(-1) ?? '';
  const zipped = path.join(folder, version, 'service-2.json.gz');
  const text = existsSync(zipped) ? gunzipSync(readFileSync(zipped)) : readFileSync(path.join(folder, version, 'service-2.json'));
  return JSON.parse(text.toString()).shapes;
}

/**
 * What the root element of an answer is called, where it is not the structure's name.
 * @param {Schema} schema
 */
function rootOf(schema) {
  const { shape } = split(schema);
  const name = Array.isArray(shape) ? traitsOf(shape[3]).xmlName : undefined;
  return name === undefined ? '' : ` ${name}`;
}

/** @param {Writer} writer @param {Schema} schema */
function errorLine(writer, schema) {
  const [, , name, traits, members, schemas] = schema;
  const { awsQueryError, error, httpError } = traits;
  const status = httpError ?? awsQueryError?.[1] ?? (error === 'server' ? 500 : 400);
  const words = members.map((/** @type {string} */ member, /** @type {number} */ i) => {
    const header = split(schemas[i]).traits.httpHeader;
    return `${member}:${writer.type(schemas[i]).replace(/~.*$/, '')}${header ? `@h=${header}` : ''}`;
  });
  return [name, awsQueryError?.[0] ?? name, status, error, ...words].join(' ');
}

/**
 * With what a template literal would read as its own escaped.
 * @param {string[]} lines
 */
const literal = (lines) => `\`\n${lines.map((line) => line.replace(/[\\`]|\$\{/g, '\\$&')).join('\n')}\n\``;

/** @param {Service} service @param {string} dataFolder */
function write(service, dataFolder) {
  const client = {
    ...(service.also ? require(`@aws-sdk/client-${service.also.client}`) : {}),
    ...require(`@aws-sdk/client-${service.client}`),
  };
  const { version } = JSON.parse(readFileSync(require.resolve(`@aws-sdk/client-${service.client}/package.json`), 'utf8'));
  /** @type {Schema[]} */
  const schemas = Object.values(client).filter(Array.isArray);
  const writer = new Writer(service, client, dataFolder);
  const operations = [];
  const unsupported = [];
  for (const [kind, , name, , input] of schemas) if (kind === 9 && !isLeftOut(service, name)) writer.type(input);
  writer.isInput = false;
  for (const [kind, , name, traits, input, output] of schemas) {
    if (kind !== 9) continue;
    const http = traits.http ? ` ${traits.http.join(' ')}` : '';
    if (isLeftOut(service, name)) {
      if (!service.only) unsupported.push(`${name}${http.replace(/ \d+$/, '')}`);
    } else operations.push(`${name} ${writer.type(input)} ${writer.type(output)}${http}${service.isXml ? rootOf(output) : ''}`);
  }
  const errors = schemas
    .filter(([kind, namespace]) => kind === -3 && !namespace.startsWith('smithy.'))
    .map((error) => errorLine(writer, error));
  const sections = {
    operations,
    unsupported,
    errors,
    structures: [...writer.structures.values()].sort(),
  };
  const name = service.prefix.toUpperCase();
  const head = [
    `// ${service.signedAs}: messages of its API. Written by scripts/generate-protocol-shapes.mjs from`,
    `// @aws-sdk/client-${service.client} ${version} and botocore's model of ${service.prefix}; not to be edited.`,
    "import type { ServiceText } from '../model';",
    '',
    `export const ${name}: ServiceText = {`,
    ...Object.entries({ prefix: service.prefix, signedAs: service.signedAs, target: service.target, version: service.version }).map(
      ([key, value]) => `  ${key}: '${value}',`,
    ),
    `  validation: ${service.validation === null ? 'null' : `'${service.validation}'`},`,
    `  namespace: 'com.amazonaws.${
      client.errorTypeRegistries?.[0]?.namespace?.split('.').at(-1) ??
      schemas
        .find(([kind]) => kind === 9)[1]
        .split('.')
        .at(-1)
    }',`,
    `  isQueryCompatible: ${service.isQueryCompatible === true},`,
    ...(service.isEc2 ? ['  isEc2: true,'] : []),
    ...(service.isXml ? ['  isXml: true,'] : []),
  ];
  const text = [
    ...head,
    ...Object.entries(sections).map(([key, lines]) => `  ${key}: ${lines.length === 0 ? "''" : literal(lines)},`),
    '};',
    '',
  ].join('\n');
  writeFileSync(path.join(OUT, 'shapes', `${service.prefix}.ts`), text);
  const constraints = [...writer.constraints.values()].filter((line) => line !== '').sort();
  const constraintsText = [
    `// ${service.signedAs}: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's`,
    `// model of ${service.prefix} and the enumerations of @aws-sdk/client-${service.client} ${version}; not to be edited.`,
    `export const ${name}_CONSTRAINTS = ${literal(constraints)};`,
    '',
  ].join('\n');
  if (service.validation !== null) writeFileSync(path.join(OUT, 'constraints', `${service.prefix}.ts`), constraintsText);
  for (const written of [text, constraintsText]) {
    const lines = written.split('\n').length;
    if (lines > LINES_MAX) console.log(`${service.prefix}: ${lines} lines, more than ${LINES_MAX}`);
  }
  console.log(
    `${service.prefix}: ${operations.length} operations, ${sections.structures.length} structures, ${constraints.length} constraints`,
  );
}

const dataFolder = process.argv[2];
if (!dataFolder || !existsSync(path.join(dataFolder, 'lambda'))) {
  console.error('Say where botocore keeps its models: node scripts/generate-protocol-shapes.mjs <site-packages>/botocore/data');
  process.exit(1);
}
const wanted = process.argv.slice(3);
for (const service of SERVICES) if (wanted.length === 0 || wanted.includes(service.prefix)) write(service, dataFolder);
