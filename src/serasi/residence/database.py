"""What the database itself keeps of stays, laid anew after every migration by `serasi.access.safeguards`.

* `residence_drawing`: what movements say about places and states; for now, or for what was believed at a moment.
* `residence_draw`: brings `Occupancy` and the period of one stay into line with its movements.
* `residence_money_is_never_negative`: nobody takes more of someone's money than is kept.
* `residence_census`, `residence_held`, `residence_next_tag`: narrow answers about rows the actor may not see.

Functions that must see more than the actor set ``serasi.scope`` for as long as they work, and put it back.
"""

# ruff: noqa: S608  (constant SQL; the only braces are those of this module)
from typing import Final

_DEFINER: Final = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

# One line after the other: the row of the stay is held, so that two who pay at once do not both find the same money.
MONEY_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION residence_money_is_never_negative() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept bigint;
BEGIN
    PERFORM 1 FROM residence_stay WHERE id = NEW.stay_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(change), 0) INTO kept FROM residence_moneyline WHERE stay_id = NEW.stay_id;
    IF kept + NEW.change < 0 OR (NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM residence_moneyline line WHERE line.id = NEW.reverses_id AND line.stay_id = NEW.stay_id
            AND line.change = -NEW.change AND line.reverses_id IS NULL)) THEN
        RAISE EXCEPTION 'more than is kept, or a reversal of something else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'residence_money_is_never_negative';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER residence_money_is_never_negative BEFORE INSERT ON residence_moneyline
FOR EACH ROW EXECUTE FUNCTION residence_money_is_never_negative();
"""

# A movement says something of the place, of the state, or of both; what it does not say goes on as it was. Each "turn"
# counts the movements so far that did say it, so the first of a turn is the one that holds.
_DRAWING: Final = """
CREATE OR REPLACE FUNCTION residence_drawing(of_stays uuid[], known_at timestamptz, until timestamptz)
RETURNS TABLE (
    stay_id uuid, room_id uuid, bed_id uuid, state text, expected_at timestamptz, from_at timestamptz, to_at timestamptz
) LANGUAGE sql STABLE AS $$
    WITH believed AS (
        SELECT m.stay_id, m.kind, m.room_id, m.bed_id, m.expected_at, m.happened_at,
            count(*) FILTER (
                WHERE m.kind IN ('arrived', 'moved', 'released')
                    OR (m.kind = 'returned' AND m.room_id IS NOT NULL)
                    OR (m.kind IN ('leave', 'hospital', 'absconded') AND NOT m.keeps_bed)
            ) OVER in_order AS place_turn,
            count(*) FILTER (WHERE m.kind NOT IN ('moved', 'released')) OVER in_order AS state_turn,
            lead(m.happened_at) OVER in_order AS next_at
        FROM residence_movement m
        WHERE m.stay_id = ANY(of_stays) AND m.happened_at <= until AND m.written_at <= known_at
            AND (m.superseded_at IS NULL OR m.superseded_at > known_at)
        WINDOW in_order AS (PARTITION BY m.stay_id ORDER BY m.happened_at)
    ), placed AS (
        SELECT b.stay_id, b.kind, b.happened_at, b.next_at,
            first_value(b.room_id) OVER of_place AS room_id,
            first_value(b.bed_id) OVER of_place AS bed_id,
            first_value(b.kind) OVER of_state AS state_kind,
            first_value(b.expected_at) OVER of_state AS expected_at
        FROM believed b
        WINDOW of_place AS (PARTITION BY b.stay_id, b.place_turn ORDER BY b.happened_at),
            of_state AS (PARTITION BY b.stay_id, b.state_turn ORDER BY b.happened_at)
    )
    SELECT p.stay_id, p.room_id, p.bed_id,
        CASE WHEN p.state_kind IN ('arrived', 'returned') THEN 'present' ELSE p.state_kind END,
        p.expected_at, p.happened_at, p.next_at
    FROM placed p WHERE p.kind <> 'ended'
