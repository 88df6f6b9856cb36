"""The GraphQL types of the platform's core: content values, pages, sites, pilots, initiatives, journeys."""
