// Letters on paper: hands documents to a thread that sets them with Typst, so that printing never stalls the server.

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Attachment, LetterDocument, LetterPress } from '../../app/letters/ports.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { PressAnswer, PressOrder, PressSetup } from './press-worker.ts';

/** A letter takes milliseconds; a press that is silent for so long is stuck, and a new one takes its place. */
const LONGEST_MS = 30_000;

const folderOf = (packageFile: string): string => dirname(fileURLToPath(import.meta.resolve(packageFile)));
const TEMPLATES = fileURLToPath(new URL('../../../letters/', import.meta.url));

/** Both weights of each family: where one is missing, a font of the machine could step in and change the bytes. */
const FONT_FOLDERS = (): readonly string[] => {
  const latin = folderOf('@expo-google-fonts/noto-sans/package.json');
  const chinese = folderOf('@expo-google-fonts/noto-sans-sc/package.json');
  return [`${TEMPLATES}fonts`, ...[latin, chinese].flatMap((folder) => [`${folder}/400Regular`, `${folder}/700Bold`])];
};

type Waiting = {
  readonly done: (pdf: Uint8Array) => void;
  readonly failed: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/** A press. Its thread starts with the first letter; `templates` is a folder with `letter.typ`. */
export function typstPress(templates: string = TEMPLATES): LetterPress {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let last = 0;

  /** Gives up on this thread and on all that wait for it; the next letter starts another. */
  const stop = (why: string): void => {
    const stopped = worker;
    worker = undefined;
    for (const { failed, timer } of waiting.values()) {
      clearTimeout(timer);
      failed(new Defect(`the letter press stopped: ${why}`));
    }
    waiting.clear();
    void stopped?.terminate();
  };

  const started = (): Worker => {
    if (worker) return worker;
    const setup: PressSetup = { templates, fontFolders: FONT_FOLDERS() };
    const made = new Worker(new URL('./press-worker.ts', import.meta.url), { workerData: setup });
    const isOurs = () => worker === made;
    made.on('error', (error: Error) => isOurs() && stop(error.message));
    made.on('exit', (code) => isOurs() && stop(`exit ${code}`));
    made.on('message', (answer: PressAnswer) => {
      const order = waiting.get(answer.id);
      if (!order) return;
      waiting.delete(answer.id);
      clearTimeout(order.timer);
      // An idle press keeps no process alive.
      if (waiting.size === 0) made.unref();
      if ('pdf' in answer) order.done(answer.pdf);
      else order.failed(new Defect(`the letter could not be printed: ${answer.error}`));
    });
    worker = made;
    return made;
  };

  return {
    print: (document: LetterDocument, attachment: Attachment) =>
      new Promise((done, failed) => {
        const press = started();
        const id = ++last;
        const timer = setTimeout(() => stop('it did not answer'), LONGEST_MS);
        waiting.set(id, { done, failed, timer });
        press.ref();
        const order: PressOrder = { id, document, attachment };
        press.postMessage(order);
      }),
    close: async () => {
      const closing = worker;
      stop('it was closed');
      await closing?.terminate();
    },
  };
}
