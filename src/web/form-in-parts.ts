// What a page is given of a form with a large file while it comes in.

/** A file of a form, its bytes to be read before anything after them is. */
export type FileOfForm = { readonly name: string; readonly type: string; readonly bytes: AsyncIterable<Uint8Array> };

export type StreamedForm = {
  /** The value of the first field, if it has that name: what must be known before more is read. */
  readonly first: (name: string) => Promise<string>;
  /** Reads the form to its end; `take` has the first file that is not empty. Each field with its values. */
  readonly read: (take: (file: FileOfForm) => Promise<void>) => Promise<{ [name: string]: string[] }>;
};
