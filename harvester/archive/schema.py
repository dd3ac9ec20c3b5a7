"""The index in SQL: its tables, and the statements that are more than a line."""

from __future__ import annotations

#: Raised when the tables change; an index of another version is rebuilt.
SCHEMA_VERSION = 2

SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    run TEXT NOT NULL,
    replaces TEXT,
    indexed_to INTEGER NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER,  -- the file's own time of change when it was last found whole, in nanoseconds
    altered INTEGER NOT NULL DEFAULT 0,  -- whether a record in it was found spoilt
    lost_at INTEGER  -- the newest position given when a listing in it was found lost
);
CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE);
CREATE TABLE records (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files (id),
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    refers_to TEXT,
    url_id INTEGER NOT NULL REFERENCES urls (id),
    fetched_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    final INTEGER NOT NULL,
    digest TEXT NOT NULL,
    payload TEXT NOT NULL,
    media_type TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    source TEXT,
    UNIQUE (file_id, offset)
);
CREATE INDEX by_url ON records (url_id, fetched_at);
CREATE INDEX by_body ON records (url_id, digest, fetched_at);
CREATE INDEX by_time ON records (fetched_at);
CREATE INDEX by_digest ON records (digest);
CREATE INDEX by_payload ON records (payload) WHERE kind = 'response';
CREATE INDEX by_record_id ON records (record_id);
CREATE INDEX by_run ON records (file_id, position);
"""

COLUMNS = """
    kind, file_id, offset, length, record_id, refers_to, url_id, fetched_at, status, final,
    digest, payload, media_type, etag, last_modified, code, message, source
"""

# An answer: a full response, or a revisit whose original is there. (CROSS JOIN: records come first.)
ANSWERS = """
FROM records r
CROSS JOIN urls u ON u.id = r.url_id
CROSS JOIN files f ON f.id = r.file_id
LEFT JOIN records o ON r.kind = 'revisit' AND o.record_id = r.refers_to AND o.kind = 'response'
WHERE r.kind != 'failure' AND (r.kind = 'response' OR o.position IS NOT NULL)
"""

SELECT_REF = """
SELECT r.position, u.url, r.fetched_at,
    (SELECT max(s.fetched_at) FROM records s WHERE s.url_id = r.url_id AND s.digest = r.digest),
    CASE WHEN r.status = 304 AND o.position IS NOT NULL THEN o.status ELSE r.status END,
    r.digest, CASE WHEN r.media_type = '' THEN coalesce(o.media_type, '') ELSE r.media_type END,
    coalesce(r.etag, o.etag), coalesce(r.last_modified, o.last_modified),
    f.run, f.name, r.offset, r.kind = 'revisit'
"""

PLACE = "f.name, r.offset, r.length, r.kind, r.record_id, r.refers_to"

# Answers that are not among the newest bodies of their address, nor kept, nor spared by their age.
MARK_ANSWERS = """
WITH bodies AS (
    SELECT url_id, digest, row_number() OVER (
        PARTITION BY url_id ORDER BY max(fetched_at) DESC, digest
    ) AS age
    FROM records WHERE kind != 'failure' AND final GROUP BY url_id, digest
)
INSERT OR IGNORE INTO marked
SELECT r.record_id FROM records r
LEFT JOIN bodies b ON b.url_id = r.url_id AND b.digest = r.digest
WHERE r.kind != 'failure' AND (b.age IS NULL OR b.age > :keep)
AND r.digest NOT IN (SELECT digest FROM kept) AND (:before IS NULL OR r.fetched_at < :before)
"""

UNMARK_REFERRED = """
DELETE FROM marked WHERE record_id IN (
    SELECT r.refers_to FROM records r
    WHERE r.kind = 'revisit' AND r.record_id NOT IN (SELECT record_id FROM marked)
)
"""

MARK_FAILURES = """
INSERT OR IGNORE INTO marked
SELECT record_id FROM records WHERE kind = 'failure' AND fetched_at < :before
"""
