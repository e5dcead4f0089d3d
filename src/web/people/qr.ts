// A QR code as inline SVG made on the server: the secret of an authenticator app goes to no other page and no picture file.

import { encode } from 'uqr';
import { type Html, html } from '../html.ts';

/** One path of dark squares, row by row, with the quiet zone of four that scanners need. */
export function qrCode(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
