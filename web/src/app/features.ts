const { dataset } = document.body;

/** The optional features that the server has enabled, from the attributes of its HTML. */
export const FEATURES = {
  playground: "playground" in dataset,
  schema: "schema" in dataset,
  proposals: "proposals" in dataset,
};
