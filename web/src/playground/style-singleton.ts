/** Replaces react-style-singleton in the bundle; see build.mjs. */
export const styleSingleton = () => () => null;
