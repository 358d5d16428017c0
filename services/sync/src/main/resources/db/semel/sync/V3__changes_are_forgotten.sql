-- Semel sync: what nobody needs any more of main's log is forgotten some time: states that later ones have taken the place of, and
-- deletions. Up to where, the floor says, which is raised in the same transaction. The database keeps what is at the floor or above it,
-- whatever is asked for. The row of a file that is deleted stays for the number of its version, which no later file of that id has again.

CREATE POLICY only_below_the_floor ON semel_sync.file_changes AS RESTRICTIVE FOR DELETE
    USING (seq < (SELECT feed.floor FROM semel_sync.feeds AS feed
                  WHERE feed.tenant_id = file_changes.tenant_id AND feed.scope = file_changes.scope AND feed.feed = 'main'));

GRANT DELETE ON semel_sync.file_changes TO semel_app;
