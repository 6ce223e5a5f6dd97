"""Evidence tables partitioned by month, the cache table, and the system's own user."""

from django.db import migrations

EVIDENCE = """
CREATE TABLE access_trail (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    actor_id uuid NOT NULL,
    operation varchar(80) NOT NULL,
    request_id uuid,
    table_name varchar(63) NOT NULL,
    record_id uuid NOT NULL,
    action varchar(6) NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
    before jsonb,
    after jsonb,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE access_trail_other PARTITION OF access_trail DEFAULT;
CREATE INDEX access_trail_of_record ON access_trail (record_id, at);
CREATE INDEX access_trail_of_actor ON access_trail (actor_id, at);

CREATE TABLE access_look (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    user_id uuid NOT NULL,
    subject varchar(10) NOT NULL,
    subject_id uuid NOT NULL,
    unit_id uuid,
    purpose varchar(200) NOT NULL CHECK (purpose <> ''),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE access_look_other PARTITION OF access_look DEFAULT;
CREATE INDEX access_look_of_subject ON access_look (subject_id, at);
CREATE INDEX access_look_of_user ON access_look (user_id, at);

CREATE TABLE access_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX access_cache_expires ON access_cache (expires);
"""

SYSTEM_USER = """
INSERT INTO access_user (id, email, full_name, kind, language, is_active, password, revision)
VALUES ('00000000-0000-7000-8000-000000000001', 'system@serasi.invalid', 'Serasi', 'system', 'id', true, '!', 1);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(EVIDENCE, "DROP TABLE access_trail, access_look, access_cache"),
        migrations.RunSQL(SYSTEM_USER, "DELETE FROM access_user WHERE kind = 'system'"),
    ]
