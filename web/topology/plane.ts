/** Places in the plane of a picture, and the room that nodes need in it. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of lines: left to right, left to right and back in two or more rows, or top to bottom. */
export type Direction = 'across' | 'folded' | 'down';

/** All in the units of the picture. */
export interface Spacing {
  /** Distance between the centres of two linked nodes. */
  readonly link: (a: string, b: string) => number;
  /** The room of one node with what is written around it. */
  readonly least: { readonly width: number; readonly height: number };
  /** Between two rows of a folded line. */
  readonly turn: number;
  /** What is spread in all directions is so much wider than high: names and addresses are, and panels. */
  readonly sideways: number;
  /** Leaves stand in two rings, and all as close as they may, so that many of them stay large enough to read. */
  readonly isDense: boolean;
}
