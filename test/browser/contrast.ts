// Contrast is what axe takes longest over, text by text, though most texts of a page have the same colours in the same size.

/**
 * Run in a page after axe. From then on a text passes at once where one that looks like it has passed on this page: the
 * same colours, size and weight, over the same backgrounds all the way up. What failed, or could not be said, stands for
 * itself alone, and so does whatever has left the flow, since it may lie over anything.
 */
export const CONTRAST_OF_LIKE_TEXTS_ONCE = `(() => {
  const check = axe._audit.checks['color-contrast'];
  const { evaluate } = check;
  const TEXT = ['color', 'font-size', 'font-weight', 'text-shadow', '-webkit-text-stroke'];
  const PAINT = ['background-color', 'background-image', 'background-clip', 'opacity', 'filter', 'mix-blend-mode'];
  const NOTHING = 'rgba(0, 0, 0, 0);none;border-box;1;none;normal';
  const styles = (one, names) => names.map((name) => one.getComputedStylePropertyValue(name)).join(';');
  // By axe's own nodes, which are made anew for each run, as styles may have changed.
  const known = new WeakMap();
  const behind = (one) => {
    if (one === null) return '';
    if (!known.has(one)) known.set(one, found(one, styles(one, PAINT)));
    return known.get(one);
  };
  const found = (one, own) => {
    if (/absolute|fixed|sticky/.test(one.getComputedStylePropertyValue('position'))) return undefined;
    const further = behind(one.parent);
    return further === undefined || own === NOTHING ? further : own + '\\n' + further;
  };
  const passed = new Set();
  check.evaluate = function (element, options, one, context) {
    const back = behind(one);
    const look = back === undefined ? undefined : styles(one, TEXT) + '\\n' + back;
    if (passed.has(look)) return true;
    const result = evaluate.call(this, element, options, one, context);
    if (result === true && look !== undefined) passed.add(look);
    return result;
  };
})()`;
