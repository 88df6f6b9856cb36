"""GraphQL types of the editorial pages, menus and site settings."""
