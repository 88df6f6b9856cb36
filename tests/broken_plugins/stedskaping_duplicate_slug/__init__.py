"""Has the same slug as stedskaping_duplicate_slug_too."""
