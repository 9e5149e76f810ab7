// Every limit of the sandbox in one place. What AWS sets is named with its fact; the rest protects the machine that simulates.

/** One vCPU: more memory gives more vCPUs, but one thread of JavaScript cannot use them (LAM-05). */
export const MEMORY_MB_OF_ONE_VCPU = 1769;

/** Fuel that one vCPU spends in a virtual millisecond. Measured: 1.0 to 1.6 ns a unit on 2025 server cores (test/bench/sandbox.ts). */
export const FUEL_PER_MS_AT_ONE_VCPU = 800_000;

/**
 * Simplified: code that computes this long without a pause is taken to be stuck and runs into its deadline at once; about 1.2 s of
 * one vCPU. AWS would let it compute until the function's timeout.
 */
export const SLICE_FUEL_MAX = 1_000_000_000;

/** What static code may spend and still be run once for all environments that load it (loaded-code.ts). */
export const INIT_TRIAL_FUEL_MAX = 20_000_000;
/** How many packages a factory keeps the loaded state of; about 2 MB each. */
export const LOADED_CODES_MAX = 8;

/** What a call of the host costs, so that its work is paid for: a fixed part and a part for each character that crosses. */
export const HOST_CALL_FUEL = 1000;
export const HOST_FUEL_PER_CHAR = 2;

/** Native stack in the meter's measure (metering/meter.mjs): below what a browser's worker has, so that all machines agree. */
export const NATIVE_STACK_MAX = 450_000;

/**
 * QuickJS's own limit, which a program sees as `Maximum call stack size exceeded`. A frame of the native stack counts eight times on it
 * (metering/meter.mjs), so that it is reached before the native limit. Simplified: about 600 calls deep, Node.js allows some 10,000.
 */
export const SCRIPT_STACK_BYTES = 3_440_000;

/** Simplified: what Node.js itself takes of a function's memory before any code of the function runs; 60 to 70 MB in public REPORT lines. */
export const RUNTIME_BASE_MB = 62;

/** Simplified: no environment holds more than 256 MB, whatever its memory size; Lambda gives each all that is configured. */
export const HEAP_MB_MAX = 256;

/** What all live environments of one factory hold together beyond their start; the one that asks for more runs out of memory. */
export const LIVE_MB_MAX = 1024;

/** Simplified: /tmp holds at most 96 MB; Lambda gives as much as is configured, up to 10,240 MB (LAM-ENV-04). */
export const TMP_MB_MAX = 96;

/** Log text of one slice. What comes after it is dropped with a line that says so. */
export const LOG_CHARS_PER_SLICE_MAX = 1_000_000;
/** Log lines of one slice. */
export const LOG_LINES_PER_SLICE_MAX = 10_000;
/** One log line; CloudWatch Logs cuts an event at 1 MB, the simulator earlier. */
export const LOG_LINE_CHARS_MAX = 262_144;
/** Requests, timers and results of one slice. Beyond it the process is ended. */
export const OUTPUTS_PER_SLICE_MAX = 20_000;
/** Their text. */
export const OUTPUT_CHARS_PER_SLICE_MAX = 32_000_000;
/** A response of a synchronous invocation: 6 MB and what the envelope needs, as the service's own message says. */
export const RESPONSE_BYTES_MAX = 6_291_556;

/** A deployment package: text of all its files together. AWS allows 250 MB unzipped. */
export const PACKAGE_CHARS_MAX = 2_000_000;

/** Environments that keep a WebAssembly instance of their own; the rest wait as memory images. Chromium allows about 125 instances. */
export const RESIDENT_MAX = 32;
