-- All tables as of revision {number}, computed from the tables `revision`, `evidence`, `conflict` and `reassessment`
-- alone. The names shadow those of the tables, so that
-- every statement reads this state. tables.rs replaces the placeholders in braces. {revision} is the table itself; on PostgreSQL it is
-- visible only before the definition of `revision` below.
WITH
-- The latest revision of each subject that has not been deleted, with the columns that every subject has.
subject_state AS NOT MATERIALIZED (
    SELECT
        r.subject_type,
        r.subject_id AS id,
        r.subject_slug AS slug,
        ({name}){collation} AS name,
        -- Revisions of an earlier release lack these columns until the backfill has run.
        COALESCE(r.name_key, LOWER({name})) AS name_key,
        COALESCE(r.search_text, '') AS search_text,
        r.lent_text,
        (
            SELECT CAST(COUNT(*) AS INTEGER) FROM {revision} earlier
            WHERE earlier.subject_type = r.subject_type AND earlier.subject_id = r.subject_id AND earlier.number <= r.number
        ) AS version,
        (
            SELECT creation.created_at FROM {revision} creation
            WHERE creation.subject_type = r.subject_type AND creation.subject_id = r.subject_id AND creation.number <= r.number
                AND creation.before IS NULL
            ORDER BY creation.number DESC LIMIT 1
        ) AS created_at,
        r.created_at AS updated_at,
        r.number,
        COALESCE(
            (
                SELECT since.provenance FROM {reassessment} since
                WHERE since.subject_type = r.subject_type AND since.subject_id = r.subject_id
                    AND since.revision > r.number AND since.revision <= {number}
                ORDER BY since.revision DESC, since.id DESC LIMIT 1
            ),
            r.provenance
        ) AS provenance,
        r.after AS document
    FROM {revision} r
    WHERE r.number <= {number} AND r.after IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM {revision} later
        WHERE later.subject_type = r.subject_type AND later.subject_id = r.subject_id
            AND later.number > r.number AND later.number <= {number}
        -- OFFSET keeps the planner from turning this into a join over all revisions.
        LIMIT 1 OFFSET 0
    )
),
-- A document contains the slugs of its time. A slug refers to the subject that last had it before the document's revision.
{plain_tables},
model_organization AS NOT MATERIALIZED (
    SELECT
        subject_state.id AS model_id,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'ORGANIZATION' AND r.subject_slug = item.value AND r.number < subject_state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS organization_id,
        CAST(item.key AS INTEGER) AS position
    FROM subject_state, {words}(document -> 'organizations') {item}
    WHERE subject_type = 'MODEL'
),
model_dataset AS NOT MATERIALIZED (
    SELECT
        subject_state.id AS model_id,
        (
            SELECT r.subject_id FROM {revision} r
            WHERE r.subject_type = 'DATASET' AND r.subject_slug = {dataset} AND r.number < subject_state.number
            ORDER BY r.number DESC LIMIT 1
        ) AS dataset_id,
        CAST(item.key AS INTEGER) AS position,
        CAST({training} ->> 'share' AS DOUBLE PRECISION) AS share,
        CAST({training} ->> 'tokens' AS BIGINT) AS tokens,
        CAST({training} ->> 'epochs' AS DOUBLE PRECISION) AS epochs
    FROM subject_state, {objects}(document -> 'datasets') {item}
    WHERE subject_type = 'MODEL'
),
license_term AS NOT MATERIALIZED (
    SELECT
        -- As for sizes, the id is that of the license with the index of the term, which is below 64.
        subject_state.id * 64 + CAST(item.key AS INTEGER) AS id,
        subject_state.id AS license_id,
        CAST(item.key AS INTEGER) - {first_key} AS position,
        COALESCE(item.value -> 'when' -> 'territories', '[]') AS territories,
        {term_columns}
    FROM subject_state, {objects}(document -> 'terms') {item}
    WHERE subject_type = 'LICENSE'
),
-- Models with the ids of their references.
model_document AS NOT MATERIALIZED (
    SELECT
        subject_state.*,
        {model_references}
    FROM subject_state WHERE subject_type = 'MODEL'
),
-- A document has one base in `baseModel`, or all in `bases`.
model_base AS NOT MATERIALIZED (
    SELECT * FROM (
        SELECT
            subject_state.id AS model_id,
            CAST(item.key AS INTEGER) AS position,
            {base_id} AS base_id,
            CASE
                WHEN NOT EXISTS (
                    SELECT 1 FROM {objects}({bases}) {earlier}
                    WHERE earlier.key < item.key AND earlier.value ->> 'model' = item.value ->> 'model'
                )
                THEN {base_id}
            END AS first_base_id,
            (item.value ->> 'relation'){collation} AS relation,
            (item.value ->> 'size'){collation} AS base_size,
            (item.value ->> 'of'){collation} AS own_size
        FROM subject_state, {objects}({bases}) {item} WHERE subject_type = 'MODEL'
    ) listed
    WHERE base_id IS NOT NULL
),
-- What a checkpoint does not state is that of the one it was converted from, of its size, or of its model.
checkpoint AS NOT MATERIALIZED (
    SELECT
        -- As for sizes, the id is that of the model with the index of the checkpoint, which is below 512.
        subject_state.id * 512 + CAST(item.key AS INTEGER) AS id,
        subject_state.id AS model_id,
        subject_state.id * 64 + CAST(size.key AS INTEGER) AS size_id,
        LOWER(item.value ->> 'repository'){collation} AS repository_key,
        COALESCE(item.value ->> 'hub', 'huggingface'){collation} AS hub,
        COALESCE(item.value ->> 'path', ''){collation} AS path,
        COALESCE(item.value ->> 'revision', ''){collation} AS revision,
        (item.value ->> 'repository'){collation} AS repository,
        (item.value ->> 'size'){collation} AS size_label,
        {checkpoint_columns},
        {checkpoint_license} AS effective_license_id,
        {checkpoint_use_license} AS use_license_id,
        {checkpoint_use} AS commercial_use,
        {checkpoint_provenance}
    FROM model_document subject_state
    CROSS JOIN {objects}(document -> 'checkpoints') {item}
    {conversions}
    LEFT JOIN {objects}(document -> 'sizes') {size} ON size.value ->> 'label' = {checkpoint_size}
),
-- What a size does not state is that of its model.
model_size AS NOT MATERIALIZED (
    SELECT
        -- Documents have no keys of sizes: the id is that of the model with the index of the size, which is below 64.
        subject_state.id * 64 + CAST(item.key AS INTEGER) AS id,
        subject_state.id AS model_id,
        (item.value ->> 'label'){collation} AS label,
        {size_columns},
        {size_license} AS effective_license_id,
        {size_use} AS commercial_use,
        {size_provenance},
        (
            SELECT CAST(SUM(CASE layer.value ->> 'kind'
                WHEN 'FULL' THEN CAST(layer.value ->> 'layers' AS BIGINT) * CAST(layer.value ->> 'keyValueHeads' AS BIGINT)
                    * (CAST(layer.value ->> 'keyDimension' AS BIGINT) + CAST(layer.value ->> 'valueDimension' AS BIGINT))
                WHEN 'LATENT' THEN CAST(layer.value ->> 'layers' AS BIGINT)
                    * (CAST(layer.value ->> 'latentDimension' AS BIGINT) + CAST(layer.value ->> 'ropeDimension' AS BIGINT))
                ELSE 0 END) AS BIGINT)
            FROM {layers}
        ) AS cache_per_token,
        (
            SELECT CAST(SUM(CASE WHEN layer.value ->> 'kind' = 'STATE' THEN
                CAST(layer.value ->> 'layers' AS BIGINT) * CAST(layer.value ->> 'keyValueHeads' AS BIGINT)
                    * CAST(layer.value ->> 'keyDimension' AS BIGINT) * CAST(layer.value ->> 'valueDimension' AS BIGINT)
                ELSE 0 END) AS BIGINT)
            FROM {layers}
        ) AS cache_fixed,
        (
            SELECT CAST(SUM(CASE WHEN layer.value ->> 'kind' = 'WINDOW' THEN
                CAST(layer.value ->> 'layers' AS BIGINT) * CAST(layer.value ->> 'keyValueHeads' AS BIGINT)
                    * (CAST(layer.value ->> 'keyDimension' AS BIGINT) + CAST(layer.value ->> 'valueDimension' AS BIGINT))
                ELSE 0 END) AS BIGINT)
            FROM {layers}
        ) AS cache_per_token_in_windows
    FROM model_document subject_state, {objects}(document -> 'sizes') {item}
),
model_license AS NOT MATERIALIZED (
    SELECT model_id, effective_license_id AS license_id, MIN(id) AS position
    FROM model_size WHERE effective_license_id IS NOT NULL GROUP BY model_id, effective_license_id
    UNION ALL
    SELECT id, license_id, 0 FROM model_document subject_state
    WHERE license_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {objects}(document -> 'sizes') {item})
    UNION ALL
    -- Then those of checkpoints that no size has. The ids of checkpoints are above those of the sizes of their model.
    SELECT subject_state.id, {stated_license}, subject_state.id * 512 + CAST(item.key AS INTEGER)
    FROM model_document subject_state, {objects}(document -> 'checkpoints') {item}
    WHERE item.value ->> 'license' IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM {objects}(document -> 'checkpoints') {earlier}
            WHERE earlier.key < item.key AND earlier.value ->> 'license' = item.value ->> 'license'
        )
        AND NOT EXISTS (
            SELECT 1 FROM {objects}(document -> 'sizes') {size}
            WHERE COALESCE(size.value ->> 'license', document ->> 'license') = item.value ->> 'license'
        )
        AND (
            COALESCE(document ->> 'license', '') <> item.value ->> 'license'
            OR EXISTS (SELECT 1 FROM {objects}(document -> 'sizes') {size})
        )
),
-- The rule of inherited_license.rs. The walk starts from one size, so that a statement about few models reads only their ancestors.
inherited_license AS NOT MATERIALIZED (
    SELECT size.id, size.id AS model_size_id, size.model_id, CAST(item.value AS INTEGER) AS license_id
    FROM model_size size, {words}((
        WITH RECURSIVE ancestor (id, label, steps) AS (
            SELECT base_id, COALESCE(base_size, size.label), 1 FROM model_base derived
            WHERE derived.model_id = size.model_id AND COALESCE(relation, '') NOT IN ('DISTILLED', 'SUCCEEDS')
                AND (own_size IS NULL OR own_size = size.label)
            UNION
            SELECT base.base_id, COALESCE(base.base_size, ancestor.label), ancestor.steps + 1
            FROM ancestor JOIN model_base base ON base.model_id = ancestor.id
            WHERE COALESCE(base.relation, '') NOT IN ('DISTILLED', 'SUCCEEDS') AND ancestor.steps < 20
                AND (base.own_size IS NULL OR base.own_size = ancestor.label OR NOT EXISTS (
                    SELECT 1 FROM subject_state same, {objects}(same.document -> 'sizes') {size}
                    WHERE same.subject_type = 'MODEL' AND same.id = ancestor.id AND size.value ->> 'label' = ancestor.label
                ))
        )
        SELECT {array_of}(DISTINCT license_id) FROM (
            SELECT other.effective_license_id AS license_id FROM ancestor JOIN model_size other ON other.model_id = ancestor.id
            WHERE ancestor.steps < 20 AND (other.label = ancestor.label OR NOT EXISTS (
                SELECT 1 FROM subject_state same, {objects}(same.document -> 'sizes') {size}
                WHERE same.subject_type = 'MODEL' AND same.id = ancestor.id AND size.value ->> 'label' = ancestor.label
            ))
            UNION ALL
            SELECT base.license_id FROM ancestor JOIN model_document base ON base.id = ancestor.id
            WHERE ancestor.steps < 20 AND NOT EXISTS (SELECT 1 FROM model_size one WHERE one.model_id = ancestor.id)
            UNION ALL
            SELECT NULL FROM ancestor WHERE steps = 20
        ) licenses
    )) {item}
),
model AS NOT MATERIALIZED (
    SELECT
        id, slug, name, name_key, version, created_at, updated_at, license_id, architecture_id, base_model_id,
        {provenance},
        COALESCE(document -> 'aliases', '[]') AS aliases,
        {model_columns},
        {model_use} AS commercial_use,
        document -> 'dataScale' ->> 'text' AS data_scale_text,
        CAST(document -> 'dataScale' ->> 'amount' AS BIGINT) AS data_scale_amount,
        document -> 'dataScale' ->> 'unit' AS data_scale_unit,
        COALESCE(
            document ->> 'releaseDate',
            (SELECT MIN((item.value ->> 'releaseDate'){collation}) FROM {objects}(document -> 'sizes') {item})
        ){collation} AS release_date,
        (
            SELECT MAX(CAST(item.value ->> 'parameters' AS BIGINT)) FROM {objects}(document -> 'sizes') {item}
        ) AS max_parameters,
        COALESCE(
            (
                SELECT MAX(COALESCE(
                    CAST(item.value ->> 'contextLength' AS INTEGER), CAST(document ->> 'contextLength' AS INTEGER)
                ))
                FROM {objects}(document -> 'sizes') {item}
            ),
            CAST(document ->> 'contextLength' AS INTEGER)
        ) AS max_context_length,
        (
            SELECT MAX(tokens) FROM (
                SELECT CAST(item.value ->> 'trainingTokens' AS BIGINT) AS tokens FROM {objects}(document -> 'sizes') {item}
                UNION ALL
                SELECT CAST(document -> 'dataScale' ->> 'amount' AS BIGINT)
                WHERE document -> 'dataScale' ->> 'unit' = 'TOKENS'
            ) known
        ) AS max_training_tokens,
        -- An organization that made a model exists, so its latest revision has the text that it contributes.
        search_text || COALESCE(
            (
                SELECT STRING_AGG(
                    (
                        SELECT maker.lent_text FROM {revision} maker
                        WHERE maker.subject_type = 'ORGANIZATION' AND maker.number <= {number} AND maker.subject_id = (
                            SELECT r.subject_id FROM {revision} r
                            WHERE r.subject_type = 'ORGANIZATION' AND r.subject_slug = item.value AND r.number < subject_state.number
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
    FROM model_document subject_state
),
link AS NOT MATERIALIZED (
    {links}
),
evidence AS NOT MATERIALIZED (
    SELECT
        id, subject_type, subject_id, part, field, value, stance, source_id, locator, quote, accessed, confidence, qualifier, rank,
        reason,
        -- Each revision in the list turned it round.
        {agrees} AS agrees,
        turned_revisions, added_revision,
        CASE WHEN removed_revision <= {number} THEN removed_revision END AS removed_revision
    FROM {evidence} WHERE added_revision <= {number}
),
conflict AS NOT MATERIALIZED (
    SELECT
        id, subject_type, subject_id, part, field, contradicted, added_revision,
        CASE WHEN removed_revision <= {number} THEN removed_revision END AS removed_revision
    FROM {conflict} WHERE added_revision <= {number}
),
revision AS NOT MATERIALIZED (
    SELECT * FROM {revision} WHERE number <= {number}
)
