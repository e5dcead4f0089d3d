// COPY over `pg`, which knows the messages but offers no stream: rows out with back-pressure, rows in from memory.

import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Client, Submittable } from 'pg';
import { Defect } from '../../../kernel/outcome.ts';

/** What `pg` hands to a query of one's own; its types leave the COPY messages out. */
type Wire = {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

/** Rows wait here while the reader is busy; the server waits when there are more. */
const HIGH_WATER = 1_048_576;

/** One COPY as a query of `pg`: it answers with whatever the server says. */
abstract class CopyQuery implements Submittable {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
  submit(wire: unknown): void {
    (wire as Wire).query(this.text);
  }
  /** What the server says, or the loss of the connection; `pg` tells a query nothing after it. */
  handleError(error: Error): void {
    this.ended(error);
  }
  handleReadyForQuery(): void {
    this.ended(undefined);
  }
  handleCommandComplete(): void {}
  handleCopyData(_message: { chunk: Uint8Array }, _wire: Wire): void {}
  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFail('nothing to send');
  }
  protected abstract ended(failure: Error | undefined): void;
}

class CopyOut extends CopyQuery {
  private rows: Buffer[] = [];
  private waiting = 0;
  private done = false;
  private failed: Error | undefined;
  private wire: Wire | undefined;
  private wake: (() => void) | undefined;

  override handleCopyData({ chunk }: { chunk: Uint8Array }, wire: Wire): void {
    // The chunk is a view of a buffer that the parser uses again.
    this.rows.push(Buffer.from(chunk));
    this.waiting += chunk.length;
    this.wire = wire;
    if (this.waiting > HIGH_WATER) wire.stream.pause();
    this.wake?.();
  }
  protected override ended(failure: Error | undefined): void {
    this.done = true;
    this.failed = failure;
    this.wake?.();
  }
  async *batches(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.rows.length > 0) {
        const batch = Buffer.concat(this.rows);
        this.rows = [];
        this.waiting = 0;
        yield batch;
      } else if (this.done) {
        if (this.failed) throw this.failed;
        return;
      } else {
        const woken = new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        this.wire?.stream.resume();
        await woken;
      }
    }
  }
}

class CopyIn extends CopyQuery {
  readonly finished: Promise<void>;
  private settle: (failure: Error | undefined) => void = () => {};
  private readonly bytes: Uint8Array;

  constructor(text: string, bytes: Uint8Array) {
    super(text);
    this.bytes = bytes;
    this.finished = new Promise((resolve, reject) => {
      this.settle = (failure) => (failure === undefined ? resolve() : reject(failure));
    });
  }
  override handleCopyInResponse(wire: Wire): void {
    void this.send(wire);
  }
  private async send(wire: Wire): Promise<void> {
    for (let at = 0; at < this.bytes.length; at += HIGH_WATER) {
      wire.sendCopyFromChunk(this.bytes.subarray(at, at + HIGH_WATER));
      if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, 'drain'), once(wire.stream, 'close')]);
    }
    wire.endCopyFrom();
  }
  protected override ended(failure: Error | undefined): void {
    this.settle(failure);
  }
}

/** The rows of `COPY ... TO STDOUT` in batches of whole rows. */
export function copyOut(client: Client, text: string): AsyncGenerator<Buffer> {
  return client.query(new CopyOut(text)).batches();
}

/** `COPY ... FROM STDIN` of these bytes. */
export function copyIn(client: Client, text: string, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) throw new Defect('an empty part of a table is never written');
  return client.query(new CopyIn(text, bytes)).finished;
}
