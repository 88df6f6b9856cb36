import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import stedskaping_core.models.pilots
import stedskaping_core.streams.field
import taggit.managers
import uuid
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
import wagtail_headless_preview.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuidePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'guide',
                'verbose_name_plural': 'guides',
            },
            bases=(wagtail_headless_preview.models.HeadlessMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='InitiativeIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'initiative list',
                'verbose_name_plural': 'initiative lists',
            },
            bases=(wagtail_headless_preview.models.HeadlessMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'permissions': (('choose_document', 'Can choose document'),),
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'permissions': (('choose_image', 'Can choose image'),),
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='InitiativePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('place_name', models.CharField(blank=True, max_length=120, verbose_name='name of the place')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('latitude', models.FloatField(blank=True, help_text='Degrees north, for example 59.0533.', null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, help_text='Degrees east, for example 10.0352.', null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('summary', models.CharField(help_text='One or two sentences: what will be built, and for whom.', max_length=250, verbose_name='summary')),
                ('story', stedskaping_core.streams.field.SlotStreamField('story', blank=True, verbose_name='story')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('active', 'Active'), ('paused', 'Paused'), ('realised', 'Realised'), ('in_stewardship', 'In stewardship'), ('discontinued', 'Discontinued')], default='draft', editable=False, max_length=20, verbose_name='status')),
                ('status_reason', models.TextField(blank=True, editable=False, verbose_name='reason')),
                ('status_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='status since')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.image', verbose_name='image')),
            ],
            options={
                'verbose_name': 'initiative',
                'verbose_name_plural': 'initiatives',
            },
            bases=(wagtail_headless_preview.models.HeadlessMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='InitiativeMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('initiator', 'Initiator'), ('team', 'Team'), ('facilitator', 'Facilitator')], default='team', max_length=20, verbose_name='role')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='core.initiativepage')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
                'ordering': ('joined_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(db_index=True, max_length=100)),
                ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='core.initiativepage')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=100)),
                ('params', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='activity', to='core.event')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='core.initiativepage')),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100)),
                ('last_started_at', models.DateTimeField(blank=True, null=True)),
                ('last_finished_at', models.DateTimeField(blank=True, null=True)),
                ('last_message', models.TextField(blank=True)),
                ('last_failed', models.BooleanField(default=False)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'job run',
                'verbose_name_plural': 'job runs',
            },
        ),
        migrations.CreateModel(
            name='Journey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('running', 'Running'), ('paused', 'Paused'), ('completed', 'Completed'), ('stopped', 'Stopped')], default='running', max_length=20)),
                ('time_zone', models.CharField(default='Europe/Oslo', max_length=60)),
                ('starts_on', models.DateField()),
                ('realisation_starts_on', models.DateField()),
                ('realisation_ends_on', models.DateField()),
                ('paused_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('guide', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.guidepage')),
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='journey', to='core.initiativepage')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'journey',
                'verbose_name_plural': 'journeys',
            },
        ),
        migrations.CreateModel(
            name='CampDayReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='camp_days', to='core.journey')),
            ],
            options={
                'verbose_name': 'report of a camp day',
                'verbose_name_plural': 'reports of camp days',
                'ordering': ('journey', 'day'),
            },
        ),
        migrations.CreateModel(
            name='JourneyPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=255)),
                ('kind', models.CharField(choices=[('planning', 'Planning'), ('realisation', 'Realisation'), ('aftercare', 'Aftercare')], max_length=20)),
                ('state', models.CharField(choices=[('upcoming', 'Upcoming'), ('active', 'Active'), ('completed', 'Completed'), ('skipped', 'Skipped')], default='upcoming', max_length=20)),
                ('planned_start', models.DateField()),
                ('planned_end', models.DateField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='core.journey')),
            ],
            options={
                'verbose_name': 'phase of a journey',
                'verbose_name_plural': 'phases of journeys',
                'ordering': ('journey', 'position'),
            },
        ),
        migrations.CreateModel(
            name='JourneyRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('metric', models.CharField(max_length=100)),
                ('comparison', models.CharField(choices=[('>=', 'at least'), ('<=', 'at most'), ('=', 'exactly')], default='>=', max_length=2)),
                ('target', models.DecimalField(decimal_places=2, max_digits=14)),
                ('blocking', models.BooleanField(default=True)),
                ('label', models.CharField(max_length=200)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='core.journeyphase')),
            ],
            options={
                'verbose_name': 'requirement of a journey',
                'verbose_name_plural': 'requirements of journeys',
                'ordering': ('phase', 'position'),
            },
        ),
        migrations.CreateModel(
            name='JourneyTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('required', models.BooleanField(default=True)),
                ('kind', models.CharField(choices=[('todo', 'To do'), ('permit', 'Permit'), ('agreement', 'Agreement')], max_length=20)),
                ('permit_key', models.SlugField(blank=True, max_length=60)),
                ('lead_weeks', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('not_assessed', 'Not assessed'), ('not_needed', 'Not needed'), ('to_apply', 'To be applied for'), ('applied', 'Applied for'), ('granted', 'Granted'), ('refused', 'Refused')], max_length=20)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('applied_on', models.DateField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_tasks', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='core.journeyphase')),
            ],
            options={
                'verbose_name': 'task of a journey',
                'verbose_name_plural': 'tasks of journeys',
                'ordering': ('phase', 'position'),
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_name', models.CharField(blank=True, max_length=120, verbose_name='name of the place')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('latitude', models.FloatField(blank=True, help_text='Degrees north, for example 59.0533.', null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, help_text='Degrees east, for example 10.0352.', null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('steward', models.CharField(blank=True, help_text='Who runs and repairs it: an organisation or a group.', max_length=160, verbose_name='steward')),
                ('temporary_until', models.DateField(blank=True, help_text='Empty means permanent.', null=True, verbose_name='temporary until')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.document', verbose_name='agreement')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.image', verbose_name='image')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='core.initiativepage')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='PermitKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('key', models.SlugField(help_text='The same in every language. Never change it.', max_length=60, verbose_name='key')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('help', models.TextField(blank=True, help_text='When is it needed, and who is asked?', verbose_name='help')),
                ('lead_weeks', models.PositiveSmallIntegerField(help_text='From a complete application to the answer. Pilots can set their own.', validators=[django.core.validators.MaxValueValidator(104)], verbose_name='lead time in weeks')),
                ('source', models.CharField(blank=True, help_text='The law or practice behind it.', max_length=200, verbose_name='source')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'permit kind',
                'verbose_name_plural': 'permit kinds',
                'ordering': ('name',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PhasePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(choices=[('planning', 'Planning'), ('realisation', 'Realisation'), ('aftercare', 'Aftercare')], default='planning', max_length=20, verbose_name='kind')),
                ('duration', models.PositiveSmallIntegerField(default=4, help_text='0 means that the phase has no planned end (aftercare).', validators=[django.core.validators.MaxValueValidator(400)], verbose_name='length')),
                ('duration_unit', models.CharField(choices=[('days', 'days'), ('weeks', 'weeks'), ('months', 'months')], default='weeks', max_length=10, verbose_name='unit')),
                ('summary', models.CharField(help_text='One or two sentences for overviews.', max_length=250, verbose_name='summary')),
                ('guidance', stedskaping_core.streams.field.SlotStreamField('guidance', blank=True, verbose_name='guidance')),
            ],
            options={
                'verbose_name': 'phase',
                'verbose_name_plural': 'phases',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['planning', 'realisation', 'aftercare'])), name='core_phasepage_kind'), models.CheckConstraint(condition=models.Q(('duration_unit__in', ['days', 'weeks', 'months'])), name='core_phasepage_duration_unit'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'realisation'), _negated=True), models.Q(('duration__gte', 1), ('duration_unit', 'days')), _connector='OR'), name='core_phasepage_realisation_in_days', violation_error_message='A realisation phase lasts a number of days, at least one.'), models.CheckConstraint(condition=models.Q(('kind', 'aftercare'), ('duration__gte', 1), _connector='OR'), name='core_phasepage_has_length', violation_error_message='Only aftercare can be without a planned end.')],
            },
            bases=(wagtail_headless_preview.models.HeadlessMixin, 'wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='journeyphase',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.phasepage'),
        ),
        migrations.CreateModel(
            name='PhaseRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('metric', models.CharField(help_text='Published by the platform or by a plugin.', max_length=100, verbose_name='number')),
                ('comparison', models.CharField(choices=[('>=', 'at least'), ('<=', 'at most'), ('=', 'exactly')], default='>=', max_length=2, verbose_name='is')),
                ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ('blocking', models.BooleanField(default=True, help_text='Unticked: shown as advice, the phase can be completed without it.', verbose_name='blocking')),
                ('label', models.CharField(max_length=200, verbose_name='sentence shown to people')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='core.phasepage')),
            ],
            options={
                'verbose_name': 'requirement',
                'verbose_name_plural': 'requirements',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PhaseTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('help', wagtail.fields.RichTextField(blank=True, verbose_name='help')),
                ('required', models.BooleanField(default=True, verbose_name='required')),
                ('kind', models.CharField(choices=[('todo', 'To do'), ('permit', 'Permit'), ('agreement', 'Agreement')], default='todo', max_length=20, verbose_name='kind')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='core.phasepage')),
                ('permit_kind', models.ForeignKey(blank=True, help_text='For permits only. It gives the lead time.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.permitkind', verbose_name='kind of permit')),
            ],
            options={
                'verbose_name': 'task',
                'verbose_name_plural': 'tasks',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PilotPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('place_name', models.CharField(blank=True, max_length=120, verbose_name='name of the place')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('latitude', models.FloatField(blank=True, help_text='Degrees north, for example 59.0533.', null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, help_text='Degrees east, for example 10.0352.', null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('municipality', models.CharField(max_length=80, verbose_name='municipality')),
                ('municipality_number', models.CharField(help_text='Kommunenummer, four digits.', max_length=4, validators=[django.core.validators.RegexValidator('^\\d{4}$', 'A municipality number has four digits, for example 3909.')], verbose_name='municipality number')),
                ('intro', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('body', stedskaping_core.streams.field.SlotStreamField('body', blank=True, verbose_name='content')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('running', 'Running'), ('completed', 'Completed'), ('stopped', 'Stopped')], default='planned', max_length=20, verbose_name='status')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('time_zone', models.CharField(default='Europe/Oslo', max_length=60, validators=[stedskaping_core.models.pilots.validate_time_zone], verbose_name='time zone')),
                ('contact', models.ForeignKey(blank=True, help_text='The person that residents meet. Only the display name is shown.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact in the municipality')),
                ('guide', models.ForeignKey(blank=True, help_text='The process that new projects in this pilot follow.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.guidepage', verbose_name='guide')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.image', verbose_name='image')),
            ],
            options={
                'verbose_name': 'pilot',
                'verbose_name_plural': 'pilots',
            },
            bases=(wagtail_headless_preview.models.HeadlessMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='PilotLeadTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('permit_key', models.SlugField(max_length=60, verbose_name='kind of permit')),
                ('weeks', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(104)], verbose_name='weeks')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='lead_times', to='core.pilotpage')),
            ],
            options={
                'verbose_name': 'lead time',
                'verbose_name_plural': 'lead times',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PluginActivation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, verbose_name='plugin')),
                ('enabled', models.BooleanField(verbose_name='switched on')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plugin_activations', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'plugin switch',
                'verbose_name_plural': 'plugin switches',
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='core.image')),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Reschedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('to_date', models.DateField()),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reschedules', to='core.journey')),
            ],
            options={
                'verbose_name': 'rescheduling',
                'verbose_name_plural': 'reschedulings',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SiteProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Short and stable, for example larvik.', max_length=40, unique=True, verbose_name='key')),
                ('origin', models.URLField(help_text='Where visitors see the pages, without a slash at the end: https://larvik.example.no', verbose_name='address of the frontend')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'site address',
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.TextField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requirement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='waiver', to='core.journeyrequirement')),
            ],
            options={
                'verbose_name': 'waiver',
                'verbose_name_plural': 'waivers',
            },
        ),
        migrations.AddIndex(
            model_name='initiativepage',
            index=models.Index(fields=['status'], name='core_initiativepage_status_idx'),
        ),
        migrations.AddConstraint(
            model_name='initiativepage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='core_initiativepage_place_on_earth', violation_error_message='Give both latitude and longitude, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='initiativepage',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'active', 'paused', 'realised', 'in_stewardship', 'discontinued'])), name='core_initiativepage_status'),
        ),
        migrations.AddConstraint(
            model_name='initiativemember',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['initiator', 'team', 'facilitator'])), name='core_initiativemember_role'),
        ),
        migrations.AddConstraint(
            model_name='initiativemember',
            constraint=models.UniqueConstraint(fields=('initiative', 'user'), name='core_initiativemember_once'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['initiative', '-at', '-id'], name='core_activity_list_idx'),
        ),
        migrations.AddConstraint(
            model_name='jobrun',
            constraint=models.UniqueConstraint(fields=('key', 'site'), name='core_jobrun_once'),
        ),
        migrations.AddIndex(
            model_name='journey',
            index=models.Index(fields=['realisation_starts_on'], name='core_journey_realisation_idx'),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'paused', 'completed', 'stopped'])), name='core_journey_state'),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.CheckConstraint(condition=models.Q(('realisation_starts_on__gte', models.F('starts_on')), ('realisation_ends_on__gte', models.F('realisation_starts_on'))), name='core_journey_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_on__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_on__isnull', True)), _connector='OR'), name='core_journey_paused_since'),
        ),
        migrations.AddConstraint(
            model_name='campdayreport',
            constraint=models.UniqueConstraint(fields=('journey', 'day'), name='core_campdayreport_once'),
        ),
        migrations.AddConstraint(
            model_name='journeyrequirement',
            constraint=models.CheckConstraint(condition=models.Q(('comparison__in', ['>=', '<=', '='])), name='core_journeyrequirement_comparison'),
        ),
        migrations.AddConstraint(
            model_name='journeyrequirement',
            constraint=models.UniqueConstraint(fields=('phase', 'position'), name='core_journeyrequirement_position_once'),
        ),
        migrations.AddConstraint(
            model_name='journeytask',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['todo', 'permit', 'agreement'])), name='core_journeytask_kind'),
        ),
        migrations.AddConstraint(
            model_name='journeytask',
            constraint=models.UniqueConstraint(fields=('phase', 'position'), name='core_journeytask_position_once'),
        ),
        migrations.AddConstraint(
            model_name='journeytask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'permit'), ('lead_weeks__isnull', False), ('state__in', ('not_assessed', 'not_needed', 'to_apply', 'applied', 'granted', 'refused'))), models.Q(models.Q(('kind', 'permit'), _negated=True), ('state__in', ('open', 'done'))), _connector='OR'), name='core_journeytask_state_of_kind'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='core_outcome_place_on_earth', violation_error_message='Give both latitude and longitude, or neither.'),
        ),
        migrations.AlterUniqueTogether(
            name='permitkind',
            unique_together={('key', 'locale'), ('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['planning', 'realisation', 'aftercare'])), name='core_journeyphase_kind'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['upcoming', 'active', 'completed', 'skipped'])), name='core_journeyphase_state'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.UniqueConstraint(fields=('journey', 'position'), name='core_journeyphase_position_once'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('journey',), name='core_journeyphase_one_active'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.CheckConstraint(condition=models.Q(('planned_end__gte', models.F('planned_start'))), name='core_journeyphase_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_at__isnull', False), _connector='OR'), name='core_journeyphase_completed_when'),
        ),
        migrations.AddConstraint(
            model_name='phaserequirement',
            constraint=models.CheckConstraint(condition=models.Q(('comparison__in', ['>=', '<=', '='])), name='core_phaserequirement_comparison'),
        ),
        migrations.AlterUniqueTogether(
            name='phaserequirement',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='phasetask',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['todo', 'permit', 'agreement'])), name='core_phasetask_kind'),
        ),
        migrations.AddConstraint(
            model_name='phasetask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'permit'), ('permit_kind__isnull', False)), models.Q(models.Q(('kind', 'permit'), _negated=True), ('permit_kind__isnull', True)), _connector='OR'), name='core_phasetask_permit_has_kind', violation_error_message='A permit task needs a kind of permit; other tasks have none.'),
        ),
        migrations.AlterUniqueTogether(
            name='phasetask',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='pilotpage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='core_pilotpage_place_on_earth', violation_error_message='Give both latitude and longitude, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='pilotpage',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'running', 'completed', 'stopped'])), name='core_pilotpage_status'),
        ),
        migrations.AddConstraint(
            model_name='pilotpage',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='core_pilotpage_period', violation_error_message="The pilot can't end before it starts."),
        ),
        migrations.AddConstraint(
            model_name='pilotleadtime',
            constraint=models.UniqueConstraint(fields=('page', 'permit_key'), name='core_pilotleadtime_once'),
        ),
        migrations.AddConstraint(
            model_name='pluginactivation',
            constraint=models.UniqueConstraint(fields=('site', 'slug'), name='core_pluginactivation_once'),
        ),
        migrations.AlterUniqueTogether(
            name='rendition',
            unique_together={('image', 'filter_spec', 'focal_point_key')},
        ),
        migrations.AddConstraint(
            model_name='reschedule',
            constraint=models.CheckConstraint(condition=models.Q(('from_date', models.F('to_date')), _negated=True), name='core_reschedule_moves'),
        ),
        migrations.AddConstraint(
            model_name='reschedule',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='core_reschedule_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='core_waiver_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='campdayreport',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='core_campdayreport_has_text'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('started_at__isnull', False), _connector='OR'), name='core_journeyphase_started_when'),
        ),
        migrations.AddConstraint(
            model_name='journeyphase',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'realisation')), fields=('journey',), name='core_journeyphase_one_realisation'),
        ),
        migrations.AddConstraint(
            model_name='journeytask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state__in', ('done', 'not_needed', 'granted'))), models.Q(models.Q(('state__in', ('done', 'not_needed', 'granted')), _negated=True), ('done_at__isnull', True)), _connector='OR'), name='core_journeytask_done_when'),
        ),
        migrations.AddConstraint(
            model_name='journeytask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_on__isnull', False), _connector='OR'), name='core_journeytask_applied_when'),
        ),
    ]
