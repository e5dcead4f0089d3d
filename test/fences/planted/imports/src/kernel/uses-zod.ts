// Planted for the fences: the kernel uses an npm package.
import { z } from 'zod';
export const r = z;
