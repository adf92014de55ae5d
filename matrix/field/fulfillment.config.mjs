// The models of @medusajs/fulfillment.
import { configOf } from './config-of.mjs';

export const config = configOf('fulfillment');
