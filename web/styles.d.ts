/** Styles are imported for their effect: vite takes them out of the scripts. */
declare module '*.css';
