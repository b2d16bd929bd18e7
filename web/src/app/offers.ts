const { dataset } = document.body;

/** What else the server has that pages may lead to, as it says in the page. */
export const OFFERS = { playground: "playground" in dataset, schema: "schema" in dataset };
