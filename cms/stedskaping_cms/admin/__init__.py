"""What staff see beyond Wagtail's own admin: plugins, initiatives, menus and the start page's cards."""