$$;
"""

# Rows of a stay never stand in each other's way: what begins at another moment goes first, what is left grows or
# shrinks into the gap, what is new comes last. A stay without movements in force never happened: its period is empty.
_DRAW: Final = f"""
CREATE OR REPLACE FUNCTION residence_draw(of_stay uuid) RETURNS tstzrange {_DEFINER} AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    lived_in tstzrange;
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    DELETE FROM residence_occupancy o
    WHERE o.stay_id = of_stay AND NOT EXISTS (
        SELECT 1 FROM residence_drawing(ARRAY[of_stay], 'infinity', 'infinity') d WHERE d.from_at = lower(o.period));
    UPDATE residence_occupancy o
    SET room_id = d.room_id, bed_id = d.bed_id, ward_id = room.ward_id, state = d.state, expected_at = d.expected_at,
        period = tstzrange(d.from_at, d.to_at)
    FROM residence_drawing(ARRAY[of_stay], 'infinity', 'infinity') d
    LEFT JOIN residence_room room ON room.id = d.room_id
    WHERE o.stay_id = of_stay AND lower(o.period) = d.from_at
        AND (o.room_id, o.bed_id, o.ward_id, o.state, o.expected_at, o.period)
            IS DISTINCT FROM (d.room_id, d.bed_id, room.ward_id, d.state, d.expected_at, tstzrange(d.from_at, d.to_at));
    SELECT CASE WHEN count(*) = 0 THEN 'empty'
        ELSE tstzrange(min(m.happened_at), min(m.happened_at) FILTER (WHERE m.kind = 'ended')) END
    INTO lived_in FROM residence_movement m WHERE m.stay_id = of_stay AND m.superseded_at IS NULL;
    UPDATE residence_stay s SET period = lived_in WHERE s.id = of_stay AND s.period IS DISTINCT FROM lived_in;
    INSERT INTO residence_occupancy (id, stay_id, unit_id, ward_id, room_id, bed_id, tag, state, expected_at, period)
    SELECT gen_random_uuid(), stay.id, stay.unit_id, room.ward_id, d.room_id, d.bed_id, stay.tag, d.state,
        d.expected_at, tstzrange(d.from_at, d.to_at)
    FROM residence_drawing(ARRAY[of_stay], 'infinity', 'infinity') d
    JOIN residence_stay stay ON stay.id = d.stay_id
    LEFT JOIN residence_room room ON room.id = d.room_id
    WHERE NOT EXISTS (
        SELECT 1 FROM residence_occupancy o WHERE o.stay_id = of_stay AND lower(o.period) = d.from_at);
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN lived_in;
END $$;
"""

# How many people were in houses at a moment, by ward and state, without a name: as it is known now, or as it was known
# at another moment. Only of units whose census the actor may see.
_CENSUS: Final = f"""
CREATE OR REPLACE FUNCTION residence_census(of_units uuid[], moment timestamptz, known_at timestamptz)
RETURNS TABLE (unit_id uuid, ward_id uuid, state text, has_bed boolean, has_place boolean, people bigint)
{_DEFINER} STABLE AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    counted uuid[] := CASE WHEN outer_scope = 'system' THEN of_units ELSE ARRAY(
        SELECT unnest(of_units) INTERSECT SELECT unnest(access_units('residence.census.see'))) END;
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    IF known_at IS NULL THEN
        RETURN QUERY SELECT o.unit_id, o.ward_id, o.state::text, o.bed_id IS NOT NULL, o.room_id IS NOT NULL, count(*)
        FROM residence_occupancy o
        WHERE o.unit_id = ANY(counted) AND o.began_at <= moment AND (o.ended_at > moment OR o.ended_at IS NULL)
        GROUP BY 1, 2, 3, 4, 5;
    ELSE
        RETURN QUERY SELECT s.unit_id, room.ward_id, d.state, d.bed_id IS NOT NULL, d.room_id IS NOT NULL, count(*)
        FROM residence_drawing(
            ARRAY(SELECT x.id FROM residence_stay x WHERE x.unit_id = ANY(counted)), known_at, moment) d
        JOIN residence_stay s ON s.id = d.stay_id
        LEFT JOIN residence_room room ON room.id = d.room_id
        WHERE d.to_at IS NULL
        GROUP BY 1, 2, 3, 4, 5;
    END IF;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

# Which beds of a house are promised on a day: that one is held is no secret, for whom may be.
_HELD: Final = f"""
CREATE OR REPLACE FUNCTION residence_held(of_unit uuid, on_day date)
RETURNS TABLE (reservation_id uuid, bed_id uuid) {_DEFINER} STABLE AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    may_see boolean := outer_scope = 'system' OR of_unit = ANY(access_units('residence.board.see'));
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY SELECT r.id, r.bed_id FROM residence_reservation r
    WHERE may_see AND r.unit_id = of_unit AND r.bed_id IS NOT NULL AND r.cancelled_at IS NULL AND r.stay_id IS NULL
        AND r.period @> on_day;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

# The number after the highest that the unit ever gave, sealed stays included; who asks holds the turn until it is
# given.
_NEXT_TAG: Final = f"""
CREATE OR REPLACE FUNCTION residence_next_tag(of_unit uuid) RETURNS text {_DEFINER} AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    highest bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('residence.tag' || of_unit::text, 0));
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT coalesce(max(stay.tag::bigint), 0) INTO highest FROM residence_stay stay
    WHERE stay.unit_id = of_unit AND stay.tag ~ '^[0-9]{{1,9}}$';
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN (highest + 1)::text;
END $$;
"""

OCCUPANCY_FUNCTIONS: Final = _DRAWING + _DRAW + _CENSUS + _HELD + _NEXT_TAG
