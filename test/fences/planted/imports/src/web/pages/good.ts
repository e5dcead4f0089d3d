// Planted for the fences: a good page.
import { Hono } from 'hono';
import { useCase } from '../../app/use-case.ts';
import type { Request } from '../../domain/requests/request.ts';
export const r: [unknown, unknown, Request] = [Hono, useCase, "x"];
