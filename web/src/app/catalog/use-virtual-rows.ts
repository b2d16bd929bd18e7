import { Virtualizer, observeWindowOffset, observeWindowRect, windowScroll } from "@tanstack/virtual-core";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** The rows that are in the window or near it. The component is rendered again when the window scrolls. */
export function useVirtualRows(rows: number, height: number, top: number): Virtualizer<Window, Element> {
  const [, render] = useState(0);
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
    // Two window heights above and below are rendered too, so that fast scrolling shows no blank rows.
    overscan: Math.ceil((innerHeight * 2) / height),
    onChange: () => render((times) => times + 1),
  };
  ref.current ??= new Virtualizer<Window, Element>(options);
  const virtual = ref.current;
  virtual.setOptions(options);
  useEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  // The virtualizer caches the estimated heights.
  useLayoutEffect(() => virtual.measure(), [height]);
  return virtual;
}
