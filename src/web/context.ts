// What every page is given: the language and its words, where the reader is, and the law this node holds.

import type { SignedIn } from '../app/people/sessions.ts';
import type { LawBook } from '../app/law-book.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Policy } from '../law/profile.ts';
import type { PageLanguage, Translate } from './messages.ts';
import type { StreamedForm } from './form-in-parts.ts';

/** What a page or a part of one needs in order to speak about the law; the browser has it too. */
export type LawContext = {
  readonly language: PageLanguage;
  readonly t: Translate;
  readonly book: LawBook;
  /** The policy of this office: its State profile's, or the packs' own. */
  readonly policy: Policy;
  readonly today: Day;
};

/** What a whole page needs besides. */
export type PageContext = LawContext & {
  /** The path of the page, and its query without the choice of language. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The addresses of style sheets and scripts. */
  readonly assets: AssetLinks;
  /** Whether this node shows an invented office. */
  readonly demonstration?: boolean;
  /** Who is signed in; null: nobody; undefined: nobody can on this node. */
  readonly session?: SignedIn | null;
  /** What the self-audit has to say to whoever watches over this node. */
  readonly alarm?: 'found' | 'late' | null;
};

export type AssetLinks = {
  /** The style sheets of a page in this language. */
  readonly css: (language: PageLanguage) => readonly string[];
  /** The address of a script of src/web/enhance, and of all that it imports (fetched early). */
  readonly script: (name: string) => { readonly src: string; readonly imports: readonly string[] };
};

/** What Hono hands from the first middleware to the pages. */
export type WebEnv = {
  Variables: {
    page: PageContext;
    session?: SignedIn;
    /** The form of this request, where it may hold a file of any size: read here and nowhere else. */
    streamed?: StreamedForm;
  };
};
