/** Stands in for react-style-singleton in the bundle; build.mjs says why. */
export const styleSingleton = () => () => null;
