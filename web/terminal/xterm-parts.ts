/** xterm.js and what we use of its addons: one chunk, imported when the first terminal opens. */
import '@xterm/xterm/css/xterm.css';
export { FitAddon } from '@xterm/addon-fit';
export { SearchAddon } from '@xterm/addon-search';
export { Unicode11Addon } from '@xterm/addon-unicode11';
export { WebLinksAddon } from '@xterm/addon-web-links';
export { Terminal } from '@xterm/xterm';
