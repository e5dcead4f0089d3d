// Use case: the JSON Schemas of packs, profiles, requests and assessments, for editors and for readers of the API.

export { jsonSchemas } from '../law/pack/json-schemas.ts';
