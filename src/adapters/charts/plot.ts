// Bar charts as SVG, made on the server: Observable Plot in a document without a browser. What a strict policy forbids is taken out.

import * as Plot from '@observablehq/plot';
import { type SVGSVGElement, Window } from 'happy-dom';
import type { Chart, DrawChart } from '../../app/reporting/ports.ts';

const [WIDTH, BAR, NAMES, NUMBERS] = [480, 32, 195, 75];

/** A drawer of charts. It makes no promise about pixels, only about what is in it: each bar, its name and its number. */
export function plotCharts(): DrawChart {
  const { document } = new Window();
  return ({ label, toLeft, bars }: Chart): string => {
    const names = bars.map((_, n) => String(n));
    const svg = Plot.plot({
      document: document as never,
      width: WIDTH,
      height: bars.length * BAR + 8,
      marginTop: 4,
      marginBottom: 4,
      marginLeft: toLeft ? NUMBERS : NAMES,
      marginRight: toLeft ? NAMES : NUMBERS,
      className: 'chart',
      x: { axis: null, reverse: toLeft, domain: [0, Math.max(1, ...bars.map(({ value }) => value ?? 0))] },
      y: { domain: names, axis: null, padding: 0.35 },
      marks: [
        Plot.barX(names, {
          x1: 0,
          x2: (name: string) => bars[Number(name)]?.value ?? 0,
          y: (name: string) => name,
          className: 'chart-bars',
        }),
        Plot.text(names, {
          x: 0,
          y: (name: string) => name,
          text: (name: string) => short(bars[Number(name)]?.name ?? ''),
          textAnchor: 'end',
          dx: toLeft ? 10 : -10,
        }),
        Plot.text(names, {
          x: (name: string) => bars[Number(name)]?.value ?? 0,
          y: (name: string) => name,
          text: (name: string) => bars[Number(name)]?.text ?? '',
          textAnchor: 'start',
          dx: toLeft ? -8 : 8,
        }),
        Plot.ruleX([0]),
      ],
    }) as unknown as SVGSVGElement;
    // The policy of the pages allows no style in a page; their own sheet dresses the classes.
    for (const style of [...svg.querySelectorAll('style')]) style.remove();
    for (const one of [svg, ...svg.querySelectorAll('*')]) {
      one.removeAttribute('style');
      one.removeAttribute('font-family');
      // Readers are told of one picture with a name, and not of its parts.
      one.removeAttribute('aria-label');
    }
    svg.removeAttribute('width');
    svg.removeAttribute('height');
    // By this, `start` is where reading starts, on both sides.
    svg.setAttribute('direction', toLeft ? 'rtl' : 'ltr');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    return svg.outerHTML;
  };
}

/** The table beside says the whole name. */
const short = (name: string): string => (name.length > 25 ? `${name.slice(0, 24).trimEnd()}…` : name);
