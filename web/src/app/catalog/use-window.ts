import { Virtualizer, observeWindowOffset, observeWindowRect, windowScroll } from "@tanstack/virtual-core";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Which of many rows stand in the window, or near it, as the window scrolls. */
export function useWindowRows(rows: number, height: number, top: number): Virtualizer<Window, Element> {
  const [, draw] = useState(0);
  const ref = useRef<Virtualizer<Window, Element> | undefined>(undefined);
  const options = {
    count: rows,
    estimateSize: () => height,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    scrollMargin: top,
    initialOffset: () => scrollY,
    initialRect: { width: innerWidth, height: innerHeight },
    // Two windows beyond each edge are drawn ahead: the browser may scroll further than that only between two frames.
    overscan: Math.ceil((innerHeight * 2) / height),
    onChange: () => draw((times) => times + 1),
  };
  ref.current ??= new Virtualizer<Window, Element>(options);
  const virtual = ref.current;
  virtual.setOptions(options);
  useEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  // Rows are remembered by what they were estimated at.
  useLayoutEffect(() => virtual.measure(), [height]);
  return virtual;
}
