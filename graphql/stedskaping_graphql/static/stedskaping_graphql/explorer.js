"use strict";

(function () {
  const DEFAULT_QUERY = `# Welcome to the Stedskaping API.
#
# Press play (or Ctrl-Enter) to see which places
# take part and what their residents are building.
# The book icon on the left opens the documentation.

query PlacesAndProjects {
  pilots(first: 3) {
    totalCount
    nodes {
      name
      municipality
      status
    }
  }
  initiatives(first: 5, orderBy: NEWEST) {
    nodes {
      title
      summary
      status
      journey {
        state
        progress
        daysLeft
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

  const element = document.getElementById("graphiql");
  const fetcher = GraphiQL.createFetcher({
    url: element.dataset.endpoint,
    headers: { Accept: "application/graphql-response+json, application/json" },
  });
  ReactDOM.createRoot(element).render(
    React.createElement(GraphiQL, { fetcher: fetcher, defaultQuery: DEFAULT_QUERY, defaultEditorToolsVisibility: true })
  );
})();
