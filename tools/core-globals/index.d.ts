// The few pure things that every JavaScript host has and the ECMAScript library does not name. Nothing that reads a
// clock, a disk, a network or chance may be added here: the core is type-checked against this and nothing else.

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBuffer | ArrayBufferView): string;
}
declare function structuredClone<T>(value: T): T;
