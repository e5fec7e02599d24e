/** Numbers that both ends of the websockets agree on. Free of schemas, so that the browser's script does not carry zod for them. */

/** High and low water marks of output on its way to one browser, bytes. Above high the pty is paused, below low it goes on. */
export const TERMINAL_HIGH_WATER_BYTES = 192 * 1024;
export const TERMINAL_LOW_WATER_BYTES = 64 * 1024;
/** The browser acknowledges at least this often, bytes. */
export const TERMINAL_ACK_EVERY_BYTES = 32 * 1024;
/** Close codes of our sockets (RFC 6455, private range). */
export const CLOSE_NOT_SIGNED_IN = 4401;
export const CLOSE_FORBIDDEN = 4403;
export const CLOSE_NOT_FOUND = 4404;
export const CLOSE_SANDBOX_GONE = 4410;
export const CLOSE_TOO_MANY = 4429;
