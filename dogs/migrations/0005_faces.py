"""The parts of a public face: questions and answers, drafts, consents, photos."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_walls'),
        ('dogs', '0004_team_near'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200, verbose_name='answer')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('writing', 'Being written'), ('sent', 'With the lead'), ('approved', 'With the coordinators'), ('published', 'Published')], default='writing', max_length=9, verbose_name='status')),
                ('words', models.JSONField(default=dict)),
                ('shown_words', models.JSONField(null=True)),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='why it was sent back')),
                ('moved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PartConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('story', 'The story'), ('answers', 'What makes the dog tick'), ('photos', 'The photos'), ('handler', 'Your first name and role'), ('place', 'The force, and the place on the map'), ('since', 'Since when you have worked together'), ('good_to_know', 'Good to know'), ('awards', 'Awards'), ('tribute', 'A tribute afterwards')], max_length=12, verbose_name='part')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
            ],
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file', models.CharField(editable=False, max_length=80)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('alt', models.CharField(max_length=200, verbose_name='what the picture shows')),
                ('shape', models.CharField(choices=[('as_taken', 'As it was taken'), ('square', 'Square'), ('upright', 'Upright, four by five'), ('wide', 'Wide, three by two')], default='as_taken', max_length=9, verbose_name='shape')),
                ('focus_x', models.PositiveSmallIntegerField(default=50, verbose_name='middle of interest, from the left in percent')),
                ('focus_y', models.PositiveSmallIntegerField(default=50, verbose_name='middle of interest, from the top in percent')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the order')),
                ('is_shown', models.BooleanField(default=False, verbose_name='part of what was published')),
                ('copies', models.JSONField(default=list)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('added_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.CharField(max_length=80, unique=True, verbose_name='question in English')),
                ('text_cy', models.CharField(blank=True, max_length=80, verbose_name='question in Welsh')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the order')),
                ('is_active', models.BooleanField(default=True, verbose_name='asked now')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='profile',
            name='awards',
            field=models.JSONField(blank=True, default=list, verbose_name='awards, each a year and a text'),
        ),
        migrations.AddField(
            model_name='profile',
            name='has_died',
            field=models.BooleanField(default=False, verbose_name='has died'),
        ),
        migrations.AddField(
            model_name='profile',
            name='language',
            field=models.CharField(choices=[('en-gb', 'English'), ('cy', 'Welsh')], default='en-gb', max_length=5, verbose_name='written in'),
        ),
        migrations.AddField(
            model_name='profile',
            name='parts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('story', 'The story'), ('answers', 'What makes the dog tick'), ('photos', 'The photos'), ('handler', 'Your first name and role'), ('place', 'The force, and the place on the map'), ('since', 'Since when you have worked together'), ('good_to_know', 'Good to know'), ('awards', 'Awards'), ('tribute', 'A tribute afterwards')], max_length=12), blank=True, default=list, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='profile',
            trigger=pgtrigger.compiler.Trigger(name='profile_consent_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."consent", \':\', NEW."consent") = ANY(\'{none:given,given:withdrawn,withdrawn:given}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."consent" IS DISTINCT FROM NEW."consent") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "consent" from "%" to "%" on table %\', OLD."consent", NEW."consent", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='2bda41d1070091f1fbeb7288912c7ef94001e567', operation='UPDATE', pgid='pgtrigger_profile_consent_moves_dd67b', table='dogs_profile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('parts', []), ('consent', 'given'), _connector='OR'), name='parts_with_consent'),
        ),
        migrations.AddField(
            model_name='answer',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force'),
        ),
        migrations.AddField(
            model_name='answer',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='dogs.profile'),
        ),
        migrations.AddField(
            model_name='draft',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force'),
        ),
        migrations.AddField(
            model_name='draft',
            name='moved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='draft',
            name='profile',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='dogs.profile'),
        ),
        migrations.AddField(
            model_name='partconsent',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force'),
        ),
        migrations.AddField(
            model_name='partconsent',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partconsent',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='part_consents', to='dogs.profile'),
        ),
        migrations.AddField(
            model_name='partconsent',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='photo',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='photo',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force'),
        ),
        migrations.AddField(
            model_name='photo',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='dogs.profile'),
        ),
        migrations.AddField(
            model_name='photo',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='dogs.photo'),
        ),
        migrations.AddField(
            model_name='answer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='dogs.question'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(condition=models.Q(('status', 'approved')), fields=['moved_at'], name='draft_queue'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draft',
            trigger=pgtrigger.compiler.Trigger(name='draft_status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{writing:sent,sent:writing,sent:approved,approved:writing,approved:published,published:writing}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='70320df90b3a6737bb79845e3a7fb236a5d8d38e', operation='UPDATE', pgid='pgtrigger_draft_status_moves_4dff7', table='dogs_draft', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='partconsent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('profile', 'part'), name='one_consent_a_part'),
        ),
        migrations.AddConstraint(
            model_name='partconsent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='part_withdrawn_when_and_who'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('copies', [])), fields=['id'], name='photo_to_cut'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('focus_x__lte', 100), ('focus_y__lte', 100)), name='photo_focus_inside'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='photo_with_words'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('profile', 'question'), name='one_answer_a_question'),
        ),
    ]
