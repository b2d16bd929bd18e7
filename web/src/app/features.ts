const { dataset } = document.body;

/** Which optional parts of the server are on, as the attributes of its HTML say. */
export const FEATURES = { playground: "playground" in dataset, schema: "schema" in dataset };
