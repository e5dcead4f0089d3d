// Contrast is what axe takes longest over, text by text, though most texts of all pages have the same colours in the same size.

/**
 * Run in a page after axe, with the looks that passed on pages before. A text passes at once where one that looks like it has
 * passed: the same colours, size and weight, over the same backgrounds all the way up, with the colours of the same medium.
 * What failed, or could not be said, stands for itself alone, and so does whatever has left the flow, since it may lie over
 * anything. Which looks have passed by now, `looksThatPassed` says.
 */
export const CONTRAST_OF_LIKE_TEXTS_ONCE = `(before) => {
  const check = axe._audit.checks['color-contrast'];
  const rule = axe._audit.rules.find(({ id }) => id === 'color-contrast');
  const { evaluate } = check;
  const { matches } = rule;
  const TEXT = ['color', 'font-size', 'font-weight', 'text-shadow', '-webkit-text-stroke'];
  const PAINT = ['background-color', 'background-image', 'background-clip', 'opacity', 'filter', 'mix-blend-mode'];
  const NOTHING = 'rgba(0, 0, 0, 0);none;border-box;1;none;normal';
  const styles = (one, names) => names.map((name) => one.getComputedStylePropertyValue(name)).join(';');
  // By axe's own nodes, which are made anew for each run, as styles may have changed.
  const known = new WeakMap();
  const behind = (one) => {
    if (one === null) return ['(forced-colors: active)', 'print'].filter((medium) => matchMedia(medium).matches).join();
    if (!known.has(one)) known.set(one, found(one, styles(one, PAINT)));
    return known.get(one);
  };
  const found = (one, own) => {
    if (/absolute|fixed|sticky/.test(one.getComputedStylePropertyValue('position'))) return undefined;
    const further = behind(one.parent);
    return further === undefined || own === NOTHING ? further : own + '\\n' + further;
  };
  const look = (one) => {
    const back = behind(one);
    return back === undefined ? undefined : styles(one, TEXT) + '\\n' + back;
  };
  const passed = new Set(before);
  globalThis.looksThatPassed = () => [...passed];
  rule.matches = function (element, one, context) {
    return !passed.has(look(one)) && matches.call(this, element, one, context);
  };
  check.evaluate = function (element, options, one, context) {
    const own = look(one);
    if (passed.has(own)) return true;
    const result = evaluate.call(this, element, options, one, context);
    if (result === true && own !== undefined) passed.add(own);
    return result;
  };
}`;
