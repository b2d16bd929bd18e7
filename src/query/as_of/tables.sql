-- Every table as it stood after revision {number}, from revisions alone. The names hide the tables', so that a statement
-- that knows nothing of the past reads it. Words in braces differ between databases; mod.rs has them. {revision} is the
-- table itself, which on PostgreSQL only those see who stand before the `revision` of the past.
WITH
-- What every subject's row has: its last revision, unless that took it out of the catalog.
state AS NOT MATERIALIZED (
    SELECT
        r.subject_type,
        r.subject_id AS id,
        r.subject_slug AS slug,
        (r.after ->> 'name'){collation} AS name,
        -- A server of an earlier release may have written none.
        COALESCE(r.name_key, LOWER(r.after ->> 'name')) AS name_key,
        COALESCE(r.search_text, '') AS search_text,
        r.lent_text,
        (
            SELECT CAST(COUNT(*) AS INTEGER) FROM {revision} earlier
            WHERE earlier.subject_type = r.subject_type AND earlier.subject_id = r.subject_id AND earlier.number <= r.number
        ) AS version,
        (
            SELECT birth.created_at FROM {revision} birth
            WHERE birth.subject_type = r.subject_type AND birth.subject_id = r.subject_id AND birth.number <= r.number
                AND birth.before IS NULL
            ORDER BY birth.number DESC LIMIT 1
        ) AS created_at,
        r.created_at AS updated_at,
        r.number,
        r.after AS document
    FROM {revision} r
    WHERE r.number <= {number} AND r.after IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM {revision} later
        WHERE later.subject_type = r.subject_type AND later.subject_id = r.subject_id
            AND later.number > r.number AND later.number <= {number}
        -- As a join this would be planned over all revisions, however few are asked for; an offset forbids that.
        LIMIT 1 OFFSET 0
    )
),
-- A document names what it refers to by the slug of its own time. Whoever had that slug last before it is meant: nobody
-- else can have had it when the document was checked.
license AS NOT MATERIALIZED (
    SELECT
        id, slug, name, name_key, search_text, version, created_at, updated_at,
        document ->> 'spdxId' AS spdx_id,
        (document ->> 'commercialUse'){collation} AS commercial_use,
        document ->> 'url' AS url,
        document -> 'conditions' ->> 'zh' AS conditions_zh,
        document -> 'conditions' ->> 'en' AS conditions_en
    FROM state WHERE subject_type = 'LICENSE'
),
organization AS NOT MATERIALIZED (
    SELECT
        id, slug, name, name_key, search_text, version, created_at, updated_at,
        document -> 'localizedName' ->> 'zh' AS name_zh,
        document -> 'localizedName' ->> 'en' AS name_en
    FROM state WHERE subject_type = 'ORGANIZATION'
),
architecture AS NOT MATERIALIZED (
    SELECT id, slug, name, name_key, search_text, version, created_at, updated_at
    FROM state WHERE subject_type = 'ARCHITECTURE'
),
dataset AS NOT MATERIALIZED (
    SELECT
        id, slug, name, name_key, search_text, version, created_at, updated_at,
        CAST(document ->> 'tokens' AS BIGINT) AS tokens,
        CAST(document ->> 'bytes' AS BIGINT) AS bytes,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'LICENSE' AND r.subject_slug = document ->> 'license' AND r.number < state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS license_id
    FROM state WHERE subject_type = 'DATASET'
),
model_organization AS NOT MATERIALIZED (
    SELECT
        state.id AS model_id,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'ORGANIZATION' AND r.subject_slug = item.value AND r.number < state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS organization_id,
        CAST(item.key AS INTEGER) AS position
    FROM state, {words}(document -> 'organizations') {item}
    WHERE subject_type = 'MODEL'
),
model_dataset AS NOT MATERIALIZED (
    SELECT
        state.id AS model_id,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'DATASET' AND r.subject_slug = item.value AND r.number < state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS dataset_id,
        CAST(item.key AS INTEGER) AS position
    FROM state, {words}(document -> 'datasets') {item}
    WHERE subject_type = 'MODEL'
),
model_size AS NOT MATERIALIZED (
    SELECT
        -- Documents know of no keys. Within its model the place tells a size from others.
        CAST(item.key AS INTEGER) AS id,
        state.id AS model_id,
        (item.value ->> 'label'){collation} AS label,
        CAST(item.value ->> 'parameters' AS BIGINT) AS parameters,
        CAST(item.value ->> 'activeParameters' AS BIGINT) AS active_parameters,
        CAST(item.value ->> 'trainingTokens' AS BIGINT) AS training_tokens,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'LICENSE' AND r.subject_slug = item.value ->> 'license' AND r.number < state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS license_id
    FROM state, {objects}(document -> 'sizes') {item}
    WHERE subject_type = 'MODEL'
),
-- What is written in a model's document, and what its references lead to.
stated AS NOT MATERIALIZED (
    SELECT
        state.*,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'LICENSE' AND r.subject_slug = document ->> 'license' AND r.number < state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS license_id,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'ARCHITECTURE' AND r.subject_slug = document ->> 'architecture'
                AND r.number < state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS architecture_id,
        -- An import may name a base model that it brings later: nobody has the slug yet, or nobody any more.
        COALESCE(
            (
                SELECT CASE WHEN r.after IS NOT NULL THEN r.subject_id END FROM {revision} r
                WHERE r.subject_type = 'MODEL' AND r.subject_slug = document ->> 'baseModel' AND r.number < state.number
                ORDER BY r.number DESC LIMIT 1
            ),
            (
                SELECT r.subject_id FROM {revision} r
                WHERE r.subject_type = 'MODEL' AND r.subject_slug = document ->> 'baseModel'
                    AND r.number > state.number AND r.number <= {number}
                ORDER BY r.number LIMIT 1
            )
        ) AS base_model_id
    FROM state WHERE subject_type = 'MODEL'
),
model AS NOT MATERIALIZED (
    SELECT
        id, slug, name, name_key, version, created_at, updated_at, license_id, architecture_id, base_model_id,
        COALESCE(document -> 'aliases', '[]') AS aliases,
        (document ->> 'kind'){collation} AS kind,
        CAST(document ->> 'position' AS INTEGER) AS position,
        document -> 'summary' ->> 'zh' AS summary_zh,
        document -> 'summary' ->> 'en' AS summary_en,
        CAST(document ->> 'releaseDate' AS {date}) AS release_date,
        document ->> 'commercialUse' AS stated_commercial_use,
        COALESCE(
            (document ->> 'commercialUse'){collation},
            (
                SELECT (r.after ->> 'commercialUse'){collation} FROM {revision} r
                WHERE r.subject_type = 'LICENSE' AND r.subject_id = license_id AND r.number <= {number}
                ORDER BY r.number DESC LIMIT 1
            ),
            'UNKNOWN'
        ) AS commercial_use,
        document -> 'dataScale' ->> 'text' AS data_scale_text,
        CAST(document -> 'dataScale' ->> 'amount' AS BIGINT) AS data_scale_amount,
        document -> 'dataScale' ->> 'unit' AS data_scale_unit,
        (
            SELECT MAX(CAST(item.value ->> 'parameters' AS BIGINT)) FROM {objects}(document -> 'sizes') {item}
        ) AS max_parameters,
        (
            SELECT MAX(tokens) FROM (
                SELECT CAST(item.value ->> 'trainingTokens' AS BIGINT) AS tokens FROM {objects}(document -> 'sizes') {item}
                UNION ALL
                SELECT CAST(document -> 'dataScale' ->> 'amount' AS BIGINT)
                WHERE document -> 'dataScale' ->> 'unit' = 'TOKENS'
            ) known
        ) AS max_training_tokens,
        CAST(document ->> 'trainingFlops' AS DOUBLE PRECISION) AS training_flops,
        -- An organization that made a model is in the catalog, so its last revision has what it lends.
        search_text || COALESCE(
            (
                SELECT STRING_AGG(
                    (
                        SELECT maker.lent_text FROM {revision} maker
                        WHERE maker.subject_type = 'ORGANIZATION' AND maker.number <= {number} AND maker.subject_id = (
                            SELECT r.subject_id FROM {revision} r
                            WHERE r.subject_type = 'ORGANIZATION' AND r.subject_slug = item.value AND r.number < stated.number
                            ORDER BY r.number DESC LIMIT 1
                        )
                        ORDER BY maker.number DESC LIMIT 1
                    ),
                    ''
                )
                FROM {words}(document -> 'organizations') {item}
            ),
            ''
        ) AS search_text
    FROM stated
),
link AS NOT MATERIALIZED (
    SELECT
        CAST(item.key AS INTEGER) AS id,
        state.id AS model_id,
        CAST(NULL AS INTEGER) AS dataset_id,
        CAST(NULL AS INTEGER) AS license_id,
        CAST(NULL AS INTEGER) AS architecture_id,
        CAST(item.key AS INTEGER) AS position,
        item.value ->> 'kind' AS kind,
        item.value ->> 'title' AS title,
        item.value ->> 'url' AS url
    FROM state, {objects}(document -> 'links') {item}
    WHERE subject_type = 'MODEL'
    UNION ALL
    SELECT
        CAST(item.key AS INTEGER), NULL, state.id, NULL, NULL, CAST(item.key AS INTEGER),
        item.value ->> 'kind', item.value ->> 'title', item.value ->> 'url'
    FROM state, {objects}(document -> 'links') {item}
    WHERE subject_type = 'DATASET'
    UNION ALL
    SELECT
        CAST(item.key AS INTEGER), NULL, NULL, state.id, NULL, CAST(item.key AS INTEGER),
        item.value ->> 'kind', item.value ->> 'title', item.value ->> 'url'
    FROM state, {objects}(document -> 'links') {item}
    WHERE subject_type = 'LICENSE'
    UNION ALL
    SELECT
        CAST(item.key AS INTEGER), NULL, NULL, NULL, state.id, CAST(item.key AS INTEGER),
        item.value ->> 'kind', item.value ->> 'title', item.value ->> 'url'
    FROM state, {objects}(document -> 'links') {item}
    WHERE subject_type = 'ARCHITECTURE'
),
revision AS NOT MATERIALIZED (
    SELECT * FROM {revision} WHERE number <= {number}
)
