"""Creates the tables of the models: this project keeps no migrations."""
import django

django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
