// Bytes as the formats of the log write them: base64 in its one strict form, counts in decimal, lengths in front.

/** Standard base64 with padding (RFC 4648, section 4). */
export const toBase64 = (bytes: Uint8Array): string => bytes.toBase64();

/** The bytes, or undefined for anything but the one text that these bytes are written as: two readers must not see two things. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
    // What is strict still lets white space pass.
    return text.length === 4 * Math.ceil(bytes.length / 3) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** A count in decimal without leading zeros, as far as numbers are exact. */
export function parseCount(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : undefined;
}

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What lies end to end, each so many bytes long. */
export const unpacked = (bytes: Uint8Array, length: number): Uint8Array[] =>
  Array.from({ length: bytes.length / length }, (_, n) => bytes.subarray(n * length, (n + 1) * length));

/** An unsigned integer, big-endian, in so many bytes (at most 8). */
export function bigEndian(value: number, length: 1 | 2 | 4 | 8): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let [at, rest] = [length - 1, value]; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

/** The same the other way. Above 2^53 the value is not exact. */
export const fromBigEndian = (bytes: Uint8Array): number => bytes.reduce((value, byte) => value * 256 + byte, 0);

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
