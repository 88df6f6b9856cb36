"""The Django project: settings, addresses, commands, editorial pages and the admin."""
