let draw = () => {};

/** Says what draws the page. */
export function drawWith(drawing: () => void): void {
  draw = drawing;
}

/** Draws the page again: something changed that is not the state of one component. */
export function changed(): void {
  draw();
}
