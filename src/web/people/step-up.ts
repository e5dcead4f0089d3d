// Step-up on the web: the challenge for a passkey in any form, and the page of confirmation that an act may send a person to.

import { Hono } from 'hono';
import { type StepUp, stepUps } from '../../app/people/step-up.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { type AccessPorts, ownPath, readFields, requireSession, signedIn } from '../session.ts';
import { withSite } from './entry.ts';
import { sayPage } from './say-page.ts';
import { proofOf, STEP_UP_SCRIPT, stepUpFields } from './step-up-fields.ts';
import { errorsOf } from './words.ts';

type Shown = NonNullable<Awaited<ReturnType<StepUp['shown']>>>;

export function stepUpRoutes(access: AccessPorts): Hono<WebEnv> {
  const steps = stepUps(access.people);
  return new Hono<WebEnv>()
    .use('/step-up/*', requireSession)
    .post(
      '/step-up/challenge',
      withSite(access, async (c, site) => {
        const hash = (await readFields(c)).get('hash') ?? '';
        const options = await steps.challenge(site, signedIn(c), hash);
        return options.ok ? c.json({ options: options.value }) : c.json({}, 409);
      }),
    )
    .get('/step-up/:token', async (c) => {
      const action = await steps.shown(signedIn(c), c.req.param('token'));
      return action ? c.html(stepUpPage(c.var.page, action, [])) : c.html(sayPage(c.var.page, 'stepUpLate'), 404);
    })
    .post(
      '/step-up/:token',
      withSite(access, async (c, site) => {
        const token = c.req.param('token') ?? '';
        const action = await steps.shown(signedIn(c), token);
        if (!action) return c.html(sayPage(c.var.page, 'stepUpLate'), 404);
        const proof = proofOf(await readFields(c), access.addressOf(c));
        const confirmed = await steps.confirm(site, signedIn(c), token, proof);
        return confirmed.ok
          ? c.redirect(ownPath(action.back, '/'), 303)
          : c.html(stepUpPage(c.var.page, action, errorsOf(c.var.page, confirmed.faults)), 422);
      }),
    );
}

function stepUpPage(context: PageContext, action: Shown, errors: readonly FieldError[]): Html {
  const { t } = context;
  const title = t('people.stepUp.title');
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    scripts: [STEP_UP_SCRIPT],
    main: html`${errorSummary(context, errors)}<h1>${title}</h1>
<p class="lead">${t('people.stepUp.about')}</p>
<p class="note">${bdi(action.sentence)}</p>
<form method="post" action="${context.path}" class="people-form" novalidate>${csrfField(context.session)}
${stepUpFields(context, action.hash, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('people.stepUp.do')}</button> <a class="ds-link" href="${ownPath(action.back, '/')}">${t('people.back')}</a></div>
</form>`,
  });
}
