// Where the outside test vectors lie: beside the checkout, or where ROGATORY_VECTORS says.

import { fileURLToPath } from 'node:url';

export const VECTORS =
  process.env['ROGATORY_VECTORS'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
