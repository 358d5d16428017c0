-- Semel sync: what nobody needs any more of main's log is forgotten some time: states that later ones have taken the place of, and
-- tombstones. Up to where, the floor says, which is raised in the same transaction. The database keeps what is at the floor or above it,
-- whatever is asked for, and every file that is no tombstone.

CREATE POLICY only_below_the_floor ON semel_sync.file_changes AS RESTRICTIVE FOR DELETE
    USING (seq < (SELECT feed.floor FROM semel_sync.feeds AS feed
                  WHERE feed.tenant_id = file_changes.tenant_id AND feed.scope = file_changes.scope AND feed.feed = 'main'));
CREATE POLICY only_tombstones_are_forgotten ON semel_sync.files AS RESTRICTIVE FOR DELETE
    USING (deleted_at IS NOT NULL);

GRANT DELETE ON semel_sync.files, semel_sync.file_changes TO semel_app;
