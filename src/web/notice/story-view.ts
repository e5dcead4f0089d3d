// What the page of the person concerned shows.

import type { Casework } from '../../app/casework/casework.ts';
import type { Story } from '../../app/notice/story.ts';
import type { Places } from '../../app/notice/told-file.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { PageContext } from '../context.ts';

export type StoryView = {
  readonly page: PageContext;
  readonly work: Casework;
  readonly story: Story;
  /** Comes back with each form: it is kept nowhere else. */
  readonly code: string;
  /** Where the steps told stand in the public log. */
  readonly places: Places;
  readonly typed: { readonly kind: string; readonly text: string };
  readonly errors: readonly FieldError[];
  /** The complaint that has just come in. */
  readonly received: number | null;
};
