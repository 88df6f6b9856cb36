"""The demo: content files, and what `stedskaping demo` does with them."""
