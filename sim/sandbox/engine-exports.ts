// The functions of the engine that the sandbox uses, under the names that metering/link.mjs gives back to them.
// Source: quickjs-emscripten 0.32, c/interface.c. A value pointer points to a JSValue on the guest's heap and is owned by whoever got it.

export type Pointer = number;

export interface EngineExports {
  fuel: WebAssembly.Global;
  stack_left: WebAssembly.Global;
  run_constructors(): void;
  stack_save(): Pointer;
  stack_restore(to: Pointer): void;
  malloc(bytes: number): Pointer;
  free(pointer: Pointer): void;
  QTS_NewRuntime(): Pointer;
  QTS_NewContext(runtime: Pointer, intrinsics: number): Pointer;
  QTS_RuntimeSetMaxStackSize(runtime: Pointer, bytes: number): void;
  QTS_RuntimeEnableInterruptHandler(runtime: Pointer): void;
  QTS_RuntimeDisableInterruptHandler(runtime: Pointer): void;
  QTS_RuntimeEnableModuleLoader(runtime: Pointer, hasNormalizer: number): void;
  QTS_IsJobPending(runtime: Pointer): number;
  QTS_ExecutePendingJob(runtime: Pointer, jobsMax: number, contextOut: Pointer): Pointer;
  QTS_FreeValuePointer(context: Pointer, value: Pointer): void;
  QTS_FreeValuePointerRuntime(runtime: Pointer, value: Pointer): void;
  QTS_FreeCString(context: Pointer, text: Pointer): void;
  QTS_DupValuePointer(context: Pointer, value: Pointer): Pointer;
  QTS_GetUndefined(): Pointer;
  QTS_NewObject(context: Pointer): Pointer;
  QTS_NewFloat64(context: Pointer, value: number): Pointer;
  QTS_GetFloat64(context: Pointer, value: Pointer): number;
  QTS_NewString(context: Pointer, text: Pointer): Pointer;
  /** A copy, owned by whoever got it. */
  QTS_GetArrayBuffer(context: Pointer, value: Pointer): Pointer;
  QTS_GetArrayBufferLength(context: Pointer, value: Pointer): number;
  /** The guest frees the bytes. */
  QTS_NewArrayBuffer(context: Pointer, bytes: Pointer, length: number): Pointer;
  QTS_GetString(context: Pointer, value: Pointer): Pointer;
  QTS_NewFunction(context: Pointer, name: Pointer, argumentCount: number, isConstructor: number, hostRef: number): Pointer;
  QTS_ArgvGetJSValueConstPointer(list: Pointer, index: number): Pointer;
  QTS_GetProp(context: Pointer, object: Pointer, key: Pointer): Pointer;
  QTS_SetProp(context: Pointer, object: Pointer, key: Pointer, value: Pointer): void;
  QTS_Call(context: Pointer, callee: Pointer, receiver: Pointer, count: number, list: Pointer): Pointer;
  QTS_Eval(context: Pointer, code: Pointer, length: number, name: Pointer, detectModule: number, flags: number): Pointer;
  QTS_Throw(context: Pointer, error: Pointer): Pointer;
  QTS_ResolveException(context: Pointer, value: Pointer): Pointer;
}
